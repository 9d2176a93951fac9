"""The axes of a sweep: what is varied, as lists, ranges or grids of a plan file, each value checked before any work."""

from collections.abc import Sequence
from math import floor

import numpy as np

from ipuwhatif.analysis.sweep.reasons import (
    AxisFault,
    EndsBelow,
    NeedsAxis,
    NeedsChips,
    NoSuchKind,
    NotFinite,
    PlanFault,
    TooManyValues,
    UnknownAxis,
    Wanted,
)
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES
from ipuwhatif.catalog.types import RELATIVE, Catalog
from ipuwhatif.model.case import LAYOUT_POLICIES
from ipuwhatif.model.language.language_cuts import RECOMPUTE
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.scenario.reasons import RatioOnly
from ipuwhatif.scenario.typed_levers import check_range, parse_value
from ipuwhatif.units import InputError, RefusedError, nearest, reason_of

WORKLOAD, SYSTEM, CHIPS, RECIPE, RELEASE, STACK = "workload", "system", "chips", "recipe", "release", "stack"
LAYOUT, PRECISION, RECOMPUTED, AMOUNT, PRICE = "layout", "precision", "recompute", "amount", "price"
#: Axes that are no levers, in the order in which plans are counted.
WORDS = (SYSTEM, WORKLOAD, RECIPE, RELEASE, STACK, LAYOUT, PRECISION, RECOMPUTED, AMOUNT, CHIPS, PRICE)
MLPERF = "mlperf"  # what entries ran, among the choices of software
MOST_VALUES = 100_000  # of an axis
_RANGE = {"from", "to", "step", "count", "scale"}


class Axis(Record, frozen=True):
    """One axis. Texts of levers are read: its values are all texts, or all numbers."""

    name: str  # as the plan writes it: "chips", "ipu.compute_gain"
    values: tuple[str, ...] | tuple[float, ...]
    lever: str = ""  # key of the lever; empty for one of WORDS
    family: str = ""  # whose it is; empty for that of all families that have no axis of their own

    @property
    def word(self) -> str:
        """What is varied, whoever's it is: one of WORDS or the key of a lever."""
        return self.lever or self.name.rpartition(".")[2]

    @property
    def is_text(self) -> bool:
        return isinstance(self.values[0], str)


def read_axes(node: Node, world: World) -> tuple[Axis, ...]:
    """The axes of a plan. InputError for one that is unknown, empty, too long, or a value that no answer has."""
    axes = tuple(_axis(node, name, value, world) for name, value in node.values().items())
    named = [axis.name for axis in axes]
    for needed in (WORKLOAD, SYSTEM):
        if needed not in named:
            raise node.refuse(NeedsAxis(needed))
    return axes


def _axis(node: Node, name: str, value: object, world: World) -> Axis:
    family, dot, word = name.rpartition(".")
    families = sorted({system.family for system in world.catalog.systems.values()})
    known = [*WORDS, *world.levers]
    if (word not in known) or (dot and (family not in families or word in WORDS[:-1])):
        scoped = [f"{each}.{key}" for each in families for key in (*world.levers, PRICE)]
        raise node.refuse(UnknownAxis(name, nearest(name, [*known, *scoped])))
    try:
        values = _values(value, world.levers.get(word))
        if word in world.levers:
            checked: Sequence[object] = [_lever_value(each, world.levers[word]) for each in values]
        else:
            checked = [_word_value(each, word, world.catalog, node.has(CHIPS)) for each in values]
    except InputError as fault:
        raise node.refuse(AxisFault(name, reason_of(fault))) from None
    distinct = tuple(dict.fromkeys(checked))
    if word == CHIPS:
        distinct = tuple(sorted(distinct))  # type: ignore[type-var]
    return Axis(name, distinct, word if word in world.levers else "", family)  # type: ignore[arg-type]


def _values(value: object, lever: Lever | None) -> Sequence[object]:
    """The values that a list, a range or a grid stands for; one value is a list of one."""
    values: Sequence[object] = value if isinstance(value, list) else [value]
    if isinstance(value, dict):
        values = _range_values(value, whole=lever is None or lever.whole)
    if not values:
        raise RefusedError(PlanFault.EMPTY)
    if len(values) > MOST_VALUES:
        raise RefusedError(TooManyValues(len(values), MOST_VALUES))
    return values


