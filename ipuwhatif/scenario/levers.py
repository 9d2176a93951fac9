"""Levers and assumptions as data: what can be moved, for whom, in which unit and range, and what it touches.

A lever is what the user chooses, an assumption how the world works; both are moved, typed and kept the same way.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.names import nearest_name, parse_system
from ipuwhatif.catalog.origins import read_origin
from ipuwhatif.catalog.types import LANGUAGE, Catalog
from ipuwhatif.files import resource
from ipuwhatif.model.case import Assumed, Gains, Pins
from ipuwhatif.records import Record, field_names, replace
from ipuwhatif.scenario.prices.money import read_electricity
from ipuwhatif.scenario.prices.rates import read_carbon, read_power
from ipuwhatif.scenario.run_terms import read_run_term
from ipuwhatif.texts import marked, tr, worded_cache
from ipuwhatif.units import (
    InputError,
    nearest,
    parse_quantity,
    quoted,
    refuse_either,
    split_number,
    stated_number,
    typed,
)

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
_ONE = {
    "samples": marked("sample"),
    "micro-batches": marked("micro-batch"),
    "stages": marked("stage"),
    "chips": marked("chip"),
    "machines": marked("machine"),
}
#: How a language model is cut, as numbers: `product_bits` tells the precision, `recompute_layers` is 1 for all layers.
CUT_FIELDS = ("tensor_parallel", "context_parallel", "product_bits", "recompute_layers")
#: Levers that are typed as prices, power and carbon are written.
_WRITTEN = ("electricity_price", "power_kw", "carbon_intensity")


class Lever(Record, frozen=True):
    """One lever or assumption. `parts` names stretches of the range by their upper end: (1.0, "today") ..."""

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

    def part(self, value: float) -> str:
        """The name of the stretch of the range in which the value lies."""
        return next((name for upper, name in self.parts if value <= upper * (1 + 1e-9)), self.parts[-1][1])

    @property
    def unit_text(self) -> str:
        """The unit in the user's language."""
        return tr(self.unit)

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

    def format(self, value: float) -> str:
        """The value with its unit: "1.30 ×", "3,264 samples", "1 sample"."""
        unit = tr(_ONE[self.unit]) if value == 1.0 and self.whole and self.unit in _ONE else self.unit_text
        return f"{self.format_number(value)} {unit}"

    def is_for(self, family: str) -> bool:
        """Whether a family has it; EVERY has those that are set for all systems."""
        return self.scope == EVERY if family == EVERY else family in self.families

    def acts_on(self, traits: Collection[str]) -> bool:
        """Whether it acts on a job of these traits."""
        return self.target != CUT or LANGUAGE in traits

    @property
    def range_text(self) -> str:
        """The range with its unit: "0.50 to 2.00 ×"."""
        return tr(
            "{low} to {high} {unit}",
            low=self.format_number(self.minimum),
            high=self.format_number(self.maximum),
            unit=self.unit_text,
        )


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


@worded_cache(maxsize=1)
def load_levers() -> Levers:
    """The levers of `resources/levers/levers.json`, in the order of the file. InputError where the file is faulty."""
    return read_levers(resource("levers"))


def read_levers(folder: Path) -> Levers:
    """The levers of `folder/levers.json`. InputError names file, lever and reason."""
    root = read_document(folder, "levers.json")
    levers = {key: _lever(key, node) for key, node in keyed(root.children("levers"))}
    root.close()
    return MappingProxyType(levers)


def parse_value(text: str, lever: Lever, chips: int | None = None, currencies: Collection[str] = ()) -> float:
    """A typed value of a lever, with or without its unit. InputError names the range and the nearest value in it.

    chips: of the system that it is for, None where it is for several. currencies: of the prices that are stated.
    """
    try:
        value = _typed(typed(text), lever, chips)
        check_currency(text, lever, currencies)
    except InputError as error:
        raise InputError(
            tr("{fault} ({name}: {range})", fault=error, name=lever.name, range=lever.range_text)
        ) from error
    check_range(value, text.strip(), lever)
    return value


