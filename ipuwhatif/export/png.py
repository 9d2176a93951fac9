"""A chart as a PNG file, and the application that its fonts need."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ipuwhatif import __version__
from ipuwhatif.charts.painter.chart import paint
from ipuwhatif.charts.painter.fonts import load_fonts
from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.export.qt_words import leave_out_settings
from ipuwhatif.texts import one_line, tr
from ipuwhatif.units import InputError

_application: QGuiApplication | None = None


def render_png(chart: ChartSpec, theme_name: str, scale: float) -> bytes:
    """The chart as the bytes of a PNG file, `scale` pixels per logical pixel, title and version in its text chunks.

    Raises InputError when the picture does not fit into memory.
    """
    ensure_application()
    image = QImage(round(chart.width * scale), round(chart.height * scale), QImage.Format.Format_RGB32)
    if image.isNull():
        raise InputError(tr("the picture is too large; choose a smaller scale"))
    image.setText("Title", one_line(chart.title))
    image.setText("Software", f"ipuwhatif {__version__}")
    painter = QPainter(image)
    try:  # a picture must not go while it is painted on
        painter.scale(image.width() / chart.width, image.height() / chart.height)
        paint(painter, chart, theme_name, chart.width, chart.height)
    finally:
        painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes, Qt takes text
    buffer.close()
    return bytes(data.data())


def ensure_application() -> None:
    """Fonts need an application. A QApplication, because Qt allows one a process and a window may follow."""
    global _application
    if QGuiApplication.instance() is None:
        leave_out_settings()
        _application = QApplication(["ipuwhatif", "-platform", "offscreen"])
    load_fonts()
