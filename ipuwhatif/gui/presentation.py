"""A presentation: one chart a step over the whole screen in large type, with what to say next at its foot.

Charts are worked out live and painted as exports are. Nothing here changes the document of the window.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ipuwhatif.analysis.world import World
from ipuwhatif.export.painter import paint
from ipuwhatif.figures.spec import ChartSpec, Figure
from ipuwhatif.figures.words import sentences
from ipuwhatif.gui.lever_scale import position_of, snapped, steps_of, value_at
from ipuwhatif.gui.lever_slider import LeverSlider
from ipuwhatif.gui.steps import answer_step, shown_steps
from ipuwhatif.gui.theme import set_role
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.scenario.stories import Step
from ipuwhatif.texts import tr

#: Height of a window in logical pixels at which charts have the type of the app; twice as high, twice as large.
USUAL_HEIGHT = 620
LEAST_WIDTH, LEAST_HEIGHT = 1024, 640
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Return)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)


class StepChart(QWidget):
    """Paints one chart as large as it fits."""

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_name
        self.chart: ChartSpec | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_chart(self, chart: ChartSpec | None) -> None:
        self.chart = chart
        self.setAccessibleName("" if chart is None else chart.title)
        self.setVisible(chart is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.chart is not None:
            painter = QPainter(self)
            paint(painter, self.chart, self._theme, self.width(), self.height())
            painter.end()


class Presentation(QWidget):
    """A window of its own.

    Signals: `closed`; `taken` with scenario and title of a step that is wanted in the document.
    """

    closed = Signal()
    taken = Signal(object, str)

    def __init__(self, world: World, steps: Sequence[Step], theme_name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Presentation – IPU What-If"))
        self._world = world
        self._steps = tuple(steps)
        self._with_all = False
        self.place = 0
        self.scenario = self.steps[0].scenario
        self.figure: Figure | None = None
        self.title, self.count = QLabel(self), QLabel(self)
        self.headline, self.text, self.goal = QLabel(self), QLabel(self), QLabel(self)
        self.chart = StepChart(theme_name, self)
        self.message, self.notes, self.speaker = QLabel(self), QLabel(self), QLabel(self)
        self.lever_name, self.slider, self.value = QLabel(self), LeverSlider(self), QLabel(self)
        self.back, self.on = QPushButton("‹", self), QPushButton("›", self)
        self.take = QPushButton(tr("Take into the document"), self)
        self._lever: Lever | None = None
        self._waiting = QTimer(self)  # a drag is answered once a turn of the event loop
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(lambda: self._answer(self.slider.isSliderDown()))
        self._lay_out()
        self._connect()
        self.turn_to(0)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are shown: cost and article check only when they were asked for."""
        return shown_steps(self._steps, self._with_all)

    @property
    def step(self) -> Step:
        return self.steps[self.place]

    def turn_to(self, place: int) -> None:
        """Show another step, the nearest that there is, with its scenario as the story has it."""
        self.place = min(max(0, place), len(self.steps) - 1)
        step = self.step
        self.scenario = step.scenario
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.text.setVisible(bool(step.text))
        self.speaker.setText(step.speaker)
        self.count.setText(tr("{place} of {count}", place=self.place + 1, count=len(self.steps)))
        self.back.setEnabled(self.place > 0)
        self.on.setEnabled(self.place < len(self.steps) - 1)
        self._show_lever()
        self._answer()

    def ask_for_all(self) -> None:
        """Show cost and article check too, or hide them again; the step stays where that is possible."""
        here = self.step
        self._with_all = not self._with_all
        self.turn_to(self.steps.index(here) if here in self.steps else self.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in _ON:
            self.turn_to(self.place + 1)
        elif key in _BACK:
            self.turn_to(self.place - 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.turn_to(0 if key == Qt.Key.Key_Home else len(self.steps) - 1)
        elif key == Qt.Key.Key_N:
            self.speaker.setVisible(self.speaker.isHidden())
        elif key == Qt.Key.Key_A:
            self.ask_for_all()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: object) -> None:
        super().closeEvent(event)  # type: ignore[arg-type]
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_type()
        self._waiting.start()

    @property
    def _scale(self) -> float:
        """How much larger than in the app everything is."""
        return max(1.0, self.height() / USUAL_HEIGHT)

    def _answer(self, dragging: bool = False) -> None:
        """Work the step out for the room that there is, and show it."""
        width, height = self.chart.width() / self._scale, self.chart.height() / self._scale
        size = max(480, round(width)), max(280, round(height))
        reply = answer_step(self._world, self.step, self.scenario, size, dragging)
        self.figure = reply.figure
        self.chart.show_chart(None if reply.figure is None else reply.figure.chart)
        self.message.setVisible(reply.figure is None)
        self.message.setText(reply.message or ("" if reply.card is None else reply.card.title))
        self.headline.setText("" if reply.figure is None else reply.figure.headline.text)
        self.goal.setText(reply.goal.words)
        self.goal.setVisible(bool(reply.goal.words))
        if not dragging:
            self.notes.setText("" if reply.figure is None else _notes_text(reply.figure))

    def _show_lever(self) -> None:
        """The lever that the step lets move, where it has one."""
        scope, _, key = self.step.lever.rpartition(".")
        self._lever = lever = self._world.levers.get(key)
        for widget in (self.lever_name, self.slider, self.value):
            widget.setVisible(lever is not None)
        if lever is None or lever.default is None:
            return
        self.lever_name.setText(tr("{lever} ({scope})", lever=lever.name, scope=scope.upper()))
        self.slider.setAccessibleName(lever.name)
        self.slider.blockSignals(True)
        self.slider.setRange(0, steps_of(lever))
        set_to = self.scenario.levers.get(self.step.lever, lever.default)
        self.slider.setValue(position_of(lever, set_to))
        self.slider.blockSignals(False)
        self.value.setText(lever.format(set_to))

    def _moved(self, position: int) -> None:
        if self._lever is not None:
            value = snapped(self._lever, value_at(self._lever, position))
            self.value.setText(self._lever.format(value))
            self.scenario = self.scenario.with_lever(self.step.lever, None if value == self._lever.default else value)
            self._waiting.start()

    def _connect(self) -> None:
        self.on.clicked.connect(lambda: self.turn_to(self.place + 1))
        self.back.clicked.connect(lambda: self.turn_to(self.place - 1))
        self.take.clicked.connect(lambda: self.taken.emit(self.scenario, self.step.title))
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._waiting.start)
        self.slider.reset.connect(lambda: self.turn_to(self.place))

    def _set_type(self) -> None:
        """Every text as large as the screen allows."""
        for widget, size in (
            (self.title, 20),
            (self.headline, 16),
            (self.text, 13),
            (self.goal, 13),
            (self.message, 18),
            (self.notes, 8.5),
            (self.speaker, 11),
            (self.count, 11),
            (self.lever_name, 12),
            (self.value, 12),
            (self.take, 10),
            (self.back, 14),
            (self.on, 14),
        ):
            widget.setStyleSheet(f"font-size: {round(size * self._scale)}px")
        self.slider.setMinimumWidth(round(260 * self._scale))
        side, top = round(26 * self._scale), round(14 * self._scale)
        self.layout().setContentsMargins(side, top, side, top)

    def _lay_out(self) -> None:
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        for label in (self.title, self.headline, self.text, self.goal, self.message, self.notes, self.speaker):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        set_role(self.title, "strong")
        set_role(self.goal, "strong")
        set_role(self.notes, "caption")
        set_role(self.speaker, "caption")
        set_role(self.count, "caption")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.speaker.setToolTip(tr("What to say, and what comes next; N hides it"))
        self.take.setToolTip(tr("A copy of this step's scenario, to go on from"))
        self.back.setAccessibleName(tr("Step before"))
        self.on.setAccessibleName(tr("Next step"))
        self.on.setToolTip(tr("Next step (→); Home, End, Esc; A shows cost and article check too"))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        lever = QHBoxLayout()
        lever.addWidget(self.lever_name)
        lever.addWidget(self.slider)
        lever.addWidget(self.value)
        lever.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.speaker, 1)
        for button in (self.take, self.back, self.on):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.headline)
        column.addWidget(self.message, 1)
        column.addWidget(self.chart, 1)
        column.addWidget(self.goal)
        column.addLayout(lever)
        column.addWidget(self.notes)
        column.addLayout(foot)


def _notes_text(figure: Figure) -> str:
    """Differences that must be named, and the messaging footnotes, as text under the chart."""
    return "\n".join(part for part in (sentences(figure.notices), *(note.text for note in figure.footnotes)) if part)
