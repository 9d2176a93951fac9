"""Edits from the canvas: the target line sets the time that is sought, the end of a bar moves its lever."""

from PySide6.QtCore import QObject

from ipuwhatif.analysis.world import World
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.chart.canvas import ChartCanvas
from ipuwhatif.gui.levers.lever_scale import snapped
from ipuwhatif.scenario.edits import set_lever, set_target
from ipuwhatif.scenario.times import parse_time
from ipuwhatif.units import format_duration

_SWING = "swing/"  # before the name of a lever in the key of its bar


class ChartGestures(QObject):
    """Each drag is one step of undo, as that of a slider; answers are quick ones until it is let go."""

    def __init__(self, canvas: ChartCanvas, question: Question, world: World, parent: QObject) -> None:
        super().__init__(parent)
        self._question, self._world = question, world
        canvas.target_dragged.connect(self._seek)
        canvas.bar_dragged.connect(self._move)
        for dropped in (canvas.target_dropped, canvas.bar_dropped):
            dropped.connect(question.end_gesture)

    def _begin(self) -> None:
        if not self._question.dragging:
            self._question.begin_gesture(dragging=True)

    def _seek(self, seconds: float) -> None:
        """Seek the time that is printed beside the line."""
        self._begin()
        self._question.apply(set_target(self._question.scenario, parse_time(format_duration(seconds))))

    def _move(self, key: str, value: float) -> None:
        """Move a lever by the key of its bar, to where its slider would stop too."""
        scope, _, name = key.removeprefix(_SWING).rpartition(".")
        lever = self._world.levers[name]
        value = min(max(snapped(lever, value), lever.minimum), lever.maximum)
        self._begin()
        self._question.apply(set_lever(self._question.scenario, scope, lever, value, self._world.catalog))
