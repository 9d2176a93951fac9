"""What the audience sees of a talk: one step a page, its title, its headline, its chart in large type, legal lines.

Charts are worked out live and painted as exports are. What the speaker has to know or to move is in another window.
"""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipuwhatif.charts.spec import ChartSpec, Figure
from ipuwhatif.figures.on_page import on_page
from ipuwhatif.gui.answering.answers import Size
from ipuwhatif.gui.answering.reply import Reply
from ipuwhatif.gui.present.step_chart import StepChart, about_text, card_text, notes_text
from ipuwhatif.gui.present.talk import Talk
from ipuwhatif.gui.theme import PROJECTOR, set_role
from ipuwhatif.texts import tr

#: A page in the type of the app, in logical pixels: on a screen twice as wide and high everything is twice as large.
PAGE_WIDTH, PAGE_HEIGHT = 960, 540
LEAST_WIDTH, LEAST_HEIGHT = 1024, 576
LARGER = 1.12  # what a beamer's theme adds, for the last row of the room
#: The most of the height that legal lines take, and how far a key scrolls: the chart is what the room looks at.
NOTES_SHARE, SCROLL_SHARE = 0.2, 0.2
MOST_SHRUNK = 0.72  # how far the type of a chart with many rows goes down before the chart scrolls instead
LEAST_CHART = (480, 200)  # width and height for which a chart is laid out at least