def _range_values(value: dict[str, object], *, whole: bool) -> list[float]:
    """`{ from, to, step }` counts up, `{ from, to, count, scale }` is a grid of so many, even or even in logarithms."""
    for key in value:
        if key not in _RANGE:
            raise RefusedError(Flawed(Flaw.KEY_UNKNOWN, key, nearest=nearest(key, _RANGE)))
    low, high = (_number(value, key) for key in ("from", "to"))
    if high < low:
        raise RefusedError(EndsBelow(low, high))
    if ("step" in value) == ("count" in value):
        raise RefusedError(PlanFault.STEP_OR_COUNT)
    scale = value.get("scale", "linear")
    if scale not in ("linear", "log") or (scale == "log" and ("step" in value or low <= 0.0)):
        raise RefusedError(PlanFault.SCALE)
    if "step" in value:
        step = _number(value, "step")
        if step <= 0.0:
            raise RefusedError(PlanFault.STEP)
        steps = (high - low) / step + 1e-9  # so that the last of 0.8, 0.9 ... 1.2 is not lost
        if steps >= MOST_VALUES:
            raise RefusedError(TooManyValues(floor(steps) + 1, MOST_VALUES))
        values = low + step * np.arange(floor(steps) + 1)
    else:
        count = _number(value, "count")
        if count < 2.0 or not count.is_integer():
            raise RefusedError(PlanFault.COUNT)
        if count > MOST_VALUES:
            raise RefusedError(TooManyValues(int(count), MOST_VALUES))
        values = (np.geomspace if scale == "log" else np.linspace)(low, high, int(count))
    # A sum of steps is rounded; nobody means the last digit of a double.
    return [float(f"{each:.12g}") for each in (np.unique(np.rint(values)) if whole else values).tolist()]


def _number(value: dict[str, object], key: str) -> float:
    number = value.get(key)
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not abs(number) < 1e15:
        raise RefusedError(NotFinite(key))
    return float(number)


def _lever_value(value: object, lever: Lever) -> float:
    if isinstance(value, str):
        return parse_value(value, lever)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e15:
        raise RefusedError(NoSuchKind(value, Wanted.NUMBER))
    check_range(float(value), f"{value:g}", lever)
    return float(value)


def _word_value(value: object, word: str, catalog: Catalog, has_chips: bool) -> str | float:
    if word == CHIPS:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1 <= value < 1e15 or value % 1:
            raise RefusedError(NoSuchKind(value, Wanted.CHIPS))
        return float(value)
    if not isinstance(value, str) or not value:
        raise RefusedError(NoSuchKind(value, Wanted.TEXT))
    if word == WORKLOAD:
        return _workload(value, catalog)
    if word == SYSTEM:
        return _system(value, catalog, has_chips)
    known = {
        RECIPE: sorted({recipe for each in catalog.workloads.values() for recipe in each.recipes}),
        RELEASE: list(catalog.releases),
        STACK: [MLPERF, *SOFTWARE_CLASSES, *(each.framework for each in catalog.software.values()), *catalog.software],
        LAYOUT: list(LAYOUT_POLICIES),
        PRECISION: list(PRECISIONS),
        RECOMPUTED: list(RECOMPUTE),
    }
    return _one_of(value, known[word]) if word in known else value


def _workload(value: str, catalog: Catalog) -> str:
    if catalog.workloads[_one_of(value, list(catalog.workloads))].kind == RELATIVE:
        raise RefusedError(RatioOnly(value))
    return value


def _system(value: str, catalog: Catalog, has_chips: bool) -> str:
    """A family of systems, whose chips are an axis, or a system with its chips: "ipu-pod", "ipu-pod:64"."""
    if value in catalog.systems and (has_chips or value not in catalog.presets):
        if not has_chips:
            example = f"{value}:{catalog.systems[value].chips_per_machine}"
            raise RefusedError(NeedsChips(value, example))
        return value
    return parse_system(value, catalog).key


def _one_of(value: str, known: list[str]) -> str:
    if value not in known:
        raise RefusedError(Flawed(Flaw.NAME_UNKNOWN, value, nearest=nearest(value, known)))
    return value
