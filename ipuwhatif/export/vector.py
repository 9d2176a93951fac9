"""Charts as vector files, SVG and PDF, drawn by the painter: text stays text, and fonts travel inside a PDF file.

The same figures give the same bytes on one machine: what Qt would write of the time and at random is taken out.
"""

import re
from collections.abc import Sequence
from html import escape, unescape

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QHashSeed,
    QIODevice,
    QMarginsF,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    QUuid,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPageSize, QPainter, QPdfWriter, QTextLayout, QTextOption
from PySide6.QtSvg import QSvgGenerator

from ipuwhatif import __version__
from ipuwhatif.charts.labels import text_height
from ipuwhatif.charts.palette import FOOTNOTE_SIZE, SUBTITLE_SIZE, theme
from ipuwhatif.charts.spec import ChartSpec, Figure
from ipuwhatif.export.carried import ATTACHMENT
from ipuwhatif.export.notes import made_by, table_lines
from ipuwhatif.export.painter import ensure_application, font, paint
from ipuwhatif.export.plain import one_line, origin_line, origins
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import tr

_DOTS_PER_INCH = 96  # of a logical pixel
_POINTS = 72.0 / _DOTS_PER_INCH
_MARGIN = 36.0  # of a page, in logical pixels
_INSET = 12.0  # of its texts, where the chart's own stand
_TALL = 2.0**0.5  # height of a page over its width: that of paper
_COLUMN_GAP = 18.0  # between two columns of a table
_HEADLINE_SIZE, _SOURCE_SIZE = 15, 9  # in logical pixels, as the sizes of a chart's texts
_LONGEST_TITLE = 300  # characters
_EMPTY_GROUP = re.compile(rb"<g [^>]*>\s*</g>\s*")
_TEXT = re.compile(r'<text ([^>]*font-size="(\d+)" font-weight="(\d+)"[^>]*)>([^<]*)</text>')
_DATE = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]{0,40}\)")


class _Line(Record, frozen=True):
    """A line of a page's text, `space` logical pixels below the one before; a row of a table has `cells` instead.

    Each cell stands at its distance from the left, a number with its right end there.
    """

    text: str
    size: int
    bold: bool
    colour: str
    space: float
    cells: tuple[tuple[float, bool, str], ...] = ()  # left or right end, whether that is the right one, and the text


def render_svg(chart: ChartSpec, theme_name: str = "light", told: str = "") -> bytes:
    """The chart as an SVG file; `told` is what a reader without sight is told of it.

    Each text keeps its length where another font stands in for ours, so that no name runs into a mark.
    """
    ensure_application()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DOTS_PER_INCH)
    generator.setSize(QSize(chart.width, chart.height))
    generator.setViewBox(QRect(0, 0, chart.width, chart.height))
    generator.setTitle(one_line(chart.title))
    generator.setDescription(one_line(told or chart.subtitle))
    painter = QPainter(generator)
    try:
        painter.setFont(font(SUBTITLE_SIZE))  # else the font of this machine's menus is named throughout
        paint(painter, chart, theme_name, chart.width, chart.height)
    finally:
        painter.end()
        buffer.close()
    text = _EMPTY_GROUP.sub(b"", bytes(data.data())).decode("utf-8")
    return _TEXT.sub(_with_length, text).encode("utf-8")


def render_pdf(
    figures: Sequence[Figure], theme_name: str = "light", content: bytes | None = None, data_version: str = ""
) -> bytes:
    """A page for each figure: headline, the chart as large as on screen, under it table, notices, footnotes, sources.

    Pages have the proportions of paper; texts that find no room go on on the next. `content` is attached as a scenario
    file.
    """
    ensure_application()
    pages = [page for figure in figures for page in pages_of(figure, theme_name, data_version)]
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, figures[0].headline.text, content)
    writer.setPageSize(_page_size(pages[0]))
    QHashSeed.setDeterministicGlobalSeed()  # else fonts stand in the file in an order of chance
    painter = QPainter(writer)
    try:
        for number, page in enumerate(pages):
            if number:
                writer.setPageSize(_page_size(page))
                writer.newPage()
            paint_page(painter, page, tr("Page {number} of {pages}", number=number + 1, pages=len(pages)))
    finally:
        painter.end()
        buffer.close()
        QHashSeed.resetRandomGlobalSeed()
    return _DATE.sub(lambda date: b" " * len(date[0]), bytes(data.data()), count=2)


