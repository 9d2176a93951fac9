"""A table of plans as columns: their numbers, what the axes say, and the quantities that are kept."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ipuwhatif.analysis.sweep.answers import Answer, Part, answer_of
from ipuwhatif.analysis.sweep.axes import CHIPS, SYSTEM, Axis
from ipuwhatif.analysis.sweep.blocks import Block, units_of
from ipuwhatif.analysis.sweep.costs import COSTS, costs_of
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.sweep.quantities import CENTRAL, CHIP_HOURS, CHIPS_AT_WORK, LAYOUT, needed
from ipuwhatif.analysis.world import World
from ipuwhatif.model.grid import TIME
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.splits import BoolArray
from ipuwhatif.records import Record

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
    left_out: dict[str, int]  # plans that cannot run, by the reason

    @property
    def rows(self) -> int:
        return len(self.columns[PLAN])


def table_of(world: World, plan: SweepPlan, blocks: Sequence[Block], start: int, stop: int) -> Table:
    """The plans from one number up to another."""
    answer = answer_of(world, units_of(blocks, start, stop), needed(plan.asked))
    axes = {axis.name: _axis_column(axis, answer.parts) for axis in plan.axes if axis.name not in (SYSTEM, CHIPS)}
    columns = {
        PLAN: _joined([part.numbers for part in answer.parts], np.int64),
        **_systems(blocks, answer.parts),
        **axes,
    }
    asked = {**_quantities(world, plan.asked, answer)}
    keeps = _filtered(plan, {**columns, **asked})
    kept = {**columns, **{name: asked[name] for name in plan.keep if name in asked}}
    return Table({name: taken(column, keeps) for name, column in kept.items()}, stop - start, answer.left_out)


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


def _filtered(plan: SweepPlan, columns: dict[str, Column]) -> BoolArray:
    """Which plans all filters keep; what has no figure is dropped by a filter of it."""
    keeps = np.ones(len(columns[PLAN]), dtype=np.bool_)
    for each in plan.filters:
        values = columns[each.name]
        assert not isinstance(values, Texts)
        keeps &= (values >= each.at_least) & (values <= each.at_most)
    return keeps
