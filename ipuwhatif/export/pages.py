"""Figures laid out on paper: headline, chart, a table that goes on over pages, notes, and every source once.

A PDF file and a printer draw the same pages; everything on them is text that can be searched and copied.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption

from ipuwhatif.charts.labels import text_height
from ipuwhatif.charts.painter.chart import paint
from ipuwhatif.charts.painter.fonts import font
from ipuwhatif.charts.palette import theme
from ipuwhatif.charts.spec import ChartSpec, Figure
from ipuwhatif.export.notes import made_by
from ipuwhatif.export.page_table import Cells, fits, table_rows
from ipuwhatif.export.source_lines import origin_line, origins
from ipuwhatif.export.told import told_table, without_alike
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import one_line, tr

MARGIN = 36.0  # of a page, in logical pixels
_INSET = 12.0  # of its texts, where the chart's own stand
_ROUNDED = 1.0  # logical pixel: Qt lays a word out a little wider than it measures it
#: A4 on its side, of 96 pixels an inch: a chart and its texts have their own size there, the smallest 8 points.
WIDTH, _HEIGHT = 297.0 / 25.4 * 96.0, 210.0 / 25.4 * 96.0
#: In logical pixels, as the sizes of a chart's texts.
_HEADLINE_SIZE, _TEXT_SIZE, _NOTE_SIZE, _SOURCE_SIZE = 20, 12, 11, 11
_WHOLE_TABLE = 0.4  # of a page: a table that takes no more of it is not torn
_MOST_TOGETHER = 3  # lines of a paragraph that stay on one page
#: Between two paragraphs, close ones, and between a table and what comes after it, in logical pixels.
_APART, _CLOSE, _AFTER_TABLE = 6.0, 2.0, 12.0


class Line(Record, frozen=True):
    """A line of a page's text, `space` logical pixels below the one before; a row of a table has `cells` instead.

    Each cell stands at its distance from the left, a number with its right end there.
    """

    text: str
    size: int
    bold: bool
    colour: str
    space: float
    cells: tuple[tuple[float, bool, str], ...] = ()  # left or right end, whether that is the right one, and the text
    ruled: float = 0.0  # how long a thin line under it is


class Page(Record, frozen=True):
    """One page; `chart` is None where only texts go on, and drawn `scale` times its size. All is in logical pixels."""

    head: tuple[Line, ...]  # over the chart
    chart: ChartSpec | None
    lines: tuple[Line, ...]
    width: float
    height: float
    theme_name: str
    scale: float = 1.0

    @property
    def chart_height(self) -> float:
        return 0.0 if self.chart is None else self.scale * self.chart.height


class _Block(Record, frozen=True):
    """Lines that stay together; `above` stand over them once more where they begin a page: the head of a table."""

    lines: tuple[Line, ...]
    above: tuple[Line, ...] = ()


def document_pages(figures: Sequence[Figure], theme_name: str, data_version: str) -> list[Page]:
    """The pages of a file: those of each figure, and behind several the sources of all of them."""
    if len(figures) == 1:
        return pages_of(figures[0], theme_name, data_version)
    pages = [page for figure in figures for page in pages_of(figure, theme_name, data_version, sourced=False)]
    muted, paper = theme(theme_name).muted_text, (WIDTH, _HEIGHT)
    lines = [block for figure in figures for block in _source_blocks(figure, muted, _width(WIDTH))]
    distinct = list(dict.fromkeys(lines))
    head = Line(tr("Sources"), _HEADLINE_SIZE, True, theme(theme_name).text, 4.0)
    foot = _blocks([_made_by(data_version, muted)], _width(WIDTH))
    return [*pages, *_filled(Page((head,), None, (), *paper, theme_name), [*distinct, *foot])]


def pages_of(
    figure: Figure, theme_name: str, data_version: str, tall: float = _HEIGHT / WIDTH, sourced: bool = True
) -> list[Page]:
    """The pages of one figure, all of one size: the first with its chart, and as many as its texts need.

    tall: height of a page over its width. sourced: whether its sources stand there.
    """
    chart = figure.chart
    width = WIDTH if tall < 1.0 else chart.width + 2 * MARGIN
    line = Line(figure.headline.text, _HEADLINE_SIZE, True, theme(theme_name).text, 4.0)
    head = tuple(_broken(line, _width(width)))
    room = tall * width - sum(map(step, head)) - 2 * MARGIN
    scale = min(1.0, room / chart.height, (width - 2 * MARGIN) / chart.width)
    first = Page(head, chart, (), width, tall * width, theme_name, scale)
    blocks = _text_blocks(figure, theme_name, data_version, sourced, _width(width))
    pages, closer = (_filled(first, each) for each in (blocks, _closer(blocks)))
    return closer if len(closer) < len(pages) else pages


def _filled(page: Page, blocks: Sequence[_Block]) -> list[Page]:
    """Pages from a first one on that take the blocks; one that finds no room goes on on the next."""
    pages: list[Page] = []
    taken: list[Line] = []
    whole = page.height - 2 * MARGIN
    room = whole - page.chart_height - sum(map(step, page.head))
    for block in blocks:
        needed = sum(map(step, block.lines))
        if needed > room and (taken or page.chart is not None or page.head):
            pages.append(replace(page, lines=tuple(taken)))
            page, taken = replace(page, head=(), chart=None), list(block.above)
            room = whole - sum(map(step, taken))
        taken += block.lines
        room -= needed
    return [*pages, replace(page, lines=tuple(taken))]


def _closer(blocks: Sequence[_Block]) -> list[_Block]:
    """The same with paragraphs close to each other, where that saves a page for a few last lines."""

    def close(line: Line) -> Line:
        return replace(line, space=min(line.space, _CLOSE)) if line.space <= _APART else line

    return [replace(block, lines=tuple(map(close, block.lines))) for block in blocks]


def step(line: Line) -> float:
    """How far a line is below the one before."""
    return text_height(line.size) + line.space


def _width(page: float) -> float:
    """What texts have of the width of a page."""
    return page - 2 * (MARGIN + _INSET)


def _text_blocks(figure: Figure, theme_name: str, data_version: str, sourced: bool, width: float) -> list[_Block]:
    """Everything that stands under a chart, broken into lines of this width."""
    text, muted = theme(theme_name).text, theme(theme_name).muted_text
    notices = [Line(notice, _TEXT_SIZE, False, text, _APART) for notice in figure.notices]
    notes = [Line(note.text, _NOTE_SIZE, False, muted, _APART) for note in figure.footnotes]
    told = [*notices, *notes]
    if told:
        told[0] = replace(told[0], space=_AFTER_TABLE)
    blocks = [*_table_blocks(figure, text, muted, width), *_blocks(told, width)]
    if not sourced:
        return blocks
    sources = list(_source_blocks(figure, muted, width))
    if sources:  # never alone at the foot of a page
        head = Line(tr("Sources"), _NOTE_SIZE, True, muted, 8.0)
        sources[0] = _Block((head, *sources[0].lines))
    return [*blocks, *sources, *_blocks([_made_by(data_version, muted)], width)]


def _source_blocks(figure: Figure, muted: str, width: float) -> Iterator[_Block]:
    for origin in origins(figure):
        yield from _blocks([Line(origin_line(origin), _SOURCE_SIZE, False, muted, 2.0)], width)


def _made_by(data_version: str, muted: str) -> Line:
    return Line(made_by(data_version), _SOURCE_SIZE, False, muted, 8.0)


def _blocks(lines: Sequence[Line], width: float) -> list[_Block]:
    """A block a paragraph, and of a long one a block each few lines, so that none of them stands alone on a page."""
    found = []
    for line in lines:
        rows = _broken(line, width)
        while len(rows) > _MOST_TOGETHER:
            found.append(_Block(tuple(rows[:2])))
            rows = rows[2:]
        found.append(_Block(tuple(rows)))
    return found


def _table_blocks(figure: Figure, text: str, muted: str, width: float) -> Iterator[_Block]:
    """The rows of the table, each whole on a page, under a head that every page begins with; few of them together."""
    table, said = without_alike(told_table(figure.table))
    size, measure = _TEXT_SIZE, _measure(_TEXT_SIZE)
    if not fits(table, width, measure):  # smaller, and cells of several lines where that is not enough
        size, measure = _SOURCE_SIZE, _measure(_SOURCE_SIZE)

    def broken(words: str, room: float) -> list[str]:
        if measure(words) <= room + _ROUNDED:
            return [words]
        return [row.text for row in _broken(Line(words, size, False, text, 0.0), room + _ROUNDED)]

    def lines(row: Sequence[Cells], colour: str, space: float) -> tuple[Line, ...]:
        cells = enumerate(map(tuple, row))
        return tuple(Line("", size, False, colour, 0.0 if number else space, each) for number, each in cells)

    head, *rows = table_rows(table, width, measure, broken)
    ends = [end for row in (head, *rows) for cells in row for end in _ends(cells, measure)]
    above = lines(head, muted, 10.0)
    above = (*above[:-1], replace(above[-1], ruled=max(ends, default=0.0)))
    yield from _blocks([Line(each, size, False, text, 10.0) for each in said], width)
    body = [lines(row, text, 3.0) for row in rows]
    whole = [line for part in (above, *body) for line in part]
    if sum(map(step, whole)) <= _WHOLE_TABLE * _HEIGHT:
        yield _Block(tuple(whole))
        return
    yield _Block(above)
    yield from (_Block(row, above) for row in body)


def _ends(cells: Cells, measure: Callable[[str], float]) -> list[float]:
    """Where the texts of a row end."""
    return [place + (0.0 if right else measure(text)) for place, right, text in cells]


def _measure(size: int) -> Callable[[str], float]:
    """How wide a text is; the same words stand in many cells."""
    return cache(QFontMetricsF(font(size)).horizontalAdvance)


def _broken(line: Line, width: float) -> list[Line]:
    """A text in lines of at most `width`; a word that is longer, such as an address, goes on on the next line."""
    text = one_line(line.text)
    layout = QTextLayout(text, font(line.size, line.bold))
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    units = text.encode("utf-16-le")  # Qt counts in 16 bits
    rows: list[Line] = []
    row = layout.createLine()
    while row.isValid():
        row.setLineWidth(width)
        start = 2 * row.textStart()
        part = units[start : start + 2 * row.textLength()].decode("utf-16-le", "replace").rstrip()
        rows.append(replace(line, text=part, space=0.0 if rows else line.space))
        row = layout.createLine()
    layout.endLayout()
    return rows


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def paint_page(painter: QPainter, page: Page, number: str) -> None:
    """A page as it is laid out, with its number at the foot."""
    tokens = theme(page.theme_name)
    painter.fillRect(QRectF(0, 0, page.width, page.height), QColor(tokens.background))
    y = MARGIN
    for line in page.head:
        y += step(line)
        _write(painter, line, QPointF(MARGIN + _INSET, y - 0.35 * line.size))
    if page.chart is not None:
        painter.save()
        painter.translate(MARGIN, y)
        painter.scale(page.scale, page.scale)
        paint(painter, page.chart, page.theme_name, page.chart.width, page.chart.height)
        painter.restore()
        y += page.chart_height
    for line in page.lines:
        y += step(line)
        _write(painter, line, QPointF(MARGIN + _INSET, y - 0.35 * line.size))
    foot = Line(number, _NOTE_SIZE, False, tokens.muted_text, 0.0)
    width = QFontMetricsF(font(foot.size)).horizontalAdvance(number)
    _write(painter, foot, QPointF(page.width - MARGIN - _INSET - width, page.height - MARGIN / 2))


def _write(painter: QPainter, line: Line, base: QPointF) -> None:
    painter.setFont(font(line.size, line.bold))
    painter.setPen(QColor(line.colour))
    if not line.cells:
        painter.drawText(base, line.text)
        return
    measure = QFontMetricsF(font(line.size, line.bold)).horizontalAdvance
    if line.ruled:
        y = base.y() + 0.45 * line.size
        painter.drawLine(QPointF(base.x(), y), QPointF(base.x() + line.ruled, y))
    for place, right, text in line.cells:
        painter.drawText(base + QPointF(place - (measure(text) if right else 0.0), 0.0), text)
