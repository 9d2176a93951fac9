"""All plans around a scenario: what is varied, the columns that a picture of them needs, and the best of them.

A plan is one system at one size under one release and one setting of the varied levers; the layout of each is searched.
"""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from ipuwhatif.analysis.explore.reasons import CannotExplore, TooManyForPicture
from ipuwhatif.analysis.solving.reasons import Question
from ipuwhatif.analysis.sweep.axes import CHIPS, RELEASE, SYSTEM, WORKLOAD
from ipuwhatif.analysis.sweep.blocks import plans as count_plans
from ipuwhatif.analysis.sweep.columns import Table, Texts, table_of
from ipuwhatif.analysis.sweep.plan import SweepPlan, read_plan
from ipuwhatif.analysis.sweep.quantities import LAYOUT, TIME_S
from ipuwhatif.analysis.uncertainty.sensitivity import likely_span
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import RELATIVE, STATED, SystemChoice
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.levers import ASSUMED, EVERY, GAIN
from ipuwhatif.scenario.reasons import RatioOnly
from ipuwhatif.scenario.resolve import acts_on_time, case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError

BATCH = "layout_global_batch"
#: Parts of a layout that a picture can be coloured and filtered by.
PARTS = tuple(LAYOUT)[:-1]
MOST_PLANS = 2_000_000
#: Plans are worked out in so many strips at most, those far from each other first, of not much fewer plans than this.
STRIPS, STRIP = 64, 500
#: Settings of a lever that is varied.
SETTINGS = 21


class Varied(Record, frozen=True):
    """What is varied beside the chips: systems that are not ticked, sizes between the usual, releases, levers."""

    every_system: bool = False
    every_size: bool = False
    every_release: bool = False
    levers: tuple[str, ...] = ()  # keys, each varied for all families at once


class Plans(Record, frozen=True):
    """Some plans as columns of one length; systems and releases are codes."""

    time_s: FloatArray
    system: npt.NDArray[np.int16]
    release: npt.NDArray[np.int16]
    values: dict[str, npt.NDArray[np.float32]]  # by CHIPS, PARTS and the keys of varied levers

    def __len__(self) -> int:
        return len(self.time_s)


def plan_of(world: World, scenario: Scenario, varied: Varied) -> SweepPlan:
    """The sweep that asks about all of them. InputError where there is nothing to ask, or too much."""
    workload = world.catalog.workloads[scenario.workload]
    if workload.kind == RELATIVE:
        raise RefusedError(RatioOnly(scenario.workload))
    if scenario.layers:
        raise RefusedError(CannotExplore.OWN_SIZES)
    systems = _systems(world, scenario, varied)
    if not systems:
        raise RefusedError(Question.NO_SYSTEM)
    axes: dict[str, object] = {
        WORKLOAD: scenario.workload,
        SYSTEM: systems,
        CHIPS: _chips(world, systems, varied.every_size),
        RELEASE: list(world.catalog.releases) if varied.every_release else scenario.release,
        **_levers(world, scenario, varied),
    }
    if workload.kind == STATED:
        axes |= {"amount": f"{scenario.samples:.12g} samples"} if scenario.samples is not None else {}
    else:
        axes["recipe"] = scenario.recipe
    if scenario.software:
        axes["stack"] = scenario.software
    plan = read_plan({"axes": axes, "keep": [TIME_S, *PARTS]}, world)
    count = count_plans(plan.blocks(world))
    if count > MOST_PLANS:
        raise RefusedError(TooManyForPicture(count, MOST_PLANS))
    return plan


def _systems(world: World, scenario: Scenario, varied: Varied) -> list[str]:
    ticked = dict.fromkeys(choice.system for choice in scenario.systems)
    if not varied.every_system:
        return list(ticked)
    return list(ticked | dict.fromkeys(key for key, system in world.catalog.systems.items() if system.listed))


def _chips(world: World, systems: Sequence[str], every_size: bool) -> list[int]:
    """Powers of two up to the largest system, or whole machines as well; each system takes those that it can have."""
    found = [world.catalog.systems[key] for key in systems]
    high = max(system.maximum_chips for system in found)
    counts = {2**power for power in range(high.bit_length())}
    counts |= {count for system in found for count in (system.minimum_chips, system.maximum_chips)}
    if every_size:
        machine = min(system.chips_per_machine for system in found)
        counts |= set(range(machine, high + 1, machine))
    return sorted(count for count in counts if count <= high)