class Page(Record, frozen=True):
    """One page; `chart` is None where only texts go on. Width and height are in logical pixels."""

    head: tuple[_Line, ...]  # over the chart
    chart: ChartSpec | None
    lines: tuple[_Line, ...]
    width: float
    height: float
    theme_name: str


def pages_of(figure: Figure, theme_name: str, data_version: str, tall: float = _TALL) -> list[Page]:
    """The pages of one figure, all of one size: the first with its chart, and as many as its texts need.

    tall: height of a page over its width, where the chart leaves that.
    """
    chart, width = figure.chart, figure.chart.width + 2 * _MARGIN
    head = _headline(figure, theme_name)
    above = sum(_step(line) for line in head)
    height = max(tall * width, chart.height + above + 3 * _MARGIN)
    drawn: ChartSpec | None = chart
    room = height - 2 * _MARGIN - chart.height - above
    pages: list[Page] = []
    taken: list[_Line] = []
    for line in _lines(figure, theme_name, data_version):
        if _step(line) > room:
            pages.append(Page(head, drawn, tuple(taken), width, height, theme_name))
            head, drawn, taken, room = (), None, [], height - 2 * _MARGIN
        taken.append(line)
        room -= _step(line)
    return [*pages, Page(head, drawn, tuple(taken), width, height, theme_name)]


def _step(line: _Line) -> float:
    return text_height(line.size) + line.space


def _headline(figure: Figure, theme_name: str) -> tuple[_Line, ...]:
    """What the page says first, in lines of the chart's width."""
    line = _Line(figure.headline.text, _HEADLINE_SIZE, True, theme(theme_name).text, 4.0)
    return tuple(_broken(line, figure.chart.width - 2 * _INSET))


def _lines(figure: Figure, theme_name: str, data_version: str) -> list[_Line]:
    """Everything that stands under a chart, broken into lines of the chart's width."""
    text, muted = theme(theme_name).text, theme(theme_name).muted_text
    sources = [origin_line(origin) for origin in origins(figure)]
    lines = [
        *_table(figure, text, muted),
        *(_Line(notice, SUBTITLE_SIZE, False, text, 6.0) for notice in figure.notices),
        *(_Line(note.text, FOOTNOTE_SIZE, False, muted, 6.0) for note in figure.footnotes),
        *([_Line(tr("Sources"), FOOTNOTE_SIZE, True, muted, 8.0)] if sources else []),
        *(_Line(source, _SOURCE_SIZE, False, muted, 2.0) for source in sources),
        _Line(made_by(data_version), _SOURCE_SIZE, False, muted, 8.0),
    ]
    width = figure.chart.width - 2 * _INSET
    return [row for line in lines for row in ([line] if line.cells else _broken(line, width))]


