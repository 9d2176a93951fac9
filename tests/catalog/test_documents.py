"""Documents that strangers wrote: whatever they hold, a fault is one short line, and found in a short time."""

import json
from pathlib import Path

import pytest

from ipuwhatif.catalog.documents import Node, decode_object
from ipuwhatif.catalog.reasons import AtLine, Flaw, Flawed, InFile
from ipuwhatif.catalog.tables import read_table
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.phrases import told
from ipuwhatif.files import resource
from ipuwhatif.texts import CHINESE, set_language
from ipuwhatif.units import InputError, RefusedError
from tests.growth import LINEAR, growth
from tests.refusals import refused

LONG = "n" * 900_000


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        decode_object(data, "plan")
    return str(caught.value)


def test_that_a_key_that_is_there_twice_is_named_on_a_short_line() -> None:
    with refused("plan, $: duplicate key 'b'"):
        decode_object(b'{"a": 1, "b": 2, "c": 3, "b": 4, "c": 5}', "plan")
    assert refusal(f'{{"{LONG}": 1, "{LONG}": 2}}'.encode()) == f"plan, $: duplicate key '{LONG[:60]}…'"


def test_that_a_double_among_many_keys_is_found_in_a_time_that_grows_with_them() -> None:
    def work(count: int) -> None:
        keys = ", ".join(f'"key {number}": 1' for number in range(count))
        refusal(f'{{{keys}, "key {count - 1}": 2}}'.encode())

    assert growth(work, 4_000) < LINEAR


@pytest.mark.parametrize(
    ("key", "place"),
    [(LONG, f"$.items[{'n' * 60}…]"), ("a\nb", "$.items[a?b]"), ({LONG: 1}, "$.items[0]"), (3, "$.items[0]")],
)
def test_that_an_object_is_called_by_its_own_key_within_bounds(key: object, place: str) -> None:
    node = Node("plan", "$", json.loads(json.dumps({"items": [{"key": key}]})))
    (child,) = node.children("items")
    assert told(child.place) == place


def test_that_a_place_is_called_by_a_strangers_key_within_bounds() -> None:
    assert told(Node("plan", "$", {LONG: {}}).child(LONG).place) == f"$.{'n' * 60}…"


def test_that_a_refusal_holds_file_place_key_and_value_and_is_told_in_any_language(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("name,count\nfirst,many\n", encoding="utf-8")
    (row,) = read_table(tmp_path, "rows.csv", "name count")
    with pytest.raises(RefusedError) as of_row:
        row.whole("count")
    with pytest.raises(RefusedError) as of_key:
        Node("plan", "$", {"chips": 0}).whole("chips")
    assert of_row.value.reason == InFile(row.file, AtLine(2), Flawed(Flaw.CELL_NO_NUMBER, "count", "many"))
    assert of_key.value.reason == InFile("plan", "$", Flawed(Flaw.NO_WHOLE_NUMBER, "chips", 10**9))
    assert str(of_key.value) == "plan, $: key 'chips' is not a whole number from 1 to 1000000000"
    set_language(CHINESE, resource("i18n"))
    assert str(of_key.value) == "plan, $: 键 'chips' 不是整数（1 至 1000000000）"


def test_that_a_name_of_the_catalog_is_in_the_language_of_whoever_reads_it(catalog: Catalog) -> None:
    job = catalog.workloads["insurance"]
    english = told(job.name)
    set_language(CHINESE, resource("i18n"))
    assert f"{job.name}" == told(job.name) != english