def _levers(world: World, scenario: Scenario, varied: Varied) -> dict[str, object]:
    """The scenario's levers of families as they are, and those that are varied as grids over what is called likely."""
    axes: dict[str, object] = {}
    for name, value in scenario.levers.items():
        scope, _, key = name.rpartition(".")
        if not acts_on_time(name, world.levers):
            continue
        if ":" not in scope and key not in varied.levers:  # those of one size say nothing of the others
            axes[key if scope == EVERY else name] = value
    for key in varied.levers:
        lever = world.levers[key]
        if lever.minimum <= 0.0:
            axes[key] = {"from": lever.minimum, "to": lever.maximum, "step": 1}
            continue
        span = likely_span(lever)
        low, high = max(lever.minimum, 1.0 / span), min(lever.maximum, span)
        axes[key] = {"from": low, "to": high, "count": SETTINGS, "scale": "log"}
    return axes


def levers_to_vary(world: World) -> tuple[str, ...]:
    """Keys of the levers and assumptions that can be varied, which act on every job: gains first."""
    return tuple(key for target in (GAIN, ASSUMED) for key, lever in world.levers.items() if lever.target == target)


def parts(world: World, plan: SweepPlan) -> Iterator[tuple[int, int, Plans]]:
    """Its plans bit by bit: plans that are done, of all, and the columns of a part.

    The parts lie spread over all plans, so that the first few already look like the whole.
    """
    blocks = plan.blocks(world)
    total, done = count_plans(blocks), 0
    count = min(max(total // STRIP, 1), STRIPS)
    for number in spread(count):
        start, stop = total * number // count, total * (number + 1) // count
        done += stop - start
        yield done, total, _columns(plan, table_of(world, plan, blocks, start, stop))


def spread(count: int) -> list[int]:
    """The numbers up to another, each far from those before it: their bits in reverse, read as a number, rise."""
    bits = max(count - 1, 1).bit_length()
    return sorted(range(count), key=lambda number: int(f"{number:0{bits}b}"[::-1], 2))


def _columns(plan: SweepPlan, table: Table) -> Plans:
    columns = table.columns
    systems, release = columns[SYSTEM], columns.get(RELEASE)
    assert isinstance(systems, Texts)
    known = _axis_words(plan, SYSTEM)
    codes = np.array([known.index(word) for word in systems.words], dtype=np.int16)[systems.codes]
    varied = [axis.name for axis in plan.axes if axis.lever and len(axis.values) > 1]
    return Plans(
        time_s=np.asarray(columns[TIME_S], dtype=np.float64),
        system=codes,
        release=(release.codes if isinstance(release, Texts) else np.zeros(table.rows)).astype(np.int16),
        values={name: np.asarray(columns[name], dtype=np.float32) for name in (CHIPS, *PARTS, *varied)},
    )


def _axis_words(plan: SweepPlan, name: str) -> list[str]:
    """The values of an axis of texts; systems without their sizes."""
    axis = next(axis for axis in plan.axes if axis.name == name)
    return [str(value).partition(":")[0] for value in axis.values]


system_words = partial(_axis_words, name=SYSTEM)
release_words = partial(_axis_words, name=RELEASE)


def joined(found: Sequence[Plans]) -> Plans:
    """The columns of several parts, one after the other."""
    return Plans(
        time_s=np.concatenate([each.time_s for each in found]),
        system=np.concatenate([each.system for each in found]),
        release=np.concatenate([each.release for each in found]),
        values={name: np.concatenate([each.values[name] for each in found]) for name in found[0].values},
    )


def varied_levers(plans: Plans) -> list[str]:
    """Keys of the levers that differ between plans."""
    return [name for name in plans.values if name not in (CHIPS, *PARTS)]


def choice_of(plan: SweepPlan, plans: Plans, row: int) -> SystemChoice:
    """The system and size of a plan."""
    return SystemChoice(system_words(plan)[int(plans.system[row])], int(plans.values[CHIPS][row]))


def scenario_of(scenario: Scenario, plan: SweepPlan, plans: Plans, row: int) -> Scenario:
    """The scenario that asks about one plan beside the reference: its system, size, release and varied levers."""
    asked = scenario.with_system(choice_of(plan, plans, row), True)
    for name in varied_levers(plans):
        asked = asked.with_lever(f"{EVERY}.{name}", float(f"{plans.values[name][row]:.6g}"))
    releases = release_words(plan)
    release = releases[int(plans.release[row])] if len(releases) > 1 else asked.release
    return replace(asked, release=release, policy=BEST)


def case_at(world: World, scenario: Scenario, plan: SweepPlan, plans: Plans, row: int) -> Case:
    """What the model is asked about one plan."""
    asked = scenario_of(scenario, plan, plans, row)
    return case_of(asked, choice_of(plan, plans, row), world.levers, world.catalog)
