"""Charts as vector files, SVG and PDF, drawn by the painter: text stays text, and fonts travel inside a PDF file.

The same figures give the same bytes on one machine: what Qt would write of the time and at random is taken out.
"""

import re
from collections.abc import Sequence
from html import escape, unescape

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, QRect, QSize, QSizeF, QUuid
from PySide6.QtGui import QFontMetricsF, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from ipuwhatif import __version__
from ipuwhatif.charts.painter.chart import paint
from ipuwhatif.charts.painter.fonts import font
from ipuwhatif.charts.palette import SUBTITLE_SIZE
from ipuwhatif.charts.spec import ChartSpec, Figure
from ipuwhatif.export.embedded_document import ATTACHMENT
from ipuwhatif.export.pages import Page, document_pages, paint_page
from ipuwhatif.export.png import ensure_application
from ipuwhatif.texts import one_line, tr

_DOTS_PER_INCH = 96  # of a logical pixel
_POINTS = 72.0 / _DOTS_PER_INCH
_LONGEST_TITLE = 300  # characters
_EMPTY_GROUP = re.compile(rb"<g [^>]*>\s*</g>\s*")
_TEXT = re.compile(r'<text ([^>]*font-size="(\d+)" font-weight="(\d+)"[^>]*)>([^<]*)</text>')
_DATE = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]{0,40}\)")


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
    """Pages as `document_pages` lays them out; `content` is attached as a scenario file."""
    ensure_application()
    pages = document_pages(figures, theme_name, data_version)
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