class AudiencePage(QWidget):
    """Signals: `answered` after every step and move that is shown, `left` when it was closed."""

    answered = Signal()
    left = Signal()

    def __init__(self, talk: Talk, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._talk, self._theme = talk, theme_name
        self.figure: Figure | None = None
        self.title, self.count, self.hint = QLabel(self), QLabel(self), QLabel(self)
        self.headline, self.text, self.about, self.goal = QLabel(self), QLabel(self), QLabel(self), QLabel(self)
        self.chart, self.chart_room = StepChart(theme_name, self), QScrollArea(self)
        self.message, self.notes, self.notes_room = QLabel(self), QLabel(self), QScrollArea(self)
        self._dragging, self._shrunk, self._saved = False, 1.0, 0
        self._waiting = QTimer(self)  # a drag is answered once a turn of the event loop
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(lambda: self.show_step(self._dragging))
        self._lay_out()
        talk.turned.connect(self._turned)
        talk.moved.connect(self._moved)
        self._name()
        self.show_step()

    def set_theme(self, name: str) -> None:
        """Paint as the application is painted now; a beamer's theme is larger as well."""
        self._theme = name
        self.chart.set_theme(name)
        self._set_type()
        self._waiting.start()

    def show_hint(self, shown: bool) -> None:
        """Which keys there are, for a speaker who has this page alone, until the first step."""
        self.hint.setVisible(shown)

    def scroll_on(self, direction: int) -> None:
        """Down the chart and then its legal lines, and up again, as far as they are higher than their rooms."""
        step = direction * round(SCROLL_SHARE * self.height())
        bars = (self.chart_room.verticalScrollBar(), self.notes_room.verticalScrollBar())
        for bar in bars[::direction]:
            if bar.value() != (bar.maximum() if direction > 0 else bar.minimum()):
                bar.setValue(bar.value() + step)
                return

    def stop(self) -> None:
        """Work nothing out any more."""
        self._waiting.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.hide()  # which else comes after this
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_type()
        self._waiting.start()

    @property
    def scale(self) -> float:
        """How much larger than in the app everything is."""
        fits = min(self.width() / PAGE_WIDTH, self.height() / PAGE_HEIGHT)
        return max(1.0, fits) * (LARGER if self._theme == PROJECTOR else 1.0)

    def show_step(self, dragging: bool = False) -> None:
        """Work the step out and show it; what is said around the chart first, which makes its room."""
        reply = self._answer(dragging)
        self._say(reply, dragging)
        if reply.figure is not None and not dragging:
            self.layout().activate()
            reply = self._fitting(reply.figure.chart)
            self._say(reply, dragging)  # a wider chart says more in its title
        self.figure = reply.figure
        self.chart.show_chart(None if reply.figure is None else on_page(reply.figure.chart), self._room())
        self.answered.emit()

    def _answer(self, dragging: bool = False) -> Reply:
        """The step for the room that a chart has; under a hand it keeps the type that it had."""
        width, height = self._asked()
        return self._talk.answer((round(width / self._shrunk), round(height / self._shrunk) + self._saved), dragging)

    def _fitting(self, chart: ChartSpec) -> Reply:
        """The step anew, now that its room is known: in smaller type where many rows would stand out of it."""
        self._saved, self._shrunk = chart.height - on_page(chart).height, 1.0  # titles stand over the chart
        reply = self._answer()
        assert reply.figure is not None
        fits = self._asked()[1] / on_page(reply.figure.chart).height
        if not MOST_SHRUNK <= fits < 1.0:
            return reply
        self._shrunk = fits
        return self._answer()

    def _asked(self) -> Size:
        """The room of a chart in its own logical pixels."""
        room = self._room()
        width, height = round(room.width() / self.scale), round(room.height() / self.scale)
        return max(LEAST_CHART[0], width), max(LEAST_CHART[1], height)

    def _say(self, reply: Reply, dragging: bool) -> None:
        """The words around the chart, or in its place."""
        figure = reply.figure
        step = self._talk.step
        self.title.setText(step.title or ("" if figure is None else figure.chart.title))
        self.message.setText(reply.message if reply.card is None else card_text(reply.card))
        self.headline.setText("" if figure is None else figure.headline.text)
        self.text.setText(step.text)
        self.about.setText("" if figure is None else about_text(figure.chart, self.title.text()))
        self.goal.setText(reply.goal.words)
        if not dragging:
            self.notes.setText("" if figure is None else notes_text(figure))
        for label in (self.title, self.headline, self.text, self.about, self.goal):
            label.setVisible(bool(label.text()))
        for widget in (self.chart_room, self.notes_room):
            widget.setVisible(figure is not None)
        self.message.setVisible(figure is None)
        self._fit_notes()

    def _turned(self) -> None:
        talk = self._talk
        self._name()
        self.hint.setVisible(self.hint.isVisible() and talk.index == 0)
        self.chart_room.verticalScrollBar().setValue(0)
        self.notes_room.verticalScrollBar().setValue(0)
        self._waiting.stop()
        self.show_step()

    def _moved(self, dragging: bool) -> None:
        self._dragging = dragging
        self._waiting.start()

    def _room(self) -> QSize:
        """What a chart can have without scrolling, whether a bar stands beside it now or not."""
        return self.chart_room.contentsRect().size()

    def _name(self) -> None:
        talk = self._talk
        self.setWindowTitle(tr("Presentation – IPU What-If"))
        self.count.setText(tr("{place} of {count}", place=talk.index + 1, count=len(talk.steps)))
        self.hint.setText(tr("→ next step · P presenter's window · Esc ends"))

    def _set_type(self) -> None:
        """Every text as large as the screen allows; legal lines are read from near, in every theme."""
        scale = self.scale
        for widget, size in (
            (self.title, 18),
            (self.headline, 12),
            (self.text, 10),
            (self.about, 9),
            (self.goal, 10),
            (self.message, 14),
            (self.count, 9),
            (self.hint, 9),
        ):
            widget.setStyleSheet(f"font-size: {round(size * scale)}px")
        self.notes.setStyleSheet(f"font-size: {self._notes_size}px")
        side, top = round(24 * scale), round(12 * scale)
        self.layout().setContentsMargins(side, top, side, round(8 * scale))
        self.layout().setSpacing(round(3 * scale))
        self._fit_notes()

    @property
    def _notes_size(self) -> int:
        return round(7 * max(1.0, min(self.width() / PAGE_WIDTH, self.height() / PAGE_HEIGHT)))

    def _fit_notes(self) -> None:
        """Legal lines take what they need, up to their share."""
        margins = self.layout().contentsMargins()
        needed = max(0, self.notes.heightForWidth(self.width() - margins.left() - margins.right()))
        self.notes_room.setFixedHeight(min(needed, round(NOTES_SHARE * self.height())))

    def _lay_out(self) -> None:
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        for label in (self.title, self.headline, self.text, self.about, self.goal, self.message, self.notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for label, role in ((self.title, "strong"), (self.goal, "strong"), (self.headline, "headline")):
            set_role(label, role)
        for label in (self.about, self.notes, self.count, self.hint):
            set_role(label, "caption")
        self.hint.hide()
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for label in (self.hint, self.count):
            head.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        for room, widget in ((self.chart_room, self.chart), (self.notes_room, self.notes)):
            room.setWidget(widget)
            room.setWidgetResizable(True)
            room.setFrameShape(QFrame.Shape.NoFrame)
            room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.headline)
        column.addWidget(self.text)
        column.addWidget(self.about)
        column.addWidget(self.message, 1)
        column.addWidget(self.chart_room, 1)
        column.addWidget(self.goal)
        column.addWidget(self.notes_room)
