"""Plans are counted, not made: which plan a number stands for, and which stand together.

All plans of a system make a block. In it the number counts up the axes that decide which layouts can be tried, then the
chips, then the choices (levers and assumptions that only change speeds), and last what only money and energy hang on.
"""

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np

from ipuwhatif.analysis.sweep.axes import CHIPS, PRICE, STACK, SYSTEM, WORDS, Axis
from ipuwhatif.analysis.sweep.reasons import NoneOfTheSizes, TooManyPlans
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.parameters import IntArray
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import COST, CUT, PIN, Levers
from ipuwhatif.units import RefusedError

MOST_PLANS = 10**10


class Block(Record, frozen=True):
    """The plans of one system. Axes that do not act on it are in none of the three groups."""

    system: str  # its key in the catalog
    code: int  # its place on the axis of systems
    chips: tuple[int, ...]  # ascending
    kinds: tuple[Axis, ...]
    choices: tuple[Axis, ...]
    costs: tuple[Axis, ...]
    first: int  # number of its first plan

    @property
    def choice_count(self) -> int:
        return prod(len(axis.values) for axis in self.choices)

    @property
    def cost_count(self) -> int:
        return prod(len(axis.values) for axis in self.costs)

    @property
    def inner(self) -> int:
        """Plans of one kind at one chip count."""
        return self.choice_count * self.cost_count

    @property
    def size(self) -> int:
        return prod(len(axis.values) for axis in self.kinds) * len(self.chips) * self.inner


class Unit(Record, frozen=True):
    """Plans of one kind that stand together: whole chip counts, or a part of the plans of one."""

    block: Block
    kind: tuple[int, ...]  # places on the axes of kinds
    chips: tuple[int, ...]
    start: int  # of the plans of each chip count, from this one up to that one
    stop: int
    first: int  # number of its first plan

    @property
    def size(self) -> int:
        return len(self.chips) * (self.stop - self.start)

    @property
    def numbers(self) -> IntArray:
        return np.arange(self.first, self.first + self.size)

    def values(self) -> dict[str, str | float]:
        """What the axes of kinds say here, by their words."""
        return {axis.word: axis.values[at] for axis, at in zip(self.block.kinds, self.kind, strict=True)}


def blocks_of(axes: Sequence[Axis], world: World) -> tuple[Block, ...]:
    """The blocks of a plan, one a system. InputError where there are too many plans, or a system has none."""
    named = {axis.name: axis for axis in axes}
    blocks: list[Block] = []
    first = 0
    for code, name in enumerate(named[SYSTEM].values):
        block = _block(str(name), code, first, axes, world)
        blocks.append(block)
        first += block.size
    if first > MOST_PLANS:
        raise RefusedError(TooManyPlans(first, MOST_PLANS))
    return tuple(blocks)


def _block(name: str, code: int, first: int, axes: Sequence[Axis], world: World) -> Block:
    catalog = world.catalog
    system, chips = _chips(name, axes, catalog)
    family = catalog.systems[system].family
    acting = [axis for axis in axes if _acts(axis, family, axes) and axis.word not in (SYSTEM, CHIPS)]
    if catalog.chips[catalog.systems[system].chip].architecture != "gpu":
        acting = [axis for axis in acting if axis.word != STACK]  # published software runs on GPUs
    order = [*WORDS, *world.levers]
    acting.sort(key=lambda axis: order.index(axis.word))
    costs = [axis for axis in acting if axis.word == PRICE or _target(axis, world.levers) == COST]
    kinds = [axis for axis in acting if axis not in costs and _is_of_kind(axis, world.levers)]
    choices = [axis for axis in acting if axis not in costs and axis not in kinds]
    return Block(system, code, chips, tuple(kinds), tuple(choices), tuple(costs), first)


def _chips(name: str, axes: Sequence[Axis], catalog: Catalog) -> tuple[str, tuple[int, ...]]:
    """The system that a name of the axis stands for, and its chip counts: of a family those that it can have."""
    if ":" in name:
        choice = parse_system(name, catalog)
        return choice.system, (choice.chips,)
    system = catalog.systems[name]
    counts = np.array(next(axis.values for axis in axes if axis.name == CHIPS), dtype=np.int64)
    chips = tuple(counts[(counts >= system.minimum_chips) & (counts <= system.maximum_chips)].tolist())
    if not chips:
        raise RefusedError(NoneOfTheSizes(name, system.minimum_chips, system.maximum_chips, system.chip_word))
    return name, chips


def _acts(axis: Axis, family: str, axes: Sequence[Axis]) -> bool:
    """Whether an axis is one of a family's systems: that of another is not, nor that of all where it has its own."""
    if axis.family:
        return axis.family == family
    return all(other.family != family or other.word != axis.word for other in axes)


def _target(axis: Axis, levers: Levers) -> str:
    return levers[axis.lever].target if axis.lever else ""


def _is_of_kind(axis: Axis, levers: Levers) -> bool:
    """Whether an axis decides which layouts can be tried."""
    if not axis.lever:
        return True
    return levers[axis.lever].target in (PIN, CUT) or levers[axis.lever].field == "on_chip_memory"


def units_of(blocks: Sequence[Block], start: int, stop: int) -> Iterator[Unit]:
    """The plans from one number up to another, as units, in order."""
    for block in blocks:
        low, high = max(start - block.first, 0), min(stop - block.first, block.size)
        while low < high:
            unit = _unit(block, low, high)
            yield unit
            low += unit.size


def _unit(block: Block, low: int, high: int) -> Unit:
    """The largest unit that begins at a plan of a block and ends before another."""
    inner, count = block.inner, len(block.chips)
    rest, start = divmod(low, inner)
    kind, chip = divmod(rest, count)
    places = tuple(int(place) for place in np.unravel_index(kind, [len(axis.values) for axis in block.kinds]))
    whole = min((high - low) // inner, count - chip) if start == 0 else 0
    if whole:
        return Unit(block, places, block.chips[chip : chip + whole], 0, inner, block.first + low)
    return Unit(block, places, (block.chips[chip],), start, min(inner, start + high - low), block.first + low)


def plans(blocks: Sequence[Block]) -> int:
    """How many plans there are."""
    return sum(block.size for block in blocks)
