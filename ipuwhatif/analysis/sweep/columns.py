"""A table of plans as columns: their numbers, what the axes say, and the quantities that are kept."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ipuwhatif.analysis.solving.own_site import following
from ipuwhatif.analysis.sweep.answers import Answer, Part, answer_of
from ipuwhatif.analysis.sweep.axes import CHIPS, SYSTEM, Axis
from ipuwhatif.analysis.sweep.blocks import Block, units_of
from ipuwhatif.analysis.sweep.costs import COSTS, costs_of
from ipuwhatif.analysis.sweep.drawn import BASES, DrawnPlans, Leaders, all_of, drawn_of, leading
from ipuwhatif.analysis.sweep.following import also_needed, moved
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.sweep.quantities import (
    AMONG,
    BASIS,
    CENTRAL,
    CHIP_HOURS,
    CHIPS_AT_WORK,
    DRAWN,
    FASTEST,
    FRONTS,
    HIGH,
    LAYOUT,
    LOW,
    TIME_S,
    UNDER_TARGET,
    needed,
)
from ipuwhatif.analysis.world import World
from ipuwhatif.model.layouts.grid import TIME
from ipuwhatif.model.layouts.split_grid import BoolArray
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.records import Record, field
from ipuwhatif.units import Said

PLAN = "plan"
_HOUR = 3600.0
_WHOLE = tuple(LAYOUT)[:-1]


class Texts(Record, frozen=True):
    """A column of texts: the place of each among a few, -1 where an axis says nothing."""

    codes: IntArray
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)


Column = FloatArray | IntArray | npt.NDArray[np.int32] | Texts


class Table(Record, frozen=True):
    """Some plans, in order. `asked` counts all of them, those that cannot run and those that a filter drops as well."""

    columns: dict[str, Column]
    asked: int
    left_out: dict[Said, int]  # plans that cannot run, by the reason
    leaders: dict[str, Leaders] = field(default_factory=dict)  # of this part, by the shares of AMONG that are kept
    draws: int = 0

    @property
    def plan(self) -> IntArray:
        """The numbers of the plans."""
        return np.asarray(self.columns[PLAN], dtype=np.int64)

    @property
    def rows(self) -> int:
        return len(self.columns[PLAN])


def table_of(world: World, plan: SweepPlan, blocks: Sequence[Block], start: int, stop: int) -> Table:
    """The plans from one number up to another."""
    world = following(world, plan.profile)
    answer = moved(world, answer_of(world, units_of(blocks, start, stop), also_needed(world, needed(plan.asked))))
    axes = {axis.name: _axis_column(axis, answer.parts) for axis in plan.axes if axis.name not in (SYSTEM, CHIPS)}
    columns = {
        PLAN: _joined([part.numbers for part in answer.parts], np.int64),
        **_systems(blocks, answer.parts),
        **axes,
    }
    asked = {**_quantities(world, plan.asked, answer)}
    drawn = drawn_of(world, answer.parts) if set(plan.asked) & set(DRAWN) else None
    if drawn is not None:
        asked |= _of_draws(world, plan, answer, drawn)
    keeps = _filtered(plan, {**columns, **asked})
    kept = {**columns, **{name: asked[name] for name in plan.keep if name in asked}}
    return Table(
        {name: taken(column, keeps) for name, column in kept.items()},
        stop - start,
        answer.left_out,
        {} if drawn is None else _leaders(world, plan, answer, columns, drawn, keeps),
        0 if drawn is None else len(drawn.times),
    )


def taken(column: Column, rows: BoolArray) -> Column:
    """Some rows of a column."""
    if isinstance(column, Texts):
        return Texts(column.codes[rows], column.words)
    return column[rows]


def _joined(pieces: Sequence[FloatArray | IntArray], kind: type) -> IntArray:
    return np.concatenate([np.zeros(0), *pieces]).astype(kind) if not pieces else np.concatenate(pieces).astype(kind)


def _systems(blocks: Sequence[Block], parts: Sequence[Part]) -> dict[str, Column]:
    words = tuple(dict.fromkeys(block.system for block in blocks))
    sizes = [len(part.chips) * part.each for part in parts]
    codes = np.repeat([words.index(part.unit.block.system) for part in parts] or np.zeros(0, np.int8), sizes)
    chips = _joined([np.repeat(part.chips, part.each) for part in parts], np.int32)
    return {SYSTEM: Texts(codes.astype(np.int32), words), CHIPS: chips}


def _axis_column(axis: Axis, parts: Sequence[Part]) -> Column:
    places = _joined([_places(axis, part) for part in parts], np.int32)
    if axis.is_text:
        return Texts(places, tuple(str(value) for value in axis.values))
    return np.append(np.array(axis.values, dtype=np.float64), np.nan)[places]  # -1 takes the last


def _places(axis: Axis, part: Part) -> IntArray:
    """Which value of an axis the plans of a part have; -1 where it says nothing of them."""
    unit, block = part.unit, part.unit.block
    if axis.name == SYSTEM:
        return np.full(len(part.chips) * part.each, block.code)
    if axis.name == CHIPS:
        return np.repeat(np.searchsorted(axis.values, part.chips), part.each)
    if axis in block.kinds:
        return np.full(len(part.chips) * part.each, unit.kind[block.kinds.index(axis)])
    inner = (*block.choices, *block.costs)
    if axis not in inner:
        return np.full(len(part.chips) * part.each, -1)
    after = int(np.prod([len(each.values) for each in inner[inner.index(axis) + 1 :]], dtype=np.int64))
    return np.tile(np.arange(unit.start, unit.stop) // after % len(axis.values), len(part.chips))


def _quantities(world: World, names: Sequence[str], answer: Answer) -> dict[str, Column]:
    values = answer.values
    found: dict[str, Column] = {name: values[CENTRAL[name]] for name in names if name in CENTRAL}
    found |= {name: np.rint(values[CENTRAL[name]]).astype(np.int32) for name in names if name in _WHOLE}
    if CHIPS_AT_WORK in names:
        used = values["replicas"] * values["stages"] * values["tensor"] * values["context"]
        found[CHIPS_AT_WORK] = np.rint(used).astype(np.int32)
    if CHIP_HOURS in names:
        chips = _joined([np.repeat(part.chips, part.each) for part in answer.parts], np.float64)
        found[CHIP_HOURS] = chips * values[TIME] / _HOUR
    costs = [name for name in COSTS if name in names]
    if costs:
        first, pieces = 0, []
        for part in answer.parts:
            size = len(part.chips) * part.each
            pieces.append(costs_of(world, part, values[TIME][first : first + size]))
            first += size
        found |= {name: _joined([piece[name] for piece in pieces], np.float64) for name in costs}
    return found


def _of_draws(world: World, plan: SweepPlan, answer: Answer, drawn: DrawnPlans) -> dict[str, Column]:
    """What draws tell of each plan alone; shares among plans are 0 until all plans are known, nan without a figure."""
    found: dict[str, Column] = {LOW: drawn.low, HIGH: drawn.high, BASIS: Texts(drawn.basis.astype(np.int32), BASES)}
    if plan.target_s is not None:
        found[UNDER_TARGET] = (drawn.times <= plan.target_s).mean(axis=0)
    for name in (each for each in AMONG if each in plan.asked):
        costs = _quantities(world, (FRONTS[name],), answer) if FRONTS.get(name) in COSTS else {}
        found[name] = 0.0 * np.asarray(costs.get(FRONTS.get(name, ""), np.zeros(len(drawn.low))))
    return {name: found[name] for name in plan.asked if name in found}


def _leaders(
    world: World, plan: SweepPlan, answer: Answer, columns: dict[str, Column], drawn: DrawnPlans, keeps: BoolArray
) -> dict[str, Leaders]:
    """Who leads among the plans of a part that are kept, by the shares that are kept of it."""
    names = [name for name in plan.keep if name in AMONG]
    if not names:
        return {}
    group = np.zeros(len(keeps), dtype=np.int64)
    for axis in plan.axes:
        if axis.name in plan.within:
            group = (
                group * (len(axis.values) + 1) + _joined([_places(axis, part) for part in answer.parts], np.int64) + 1
            )
    chips = np.asarray(columns[CHIPS], dtype=np.float64)
    found = {}
    for name in names:
        against = np.zeros(len(keeps)) if name == FASTEST else chips
        if FRONTS.get(name) in COSTS:  # what is paid or drawn grows with the time of the draw
            central = _quantities(world, (FRONTS[name], TIME_S), answer)
            against = drawn.times * np.asarray(central[FRONTS[name]]) / np.asarray(central[TIME_S])
        some = all_of(np.asarray(columns[PLAN])[keeps], group[keeps], drawn.times[:, keeps], against[..., keeps])
        found[name] = leading(some)
    return found


def _filtered(plan: SweepPlan, columns: dict[str, Column]) -> BoolArray:
    """Which plans all filters keep; what has no figure is dropped by a filter of it."""
    keeps = np.ones(len(columns[PLAN]), dtype=np.bool_)
    for each in plan.filters:
        values = columns[each.name]
        assert not isinstance(values, Texts)
        keeps &= (values >= each.at_least) & (values <= each.at_most)
    return keeps
