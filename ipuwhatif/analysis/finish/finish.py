"""When a run is done, as a distribution: the draws of the projected time, each stopped by failures of its own.

A projected time knows no failures: entries are timed in one go, and what their record is held against stays as it is.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.finish.reasons import Hopeless, Lacks
from ipuwhatif.analysis.finish.terms import (
    initialisation_of,
    interruptions_of,
    lacking_terms,
    queue_of,
    state_bytes,
)
from ipuwhatif.analysis.results import Missing, Projection
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.solving.solution_cache import SharedWorld, kept_solution
from ipuwhatif.analysis.solving.solve import moved_draws
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import drawn_times
from ipuwhatif.catalog.interruptions import PublishedTerm, load_published_terms
from ipuwhatif.model.case import Case
from ipuwhatif.model.interruptions import Interruptions, drawn_parts, mean_failures, mean_parts
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import RUN
from ipuwhatif.scenario.resolve import settings_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import worded_cache
from ipuwhatif.units import RefusedError, Said

QUEUE, INITIALISATION = "queue", "initialisation"
#: Probabilities that the finish is told at.
SURE = (0.5, 0.8, 0.95)
#: Runs for each draw of the projected time, as long as all their failures together are no more than so many.
_RUNS, _MOST_DRAWN = 16, 2_000_000
#: Failures of one run beyond which nobody waits for its end.
MOST_FAILURES = 10_000.0
_SEED, _KEPT = 7, 48


class Run(Record, frozen=True):
    """One system's run. Seconds; `times` is sorted, from asking for the machines to the end."""

    projection: Projection
    stops: Interruptions
    stated: Mapping[str, float]  # levers of the run, by key
    chips: int  # at work: an idle one stops nothing
    state: float  # bytes of a checkpoint
    times: FloatArray
    parts: Mapping[str, float]  # where the mean time goes: those of `model.interruptions`, and what comes before
    failures: float  # on average

    @property
    def mean(self) -> float:
        """Mean time to the end [s]."""
        return sum(self.parts.values())

    @property
    def goodput(self) -> float:
        """Useful time over the time that the machines are held, both on average."""
        return self.parts["useful"] / (self.mean - self.parts[QUEUE])

    def sure(self, probability: float) -> float:
        """Seconds after which the run is done with this probability."""
        return float(np.quantile(self.times, probability))

    def done_by(self, seconds: float) -> float:
        """Probability that the run is done by then."""
        return float(np.searchsorted(self.times, seconds, "right")) / len(self.times)


class Finish(Record, frozen=True):
    """The runs of a scenario's systems, in its order, and the systems that cannot run the job."""

    runs: tuple[Run, ...]
    missing: tuple[Missing, ...]
    settings: tuple[Said, ...]  # every moved lever
    subject: int  # which run headlines speak of

    @property
    def fails(self) -> bool:
        """Whether failures are counted for any system."""
        return any(run.stops.rate > 0.0 for run in self.runs)


def finish(world: World, scenario: Scenario, draws: int | None = None) -> Finish:
    """When each system of a scenario is done; `draws` caps the ensemble.

    InputError where no system can run the job, or where something of a run has to be stated as well.
    """
    comparison = compare(world, scenario, draws)
    projections = comparison.projections
    stated = [_stated(world, scenario, each) for each in projections]
    lacks = lacking(world, scenario)
    if lacks:
        raise RefusedError(Lacks(lacks[0]))
    drawn = _drawn(world, scenario, tuple(each.case for each in projections), draws)
    runs = tuple(_run(world, *each) for each in zip(projections, stated, drawn.T, strict=True))
    keys = [each.choice.key for each in projections]
    subject = keys.index(scenario.spoken_of) if scenario.spoken_of in keys else 0
    return Finish(runs, comparison.missing, comparison.settings, subject)


def _drawn(world: World, scenario: Scenario, cases: tuple[Case, ...], draws: int | None) -> FloatArray:
    """Times to train [s] at the draws, shape (draws, cases), as what the scenario learns from tells them."""
    solution = kept_solution(SharedWorld(world), cases, draws)
    times = drawn_times(world.calibration, solution.cases, solution.inputs, solution.supports, solution.center, draws)
    followed = learning(world, scenario)
    if followed is world:
        return times
    after = kept_solution(SharedWorld(followed), cases, draws)
    centers = (each.center.time_to_train[0] for each in (solution, after))
    return moved_draws(times, solution.intervals.time, after.intervals.time, *centers)


def lacking(world: World, scenario: Scenario) -> tuple[str, ...]:
    """Levers that have to be stated before the finish can be told, by key, each once."""
    stated = [settings_of(scenario, choice, world.levers, world.catalog)[RUN] for choice in scenario.systems]
    return tuple(dict.fromkeys(key for each in stated for key in lacking_terms(each)))


def published_terms(lever: str) -> tuple[PublishedTerm, ...]:
    """The published figures for one lever of the run."""
    return tuple(term for term in load_published_terms() if term.lever == lever)


def _stated(world: World, scenario: Scenario, projection: Projection) -> dict[str, float]:
    return settings_of(scenario, projection.choice, world.levers, world.catalog)[RUN]


def _run(world: World, projection: Projection, stated: Mapping[str, float], drawn: FloatArray) -> Run:
    layout = projection.layout
    chips = min(projection.choice.chips, layout.replicas * layout.replica_chips) or projection.choice.chips
    state = state_bytes(world.catalog, projection.case)
    stops, queue = interruptions_of(stated, chips, state), queue_of(stated)
    failures = float(mean_failures(drawn, stops).mean())
    if not failures <= MOST_FAILURES:
        raise RefusedError(Hopeless(projection.name, 1.0 / stops.rate))
    parts = {part: float(values.mean()) for part, values in mean_parts(drawn, stops).items()}
    before = {QUEUE: queue, INITIALISATION: initialisation_of(stated)}
    times = sum(before.values()) + _runs(tuple(drawn.tolist()), stops, failures)
    return Run(projection, stops, stated, chips, state, times, before | parts, failures)


@worded_cache(maxsize=_KEPT)
def _runs(drawn: Sequence[float], stops: Interruptions, failures: float) -> FloatArray:
    """Wall-clock seconds of several runs for each drawn projected time, sorted: the same for the same question."""
    several = int(np.clip(_MOST_DRAWN / (len(drawn) * max(failures, 1.0)), 1, _RUNS)) if stops.rate else 1
    useful = np.repeat(np.array(drawn), several)
    times = sum(drawn_parts(useful, stops, np.random.default_rng(_SEED)).values(), np.zeros(len(useful)))
    times.sort()
    times.setflags(write=False)
    return times
