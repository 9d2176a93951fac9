"""Opens the drawer for a number or mark, and keeps it in step with what is shown."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipuwhatif.analysis.world import World
from ipuwhatif.charts.spec import Why
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.own_edits import follow_measurement, set_measurement

if TYPE_CHECKING:
    from ipuwhatif.gui.page.drawer import WhyDrawer
    from ipuwhatif.gui.page.workspace import Workspace


class Explainer(QObject):
    """Signal: `explained` when the drawer has opened."""

    explained = Signal()

    def __init__(
        self, world: World, question: Question, workspace: "Workspace", drawer: "WhyDrawer", parent: QObject
    ) -> None:
        super().__init__(parent)
        self._world, self._question = world, question
        self._workspace, self._drawer = workspace, drawer
        drawer.measured.connect(self._measured)
        drawer.followed.connect(self._followed)

    def explain(self, key: str) -> None:
        """Open the drawer for a number or mark, and look at its system."""
        why = self._why(key)
        if why is not None:
            self._question.select(self._question.choice_of(key, self._world.catalog))
            self._drawer.explain(why)
            self._show_measurement(key)
            self.explained.emit()

    def follow(self, dragging: bool) -> None:
        """An open drawer moves with its number, and closes when that is no longer shown."""
        why = self._drawer.why
        if why is None:
            return
        new = self._found(why.key) if dragging else self._why(why.key)
        if new is None:
            self._drawer.dismiss()
        elif dragging:
            self._drawer.explain(new, dragging)
        else:
            self._drawer.explain(new)
            self._show_measurement(why.key)

    def _why(self, key: str) -> Why | None:
        """The reply for a key: of the figure, for a point of a curve and where the user has measured with more."""
        from ipuwhatif.gui.answering.whys import completed

        found = self._found(key)
        return None if found is None else completed(found, self._world, self._question.scenario)

    def _found(self, key: str) -> Why | None:
        figure = self._workspace.figure
        return next((each for each in figure.why if each.key == key), None) if figure is not None else None

    def _show_measurement(self, key: str) -> None:
        """The user's own measurement in the drawer, where that explains a ticked system."""
        from ipuwhatif.analysis.uncertainty.measured import read_measurement
        from ipuwhatif.gui.answering.whys import own_measurement

        world, scenario = self._world, self._question.scenario
        choice, text = self._question.choice_of(key, world.catalog), own_measurement(key, world, scenario)
        if choice is None or text is None:
            self._drawer.row.hide()
            return
        meaning = partial(read_measurement, world, scenario, choice)
        measured = scenario.measurements.get(choice.key)
        followed = measured is not None and measured.learnt
        self._drawer.show_measurement(text, world.catalog.workloads[scenario.workload], meaning, followed)

    def _measured(self, key: str, measurement: object) -> None:
        """The user has typed or taken back a measurement in the drawer."""
        scenario, choice = self._question.scenario, self._question.choice_of(key, self._world.catalog)
        if choice is not None:
            before = scenario.measurements.get(choice.key)
            if isinstance(measurement, Measurement) and before is not None:  # what follows it follows the new one
                measurement = replace(measurement, learnt=before.learnt)
            self._question.apply(set_measurement(scenario, choice, measurement, self._world.catalog))  # type: ignore

    def _followed(self, key: str, followed: bool) -> None:
        """The user wants projections to follow a measurement, or no longer."""
        scenario, choice = self._question.scenario, self._question.choice_of(key, self._world.catalog)
        measured = None if choice is None else scenario.measurements.get(choice.key)
        if choice is not None and measured is not None:
            self._question.apply(follow_measurement(scenario, choice, measured, followed, self._world.catalog))
