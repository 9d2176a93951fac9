"""A target that is sought over chips: the smallest count that can be bought and meets it."""

from collections.abc import Sequence

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.seek import limits, reach
from ipuwhatif.analysis.seek.answer import CHIPS, GoalAnswer, Values
from ipuwhatif.analysis.seek.reasons import FitsFrom, HowSought, Tried
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import BEST, Case, varied
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import replace
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError, Said


def over_chips(world: World, scenario: Scenario, choice: SystemChoice, target_s: float) -> GoalAnswer:
    counts = counts_that_run(world, scenario, choice.system)
    met = fewest(world, scenario, counts, choice.system, target_s)
    found = met.fastest if met.count is None else met.count
    (projection,) = project_all(world, sized_cases(world, scenario, choice.system, [found]))

    def end(side: str) -> Values | None:
        def at(some: Sequence[int]) -> FloatArray:
            times = solve(world, sized_cases(world, scenario, choice.system, some)).intervals.time
            return times.low if side == "low" else times.high

        return chips_value(reach.smallest(counts, at, target_s).count)

    return GoalAnswer(
        over=CHIPS,
        choice=choice,
        target_s=target_s,
        values=chips_value(met.count),
        projection=projection,
        present=None,
        hopeful=end("low"),
        certain=end("high"),
        binds=limits.binding(projection),
        reason="" if met.count is not None else limits.chips_reason(world, projection, counts[-1]),
        notes=_chip_notes(world, scenario, choice.system, counts[0]),
    )


def chips_value(count: int | None) -> Values | None:
    return None if count is None else {CHIPS: float(count)}


def fewest(world: World, scenario: Scenario, counts: Sequence[int], system: str, target_s: float) -> reach.Met:
    return reach.smallest(
        counts, lambda some: reach.times_of(world, sized_cases(world, scenario, system, some)), target_s
    )


def counts_that_run(world: World, scenario: Scenario, system: str) -> tuple[int, ...]:
    """The chip counts that can be bought and run the job. InputError where none does."""
    counts = reach.counts_of(world.catalog.systems[system])
    reasons = []
    for place, chips in enumerate(counts):
        reason = reason_not_to_fit(world.catalog, *sized_cases(world, scenario, system, [chips]))
        if not reason:
            return counts[place:]  # what fits some chips fits more of them
        reasons.append(reason)
    raise RefusedError(reasons[-1])


def sized_cases(world: World, scenario: Scenario, system: str, counts: Sequence[int]) -> list[Case]:
    """The system at chip counts, its layout searched: an entry's own exists at a few counts only."""
    question = replace(scenario, policy=BEST)
    case = case_of(question, SystemChoice(system, counts[0]), world.levers, world.catalog)
    if not any(name.startswith(f"{system}:") for name in scenario.levers):
        return [varied(case, SystemChoice(system, chips)) for chips in counts]
    # A lever of one size acts at that size alone.
    return [case_of(question, SystemChoice(system, chips), world.levers, world.catalog) for chips in counts]


def _chip_notes(world: World, scenario: Scenario, key: str, first: int) -> tuple[Said, ...]:
    system = world.catalog.systems[key]
    machine, word = system.chips_per_machine, system.chip_word
    least = (FitsFrom(first, word),) if first > machine else ()
    return (Tried(machine, word), *least, *((HowSought.SEARCHED_ANEW,) if scenario.policy != BEST else ()))
