"""The hardware table: all rows load, a row without a single number keeps its text."""

from collections.abc import Callable

from ipuwhatif.catalog.datum import RECALLED
from ipuwhatif.catalog.types import Catalog

Rows = Callable[[str], list[dict[str, str]]]


def _rows(evidence_rows: Rows) -> list[dict[str, str]]:
    return [*evidence_rows("hardware.csv"), *evidence_rows("hardware_2022_on.csv")]


def test_that_every_row_keeps_its_text_and_a_number_where_it_prints_one(catalog: Catalog, evidence_rows: Rows) -> None:
    for figure, row in zip(catalog.hardware, _rows(evidence_rows), strict=True):
        assert (figure.entity, figure.attribute, figure.text, figure.unit) == (
            row["entity"], row["attribute"], row["value"], row["unit"],
        )  # fmt: skip
        assert (figure.datum is None) == (row["value_number"] == "")
        assert figure.origin.kind == row["kind"]


def test_that_recalled_rows_have_no_source(catalog: Catalog, evidence_rows: Rows) -> None:
    recalled = [figure for figure in catalog.hardware if figure.origin.kind == RECALLED]
    assert len(recalled) == sum(row["kind"] == RECALLED for row in _rows(evidence_rows)) > 0
    assert {(figure.origin.producer, figure.origin.locator) for figure in recalled} == {("not sourced", None)}


def test_that_a_source_that_is_no_address_has_no_link(catalog: Catalog) -> None:
    papers = [figure for figure in catalog.hardware if figure.origin.producer == "Cambrian AI Research"]
    assert papers
    assert {figure.origin.locator for figure in papers} == {None}
