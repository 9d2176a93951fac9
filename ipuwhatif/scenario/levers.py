"""Levers and assumptions as data: what can be moved, for whom, in which unit and range, and what it touches.

A lever is what the user chooses, an assumption how the world works; both are moved, typed and kept the same way.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.origins import read_origin
from ipuwhatif.catalog.types import LANGUAGE
from ipuwhatif.files import resource
from ipuwhatif.model.case import Assumed, Gains, Pins
from ipuwhatif.records import Record, field_names
from ipuwhatif.texts import marked
from ipuwhatif.units import stated_number

FAMILY, SYSTEM, EVERY = "family", "system", "all"  # whom a lever is set for; EVERY is also the scope's own name
LEVER, ASSUMPTION = "lever", "assumption"
#: What a lever acts on: the first word of `touches`. CUT is of language models; RUN is what stops a run, or delays it.
GAIN, ASSUMED, PIN, CUT, COST, RUN = "gains", "assumed", "pins", "cut", "cost", "run"
APART = (COST, RUN)  # these change no projected time
GROUPS = (
    "software",
    "hardware",
    "layout",
    "cut",
    "recipe",
    "cost",
    "run",
    "efficiency",
    "collective",
    "convergence",
    "overheads",
    "environment",
)
#: One of what a whole number counts.
ONE = {
    "samples": marked("sample"),
    "micro-batches": marked("micro-batch"),
    "stages": marked("stage"),
    "chips": marked("chip"),
    "machines": marked("machine"),
}
#: How a language model is cut, as numbers: `product_bits` tells the precision, `recompute_layers` is 1 for all layers.
CUT_FIELDS = ("tensor_parallel", "context_parallel", "product_bits", "recompute_layers")
#: What the stretch of a range is called in the file within which a value is no surprise.
LIKELY = "likely"
#: Levers that are typed as prices, power and carbon are written.
WRITTEN = ("electricity_price", "power_kw", "carbon_intensity")


class Lever(Record, frozen=True):
    """One lever or assumption, in the words of its file, which are translated where they are shown.

    `parts` names stretches of the range by their upper end: (1.0, "today") ...
    """

    key: str  # "compute_gain"
    name: str  # "Compute gain"
    unit: str  # "×", "samples"
    minimum: float
    maximum: float
    default: float | None  # None: `unset` says what holds then
    scale: str  # "linear" or "log"
    whole: bool
    families: tuple[str, ...]
    parts: tuple[tuple[float, str], ...]
    effect: str  # one sentence: which term of the model it touches
    origin: Origin
    scope: str = FAMILY  # whom the panel sets it for; a typed setting may use any
    kind: str = LEVER  # LEVER or ASSUMPTION
    group: str = GROUPS[0]  # one of GROUPS
    touches: str = ""  # "gains.compute": what it acts on, and the field there
    unset: str = ""  # "by layout policy", "not stated"
    likely: int = -1  # which of the parts is called likely; the last where none is

    def part(self, value: float) -> str:
        """The name of the stretch of the range in which the value lies."""
        return next((name for upper, name in self.parts if value <= upper * (1 + 1e-9)), self.parts[-1][1])

    @property
    def target(self) -> str:
        """What it acts on: GAIN, ASSUMED, PIN, CUT or COST."""
        return self.touches.partition(".")[0]

    @property
    def field(self) -> str:
        """The field of what it acts on: "compute"."""
        return self.touches.partition(".")[2]

    def format_number(self, value: float) -> str:
        """The value without its unit, with every digit that was stated: "1.30", "1.2345", "3,264", "70.0", "400"."""
        if self.whole:
            return f"{round(value):,}"
        stated, shown = stated_number(value), f"{value:,.{self._decimals(value)}f}"
        return stated if len(stated) > len(shown) or (self.maximum > 100.0 and value.is_integer()) else shown

    def rounded(self, value: float) -> float:
        """A value that was worked out and not stated, to the digits that are shown of it."""
        return float(round(value)) if self.whole else round(value, self._decimals(value))

    def _decimals(self, value: float) -> int:
        return 2 if self.maximum <= 10.0 or abs(value) < 1.0 else (1 if abs(value) < 1e3 else 0)

    def is_for(self, family: str) -> bool:
        """Whether a family has it; EVERY has those that are set for all systems."""
        return self.scope == EVERY if family == EVERY else family in self.families

    def acts_on(self, traits: Collection[str]) -> bool:
        """Whether it acts on a job of these traits."""
        return self.target != CUT or LANGUAGE in traits


class LeverFault(StrEnum):
    """What makes a lever of a file none."""

    EMPTY_RANGE = "empty range"
    DEFAULT_OUTSIDE = "default outside"
    NO_FAMILY = "no family"
    PARTS = "parts"


class FaultyLever(Record, frozen=True):
    fault: LeverFault
    lever: Lever


Levers = Mapping[str, Lever]
#: What the money, energy and carbon of a job are worked out from, beside its price.
COST_FIELDS = (
    "utilisation",
    "lifetime_years",
    "power_kw",
    "electricity_price",
    "cooling_overhead",
    "carbon_intensity",
)
#: What the time to finish is worked out from, beside the projected time.
RUN_FIELDS = (
    "failure_rate",
    "checkpoint_interval",
    "checkpoint_cost",
    "storage_bandwidth",
    "restart_time",
    "spares",
    "repair_time",
    "queue_time",
    "initialisation_time",
)
TOUCHED = (
    *(f"{GAIN}.{name}" for name in field_names(Gains)),
    *(f"{ASSUMED}.{name}" for name in field_names(Assumed)),
    *(f"{PIN}.{name}" for name in field_names(Pins)),
    *(f"{CUT}.{name}" for name in CUT_FIELDS),
    *(f"{COST}.{name}" for name in COST_FIELDS),
    *(f"{RUN}.{name}" for name in RUN_FIELDS),
)


@lru_cache(maxsize=1)
def load_levers() -> Levers:
    """The levers of `resources/levers/levers.json`, in the order of the file. InputError where the file is faulty."""
    return read_levers(resource("levers"))


def read_levers(folder: Path) -> Levers:
    """The levers of `folder/levers.json`. InputError names file, lever and reason."""
    root = read_document(folder, "levers.json")
    levers = {key: _lever(key, node) for key, node in keyed(root.children("levers"))}
    root.close()
    return MappingProxyType(levers)


def _lever(key: str, node: Node) -> Lever:
    """One lever; every field must be there, of its type, and the parts must cover the range in order."""
    parts = node.children("parts")
    lever = Lever(
        key=key,
        name=node.text("name"),
        unit=node.text("unit"),
        minimum=node.number("minimum"),
        maximum=node.number("maximum"),
        default=node.number("default") if node.has("default") else None,
        scale=one_of(node, "scale", ("linear", "log")),
        whole=one_of(node, "number", ("real", "whole")) == "whole",
        families=node.texts("families"),
        parts=tuple(map(_part, parts)),
        effect=node.text("effect"),
        origin=read_origin(node.child("origin")),
        scope=one_of(node, "scope", (FAMILY, SYSTEM, EVERY)),
        kind=one_of(node, "kind", (LEVER, ASSUMPTION)),
        group=one_of(node, "group", GROUPS),
        touches=one_of(node, "touches", TOUCHED),
        unset="" if node.has("default") else node.text("unset"),
        likely=next((index for index, part in enumerate(parts) if part.text("name") == LIKELY), -1),
    )
    node.close()
    least = (
        0.0 if lever.scale == "log" or lever.default else -1.0
    )  # a logarithm needs a value above 0, so does a factor
    if not least < lever.minimum < lever.maximum:
        raise node.refuse(FaultyLever(LeverFault.EMPTY_RANGE, lever))
    if lever.default is not None and not lever.minimum <= lever.default <= lever.maximum:
        raise node.refuse(FaultyLever(LeverFault.DEFAULT_OUTSIDE, lever))
    if not lever.families:
        raise node.refuse(FaultyLever(LeverFault.NO_FAMILY, lever))
    uppers = [upper for upper, _ in lever.parts]
    if uppers != sorted(set(uppers)) or uppers[-1:] != [lever.maximum] or uppers[0] < lever.minimum:
        raise node.refuse(FaultyLever(LeverFault.PARTS, lever))
    return lever


def _part(node: Node) -> tuple[float, str]:
    part = (node.number("up_to"), node.text("name"))
    node.close()
    return part
