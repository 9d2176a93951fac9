"""Published results: rates and times in base units, inexact figures marked, derived ones told apart."""

from collections.abc import Callable

import pytest

from ipuwhatif.catalog.datum import DERIVED
from ipuwhatif.catalog.types import Catalog, PublishedResult
from ipuwhatif.units import told

Rows = Callable[[str], list[dict[str, str]]]


@pytest.fixture(scope="module")
def paired(catalog: Catalog, evidence_rows: Rows) -> list[tuple[PublishedResult, dict[str, str]]]:
    rows = evidence_rows("published_results_to_2021.csv")
    return list(zip(catalog.published[: len(rows)], rows, strict=True))


def test_that_values_are_in_base_units(paired: list[tuple[PublishedResult, dict[str, str]]]) -> None:
    seconds = {"min": 60, "h": 3600, "s/epoch": 1}
    for result, row in paired:
        if row["throughput"]:
            assert (result.unit, result.value) == ("samples/s", float(row["throughput"]))
        else:
            factor = seconds[row["ttt_unit"].partition(" (")[0]]
            assert result.value == pytest.approx(float(row["time_to_train"].lstrip("~<")) * factor)
            assert result.unit == ("s/epoch" if "epoch (" in row["ttt_unit"] else "s")


def test_that_an_inexact_figure_keeps_its_bound(paired: list[tuple[PublishedResult, dict[str, str]]]) -> None:
    bounds = [result.bound for result, row in paired if not row["throughput"] and row["time_to_train"][0] in "~<"]
    assert bounds == ["~", "<", "~"]
    assert sum(bool(result.bound) for result, _ in paired) == 3


def test_that_computed_throughputs_are_derived(paired: list[tuple[PublishedResult, dict[str, str]]]) -> None:
    computed = [result for result, row in paired if "derived" in row["throughput_unit"]]
    assert len(computed) == 3
    assert {result.origin.kind for result in computed} == {DERIVED}
    assert all("time to train" in told(result.note) for result in computed)


def test_that_the_article_is_dated_and_attributed_to_no_person(catalog: Catalog) -> None:
    article = [result for result in catalog.published if result.origin.producer == "AET (ChinaAET)"]
    assert len(article) == 8
    assert {(result.origin.published, result.origin.locator) for result in article} == {("2021-12-30", None)}
