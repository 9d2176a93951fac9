"""The small table of a slide: the rows that matter most, numbers set on their decimal points."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipuwhatif.charts.spec import Cell, Column, Figure, TableSpec
from ipuwhatif.export.office.look import Look, paint
from ipuwhatif.export.office.native.native_series import system_of
from ipuwhatif.export.office.slide_text import LINE, cut, lines_of, rgb, width_of
from ipuwhatif.export.told import told_columns
from ipuwhatif.figures.aligned import column_texts
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import one_line, tr

if TYPE_CHECKING:
    from pptx.slide import Slide
    from pptx.table import _Cell

#: Rows at most of a slide.
MOST_ROWS = 24
#: Sizes of the texts in points with the room above and below them, the largest first, and the room beside them.
_SIZES = ((12.0, 1.5), (11.0, 1.5), (10.0, 1.5), (9.0, 1.5), (9.0, 0.5), (9.0, 0.0))
_SIDE = 5.0
_HEAD_LINES, _SPARE = 2, 1.06
#: What a text that is cut keeps at least, in points, and what names keep of a table's width.
_LEAST_TEXT, _NAME = 90.0, 0.4
#: Columns of a comparison at least: system and time, official and projected or with the interval.
_FEWEST_COLUMNS = 3
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"


class Laid(Record, frozen=True):
    """A table laid out for a slide, in points: texts by row, the head first, and widths of the columns.

    `whole` is False where rows, columns or the ends of texts had no room; `row_height` is that of all but the head.
    """

    table: TableSpec
    rows: tuple[int, ...]  # of the figure's table
    texts: tuple[tuple[str, ...], ...]
    size: float
    above: float  # room above and below a text
    widths: tuple[float, ...]
    head_height: float
    row_height: float
    whole: bool

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def height(self) -> float:
        return self.head_height + self.row_height * len(self.table.rows)


def chosen_rows(figure: Figure, most: int = MOST_ROWS) -> tuple[int, ...]:
    """Which rows a slide shows: all of few; of a breakdown the largest parts and the whole, else what is spoken of."""
    table = figure.table
    count = len(table.rows)
    if count <= most:
        return tuple(range(count))
    if figure.chart.kind == "breakdown":
        sizes = {
            row: max((cell.number or 0.0 for cell in table.rows[row][1:]), default=0.0) for row in range(count - 1)
        }
        largest = sorted(sizes, key=lambda row: -sizes[row])[: most - 1]
        return (*sorted(largest), count - 1)
    if figure.chart.kind == "scaling":
        return _along(figure, most)
    spoken = {part.key for part in figure.headline.parts if part.key}
    first = [row for row in range(count) if any(cell.key in spoken for cell in table.rows[row])]
    official = [row for row in range(count) if any(cell.key.startswith("official/") for cell in table.rows[row])]
    return tuple(sorted(list(dict.fromkeys([*first, *official, *range(count)]))[:most]))


def _along(figure: Figure, most: int) -> tuple[int, ...]:
    """Rows of each curve from end to end, as many of every curve; of more curves than rows those spoken of first."""
    spoken = {part.key for part in figure.headline.parts if part.key}
    curves: dict[object, list[int]] = {}
    for row, tint in enumerate(figure.table.tints):
        curves.setdefault(system_of(tint), []).append(row)
    keys = {row: {cell.key for cell in figure.table.rows[row]} for rows in curves.values() for row in rows}
    ranked = sorted(curves.values(), key=lambda rows: not any(keys[row] & spoken for row in rows))[:most]
    found: list[int] = []
    for place, rows in enumerate(ranked):
        count = min(len(rows), max(1, (most - len(found)) // (len(ranked) - place)))
        steps = max(count - 1, 1)
        found += [rows[round(step * (len(rows) - 1) / steps)] for step in range(count)]
    return tuple(sorted(found))


def laid_table(figure: Figure, width: float, height: float, fonts: float = 1.0) -> Laid | None:
    """The table in so many points, its texts as large as that allows; None where it has no room.

    fonts: how wide letters may be, in those that widths are estimated for. What matters is in it, layout and basis are
    not; at the smallest size long texts are cut, then columns of a comparison are left out from the end, then rows.
    """
    shown = [
        index for index in told_columns(figure.table) if figure.table.columns[index].title not in _left_out(figure)
    ]
    fewest = _FEWEST_COLUMNS if figure.chart.kind == "compare" else len(shown)
    counts = range(len(shown), min(fewest, len(shown)) - 1, -1)
    most = min(MOST_ROWS, len(figure.table.rows))
    for rows in range(most, min(most, 2) - 1, -1):
        for count in counts:
            found = [_set(figure, chosen_rows(figure, rows), shown[:count], width, size, fonts) for size in _SIZES]
            wide_enough = [each for each in found if each is not None]
            laid = next((each for each in wide_enough if each.height <= height), None)
            if laid is not None:
                return laid
            if wide_enough:  # fewer columns would make it no lower
                break
    return None


def _set(
    figure: Figure, rows: tuple[int, ...], shown: Sequence[int], width: float, size: tuple[float, float], fonts: float
) -> Laid | None:
    """Some rows and columns at one size; None where they are too wide, at the smallest size much too wide."""
    table = _part_of(figure, rows, shown)
    columns = [[_text(text) for text in column_texts(table, index)] for index in range(len(table.columns))]
    heads = [one_line(column.title) for column in table.columns]
    widths = [_width(head, texts, size[0] * fonts) for head, texts in zip(heads, columns, strict=True)]
    whole = (len(rows), len(shown)) == (len(figure.table.rows), len(figure.table.columns))
    if sum(widths) > width:
        numbers = [column.align == "decimal" for column in table.columns]
        squeezed = _squeezed(widths, numbers, width) if size == _SIZES[-1] else None
        if squeezed is None:
            return None
        widths, whole = squeezed, False
    return _laid(table, rows, heads, columns, size, widths, fonts, whole)


def _left_out(figure: Figure) -> tuple[str, ...]:
    """Columns that are for the speaker: how a system runs the job, on what a number stands, and what a name says."""
    return (tr("Layout"), tr("Basis"), *((tr("Chips"),) if figure.chart.kind == "scaling" else ()))


def _part_of(figure: Figure, rows: Sequence[int], columns: Sequence[int]) -> TableSpec:
    table = figure.table
    return TableSpec(
        tuple(_told(table, column) for column in columns),
        tuple(tuple(_shortest(table.rows[row][column]) for column in columns) for row in rows),
        tuple(table.tints[row] for row in rows if row < len(table.tints)),
    )


def _told(table: TableSpec, place: int) -> Column:
    """A column whose title says which system the reference is."""
    column = table.columns[place]
    if column.title != tr("Against the reference"):
        return column
    rows = [row for row in table.rows if row[place].text == tr("reference")]
    name = rows[0][0].short or rows[0][0].text if rows else ""
    return replace(column, title=tr("Against {letter}", letter=name)) if name else column


def _shortest(cell: Cell) -> Cell:
    return replace(cell, text=cell.short or cell.text)


def add_table(slide: "Slide", laid: Laid, left: float, top: float, look: Look) -> None:
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
    tokens = look.tokens
    for row, texts in enumerate(laid.texts):
        table.rows[row].height = Pt(laid.row_height if row else laid.head_height)
        for column, text in enumerate(texts):
            code = tokens.muted_text if row == 0 else tokens.text
            if row and column == 0 and row - 1 < len(laid.table.tints):
                code = paint(look, laid.table.tints[row - 1])
            right = laid.table.columns[column].align == "decimal"
            cell = table.cell(row, column)
            _set_cell(cell, text, (laid.size, laid.above), code, right, bold=row == 0 or column == 0, middle=row > 0)
            _set_rule(cell, tokens.axis if row == 0 else tokens.grid)


def _laid(
    table: TableSpec,
    chosen: tuple[int, ...],
    heads: Sequence[str],
    columns: Sequence[Sequence[str]],
    size: tuple[float, float],
    widths: Sequence[float],
    fonts: float,
    whole: bool,
) -> Laid:
    """The texts by row, cut where their column is too narrow; heads take as many lines as they need."""
    letters, above = size
    rooms = [(width - 2 * _SIDE) / fonts for width in widths]
    rows = [
        tuple(cut(texts[row], letters, room, True) for texts, room in zip(columns, rooms, strict=True))
        for row in range(len(table.rows))
    ]
    lines = [lines_of(head, letters, room, True) for head, room in zip(heads, rooms, strict=True)]
    most = max(len(each) for each in lines)
    kept = min(most, _HEAD_LINES + 1)
    shown = [" ".join(each if len(each) <= kept else [*each[: kept - 1], each[kept - 1][:-1] + "…"]) for each in lines]
    head, row_height = (LINE * letters * count + 2 * above for count in (kept, 1))
    return Laid(table, chosen, (tuple(shown), *rows), letters, above, tuple(widths), head, row_height, whole)


def _width(head: str, texts: Sequence[str], size: float) -> float:
    """What the texts of a column take, and its head in two lines."""
    own = max((width_of(text, size, True) for text in texts), default=0.0)
    return math.ceil(max(own, _in_two(head, size)) + 2 * _SIDE) + 1.0


def _in_two(head: str, size: float) -> float:
    """The least width in which a head has two lines."""
    words = head.split(" ")
    splits = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words) + 1)]
    return min(max(width_of(line, size, True) for line in lines) for lines in splits) * _SPARE


def _squeezed(widths: Sequence[float], numbers: Sequence[bool], room: float) -> list[float] | None:
    """The widths with those of texts made as narrow as needed; numbers are never cut, and names hardly.

    None where that leaves too little of the texts.
    """

    def narrowed(most: float) -> list[float]:
        named = max(most, _NAME * room)
        return [
            width if number else min(width, most if place else named)
            for place, (width, number) in enumerate(zip(widths, numbers, strict=True))
        ]

    low, high = _LEAST_TEXT, max(widths)
    if sum(narrowed(low)) > room:
        return None
    for _ in range(40):
        middle = (low + high) / 2.0
        low, high = (middle, high) if sum(narrowed(middle)) <= room else (low, middle)
    return narrowed(low)


def _text(text: str) -> str:
    return one_line(text)[:400]


def _set_cell(
    cell: "_Cell", text: str, size: tuple[float, float], code: str, right: bool, bold: bool, middle: bool
) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    cell.margin_left = cell.margin_right = Pt(_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(size[1])
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.BOTTOM
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text or "\u00a0"  # an empty line would be as high as one of the largest text
    run.font.size, run.font.bold = Pt(size[0]), bold
    run.font.color.rgb = rgb(code)


def _set_rule(cell: "_Cell", code: str) -> None:
    """A thin line under a cell."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = cell._tc.get_or_add_tcPr()
    line = f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{code[1:]}"/></a:solidFill></a:lnB>'
    properties.insert(0, parse_xml(line))
