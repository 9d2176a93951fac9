"""The plan of a sweep, read from a TOML file: axes, what is kept of each plan, and which plans are kept.

Everything is checked before anything is computed, and refused with the file, the key and the nearest that would do.
"""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

from ipuwhatif.analysis.solving.own_site import profile_of
from ipuwhatif.analysis.solving.solution_cache import model_hash
from ipuwhatif.analysis.sweep.axes import CHIPS, WORKLOAD, Axis, read_axes
from ipuwhatif.analysis.sweep.blocks import Block, blocks_of
from ipuwhatif.analysis.sweep.costs import check_prices
from ipuwhatif.analysis.sweep.quantities import AMONG, QUANTITIES, UNDER_TARGET, USUAL
from ipuwhatif.analysis.sweep.reasons import (
    BrokenToml,
    KeyFault,
    KnownAtTheEnd,
    NeedsTarget,
    OtherProfile,
    PlanFault,
)
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.reasons import AtByte, Flaw, Flawed
from ipuwhatif.catalog.tables import fault
from ipuwhatif.files import read_bounded
from ipuwhatif.records import Record, asdict
from ipuwhatif.scenario.times import parse_time
from ipuwhatif.units import InputError, RefusedError, nearest, printable, reason_of

PLAN_LIMIT = 1_000_000  # bytes
KEYS = ("axes", "keep", "filter", "within", "target", "profile")
AT_LEAST, AT_MOST = "at_least", "at_most"
VERSION = 2  # of what is written for a plan


class Filter(Record, frozen=True):
    """Plans are kept whose value of an axis of numbers or of a quantity lies between both ends."""

    name: str
    at_least: float
    at_most: float


class SweepPlan(Record, frozen=True):
    """What a sweep asks. `evidence` and `model` are hashes of what it was asked of: other answers are others."""

    axes: tuple[Axis, ...]
    keep: tuple[str, ...]
    filters: tuple[Filter, ...]
    within: tuple[str, ...]  # axes: plans that agree in them are held against each other
    target_s: float | None
    evidence: str
    model: str
    profile: str = ""  # name of a profile of the user's that all plans follow
    profile_hash: str = ""

    @property
    def key(self) -> str:
        """A hash of everything that the answers hang on."""
        said = {name: value for name, value in asdict(self).items() if value or not name.startswith("profile")}
        told = json.dumps([VERSION, said], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def asked(self) -> tuple[str, ...]:
        """The quantities that are needed: those kept, and those that filters look at."""
        filtered = (each.name for each in self.filters if each.name in QUANTITIES)
        return tuple(dict.fromkeys((*self.keep, *filtered)))

    def blocks(self, world: World) -> tuple[Block, ...]:
        """Its plans, by system."""
        return blocks_of(self.axes, world)


def load_plan(path: Path, world: World) -> SweepPlan:
    """The plan in a file. InputError where it cannot be read or asks what nothing answers."""
    name, data = printable(path.name), read_bounded(path, PLAN_LIMIT)
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise fault(name, AtByte(error.start), Flaw.NOT_UTF8) from None
    except tomllib.TOMLDecodeError as error:
        raise fault(name, "$", BrokenToml(str(error))) from None
    except (RecursionError, ValueError) as error:  # nested too deeply; a whole number of more digits than Python reads
        raise fault(name, "$", BrokenToml(str(error))) from None
    return read_plan(values, world, name)


def read_plan(values: dict[str, object], world: World, name: str = "plan") -> SweepPlan:
    """The plan that a mapping says, as one in a TOML file; `name` is what faults call it. InputError as `load_plan`."""
    node = Node(name, "$", values)
    _check_keys(node, KEYS)
    axes = read_axes(node.child("axes"), world)
    keep = _known(node, "keep", QUANTITIES, USUAL)
    within = _known(node, "within", [axis.name for axis in axes], (WORKLOAD,))
    target = _target(node)
    filters = _filters(node.child("filter"), axes) if node.has("filter") else ()
    profile = node.text("profile", "")
    plan = SweepPlan(
        axes,
        keep,
        filters,
        within,
        target,
        world.catalog.evidence_hash,
        model_hash(world),
        profile,
        hash_of_profile(world, profile) if profile else "",
    )
    if UNDER_TARGET in plan.asked and target is None:
        raise node.refuse(NeedsTarget(UNDER_TARGET))
    for each in filters:
        if each.name in AMONG:
            raise node.refuse(KnownAtTheEnd(each.name))
    check_prices(plan.blocks(world))
    return plan


def hash_of_profile(world: World, name: str) -> str:
    """SHA-256 of a profile. InputError where there is none of the name."""
    return hashlib.sha256(profile_of(world, name).text.encode()).hexdigest()


def check_profile(world: World, name: str, hash_of: str) -> None:
    """InputError where a worker has another profile of the name, or none."""
    if hash_of_profile(world, name) != hash_of:
        raise RefusedError(OtherProfile(name))


def _check_keys(node: Node, known: Sequence[str]) -> None:
    for name in node.names():
        if name not in known:
            raise node.refuse(Flawed(Flaw.KEY_UNKNOWN, name, nearest=nearest(name, known)))


def _known(node: Node, key: str, known: Sequence[str], usual: tuple[str, ...]) -> tuple[str, ...]:
    """A list of names, each one of those that are known."""
    if not node.has(key):
        return usual
    names = node.texts(key)
    for name in names:
        if name not in known:
            raise node.refuse(KeyFault(key, Flawed(Flaw.NAME_UNKNOWN, name, nearest=nearest(name, known))))
    if not names:
        raise node.refuse(KeyFault(key, PlanFault.EMPTY))
    return tuple(dict.fromkeys(names))


def _target(node: Node) -> float | None:
    if not node.has("target"):
        return None
    text = node.text("target")
    try:
        return parse_time(text)
    except InputError as error:
        raise node.refuse(KeyFault("target", reason_of(error))) from None


def _filters(node: Node, axes: Sequence[Axis]) -> tuple[Filter, ...]:
    """`time_to_train_s = { at_most = 3600 }`, of quantities and of axes of numbers."""
    known = [*QUANTITIES, CHIPS, *(axis.name for axis in axes if not axis.is_text)]
    found = []
    for name in node.names():
        if name not in known or name == "basis":
            raise node.refuse(Flawed(Flaw.NAME_UNKNOWN, name, nearest=nearest(name, known)))
        ends = node.child(name)
        _check_keys(ends, (AT_LEAST, AT_MOST))
        low, high = ends.number(AT_LEAST, float("-inf")), ends.number(AT_MOST, float("inf"))
        found.append(Filter(name, low, high))
    return tuple(found)
