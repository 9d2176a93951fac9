"""How much of the window the chart takes: `python -m tools.chart_share`, for every tab, view, size and language.

The chart is what is drawn: plot, ticks, row labels, titles of the axes and labels at the data, as far as they are in
sight. Title, subtitle, legend and the empty margin of the widget do not count.
"""

import os
import sys
from collections.abc import Iterator
from functools import reduce

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractItemView, QApplication

from ipuwhatif.charts.geometry import TICK_DROP, TITLE_LEFT, X_TITLE_DROP, Y_TITLE_RISE, plot_frame
from ipuwhatif.charts.labels import LEGEND_GAP, LEGEND_SAMPLE, legend_places
from ipuwhatif.charts.painter.fonts import font
from ipuwhatif.charts.palette import LABEL_SIZE, LEGEND_SIZE, TICK_SIZE
from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.charts.styles import SHARES
from ipuwhatif.gui.answering.question import QUESTIONS
from ipuwhatif.gui.answering.view_options import VIEWS
from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.start.languages import use_language
from ipuwhatif.gui.start.screenshot import settle
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import LANGUAGES

SIZES = ((1366, 768), (1920, 1080))
TICK_AWAY = 10.0  # of the texts of ticks from the plot, beside it


def drawn_box(chart: ChartSpec) -> QRectF:
    """What is drawn of a chart, in its own logical pixels."""
    frame = plot_frame(chart)
    return reduce(QRectF.united, text_boxes(chart), QRectF(frame.left, frame.top, frame.width, frame.height))


def text_boxes(chart: ChartSpec) -> list[QRectF]:
    """Where the texts of axes and labels stand, in logical pixels of the chart."""
    return [box for _, box in placed_texts(chart)]


def placed_texts(chart: ChartSpec) -> list[tuple[str, QRectF]]:
    """The texts of axes and labels, each with where it stands, in logical pixels of the chart."""
    frame, placed = plot_frame(chart), []
    for tick in chart.x_axis.ticks:
        placed.append(_text(tick.text, frame.x(tick.value), frame.bottom + TICK_DROP, "center"))
    for tick in chart.y_axis.ticks:
        placed.append(_text(tick.text, frame.left - TICK_AWAY, frame.y(tick.value), "right"))
    if chart.x_axis.title:
        placed.append(_text(chart.x_axis.title, frame.right, frame.bottom + X_TITLE_DROP, "right"))
    if chart.y_axis.title:
        placed.append(_text(chart.y_axis.title, TITLE_LEFT, frame.top - Y_TITLE_RISE, "left"))
    for label in chart.labels:
        place = frame.x(label.x) + label.dx, frame.y(label.y) + label.dy
        placed.append(_text(label.text, *place, label.anchor, LABEL_SIZE, label.bold))
    return placed


def legend_boxes(chart: ChartSpec) -> list[QRectF]:
    """Where the entries of the legend stand, with their samples."""
    return [box for _, box in placed_legend(chart)]


def placed_legend(chart: ChartSpec) -> list[tuple[str, QRectF]]:
    """The entries of the legend, each with where it stands with its sample."""
    placed = []
    for left, middle, entry in legend_places(chart):
        text, box = _text(entry.text, left + LEGEND_SAMPLE + LEGEND_GAP, middle, "left", LEGEND_SIZE)
        placed.append((text, box.adjusted(-LEGEND_SAMPLE - LEGEND_GAP, 0, 0, 0)))
    return placed


def _text(text: str, x: float, y: float, anchor: str, size: int = TICK_SIZE, bold: bool = False) -> tuple[str, QRectF]:
    width = QFontMetricsF(font(size, bold)).horizontalAdvance(text)
    return text, QRectF(x - SHARES[anchor] * width, y - size / 2, width, size)


def chart_share(window: MainWindow) -> float:
    """The part of the window's area that the chart takes, as far as it is in sight; 0 where there is none."""
    canvas, viewport = window.canvas, window.workspace.chart.viewport()
    if canvas is None or canvas.spec is None or not canvas.isVisible():
        return 0.0
    box = drawn_box(canvas.spec).intersected(QRectF(canvas.rect()))
    corner = canvas.mapTo(viewport, QPointF(0.0, 0.0))
    seen = box.translated(corner).intersected(QRectF(viewport.rect()))
    return seen.width() * seen.height() / (window.width() * window.height())


def rows_in_sight(window: MainWindow) -> int:
    """How many whole rows of its table a page shows, from the first on."""
    wide = window.workspace.wide_table
    view: QAbstractItemView = window.workspace.table if wide is None or not wide.isVisible() else wide.view
    model, height = view.model(), view.viewport().height()
    ends = (view.visualRect(model.index(row, 0)).bottom() for row in range(min(model.rowCount(), 100)))
    return sum(end < height for end in ends) if view.isVisible() else 0


def pages(window: MainWindow, application: QApplication) -> Iterator[str]:
    """Turn to every view of every tab in turn; its name once it is shown."""
    for question in QUESTIONS:
        window.turn_to(question)
        for view in VIEWS.get(question, (question,)):
            window.workspace.tools.turn_to(view)
            settle(application)
            yield view


def main() -> int:
    application = make_application()
    for code in LANGUAGES:
        use_language(code)
        for size in SIZES:
            window = MainWindow()
            window.resize(*size)
            window.show()
            window.load()
            window.load_side()
            settle(application)
            for page in pages(window, application):
                share, rows = 100.0 * chart_share(window), rows_in_sight(window)
                print(f"{code:6} {size[0]:4} × {size[1]:4}  {page:12} {share:5.1f} %  {rows} rows")
            window.close()
            window.deleteLater()
            settle(application)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
