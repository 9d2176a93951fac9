"""The small table of a slide: the rows that matter most, numbers set on their decimal points."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipuwhatif.charts.palette import color, theme
from ipuwhatif.charts.spec import Figure, TableSpec
from ipuwhatif.export.office.slide_template import rgb
from ipuwhatif.export.office.slide_text import LINE, cut, lines_of, width_of
from ipuwhatif.export.office.workbook_cells import FONT
from ipuwhatif.export.plain import one_line
from ipuwhatif.figures.table import column_texts
from ipuwhatif.records import Record, replace

if TYPE_CHECKING:
    from pptx.slide import Slide
    from pptx.table import _Cell

MOST_ROWS = 8
#: Sizes of the texts in points, the largest first, and the room around a text in its cell.
_SIZES = (10.0, 9.0, 8.0, 7.5, 7.0)
_SIDE, _ABOVE = 5.0, 1.5
_HEAD_LINES = 2
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"


class Laid(Record, frozen=True):
    """A table laid out for a slide, in points: texts by row, the head first, and widths of the columns."""

    table: TableSpec
    texts: tuple[tuple[str, ...], ...]
    size: float
    widths: tuple[float, ...]
    head_height: float

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def row_height(self) -> float:
        return LINE * self.size + 2 * _ABOVE

    @property
    def height(self) -> float:
        return self.head_height + self.row_height * len(self.table.rows)


def chosen_rows(figure: Figure) -> tuple[int, ...]:
    """Which rows a slide shows: all of few; of a breakdown the largest parts and the whole, else what is spoken of."""
    table = figure.table
    count = len(table.rows)
    if count <= MOST_ROWS:
        return tuple(range(count))
    if figure.chart.kind == "breakdown":
        sizes = {
            row: max((cell.number or 0.0 for cell in table.rows[row][1:]), default=0.0) for row in range(count - 1)
        }
        largest = sorted(sizes, key=lambda row: -sizes[row])[: MOST_ROWS - 1]
        return (*sorted(largest), count - 1)
    spoken = {part.key for part in figure.headline.parts if part.key}
    first = [row for row in range(count) if any(cell.key in spoken for cell in table.rows[row])]
    official = [row for row in range(count) if any(cell.key.startswith("official/") for cell in table.rows[row])]
    return tuple(sorted(list(dict.fromkeys([*first, *official, *range(count)]))[:MOST_ROWS]))


def laid_table(figure: Figure, width: float, height: float, squeezed: bool = False) -> Laid | None:
    """The table in so many points, its texts as large as that allows; None where it has no room.

    With `squeezed` the longest texts are cut rather than that the table is wider.
    """
    rows = chosen_rows(figure)
    table = replace(
        figure.table,
        rows=tuple(figure.table.rows[row] for row in rows),
        tints=tuple(figure.table.tints[row] for row in rows if row < len(figure.table.tints)),
    )
    columns = [[_text(text) for text in column_texts(table, index)] for index in range(len(table.columns))]
    heads = [one_line(column.title) for column in table.columns]
    for size in _SIZES:
        widths = [_width(head, texts, size) for head, texts in zip(heads, columns, strict=True)]
        if squeezed and size == _SIZES[-1]:
            widths = _squeezed(widths, width)
        if sum(widths) <= width:
            laid = _laid(table, heads, columns, size, widths)
            if laid.height <= height:
                return laid
    return None


def add_table(slide: "Slide", laid: Laid, left: float, top: float, theme_name: str) -> None:
    """Put the table on the slide, its top left corner at (left, top) points."""
    from pptx.util import Pt

    count = (len(laid.texts), len(laid.widths))
    frame = slide.shapes.add_table(*count, Pt(left), Pt(top), Pt(laid.width), Pt(laid.height))
    table = frame.table
    table.horz_banding = False
    style = frame._element.find(".//{*}tableStyleId")
    style.text = _PLAIN_STYLE
    for place, width in enumerate(laid.widths):
        table.columns[place].width = Pt(width)
    tokens = theme(theme_name)
    for row, texts in enumerate(laid.texts):
        table.rows[row].height = Pt(laid.row_height if row else laid.head_height)
        for column, text in enumerate(texts):
            paint = tokens.muted_text if row == 0 else tokens.text
            if row and column == 0 and row - 1 < len(laid.table.tints):
                paint = color(laid.table.tints[row - 1], theme_name)
            right = laid.table.columns[column].align == "decimal"
            cell = table.cell(row, column)
            _set_cell(cell, text, laid.size, paint, right, bold=row == 0 or column == 0)
            _set_rule(cell, tokens.axis if row == 0 else tokens.grid)


def _laid(
    table: TableSpec, heads: Sequence[str], columns: Sequence[Sequence[str]], size: float, widths: Sequence[float]
) -> Laid:
    """The texts by row, cut where their column is too narrow; heads take as many lines as they need."""
    rows = [
        tuple(cut(texts[row], size, width - 2 * _SIDE, True) for texts, width in zip(columns, widths, strict=True))
        for row in range(len(table.rows))
    ]
    lines = [lines_of(head, size, width - 2 * _SIDE, True) for head, width in zip(heads, widths, strict=True)]
    most = max(len(each) for each in lines)
    kept = min(most, _HEAD_LINES + 1)
    shown = [" ".join(each if len(each) <= kept else [*each[: kept - 1], each[kept - 1][:-1] + "…"]) for each in lines]
    return Laid(table, (tuple(shown), *rows), size, tuple(widths), LINE * size * kept + 2 * _ABOVE)


def _width(head: str, texts: Sequence[str], size: float) -> float:
    """What the texts of a column take, and its head in two lines."""
    words = max((width_of(word, size, True) for word in head.split()), default=0.0)
    own = max((width_of(text, size, True) for text in texts), default=0.0)
    return math.ceil(max(own, words, 1.15 * width_of(head, size, True) / _HEAD_LINES) + 2 * _SIDE) + 1.0


def _squeezed(widths: Sequence[float], room: float) -> list[float]:
    """The widths with the widest made as narrow as needed, all of those alike."""
    low, high = 0.0, max(widths)
    for _ in range(40):
        middle = (low + high) / 2.0
        low, high = (middle, high) if sum(min(width, middle) for width in widths) <= room else (low, middle)
    return [min(width, low) for width in widths]


def _text(text: str) -> str:
    return one_line(text)[:400]


def _set_cell(cell: "_Cell", text: str, size: float, paint: str, right: bool, bold: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    cell.margin_left = cell.margin_right = Pt(_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(_ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text or "\u00a0"  # an empty line would be as high as one of the largest text
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = rgb(paint)


def _set_rule(cell: "_Cell", paint: str) -> None:
    """A thin line under a cell."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = cell._tc.get_or_add_tcPr()
    line = f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{paint[1:]}"/></a:solidFill></a:lnB>'
    properties.insert(0, parse_xml(line))