def check_range(value: float, text: str, lever: Lever) -> None:
    """InputError where a value, which was written as `text`, is no value of a lever."""
    if lever.whole and lever.minimum <= value <= lever.maximum and not value.is_integer():
        raise InputError(
            tr(
                "{name} of {value} is no whole number; the nearest is {nearest}",
                name=lever.name,
                value=quoted(text),
                nearest=lever.format(value),
            )
        )
    if not lever.minimum <= value <= lever.maximum:
        raise InputError(
            tr(
                "{name} of {value} is outside {range}; the nearest is {nearest}",
                name=lever.name,
                value=quoted(text),
                range=lever.range_text,
                nearest=lever.format(min(max(value, lever.minimum), lever.maximum)),
            )
        )


def check_currency(text: str, lever: Lever, currencies: Collection[str]) -> None:
    """InputError for a price of electricity that is typed in another currency than the prices of the systems."""
    if lever.field != "electricity_price" or not currencies or _without_unit(typed(text), lever) is not None:
        return
    typed_in = read_electricity(text).currency
    if set(currencies) != {typed_in}:
        raise InputError(
            tr(
                "{text} is in {typed}, the prices are in {prices}; write it in the currency of the prices",
                text=quoted(text.strip()),
                typed=typed_in,
                prices=tr(" and ").join(sorted(currencies)),
            )
        )


def _typed(text: str, lever: Lever, chips: int | None) -> float:
    """A typed number in the unit of a lever, which may be left out, or as people write prices, power and carbon."""
    number = _without_unit(text, lever)
    if number is not None:
        if lever.whole:
            refuse_either(number)
        if lever.unit != "×" and split_number(number) is None:
            example = lever.format(lever.parts[0][0])
            raise InputError(tr("{text} is no number; write for example {example}", text=quoted(text), example=example))
        return parse_quantity(number, "1")
    if lever.target == RUN and not lever.whole:
        return read_run_term(text, lever.unit)
    if lever.field == "electricity_price":
        return read_electricity(text).amount
    if lever.field == "carbon_intensity":
        return read_carbon(text)
    if lever.field == "power_kw":
        watts, per_chip = read_power(text)
        if per_chip and chips is None:
            raise InputError(tr("{text} is of a chip; set it for one system, ipu-pod:64.power_kw", text=quoted(text)))
        return float(f"{watts * ((chips or 1) if per_chip else 1) / 1e3:.12g}")
    return parse_quantity(text, "samples" if lever.unit == "samples" else "1")


def _without_unit(text: str, lever: Lever) -> str | None:
    """A typed number, or one with the lever's own unit in either language; None where something else follows it."""
    units = (lever.unit, _ONE.get(lever.unit, lever.unit), lever.unit_text, tr(_ONE.get(lever.unit, lever.unit)))
    number = next((text.removesuffix(unit).strip() for unit in units if text.endswith(unit)), text)
    found = split_number(number)
    if found is None:
        return None if lever.field in _WRITTEN or lever.target == RUN else number
    return None if found.rest else number


def parse_setting(text: str, levers: Levers, catalog: Catalog, currencies: Collection[str] = ()) -> tuple[str, float]:
    """`scope.lever=value` as name and value of a scenario's lever; scope is a family, a preset, system:chips or all.

    Raises InputError naming the nearest lever and its range.
    """
    name, separator, value = typed(text).partition("=")
    scope, dot, key = name.strip().rpartition(".")
    example = "ipu.compute_gain=1.3"
    if not separator or not dot:
        raise InputError(
            tr("{text} is no setting; write scope.lever=value: {example}", text=quoted(text), example=example)
        )
    checked_scope, family = _scope(scope, key, levers, catalog)
    lever = levers.get(key)
    if lever is None or not lever.is_for(family):
        closest = levers[nearest(key, [known for known, other in levers.items() if other.is_for(family)]) or key]
        raise InputError(
            tr(
                "unknown lever {name}; the nearest is {known} ({range})",
                name=quoted(name.strip()),
                known=f"{checked_scope}.{closest.key}",
                range=closest.range_text,
            )
        )
    chips = parse_system(checked_scope, catalog).chips if ":" in checked_scope else None
    return f"{checked_scope}.{lever.key}", parse_value(value, lever, chips, currencies)


