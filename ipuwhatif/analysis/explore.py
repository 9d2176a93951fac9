"""All plans around a scenario: what is varied, the columns that a picture of them needs, and the best of them.

A plan is one system at one size under one release and one setting of the varied levers; the layout of each is searched.
"""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from ipuwhatif.analysis.sweep.axes import CHIPS, RELEASE, SYSTEM, WORKLOAD
from ipuwhatif.analysis.sweep.blocks import plans as count_plans
from ipuwhatif.analysis.sweep.columns import Table, Texts, table_of
from ipuwhatif.analysis.sweep.costs import ENERGY
from ipuwhatif.analysis.sweep.plan import SweepPlan, read_plan
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS, TIME_S
from ipuwhatif.analysis.uncertainty.sensitivity import likely_span
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import RELATIVE, STATED, SystemChoice
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.levers import EVERY, GAIN, LEVER
from ipuwhatif.scenario.resolve import no_network_text
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number

#: What a picture shows time against.
COSTS = (CHIPS, ENERGY, CHIP_HOURS)
BATCH = "layout_global_batch"
MOST_PLANS = 2_000_000
#: Plans of the first answer, which is there at once, and of those after it.
FIRST_PART, PART = 2_000, 50_000
#: Settings of a lever that is varied.
SETTINGS = 21


class Varied(Record, frozen=True):
    """What is varied beside the chips: systems that are not ticked, sizes between the usual, releases, levers."""

    every_system: bool = False
    every_size: bool = False
    every_release: bool = False
    levers: tuple[str, ...] = ()  # keys, each varied for all families at once


class Plans(Record, frozen=True):
    """Some plans as columns of one length. Costs that no source tells are nan; systems and releases are codes."""

    time_s: FloatArray
    cost: dict[str, FloatArray]  # by COSTS
    batch: FloatArray
    system: npt.NDArray[np.int32]
    release: npt.NDArray[np.int32]
    levers: dict[str, FloatArray]  # values of the varied ones

    def __len__(self) -> int:
        return len(self.time_s)


def plan_of(world: World, scenario: Scenario, varied: Varied) -> SweepPlan:
    """The sweep that asks about all of them. InputError where there is nothing to ask, or too much."""
    workload = world.catalog.workloads[scenario.workload]
    if workload.kind == RELATIVE:
        raise InputError(no_network_text(scenario.workload))
    if scenario.layers:
        raise InputError(tr("plans of a network of your own sizes cannot be explored yet; its default sizes can"))
    systems = _systems(world, scenario, varied)
    if not systems:
        raise InputError(tr("no system is ticked: pick at least one"))
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
    plan = read_plan({"axes": axes, "keep": [TIME_S, BATCH, ENERGY, CHIP_HOURS]}, world)
    count = count_plans(plan.blocks(world))
    if count > MOST_PLANS:
        told = {"count": format_number(count), "most": format_number(MOST_PLANS)}
        raise InputError(tr("{count} plans are too many for a picture; the most is {most}: vary less", **told))
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
    """Keys of the levers that can be varied: gains, which act on every job."""
    return tuple(key for key, lever in world.levers.items() if lever.kind == LEVER and lever.target == GAIN)


def parts(world: World, plan: SweepPlan) -> Iterator[tuple[int, int, Plans]]:
    """Its plans bit by bit, the first few at once: plans that are done, of all, and the columns of a part."""
    blocks = plan.blocks(world)
    total, start, size = count_plans(blocks), 0, FIRST_PART
    while start < total:
        stop = min(start + size, total)
        yield stop, total, _columns(plan, table_of(world, plan, blocks, start, stop))
        start, size = stop, PART


def _columns(plan: SweepPlan, table: Table) -> Plans:
    columns = table.columns
    rows = table.rows
    systems, release = columns[SYSTEM], columns.get(RELEASE)
    assert isinstance(systems, Texts)
    known = _axis_words(plan, SYSTEM)
    codes = np.array([known.index(word) for word in systems.words], dtype=np.int32)[systems.codes]

    def numbers(name: str) -> FloatArray:
        return np.asarray(columns[name], dtype=np.float64) if name in columns else np.full(rows, np.nan)

    return Plans(
        time_s=numbers(TIME_S),
        cost={name: numbers(name) for name in COSTS},
        batch=numbers(BATCH),
        system=codes,
        release=(release.codes if isinstance(release, Texts) else np.zeros(rows)).astype(np.int32),
        levers={axis.name: numbers(axis.name) for axis in plan.axes if axis.lever and len(axis.values) > 1},
    )


def _axis_words(plan: SweepPlan, name: str) -> list[str]:
    """The values of an axis of texts; systems without their sizes."""
    axis = next(axis for axis in plan.axes if axis.name == name)
    return [str(value).partition(":")[0] for value in axis.values]


system_words = partial(_axis_words, name=SYSTEM)
release_words = partial(_axis_words, name=RELEASE)


def joined(found: Sequence[Plans]) -> Plans:
    """The columns of several parts, one after the other."""
    first = found[0]
    return Plans(
        time_s=np.concatenate([each.time_s for each in found]),
        cost={name: np.concatenate([each.cost[name] for each in found]) for name in first.cost},
        batch=np.concatenate([each.batch for each in found]),
        system=np.concatenate([each.system for each in found]),
        release=np.concatenate([each.release for each in found]),
        levers={name: np.concatenate([each.levers[name] for each in found]) for name in first.levers},
    )


def front(cost: FloatArray, time_s: FloatArray) -> IntArray:
    """Plans that no other is both as fast as and as cheap as, by rising cost; those without a cost are on none."""
    order = np.lexsort((time_s, cost))
    order = order[np.isfinite(cost[order]) & np.isfinite(time_s[order])]
    fastest = np.minimum.accumulate(time_s[order])
    better = np.append(np.inf, fastest[:-1])
    return order[time_s[order] < better]


def choice_of(plan: SweepPlan, plans: Plans, row: int) -> SystemChoice:
    """The system and size of a plan."""
    return SystemChoice(system_words(plan)[int(plans.system[row])], int(plans.cost[CHIPS][row]))


def scenario_of(scenario: Scenario, plan: SweepPlan, plans: Plans, row: int) -> Scenario:
    """The scenario that asks about one plan beside the reference: its system, size, release and varied levers."""
    asked = scenario.with_system(choice_of(plan, plans, row), True)
    for name, values in plans.levers.items():
        asked = asked.with_lever(f"{EVERY}.{name}", float(f"{values[row]:.6g}"))
    releases = release_words(plan)
    return replace(asked, release=releases[int(plans.release[row])] if len(releases) > 1 else asked.release)
