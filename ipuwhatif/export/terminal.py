"""A figure as text for a terminal: headline, aligned table, notices and footnotes."""

import textwrap
import unicodedata
from collections.abc import Sequence

from ipuwhatif.charts.spec import Figure, TableSpec
from ipuwhatif.figures.aligned import FIGURE_SPACE, POINT_SPACE, column_texts
from ipuwhatif.texts import one_line, tr

_WIDTH = 100  # of running text, in characters
_GAP = "  "


def table_text(figure: Figure) -> str:
    """The figure for a terminal, ending with a line end; control characters in names are taken out."""
    lines = [figure.headline.text, "", figure.chart.title, figure.chart.subtitle, ""]
    lines += _table_lines(figure.table)
    lines += ["", *(line for notice in figure.notices for line in _wrapped(tr("Note: {notice}", notice=notice)))]
    lines += ["", *(line for note in figure.footnotes for line in _wrapped(note.text))]
    return "\n".join(one_line(line).rstrip() for line in lines) + "\n"


def _table_lines(table: TableSpec) -> list[str]:
    columns = []
    for index, column in enumerate(table.columns):
        texts = [_fixed(text) for text in column_texts(table, index)]
        right = column.align == "decimal"
        width = max(columns_of(text) for text in (column.title, *texts))
        columns.append([padded(text, width, right) for text in (column.title, "─" * width, *texts)])
    return [_GAP.join(cells) for cells in _transposed(columns)]


def _transposed(columns: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return list(zip(*columns, strict=True))


def _fixed(text: str) -> str:
    return one_line(text).replace(FIGURE_SPACE, " ").replace(POINT_SPACE, " ")


def padded(text: str, width: int, right: bool = False) -> str:
    """The text in so many columns of a terminal, flush left or right."""
    space = " " * (width - columns_of(text))
    return space + text if right else text + space


def columns_of(text: str) -> int:
    """Columns of a terminal that a text takes: two for each wide East Asian character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _wrapped(text: str) -> list[str]:
    """Lines of a page's width; an address that is longer stays whole, so that it can be followed."""
    lines = textwrap.wrap(
        one_line(text), _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
    return lines or [""]
