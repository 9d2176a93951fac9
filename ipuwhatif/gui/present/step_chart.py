"""The chart of a presentation, painted as exports are, and the words that stand around it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ipuwhatif.charts.painter.chart import paint
from ipuwhatif.charts.spec import ChartSpec, Figure
from ipuwhatif.figures.phrasing import sentences
from ipuwhatif.figures.statement import StatementCard
from ipuwhatif.texts import run_on, tr

NEAR = 1.08  # times as high as its room a chart may be, and is painted a little smaller


class StepChart(QWidget):
    """Paints one chart as wide as its room; one that is higher than that scrolls."""

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_name
        self.chart: ChartSpec | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_chart(self, chart: ChartSpec | None, room: QSize | None = None) -> None:
        """Show a chart, in a room in which it may be higher; `None` where words stand in its place."""
        self.chart = chart
        self.setAccessibleName("" if chart is None else chart.title)
        high = 0 if chart is None or room is None else round(chart.height * room.width() / chart.width)
        self.setMinimumHeight(high if room is not None and high > NEAR * room.height() else 0)
        self.update()

    def set_theme(self, name: str) -> None:
        self._theme = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.chart is not None:
            painter = QPainter(self)
            paint(painter, self.chart, self._theme, self.width(), self.height())
            painter.end()


def about_text(chart: ChartSpec, title: str) -> str:
    """What the chart shows and how to read it, in one line over it; its title only where the page has another."""
    subtitle = run_on(chart.subtitle.split("\n"))
    return subtitle if chart.title == title else " · ".join(part for part in (chart.title, subtitle) if part)


def notes_text(figure: Figure) -> str:
    """Differences that must be named, and the messaging footnotes, as text under the chart."""
    return "\n".join(part for part in (sentences(figure.notices), *(note.text for note in figure.footnotes)) if part)


def card_text(card: StatementCard) -> str:
    """A stated ratio in words: there is no chart of it."""
    rows = (tr("{name}: {value}", name=row.name, value=row.value) for row in card.rows)
    return "\n".join((card.title, "", *rows, "", card.attribution, *card.notes))
