"""Plans that follow what the user measured: the answers of a sweep, moved as a projection of each plan would be.

How uncertain a plan is, and so how far it moves, is taken without its choices: levers move the time, hardly its width.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ipuwhatif.analysis.solving.inputs import runs_of
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.sweep.answers import Answer, Part, plain_case
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.own_runs import learn
from ipuwhatif.model.layouts.grid import STEP_TIME, THROUGHPUT, TIME
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.time_to_train import STEP_PARTS
from ipuwhatif.records import replace

#: Parts of the time that a slower site lengthens.
MOVING = (*STEP_PARTS, "evaluation")
CASES_AT_ONCE = 256


def also_needed(world: World, wanted: Sequence[str]) -> tuple[str, ...]:
    """What has to be asked of plans beside what is wanted, so that they can be moved."""
    extra = MOVING if world.site is not None and TIME in wanted else ()
    return tuple(dict.fromkeys((*wanted, *extra)))


def moved(world: World, answer: Answer) -> Answer:
    """The answers as the user's own site tells them; the same where it tells nothing."""
    if world.site is None or not answer.parts:
        return answer
    factor = np.concatenate(list(_factors(world, answer.parts)))
    values = dict(answer.values)
    if TIME in values:
        values[TIME] = values[TIME] + (factor - 1.0) * sum(values[name] for name in MOVING)
    values |= {name: factor * values[name] for name in (*MOVING, STEP_TIME) if name in values}
    values |= {name: values[name] / factor for name in (THROUGHPUT,) if name in values}
    return replace(answer, values=values)


def _factors(world: World, parts: Sequence[Part]) -> Iterator[FloatArray]:
    """How many times as long a step takes on the user's site, plan by plan."""
    assert world.site is not None and world.unlearnt is not None
    cases = [
        replace(plain_case(part.asked.kind, chips), samples=part.asked.samples)
        for part in parts
        for chips in part.chips
    ]
    each = np.repeat([part.each for part in parts], [len(part.chips) for part in parts])
    for first in range(0, len(cases), CASES_AT_ONCE):
        some = cases[first : first + CASES_AT_ONCE]
        told = solve(world.unlearnt, some).intervals.throughput
        shift = learn(world.site, runs_of(world.catalog, some, told)).shift
        yield np.repeat(np.exp(shift), each[first : first + CASES_AT_ONCE])
