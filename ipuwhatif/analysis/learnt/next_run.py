"""What to measure next: the run that is expected to narrow the asked projections most for each chip-hour it takes.

What a run would leave open hangs on which run it is, not on what it will show: `calibration.own_runs.left_after`.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.solving.inputs import runs_of
from ipuwhatif.analysis.solving.own_site import learning, measured_of
from ipuwhatif.analysis.solving.solution_cache import SharedWorld, kept_solution
from ipuwhatif.analysis.solving.solve import narrowed_sides
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.own_runs import Site, learn, left_after
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.importers.results.own import OwnResult
from ipuwhatif.model.case import Case, varied
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.resolve import AS_FITTED, NO_GAINS, case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError

MINUTES = 10.0  # of a short measurement, where nobody says otherwise
LEAST_MINUTES, MOST_MINUTES = 0.1, 100_000.0
MOST_CANDIDATES = 500


class Candidate(Record, frozen=True):
    """A run that could be measured. Widths are ln(high / low) of the time to train of each asked projection."""

    case: Case
    chip_hours: float
    widths: tuple[float, ...]  # expected once it is measured
    gain: float  # mean shrink of the widths, as a part of them, for each chip-hour

    @property
    def choice(self) -> SystemChoice:
        return self.case.choice


class NextRun(Record, frozen=True):
    """Candidates, the best first, for the asked projections as they stand with what is measured already."""

    asked: tuple[Projection, ...]
    widths: tuple[float, ...]  # now
    candidates: tuple[Candidate, ...]
    minutes: float

    def shrink(self, candidate: Candidate) -> float:
        """Mean part of the widths that a candidate is expected to take away."""
        return candidate.gain * candidate.chip_hours


def next_run(
    world: World,
    scenario: Scenario,
    results: Sequence[OwnResult] = (),
    minutes: float = MINUTES,
    more: Sequence[SystemChoice] = (),
) -> NextRun:
    """Which run to measure for the projections of a scenario.

    results: the user's own, whose systems and jobs are candidates beside the ticked ones; more: systems that could be
    had as well. minutes: that a measurement holds the chips. InputError where no system can run the job.
    """
    comparison = compare(world, scenario)
    followed = learning(world, scenario)
    asked = tuple(each.case for each in comparison.projections)
    measured = {_as_run(case) for case, _ in measured_of(world, scenario)}
    cases = tuple(case for case in _candidates(world, scenario, asked, results, more) if _as_run(case) not in measured)
    site = followed.site or Site((), ())
    widths, after = _widths(world, site, asked, cases)
    hours = np.array([case.choice.chips for case in cases]) * minutes / 60.0
    gain = (1.0 - after / widths).mean(axis=1) / hours if cases else np.zeros(0)
    found = [
        Candidate(case, float(hours[row]), tuple(after[row].tolist()), float(gain[row]))
        for row, case in enumerate(cases)
    ]
    best = sorted(found, key=lambda each: -each.gain)
    return NextRun(comparison.projections, tuple(widths.tolist()), tuple(best), minutes)


def _widths(
    world: World, site: Site, asked: tuple[Case, ...], cases: tuple[Case, ...]
) -> tuple[FloatArray, FloatArray]:
    """ln(high / low) of the time of the asked now, and after each candidate; shapes (asked,), (candidates, asked)."""
    solution = kept_solution(SharedWorld(world), asked, None)
    around = solution.intervals
    runs = runs_of(world.catalog, asked, around.throughput)
    known = kept_solution(SharedWorld(world), cases, None) if cases else None
    options = () if known is None else runs_of(world.catalog, cases, known.intervals.throughput)
    half = np.log(around.throughput.high / around.throughput.low) / 2.0
    center = solution.center.time_to_train[0]

    def width(left: FloatArray) -> FloatArray:
        low, high = narrowed_sides(around.time, center, half, left)
        return np.asarray(low + high)

    now = width(learn(site, runs).left if site.runs else np.ones(len(runs)))
    return now, np.array([width(left) for left in left_after(site, runs, options)]).reshape(len(cases), len(asked))


def _candidates(
    world: World,
    scenario: Scenario,
    asked: tuple[Case, ...],
    results: Sequence[OwnResult],
    more: Sequence[SystemChoice],
) -> Iterator[Case]:
    """Runs that can be measured: jobs that are asked about or were run, on systems that are ticked, owned or named."""
    choices = dict.fromkeys((
        *(case.choice for case in asked),
        *(result.choice for result in results if result.choice is not None),
        *more,
    ))  # fmt: skip
    jobs = dict.fromkeys((scenario.workload, *(result.workload for result in results if result.workload is not None)))
    count = 0
    for job in jobs:
        question = _about(world, scenario, job)
        if question is None:
            continue
        for choice in choices:
            case = _runnable(world, question, choice)
            if case is not None and count < MOST_CANDIDATES:
                count += 1
                yield case


def _about(world: World, scenario: Scenario, job: str) -> Scenario | None:
    """The scenario about another job, with nothing pinned; None for one that is known by a ratio only."""
    workload = world.catalog.workloads[job]
    if workload.kind == RELATIVE:
        return None
    if job == scenario.workload:
        return scenario
    bare = replace(scenario, samples=None, layers=(), software="", levers={})
    return replace(bare, workload=job, recipe=workload.recipes[0])


def _runnable(world: World, question: Scenario, choice: SystemChoice) -> Case | None:
    """What would be measured: with no lever and no assumption moved; None where it cannot run."""
    try:
        case = varied(case_of(question, choice, world.levers, world.catalog), gains=NO_GAINS, assumed=AS_FITTED)
        return None if reason_not_to_fit(world.catalog, case) else case
    except InputError:
        return None


def _as_run(case: Case) -> tuple[str, SystemChoice, str, str]:
    """What tells runs apart that nothing new is learnt from."""
    return case.workload, case.choice, case.release, case.software