def _scope(scope: str, key: str, levers: Levers, catalog: Catalog) -> tuple[str, str]:
    """The scope as documents write it, and its family."""
    families = {system.family for system in catalog.systems.values()} | {EVERY}
    if scope in families:
        return scope, scope
    try:
        choice = parse_system(scope, catalog)
    except InputError:
        closest = str(nearest_name(scope.partition(":")[0], [*families, *catalog.presets]))
        family = catalog.systems[catalog.presets[closest].system].family if closest in catalog.presets else closest
        lever = levers[nearest(key, [known for known, other in levers.items() if other.is_for(family)]) or key]
        raise InputError(
            tr(
                "no family or system {scope}; the nearest lever is {known} ({range})",
                scope=quoted(scope),
                known=f"{closest}.{lever.key}",
                range=lever.range_text,
            )
        ) from None
    return choice.key, catalog.systems[choice.system].family


def _lever(key: str, node: Node) -> Lever:
    """One lever; every field must be there, of its type, and the parts must cover the range in order."""
    lever = Lever(
        key=key,
        name=tr(node.text("name")),
        unit=node.text("unit"),
        minimum=node.number("minimum"),
        maximum=node.number("maximum"),
        default=node.number("default") if node.has("default") else None,
        scale=_one_of(node, "scale", ("linear", "log")),
        whole=_one_of(node, "number", ("real", "whole")) == "whole",
        families=node.texts("families"),
        parts=tuple(_part(part) for part in node.children("parts")),
        effect=tr(node.text("effect")),
        origin=_origin(node.child("origin")),
        scope=_one_of(node, "scope", (FAMILY, SYSTEM, EVERY)),
        kind=_one_of(node, "kind", (LEVER, ASSUMPTION)),
        group=_one_of(node, "group", GROUPS),
        touches=_one_of(node, "touches", TOUCHED),
        unset="" if node.has("default") else tr(node.text("unset")),
    )
    node.close()
    least = (
        0.0 if lever.scale == "log" or lever.default else -1.0
    )  # a logarithm needs a value above 0, so does a factor
    if not least < lever.minimum < lever.maximum:
        raise node.refuse(tr("the range {range} is empty or not above 0", range=lever.range_text))
    if lever.default is not None and not lever.minimum <= lever.default <= lever.maximum:
        raise node.refuse(tr("the default {default} is outside {range}", default=lever.default, range=lever.range_text))
    if not lever.families:
        raise node.refuse(tr("no family has this lever"))
    uppers = [upper for upper, _ in lever.parts]
    if uppers != sorted(set(uppers)) or uppers[-1:] != [lever.maximum] or uppers[0] < lever.minimum:
        raise node.refuse(tr("the parts do not rise from above the minimum to the maximum"))
    return lever


def _origin(node: Node) -> Origin:
    """The origin of a range; its title is a sentence of this project's own."""
    origin = read_origin(node)
    return replace(origin, title=tr(origin.title))


def _part(node: Node) -> tuple[float, str]:
    part = (node.number("up_to"), tr(node.text("name")))
    node.close()
    return part


def _one_of(node: Node, name: str, choices: tuple[str, ...]) -> str:
    value = node.text(name)
    if value not in choices:
        reason = tr(
            "{name} {value} is unknown; nearest: {known}", name=name, value=quoted(value), known=nearest(value, choices)
        )
        raise node.refuse(reason)
    return value
