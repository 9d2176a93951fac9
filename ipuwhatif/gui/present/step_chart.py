"""The chart of a presentation, painted as exports are, and the words that stand around it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ipuwhatif.charts.spec import ChartSpec, Figure
from ipuwhatif.export.painter import paint
from ipuwhatif.figures.statement import StatementCard
from ipuwhatif.figures.words import sentences
from ipuwhatif.texts import tr

NEAR = 8  # logical pixels that a chart may be off its room


class StepChart(QWidget):
    """Paints one chart as wide as its room; one that is higher than that scrolls."""

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_name
        self.chart: ChartSpec | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_chart(self, chart: ChartSpec | None, room: QSize) -> None:
        """Show a chart in a room; `None` where words stand in its place."""
        self.chart = chart
        self.setAccessibleName("" if chart is None else chart.title)
        high = 0 if chart is None else round(chart.height * room.width() / chart.width)
        self.setMinimumHeight(high if high > room.height() + NEAR else 0)
        self.update()

    def set_theme(self, name: str) -> None:
        self._theme = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.chart is not None:
            painter = QPainter(self)
            paint(painter, self.chart, self._theme, self.width(), self.height())
            painter.end()


def notes_text(figure: Figure) -> str:
    """Differences that must be named, and the messaging footnotes, as text under the chart."""
    return "\n".join(part for part in (sentences(figure.notices), *(note.text for note in figure.footnotes)) if part)


def card_text(card: StatementCard) -> str:
    """A stated ratio in words: there is no chart of it."""
    rows = (tr("{name}: {value}", name=row.name, value=row.value) for row in card.rows)
    return "\n".join((card.title, "", *rows, "", card.attribution, *card.notes))