def _table(figure: Figure, text: str, muted: str) -> list[_Line]:
    """The table in columns where the page is wide enough for them, else a text a row."""
    table, metrics = figure.table, QFontMetricsF(font(FOOTNOTE_SIZE))
    titles = [column.title for column in table.columns]
    rows = [titles, *([one_line(cell.text) for cell in row] for row in table.rows)]
    widths = [max(metrics.horizontalAdvance(row[place]) for row in rows) for place in range(len(titles))]
    if sum(widths) + _COLUMN_GAP * (len(widths) - 1) > figure.chart.width - 2 * _INSET:
        head = _Line(tr("The whole table"), FOOTNOTE_SIZE, True, text, 8.0)
        return [head, *(_Line(row, FOOTNOTE_SIZE, False, text, 2.0) for row in table_lines(figure))]
    starts = [sum(widths[:place]) + _COLUMN_GAP * place for place in range(len(widths))]
    ends = [
        (start + width, True) if column.align == "decimal" else (start, False)
        for start, width, column in zip(starts, widths, table.columns, strict=True)
    ]
    return [
        _Line(
            "",
            FOOTNOTE_SIZE,
            False,
            text if number else muted,
            3.0 if number else 10.0,
            tuple((place, right, cell) for (place, right), cell in zip(ends, row, strict=True)),
        )
        for number, row in enumerate(rows)
    ]


def _broken(line: _Line, width: float) -> list[_Line]:
    """A text in lines of at most `width`; a word that is longer, such as an address, goes on on the next line."""
    text = one_line(line.text)
    layout = QTextLayout(text, font(line.size, line.bold))
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    units = text.encode("utf-16-le")  # Qt counts in 16 bits
    rows: list[_Line] = []
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
    y = _MARGIN
    for line in page.head:
        y += _step(line)
        _write(painter, line, QPointF(_MARGIN + _INSET, y - 0.35 * line.size))
    if page.chart is not None:
        painter.translate(_MARGIN, y)
        paint(painter, page.chart, page.theme_name, page.chart.width, page.chart.height)
        painter.translate(-_MARGIN, -y)
        y += page.chart.height
    for line in page.lines:
        y += _step(line)
        _write(painter, line, QPointF(_MARGIN + _INSET, y - 0.35 * line.size))
    foot = _Line(number, FOOTNOTE_SIZE, False, tokens.muted_text, 0.0)
    width = QFontMetricsF(font(foot.size)).horizontalAdvance(number)
    _write(painter, foot, QPointF(page.width - _MARGIN - _INSET - width, page.height - _MARGIN / 2))


def _write(painter: QPainter, line: _Line, base: QPointF) -> None:
    painter.setFont(font(line.size, line.bold))
    painter.setPen(QColor(line.colour))
    if not line.cells:
        painter.drawText(base, line.text)
    for place, right, text in line.cells:
        wide = QFontMetricsF(font(line.size, line.bold)).horizontalAdvance(text) if right else 0.0
        painter.drawText(base + QPointF(place - wide, 0.0), text)


def _page_size(page: Page) -> QPageSize:
    size = QSizeF(page.width * _POINTS, page.height * _POINTS)
    return QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)


def _writer(buffer: QBuffer, title: str, content: bytes | None) -> QPdfWriter:
    """A writer with title, creator and attachment, and with an identity that follows from these alone."""
    title, creator = one_line(title)[:_LONGEST_TITLE], f"ipuwhatif {__version__}"
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(title)
    writer.setCreator(creator)
    writer.setDocumentXmpMetadata(QByteArray(_metadata(title, creator)))
    writer.setDocumentId(
        QUuid.createUuidV5(QUuid(), f"{creator} {title}".encode("utf-8", "replace") + (content or b""))
    )
    if content is not None:
        writer.addFileAttachment(ATTACHMENT, QByteArray(content), "application/json")
    return writer


def _metadata(title: str, creator: str) -> bytes:
    """The same once more as XMP, in place of Qt's own, which tells the time."""
    packet = (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<xmp:CreatorTool>{escape(creator)}</xmp:CreatorTool>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return packet.encode()


def _with_length(found: re.Match[str]) -> str:
    attributes, size, weight, text = found.groups()
    advance = QFontMetricsF(font(int(size), int(weight) > 400)).horizontalAdvance(unescape(text).strip("\n"))
    return f'<text {attributes} textLength="{advance:.2f}" lengthAdjust="spacingAndGlyphs">{text}</text>'
