"""Works out plans beside the painting, a part after the other, until another question is asked or the window closes."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PySide6.QtCore import QObject, Signal

from ipuwhatif.analysis.explore import Plans, choice_of, parts, scenario_of
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.world import World
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError


class ExploreJob(QObject):
    """Signals: `came` with the number of the question, plans done, of all, and a part; `ended` with the number.

    `widened` has the number, the rows of a front and their intervals; `failed` the number and the reason.
    """

    came = Signal(int, int, int, object)
    ended = Signal(int)
    widened = Signal(int, object, object, object)
    failed = Signal(int, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(1, "explore")
        self.number = 0  # of the question that is being answered; what belongs to an older one is dropped

    def ask(self, world: World, plan: SweepPlan) -> int:
        """Begin another question; what is left of the one before is left out."""
        self.number += 1
        self._worker.submit(self._work, self.number, world, plan)
        return self.number

    def widen(self, world: World, scenario: Scenario, plan: SweepPlan, plans: Plans, rows: Sequence[int]) -> None:
        """Ask for the intervals of some plans."""
        self._worker.submit(self._widen, self.number, world, scenario, plan, plans, rows)

    def stop(self) -> None:
        """Leave what is being worked out as far as it is."""
        self.number += 1

    def close(self) -> None:
        """The window closes: nothing more is told."""
        self.stop()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _work(self, number: int, world: World, plan: SweepPlan) -> None:
        try:
            for done, total, part in parts(world, plan):
                if number != self.number:
                    return
                self.came.emit(number, done, total, part)
            self.ended.emit(number)
        except InputError as error:
            self.failed.emit(number, str(error))

    def _widen(
        self, number: int, world: World, scenario: Scenario, plan: SweepPlan, plans: Plans, rows: Sequence[int]
    ) -> None:
        ends = []
        for row in rows:
            if number != self.number:
                return
            asked = scenario_of(scenario, plan, plans, row)
            case = case_of(asked, choice_of(plan, plans, row), world.levers, world.catalog)
            time = project(world, case).time_to_train_s
            ends.append((time.low, time.high))
        low, high = np.array(ends).T if ends else (np.zeros(0), np.zeros(0))
        self.widened.emit(number, rows, low, high)
