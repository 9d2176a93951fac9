"""Sources that are named once; names that nothing can act on."""

from ipuwhatif.charts.spec import Footnote
from ipuwhatif.export.source_lines import origins
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line
from tests.figures import samples


def test_that_one_document_is_one_source_whatever_its_notes(figure):
    noted = replace(samples.ORIGIN, note="page 3", read="2026-11-23")
    elsewhere = replace(samples.ORIGIN, locator="https://example.org/other")
    notes = tuple(Footnote("text", origin) for origin in (samples.ORIGIN, noted, elsewhere))
    assert origins(replace(figure, footnotes=notes, why=())) == (samples.ORIGIN, elsewhere)


def test_that_control_characters_become_spaces():
    assert one_line("a\x1b[2J\nb\u202ec") == "a [2J b c"
