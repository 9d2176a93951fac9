"""Documents that strangers wrote: whatever they hold, a fault is one short line, and found in a short time."""

import json

import pytest

from ipuwhatif.catalog.documents import Node, decode_object
from ipuwhatif.figures.phrases import told
from ipuwhatif.units import InputError
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
