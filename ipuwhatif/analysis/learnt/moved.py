"""What the user's own results move: each projection before and after, by what it has in common with what was run."""

from collections.abc import Mapping

import numpy as np

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.learnt.reasons import NotLearnt
from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.results import Missing, Projection
from ipuwhatif.analysis.solving.inputs import runs_of
from ipuwhatif.analysis.solving.own_site import Measured, learning, measured_of, profile_of
from ipuwhatif.analysis.solving.solution_cache import SharedWorld, kept_solution
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.own_runs import learn
from ipuwhatif.calibration.store import calibration_hash
from ipuwhatif.model.case import Case
from ipuwhatif.records import Record
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.profiles import Profile
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError


class MovedProjection(Record, frozen=True):
    """One system before and after. `effects`: relative change of a step by EFFECTS of `own_runs`; they add up to it."""

    before: Projection
    after: Projection
    effects: Mapping[str, float]

    @property
    def step(self) -> float:
        """Relative change of the time of a step."""
        return sum(self.effects.values())

    @property
    def change(self) -> float:
        """Relative change of the time to train."""
        return self.after.time_to_train_s.median / self.before.time_to_train_s.median - 1.0

    @property
    def width(self) -> float:
        """How wide the interval of the time is in place of 1, as a ratio of logarithms."""
        before, after = (np.log(each.time_to_train_s.high / each.time_to_train_s.low) for each in self._both)
        return float(after / before) if before > 0.0 else 1.0

    @property
    def _both(self) -> tuple[Projection, Projection]:
        return self.before, self.after


class MeasuredRun(Record, frozen=True):
    """What was measured, and how many times as long a step took as was projected."""

    case: Case
    measurement: Measurement
    ratio: float


class Moved(Record, frozen=True):
    """Everything that is learnt from, and the projections that it moves. `profile`: None where none is followed."""

    rows: tuple[MovedProjection, ...]
    runs: tuple[MeasuredRun, ...]
    missing: tuple[Missing, ...]
    profile: Profile | None
    other_calibration: bool  # whether the profile was made under another one than the present


def moved(world: World, scenario: Scenario) -> Moved:
    """Before and after for each system of a scenario. InputError where nothing is learnt from, or none can run."""
    measured = measured_of(world, scenario)
    if not measured:
        raise RefusedError(NotLearnt.NOTHING_FOLLOWED)
    followed = learning(world, scenario)
    comparison = compare(world, scenario)
    cases = tuple(each.case for each in comparison.projections)
    before = project_all(world, cases)
    profile = profile_of(world, scenario.profile) if scenario.profile else None
    return Moved(
        rows=tuple(
            MovedProjection(old, new, effects)
            for old, new, effects in zip(
                before, comparison.projections, effects_of(world, followed, cases), strict=True
            )
        ),
        runs=_runs(followed, measured),
        missing=comparison.missing,
        profile=profile,
        other_calibration=profile is not None and profile.calibration != calibration_hash(world.calibration),
    )


def effects_of(world: World, followed: World, cases: tuple[Case, ...]) -> tuple[Mapping[str, float], ...]:
    """Relative change of a step of each case by what it has in common with measured runs."""
    assert followed.site is not None
    throughput = kept_solution(SharedWorld(world), cases, None).intervals.throughput
    learnt = learn(followed.site, runs_of(world.catalog, cases, throughput))
    # a sum of logarithms as a sum of changes: each in proportion, smooth where the sum is 0
    shift = np.where(learnt.shift == 0.0, 1e-12, learnt.shift)
    scale = np.expm1(shift) / shift
    return tuple(
        {name: float(part[row] * scale[row]) for name, part in learnt.effects.items()} for row in range(len(cases))
    )


def _runs(followed: World, measured: tuple[Measured, ...]) -> tuple[MeasuredRun, ...]:
    assert followed.site is not None
    return tuple(
        MeasuredRun(case, measurement, float(np.exp(missed)))
        for (case, measurement), missed in zip(measured, followed.site.missed, strict=True)
    )
