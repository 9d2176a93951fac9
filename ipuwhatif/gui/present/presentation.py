"""A presentation: one chart a step over the whole screen in large type, with what to say next at its foot.

Charts are worked out live and painted as exports are. Nothing here changes the document of the window.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ipuwhatif.analysis.world import World
from ipuwhatif.charts.spec import Figure
from ipuwhatif.gui.levers.lever_scale import position_of, snapped, steps_of, value_at
from ipuwhatif.gui.levers.lever_slider import LeverSlider
from ipuwhatif.gui.present.step_chart import NEAR, StepChart, card_text, notes_text
from ipuwhatif.gui.present.steps import answer_step, shown_steps
from ipuwhatif.gui.theme import set_role
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.stories import Step
from ipuwhatif.texts import tr

#: Height of a window in logical pixels at which charts have the type of the app; twice as high, twice as large.
USUAL_HEIGHT = 620
LEAST_WIDTH, LEAST_HEIGHT = 1024, 640
#: The most of the height that footnotes take, and how far a key scrolls: the chart is what the room looks at.
NOTES_SHARE, SCROLL_SHARE = 0.15, 0.2
_ON = (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_MORE, _LESS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus,)


class Presentation(QWidget):
    """A window of its own. `story` is the key of what it tells; empty: the document's own charts.

    Signals: `closed`; `taken` with scenario and title of a step that is wanted in the document.
    """

    closed = Signal()
    taken = Signal(object, str)

    def __init__(self, world: World, steps: Sequence[Step], theme_name: str, parent: QWidget, story: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.story = story
        self._world = world
        self._steps = tuple(steps)
        self._with_all = False
        self._taken: list[Scenario] = []
        self._moved_to: dict[int, Scenario] = {}  # by place among all steps, where the lever was moved
        self.place = 0
        self.scenario = self.steps[0].scenario
        self.figure: Figure | None = None
        self.title, self.count = QLabel(self), QLabel(self)
        self.headline, self.text, self.goal = QLabel(self), QLabel(self), QLabel(self)
        self.chart, self.chart_room = StepChart(theme_name, self), QScrollArea(self)
        self.message, self.notes, self.speaker = QLabel(self), QLabel(self), QLabel(self)
        self.notes_room = QScrollArea(self)
        self.lever_name, self.slider, self.value = QLabel(self), LeverSlider(self), QLabel(self)
        self.back, self.on = QPushButton("‹", self), QPushButton("›", self)
        self.take = QPushButton(self)
        self._lever: Lever | None = None
        self._waiting = QTimer(self)  # a drag is answered once a turn of the event loop
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(lambda: self._answer(self.slider.isSliderDown()))
        self._speaks = True
        self._lay_out()
        self._connect()
        self._name()
        self.turn_to(0)

    def renew(self, world: World, steps: Sequence[Step]) -> None:
        """Go on where it is in another language; the document's own charts, which are `steps` of none, stay."""
        self._world, self._steps = world, tuple(steps) or self._steps
        self._name()
        self.turn_to(self.place)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are shown: cost and article check only when they were asked for."""
        return shown_steps(self._steps, self._with_all)

    @property
    def step(self) -> Step:
        return self.steps[self.place]

    def turn_to(self, place: int) -> None:
        """Show another step, the nearest that there is, with its scenario as it was left."""
        self.place = min(max(0, place), len(self.steps) - 1)
        step = self.step
        self.scenario = self._moved_to.get(self._steps.index(step), step.scenario)
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.text.setVisible(bool(step.text))
        self.speaker.setText(step.speaker if self._speaks else "")
        self._show_take()
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

    def set_theme(self, name: str) -> None:
        """Repaint the chart as the application is painted now."""
        self.chart.set_theme(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key is the window's own: a clicker works whatever was clicked last."""
        key = event.key()
        if event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key in _ON or key in _BACK:
            self.turn_to(self.place + (1 if key in _ON else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.turn_to(0 if key == Qt.Key.Key_Home else len(self.steps) - 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._scroll(1 if key == Qt.Key.Key_Down else -1)
        elif key in _MORE or key in _LESS:
            self.slider.setValue(self.slider.value() + (1 if key in _MORE else -1) * self.slider.pageStep())
        elif key == Qt.Key.Key_0:
            self._reset()
        elif key == Qt.Key.Key_N:
            self._speaks = not self._speaks
            self.speaker.setText(self.step.speaker if self._speaks else "")
        elif key == Qt.Key.Key_A:
            self.ask_for_all()
        elif key == Qt.Key.Key_T:
            self.take.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: object) -> None:
        super().closeEvent(event)  # type: ignore[arg-type]
        self._waiting.stop()
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_type()
        self._waiting.start()

    @property
    def _scale(self) -> float:
        """How much larger than in the app everything is."""
        return max(1.0, self.height() / USUAL_HEIGHT)

    def _answer(self, dragging: bool = False, again: bool = True) -> None:
        """Work the step out for its room, and show it; once more where its own words change that room."""
        room = self._room()
        width, height = room.width() / self._scale, room.height() / self._scale
        size = max(480, round(width)), max(280, round(height))
        reply = answer_step(self._world, self.step, self.scenario, size, dragging)
        figure = self.figure = reply.figure
        self.chart_room.setVisible(figure is not None)
        self.message.setVisible(figure is None)
        self.message.setText(reply.message if reply.card is None else card_text(reply.card))
        self.headline.setText("" if figure is None else figure.headline.text)
        self.goal.setText(reply.goal.words)
        self.goal.setVisible(bool(reply.goal.words))
        if not dragging:
            self.notes.setText("" if figure is None else notes_text(figure))
        self.notes_room.setVisible(figure is not None)
        if again and not dragging and figure is not None:
            self.layout().activate()
            now = self._room()
            if max(abs(now.width() - room.width()), abs(now.height() - room.height())) > NEAR:
                self._answer(again=False)
                return
        self.chart.show_chart(None if figure is None else figure.chart, self._room())

    def _room(self) -> QSize:
        """What a chart can have without scrolling, whether a bar stands beside it now or not."""
        return self.chart_room.contentsRect().size()

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
        self.slider.setPageStep(max(1, steps_of(lever) // 20))
        set_to = self.scenario.levers.get(self.step.lever, lever.default)
        self.slider.setValue(position_of(lever, set_to))
        self.slider.blockSignals(False)
        self.value.setText(lever.format(set_to))

    def _moved(self, position: int) -> None:
        if self._lever is not None:
            value = snapped(self._lever, value_at(self._lever, position))
            self.value.setText(self._lever.format(value))
            self.scenario = self.scenario.with_lever(self.step.lever, None if value == self._lever.default else value)
            self._moved_to[self._steps.index(self.step)] = self.scenario
            self._show_take()
            self._waiting.start()

    def give_back(self, scenario: Scenario) -> None:
        """A scenario that was not taken after all can be taken again."""
        self._taken.remove(scenario)
        self._show_take()

    def _take(self) -> None:
        """Once for each scenario: the button rests until there is another one to take."""
        self._taken.append(self.scenario)
        self._show_take()
        self.taken.emit(self.scenario, self.step.title if self.story else "")

    def _show_take(self) -> None:
        self.take.setEnabled(self.scenario not in self._taken)

    def _scroll(self, direction: int) -> None:
        """Down the chart and then its footnotes, and up again, as far as they are higher than their rooms."""
        step = direction * round(SCROLL_SHARE * self.height())
        bars = (self.chart_room.verticalScrollBar(), self.notes_room.verticalScrollBar())
        for bar in bars[::direction]:
            if bar.value() != (bar.maximum() if direction > 0 else bar.minimum()):
                bar.setValue(bar.value() + step)
                return

    def _reset(self) -> None:
        """The lever as the story has it, where the step has one."""
        self._moved_to.pop(self._steps.index(self.step), None)
        self.turn_to(self.place)

    def _connect(self) -> None:
        self.on.clicked.connect(lambda: self.turn_to(self.place + 1))
        self.back.clicked.connect(lambda: self.turn_to(self.place - 1))
        self.take.clicked.connect(self._take)
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._waiting.start)
        self.slider.reset.connect(self._reset)

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
        self.notes_room.setFixedHeight(round(NOTES_SHARE * self.height()))

    def _name(self) -> None:
        """What stands on and behind the controls."""
        self.setWindowTitle(tr("Presentation – IPU What-If"))
        self.take.setText(tr("Take into the document"))
        self.speaker.setToolTip(tr("What to say, and what comes next; N hides it"))
        self.take.setToolTip(tr("A copy of this step's scenario, to go on from (T)"))
        self.slider.setToolTip(tr("+ and − move it, 0 or a double click sets it back"))
        self.back.setAccessibleName(tr("Step before"))
        self.on.setAccessibleName(tr("Next step"))
        self.on.setToolTip(tr("Next step (→); ↑ and ↓ scroll; Home, End, Esc; A shows cost and article check too"))

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
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        for room, widget in ((self.chart_room, self.chart), (self.notes_room, self.notes)):
            room.setWidget(widget)
            room.setWidgetResizable(True)
            room.setFrameShape(QFrame.Shape.NoFrame)
            room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self.take, self.back, self.on, self.slider, self.chart_room, self.notes_room):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.headline)
        column.addWidget(self.message, 1)
        column.addWidget(self.chart_room, 1)
        column.addWidget(self.goal)
        column.addLayout(lever)
        column.addWidget(self.notes_room)
        column.addLayout(foot)
