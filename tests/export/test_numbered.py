"""Footnotes of several figures: one number for one footnote, in every text that refers to it."""

from ipuwhatif.charts.spec import Figure, Footnote, Headline, HeadlinePart
from ipuwhatif.export.numbered import numbered_once
from ipuwhatif.records import replace


def noted(figure: Figure, *texts: str) -> Figure:
    notes = tuple(Footnote(f"[{number}] {text}") for number, text in enumerate(texts, start=1))
    return replace(
        figure, headline=Headline((HeadlinePart("official [1]"),), "by rule [1]"), footnotes=(*notes, Footnote("model"))
    )


def test_that_a_mark_stands_for_one_footnote_in_all_figures(figure: Figure) -> None:
    first, second, third = numbered_once([noted(figure, "A"), noted(figure, "B", "A"), noted(figure, "A")])
    assert [note.text for note in first.footnotes] == ["[1] A", "model"]
    assert [note.text for note in second.footnotes] == ["[2] B", "[1] A", "model"]
    assert (second.headline.text, third.headline.text) == ("official [2]", "official [1]")
    assert second.headline.by_rule == "by rule [2]"
    told = [entry.text for entry in second.chart.legend if "[" in entry.text]
    assert told and all("[2]" in text and "[1]" not in text for text in told)


def test_that_one_figure_keeps_its_numbers(figure: Figure) -> None:
    assert numbered_once([figure]) == [figure]
