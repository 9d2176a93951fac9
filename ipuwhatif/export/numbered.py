"""Footnotes of several figures numbered through: in one file a mark such as "[1]" stands for one footnote."""

import re
from collections.abc import Callable, Sequence

from ipuwhatif.charts.spec import Cell, Figure, Headline
from ipuwhatif.figures.footnotes import is_numbered
from ipuwhatif.records import replace

_MARK = re.compile(r"\[(\d+)\]")


def numbered_once(figures: Sequence[Figure]) -> list[Figure]:
    """The figures with the same number for the same footnote, and another for every other one."""
    numbers: dict[str, str] = {}
    found = []
    for figure in figures:
        mine = {}
        for note in filter(is_numbered, figure.footnotes):
            mark, _, text = note.text.partition(" ")
            mine[mark] = numbers.setdefault(text, f"[{len(numbers) + 1}]")
        found.append(figure if all(old == new for old, new in mine.items()) else _renumbered(figure, mine))
    return found


def _renumbered(figure: Figure, numbers: dict[str, str]) -> Figure:
    def said(text: str) -> str:
        return _MARK.sub(lambda mark: numbers.get(mark[0], mark[0]), text)

    return replace(
        figure,
        headline=Headline(
            tuple(replace(part, text=said(part.text)) for part in figure.headline.parts), said(figure.headline.by_rule)
        ),
        chart=replace(
            figure.chart,
            subtitle=said(figure.chart.subtitle),
            labels=tuple(replace(each, text=said(each.text)) for each in figure.chart.labels),
            legend=tuple(replace(each, text=said(each.text)) for each in figure.chart.legend),
            footnotes=tuple(replace(each, text=said(each.text)) for each in figure.chart.footnotes),
        ),
        table=replace(figure.table, rows=_cells(figure, said)),
        footnotes=tuple(replace(each, text=said(each.text)) for each in figure.footnotes),
        notices=tuple(map(said, figure.notices)),
    )


def _cells(figure: Figure, said: Callable[[str], str]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(replace(cell, text=said(cell.text)) for cell in row) for row in figure.table.rows)
