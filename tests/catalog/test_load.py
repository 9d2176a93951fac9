"""The whole catalog: every datum has its origin, and no row of the evidence is lost."""

import math
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ipuwhatif.catalog.datum import ORIGIN_KINDS, RECALLED, Datum, Origin
from ipuwhatif.catalog.load import evidence_hash, load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource
from ipuwhatif.records import Record, field_names
from ipuwhatif.units import UNITS

Rows = Callable[[str], list[dict[str, str]]]
BASES = {unit.base for unit in UNITS.values()}


def _walk(value: object, place: str) -> Iterator[tuple[str, object]]:
    """Every value that hangs under another, with the path to it."""
    yield place, value
    if isinstance(value, Record):
        for name in field_names(type(value)):
            yield from _walk(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(item, f"{place}[{key}]")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, f"{place}[{index}]")


def test_that_every_datum_has_a_finite_value_a_known_unit_and_an_origin(catalog: Catalog) -> None:
    data = [(place, item) for place, item in _walk(catalog, "catalog") if isinstance(item, Datum)]
    assert len(data) > 200
    for place, datum in data:
        assert math.isfinite(datum.value), place
        assert datum.value >= 0, place
        assert datum.unit in BASES, place
        assert isinstance(datum.origin, Origin), place
        assert datum.key, place


def test_that_every_origin_is_complete_or_says_what_is_not_known(catalog: Catalog) -> None:
    origins = [(place, item) for place, item in _walk(catalog, "catalog") if isinstance(item, Origin)]
    assert len(origins) > 700
    for place, origin in origins:
        assert origin.kind in ORIGIN_KINDS, place
        assert origin.producer.strip(), place
        assert origin.title.strip(), place
        assert origin.locator is None or re.fullmatch(r"https?://[^\s()]+", origin.locator), (place, origin.locator)
        assert origin.published is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", origin.published), place
        if origin.kind == RECALLED:
            assert (origin.producer, origin.locator) == ("not sourced", None), place


def test_that_every_number_in_the_catalog_is_finite(catalog: Catalog) -> None:
    numbers = [(place, item) for place, item in _walk(catalog, "catalog") if isinstance(item, float)]
    assert len(numbers) > 2000
    assert [place for place, number in numbers if not math.isfinite(number)] == []


def test_that_mlperf_carries_its_mark_in_every_title(catalog: Catalog) -> None:
    titles = [item.title for _, item in _walk(catalog, "catalog") if isinstance(item, Origin)]
    assert [title for title in titles if re.search(r"MLPerf(?!®)", title)] == []


def test_that_no_row_of_the_evidence_is_lost(catalog: Catalog, evidence_rows: Rows) -> None:
    early, later = evidence_rows("mlperf_training_to_v1.1.csv"), evidence_rows("mlperf_training_v2.0_to_v5.0.csv")
    assert (len(early), len(later)) == (186, 411)
    language = evidence_rows("mlperf_llm_v3.0_to_v5.0.csv")
    assert len(language) == 155 and len(catalog.official) == 186 + 411 + 155
    points = [evidence_rows(f"mlperf_rcps_{name}.csv") for name in ("to_v1.1", "v2.0_to_v5.0", "llm_v3.0_to_v5.0")]
    assert [len(rows) for rows in points] == [37, 4, 39] and len(catalog.references) == 80
    hardware = [evidence_rows(f"{name}.csv") for name in ("hardware", "hardware_2022_on")]
    assert [len(rows) for rows in hardware] == [215, 404] and len(catalog.hardware) == 619
    printed = [len(evidence_rows(f"published_{name}.csv")) for name in ("results_to_2021", "frameworks")]
    assert printed == [121, 231] and len(catalog.published) == sum(printed)
    assert len(catalog.claims) == len(evidence_rows("claims.csv")) == 22


def test_that_keys_are_unique(catalog: Catalog) -> None:
    for items in (catalog.official, catalog.references, catalog.published, catalog.claims):
        keys = [item.key for item in items]
        assert len(set(keys)) == len(keys)


def test_that_loading_is_quick_enough_for_the_first_paint() -> None:
    runs = []
    for _ in range(5):
        start = time.process_time()
        load_catalog()
        runs.append(time.process_time() - start)
    # Some 40 ms on two slow cores; the bound only catches a pass that became quadratic.
    assert min(runs) < 0.5


def test_that_the_hash_follows_contents_and_not_line_ends(copied: Path) -> None:
    before = evidence_hash(copied)
    assert before == evidence_hash(resource())
    path = copied / "evidence" / "hardware.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert evidence_hash(copied) == before
    path.write_bytes(path.read_bytes() + b" ")
    assert evidence_hash(copied) != before
