"""The answers of units of plans in columns: kinds that are alike are searched together, all choices at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np

from ipuwhatif.analysis.sweep.axes import Axis
from ipuwhatif.analysis.sweep.blocks import Unit
from ipuwhatif.analysis.sweep.kinds import Asked, asked_of
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case, Gains
from ipuwhatif.model.layouts.candidates import COLUMNS, candidates_of
from ipuwhatif.model.layouts.grid import (
    Answers,
    alike,
    answer,
    chips_that_run,
    grid_of,
    replica_chips,
    solve_grid,
    under,
)
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.layouts.pipelines import plan_of
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.units import InputError, Said, reason_of

NO_GAIN = Gains()
#: What is searched together at most, so that it stays in the processor's cache: chip counts, those times choices up to
#: some, and layouts times choices.
CHIPS_AT_ONCE, POINTS_AT_ONCE, CHOICES_AT_ONCE, ROWS_AT_ONCE = 2048, 2048, 32, 32_768
#: Layouts that are searched together where nothing is chosen, as some chip counts tell of all; few are not asked.
LAYOUTS_AT_ONCE, LOOKED_AT, FEW_CHIPS = 65_536, 16, 256
#: Numbers in an array that is larger than any of a sweep, as far as the C library of Linux learns by such.
LARGEST_ARRAY = 4_000_000


class Part(Record, frozen=True):
    """Plans of one kind that run, at some of the chip counts of a unit."""

    unit: Unit
    asked: Asked
    chips: tuple[int, ...]

    @property
    def each(self) -> int:
        """Plans of a chip count."""
        return self.unit.stop - self.unit.start

    @property
    def numbers(self) -> IntArray:
        """The numbers of its plans."""
        place = np.searchsorted(self.unit.chips, self.chips)
        return (self.unit.first + place[:, None] * self.each + np.arange(self.each)).ravel()


class Answer(Record, frozen=True):
    """Plans of some units that run, in order, with what was asked about them; shape (plans,) each."""

    parts: tuple[Part, ...]
    values: Answers
    left_out: dict[Said, int]  # plans that cannot run, by the reason


def answer_of(world: World, units: Iterable[Unit], wanted: Sequence[str]) -> Answer:
    """Some of `grid.ANSWERS` for the plans of some units, at the central parameters."""
    _keep_memory()
    left_out: dict[Said, int] = {}
    parts = tuple(_parts(world, units, left_out))
    pieces = [_solved(world, together, wanted) for together in _together(world, parts)]
    values = {name: np.concatenate([piece[name] for piece in pieces]) if pieces else np.zeros(0) for name in wanted}
    return Answer(parts, values, left_out)


@cache
def _keep_memory() -> None:
    """Free one large array, untouched: the C library of Linux then keeps what is freed after it for the next array.

    Else it hands each of some hundred KB back at once, and a third of a sweep goes into having them cleared again.
    """
    np.empty(LARGEST_ARRAY)


class Choices:
    """What the choices of a block move, by name in Gains or Assumed."""

    def __init__(self, axes: Sequence[Axis], levers: Levers) -> None:
        self._sizes = [len(axis.values) for axis in axes]
        self._values = {levers[axis.lever].field: np.array(axis.values, dtype=np.float64) for axis in axes}

    def factors(self, places: IntArray) -> dict[str, FloatArray]:
        """Of some places among the choices, shape (choices, 1) each."""
        at = np.unravel_index(places, self._sizes) if self._sizes else ()
        return {name: values[place][:, None] for (name, values), place in zip(self._values.items(), at, strict=True)}


def _parts(world: World, units: Iterable[Unit], left_out: dict[Said, int]) -> Iterator[Part]:
    """The units as far as they run, of not too many chip counts each; what cannot run is counted by its reason."""
    for unit in units:
        asked, chips, reason = _that_run(world, unit)
        without = (len(unit.chips) - len(chips)) * (unit.stop - unit.start)
        if without:
            left_out[reason] = left_out.get(reason, 0) + without
        if asked is None or not chips:
            continue
        at_once = _chips_at_once(world, unit, asked.kind)
        for first in range(0, len(chips), at_once):
            yield Part(unit, asked, chips[first : first + at_once])


def _chips_at_once(world: World, unit: Unit, kind: Kind) -> int:
    """Chip counts of kinds that are alike which are answered together at most: many where few layouts are tried."""
    chips, costs = unit.block.chips, unit.block.cost_count
    choices = -(-unit.stop // costs) - unit.start // costs
    if choices > 1:
        return max(POINTS_AT_ONCE // min(choices, CHOICES_AT_ONCE), 1)
    if kind.policy == AS_SUBMITTED or len(chips) <= FEW_CHIPS:
        return CHIPS_AT_ONCE
    return max(int(LAYOUTS_AT_ONCE / _layouts_tried(SharedCatalog(world.catalog), kind, chips)), FEW_CHIPS)


@lru_cache(maxsize=512)
def _layouts_tried(shared: SharedCatalog, kind: Kind, chips: tuple[int, ...]) -> float:
    """How many layouts are tried of a chip count, by some of those that are enough: alike ones share theirs."""
    plan = plan_of(shared, kind)
    enough = [count for count in chips if count >= plan.least_chips]
    some = enough[:: max(len(enough) // LOOKED_AT, 1)]
    if not some:
        return 1.0
    apart = len({count // replica_chips(plan) for count in enough}) / len(enough)
    return len(candidates_of(plan, some).group) / len(some) * apart


def _that_run(world: World, unit: Unit) -> tuple[Asked | None, tuple[int, ...], Said]:
    """What a unit asks, which of its chip counts run it, and why others do not."""
    try:
        asked = asked_of(unit, world)
    except InputError as fault:
        return None, (), reason_of(fault)
    shared, kind = SharedCatalog(world.catalog), asked.kind
    if kind.policy != AS_SUBMITTED:
        few, reason = chips_that_run(shared, kind, unit.chips)
        return asked, unit.chips[few:], reason
    reasons = {chips: reason_not_to_fit(world.catalog, plain_case(kind, chips)) for chips in unit.chips}
    chips = tuple(count for count, reason in reasons.items() if not reason)
    return asked, chips, next((each for each in reasons.values() if each), "")


def plain_case(kind: Kind, chips: int) -> Case:
    """A case of a kind at a chip count, under no choice but that of its memory."""
    return Case(
        kind.workload,
        SystemChoice(kind.system, chips),
        kind.release,
        kind.recipe,
        kind.policy,
        kind.pins,
        NO_GAIN if kind.memory == 1.0 else Gains(on_chip_memory=kind.memory),
        software=kind.software,
        layers=kind.layers,
        cut=kind.cut,
    )


def _together(world: World, parts: Iterable[Part]) -> Iterator[tuple[Part, ...]]:
    """Parts that are answered together: neighbours under the same choices whose kinds are alike."""
    shared, together, before = SharedCatalog(world.catalog), list[Part](), None
    for part in parts:
        unit, kind = part.unit, part.asked.kind
        own = (unit.first,) if kind.policy == AS_SUBMITTED else alike(shared, kind)
        key = (unit.block.first, unit.start, unit.stop, part.asked.samples, own)
        full = sum(len(each.chips) for each in together) + len(part.chips) > _chips_at_once(world, part.unit, kind)
        if together and (full or key != before):
            yield tuple(together)
            together = []
        together.append(part)
        before = key
    if together:
        yield tuple(together)


def _solved(world: World, parts: Sequence[Part], wanted: Sequence[str]) -> Answers:
    """The answers of parts that are alike, in the order of their plans."""
    unit, block = parts[0].unit, parts[0].unit.block
    low, high = unit.start // block.cost_count, -(-unit.stop // block.cost_count)
    solve, rows = (_held if parts[0].asked.kind.policy == AS_SUBMITTED else _searched)(world, parts, wanted)
    tiles, at_once, choices = [], max(ROWS_AT_ONCE // rows, 1), Choices(block.choices, world.levers)
    for first in range(low, high, at_once):
        places = np.arange(first, min(first + at_once, high))
        tiles.append(solve(choices.factors(places), np.full((len(places), 1), parts[0].asked.samples or 0.0)))
    before, after = unit.start - low * block.cost_count, unit.stop - low * block.cost_count
    return {name: _by_plan([tile[name] for tile in tiles], block.cost_count, before, after) for name in wanted}


def _by_plan(tiles: Sequence[FloatArray], costs: int, start: int, stop: int) -> FloatArray:
    """Values of shape (choices, points) as one for each plan: point by point, choice by choice, cost by cost."""
    of_points = np.concatenate([tile.T for tile in tiles], axis=1)
    return (of_points if costs == 1 else np.repeat(of_points, costs, axis=1))[:, start:stop].ravel()


Solve = Callable[[dict[str, FloatArray], FloatArray], Answers]


def _searched(world: World, parts: Sequence[Part], wanted: Sequence[str]) -> tuple[Solve, int]:
    """What answers some choices about layouts that are searched, and how many of them are tried."""
    grid = grid_of(SharedCatalog(world.catalog), [(part.asked.kind, part.chips) for part in parts])
    rows = len(grid.pack.handicap)
    return lambda factors, stated: solve_grid(grid, factors, stated, world.calibration.center, wanted), rows


def _held(world: World, parts: Sequence[Part], wanted: Sequence[str]) -> tuple[Solve, int]:
    """The same about the layouts of entries, which no choice changes."""
    cases = [plain_case(part.asked.kind, count) for part in parts for count in part.chips]
    layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    inputs = with_known_recipes(lower(world.catalog, cases, layouts), world.catalog, cases, layouts)

    def solve(factors: dict[str, FloatArray], stated: FloatArray) -> Answers:
        outcome = evaluate(under(inputs, factors, stated), world.calibration.center)
        seconds, shape = outcome.time_to_train, (len(stated), len(cases))
        values = {name: getattr(inputs, name) if name in COLUMNS else answer(outcome, name, seconds) for name in wanted}
        return {name: np.broadcast_to(each, shape) for name, each in values.items()}

    return solve, len(cases)
