"""How the axes of a chart are looked at: a logarithm or not, and which part of the chip axis. Files show the same.

It is a way of looking, as a view is, and no part of the scenario.
"""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from ipuwhatif.charts.spec import Axis, ChartSpec
from ipuwhatif.gui.answering.question import COMPARE, SCALING, Question
from ipuwhatif.gui.chart.chart_zoom import Range, stepped, stretch
from ipuwhatif.gui.menu_action import add_action
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.gui.chart.canvas import ChartCanvas


class Viewed(Protocol):
    """A window, as far as this menu knows it."""

    question: Question
    workspace: Workspace
    world: "World | None"

    @property
    def shown_question(self) -> str: ...


class AxisMenu(QObject):
    """Actions on the axes of the chart that is shown."""

    def __init__(self, menu: QMenu, shown: Viewed) -> None:
        super().__init__(menu)
        self._shown = shown
        told = tr("On Compare and Scaling; exports show what the window shows")
        self.log = add_action(self, menu, tr("Logarithmic time axis"), "Ctrl+L", self._switch_scale, told)
        self.log.setCheckable(True)
        nearer = tr("Fewer chip counts, more of each; the wheel over the chart does the same")
        self.nearer = add_action(self, menu, tr("Zoom in"), "Ctrl++", partial(self.step, 1.0), nearer)
        self.nearer.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.farther = add_action(self, menu, tr("Zoom out"), "Ctrl+-", partial(self.step, -1.0))
        self.whole = add_action(self, menu, tr("Whole range of chips"), "Ctrl+0", self.show_whole)

    def follow(self, canvas: "ChartCanvas") -> None:
        """Take the wheel, stretches that are drawn with the mouse, and double clicks of a canvas."""
        canvas.wheeled.connect(self.step)
        canvas.stretched.connect(self._show_stretch)
        canvas.double_clicked.connect(self.show_whole)

    def refresh(self) -> None:
        """Follow the window."""
        figure, question = self._shown.workspace.figure, self._shown.shown_question
        axis = None if figure is None else time_axis_of(question, figure.chart)
        self.log.setEnabled(axis is not None)
        self.log.setChecked(axis is not None and axis.scale == "log")
        zoomed = self._shown.workspace.tools.chips is not None
        self.nearer.setEnabled(question == SCALING and figure is not None)
        for action in (self.farther, self.whole):
            action.setEnabled(question == SCALING and zoomed)

    def step(self, steps: float, about: float = 0.0) -> None:
        """Nearer by so many steps, around a chip count or the middle."""
        whole = self._whole()
        if whole is not None:
            now = self._shown.workspace.tools.chips or whole
            self._look(whole, stepped(whole, now, steps, about or (now[0] * now[1]) ** 0.5))

    def show_whole(self) -> None:
        """As far as systems reach."""
        whole = self._whole()
        if whole is not None:
            self._look(whole, whole)

    def _show_stretch(self, one: float, other: float) -> None:
        whole = self._whole()
        if whole is not None:
            self._look(whole, stretch(whole, one, other))

    def _whole(self) -> Range | None:
        """The range that can be looked at; None where nothing runs along chips."""
        from ipuwhatif.analysis.scaling import whole_range

        world, scenario = self._shown.world, self._shown.question.scenario
        asked = world is not None and bool(scenario.systems) and self._shown.shown_question == SCALING
        return whole_range(world.catalog, scenario) if asked else None

    def _look(self, whole: Range, chips: Range) -> None:
        tools, wanted = self._shown.workspace.tools, None if chips == whole else chips
        if tools.chips != wanted:
            tools.chips = wanted
            tools.changed.emit()

    def _switch_scale(self) -> None:
        figure, question = self._shown.workspace.figure, self._shown.shown_question
        axis = None if figure is None else time_axis_of(question, figure.chart)
        if axis is not None:
            asked, linear = self._shown.question, axis.scale == "log"
            name = tr("Linear time axis") if linear else tr("Logarithmic time axis")
            asked.change(asked.document.with_scale(question, "linear" if linear else "log"), name)


def time_axis_of(question: str, chart: ChartSpec) -> Axis | None:
    """The axis that can be logarithmic or not."""
    return {COMPARE: chart.x_axis, SCALING: chart.y_axis}.get(question)
