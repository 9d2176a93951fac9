"""Every word of our own that a table or a legend can print is explained, in both languages, from one list."""

import pytest

from ipuwhatif.analysis.results import CALIBRATED, EXTRAPOLATED
from ipuwhatif.figures.compare import ratios
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.phrasing import layout_text, short_basis
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.terms import explained, glossary, terms, terms_in
from ipuwhatif.files import resource
from ipuwhatif.texts import CHINESE, LANGUAGES, set_language, tr
from tests.figures import samples

REASONS = (ratios.NOT_SOURCED, ratios.OLD_SOFTWARE, ratios.NOT_MEASURED, ratios.BATCHES, ratios.OVERLAP, ratios.SAME)


def printed() -> list[str]:
    """The words that tables print in the place of numbers, and the heads over those that are ours."""
    bases = [short_basis(CALIBRATED), short_basis(EXTRAPOLATED), short_basis(EXTRAPOLATED, ["chips"])]
    bases.append(short_basis(CALIBRATED, sourced=False))
    layouts = [layout_text(each.layout) for each in samples.comparison().projections]
    cells = [tr("reference"), tr("within the scatter of runs"), tr("no projection"), tr("left out")]
    cells += [tr("counted differently"), tr("uses {used} of {chips}", used="16", chips="64 IPUs")]
    asked = samples.scenario()
    tables = compare_figure(samples.comparison(), asked).table, scaling_figure(samples.scaling(), asked).table
    numbers = {tr("System"), tr("Chips")}
    heads = [column.title for table in tables for column in table.columns if column.title not in numbers]
    return [*bases, *layouts, *map(ratios.no_ratio_words, REASONS), *cells, *heads]


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_every_word_that_a_table_can_print_is_explained(code: str) -> None:
    set_language(code, resource("i18n"))
    assert [text for text in printed() if not explained(text)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_every_entry_of_a_legend_is_explained(code: str) -> None:
    set_language(code, resource("i18n"))
    compared = compare_figure(samples.with_lever(samples.comparison()), samples.scenario()).chart
    scaled = scaling_figure(samples.scaling(), samples.scenario()).chart
    entries = [*compared.legend, *(entry for entry in scaled.legend if entry.style != "bar")]
    assert [entry.text for entry in entries if not explained(entry.text)] == []


def test_that_a_longer_term_is_not_explained_as_the_shorter_one_in_it() -> None:
    assert [term.name for term in terms_in("Against the reference")] == ["Against the reference"]
    assert [term.name for term in terms_in("best · batch 3,520")] == ["best", "batch"]
    assert terms_in("restacked bestiary") == ()


def test_that_terms_are_apart_and_the_page_of_help_has_each() -> None:
    names = [term.name for term in terms()]
    assert len(set(names)) == len(names)
    assert all(f"**{term.name}** – {term.text}" in glossary() for term in terms())
    before = {term.text for term in terms()}
    set_language(CHINESE, resource("i18n"))
    assert not before & {term.text for term in terms()}
