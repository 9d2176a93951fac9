"""A step in small, for the speaker: what it is called, what it says, and a picture of its chart."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.gui.present.step_chart import StepChart
from ipuwhatif.gui.theme import set_role

LEAST_SHARE = 0.6  # of the width of its room that a picture takes


class StepCard(QWidget):
    """Heading, title and headline over a picture that keeps the proportions of its chart."""

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading, self.title, self.headline = QLabel(self), QLabel(self), QLabel(self)
        self.room = QWidget(self)
        self.chart = StepChart(theme_name, self.room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label, role in ((self.heading, "heading"), (self.title, "strong"), (self.headline, "caption")):
            set_role(label, role)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.room, 1)

    def show_step(self, title: str, headline: str, chart: ChartSpec | None) -> None:
        self.title.setText(title)
        self.headline.setText(headline)
        self.headline.setVisible(bool(headline))
        self.chart.show_chart(chart)
        self.chart.setVisible(chart is not None)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.layout().activate()
        self._fit()

    def _fit(self) -> None:
        """The picture as large as its chart's proportions let it be; of a very high one its beginning."""
        chart = self.chart.chart
        if chart is not None:
            across, down = self.room.width() / chart.width, self.room.height() / chart.height
            scale = max(min(across, down), LEAST_SHARE * across)
            self.chart.resize(QSize(round(chart.width * scale), round(chart.height * scale)))
