"""Chips of the user's own: a TOML text with a chip, the systems it comes in, and the origin of every figure.

A stranger may have written it, so it is read strictly: nothing missing, nothing unknown, nothing absurd.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from ipuwhatif.catalog.datum import DERIVED, READ, Datum, Origin
from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.machines import (
    ARCHITECTURES,
    CHIP_NEEDS,
    CHIP_UNITS,
    LINK_CLASSES,
    NETWORK_CLASSES,
    SYSTEM_NEEDS,
    SYSTEM_UNITS,
    one_of,
)
from ipuwhatif.catalog.reasons import Absurd, Flaw, Flawed
from ipuwhatif.catalog.types import STATED, Catalog, Chip, OwnChip, System, SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, RefusedError, format_number, nearest, reason_of, to_base

LIMIT_BYTES = 64_000  # of one text; a chip takes two thousand
KINDS = (READ, DERIVED, STATED)
KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
LONGEST_NAME = 60
MOST_CHIPS = 1_000_000
#: What a figure can be in base units: a thousand times less and more than anything that was ever built.
BOUNDS = {
    "FLOP/s": (1e9, 1e18),
    "B/s": (1e8, 1e16),
    "B": (1e6, 1e15),
    "Hz": (1e7, 1e11),
    "W": (0.1, 1e6),
}
NETWORK = "network_bandwidth"
#: Beyond what every chip and system needs: the chip is told by its clock, and its state lies in streaming memory.
IPU_NEEDS = {"chip": ("clock",), "system": ("streaming_bandwidth", "host_bandwidth")}
#: The shipped chip of each architecture whose effects nobody could measure: they keep the width of their priors.
TOLD_AS = {"gpu": "mi250x", "ipu": "mi250x", "tpu": "gaudi3", "gaudi": "gaudi3", "cpu": "epyc-7742"}
FAMILY = {"gpu": "gpu", "ipu": "ipu", "tpu": "other", "gaudi": "other", "cpu": "cpu"}
CHIP_WORD = {"gpu": "GPU", "ipu": "IPU", "tpu": "TPU", "gaudi": "Gaudi", "cpu": "socket"}
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def read_own_chip(text: str, file: str, catalog: Catalog) -> OwnChip:
    """The chip and its systems that a TOML text describes. InputError names file, key, and what to write instead.

    Names of what ships with `catalog` are taken.
    """
    node = Node(file, "$", _decoded(text, file))
    origins = _origins(node.child("origins"))
    chip = _chip(node.child("chip"), origins, catalog)
    system = _system(node.child("system"), chip, origins)
    node.close()
    return OwnChip(chip, system, text)


def with_own(catalog: Catalog, own: Iterable[OwnChip]) -> Catalog:
    """The catalog with chips of the user's own behind those that are shipped."""
    chips = {each.key: each for each in own}
    if not chips:
        return catalog
    machines = {key: SystemChoice(key, each.system.chips_per_machine) for key, each in chips.items()}
    return replace(
        catalog,
        chips=MappingProxyType({**catalog.chips, **{key: each.chip for key, each in chips.items()}}),
        systems=MappingProxyType({**catalog.systems, **{key: each.system for key, each in chips.items()}}),
        presets=MappingProxyType({**catalog.presets, **machines}),
        preset_names=MappingProxyType(
            {**catalog.preset_names, **{machine.key: chips[key].system.name for key, machine in machines.items()}}
        ),
        own=MappingProxyType({**catalog.own, **chips}),
    )


def _decoded(text: str, file: str) -> dict[str, object]:
    import tomllib  # with the first chip of one's own, not at the start

    if len(text.encode()) > LIMIT_BYTES:
        raise RefusedError(Flawed(Flaw.TOO_LARGE, file, f"{LIMIT_BYTES:,}"))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(Flawed(Flaw.NO_TOML, file, str(error))) from None


def _origins(node: Node) -> Mapping[str, Origin]:
    """The origins that figures name, by key."""
    return {name: _origin(node.child(name)) for name in node.names()}


def _origin(node: Node) -> Origin:
    title, locator = node.text("title"), node.text("locator")
    kind = one_of(node, "kind", KINDS)
    values = node.values()  # what is not read below is unknown
    written = values["date"] if node.has("date") else node.text("date")
    day = written.isoformat() if isinstance(written, date) else written
    if not isinstance(day, str) or not _DATE.fullmatch(day):
        raise node.refuse(Flawed(Flaw.NO_DATE, "date"))
    note = node.text("note", "")
    if kind == DERIVED and not note:
        raise node.refuse(Flaw.NO_NOTE)
    known = ("title", "locator", "kind", "date", "note", "producer")
    unknown = next((name for name in values if name not in known), None)
    if unknown is not None:
        raise node.refuse(Flawed(Flaw.KEY_UNKNOWN, unknown, nearest=nearest(unknown, known)))
    return Origin(node.text("producer", tr("your own data")), title, locator, day, None, kind, note)


def _chip(node: Node, origins: Mapping[str, Origin], catalog: Catalog) -> Chip:
    key, architecture = node.text("key"), one_of(node, "architecture", ARCHITECTURES)
    if not KEY.fullmatch(key):
        raise node.refuse(Flawed(Flaw.NO_KEY, "key"))
    if key not in catalog.own and key in (*catalog.systems, *catalog.presets, *catalog.chips):
        raise node.refuse(Flawed(Flaw.SHIPPED_ALREADY, key, nearest=f"my-{key}"))
    since = one_of(node, "since", tuple(catalog.releases)) if node.has("since") else ""
    needs = CHIP_NEEDS + (IPU_NEEDS["chip"] if architecture == "ipu" else ())
    data = _data(node, key, CHIP_UNITS, needs, origins)
    name = _name(node)
    node.close(read_elsewhere=tuple(data))
    return Chip(key, name, architecture, f"own-{key}", data, since, TOLD_AS[architecture])


def _system(node: Node, chip: Chip, origins: Mapping[str, Origin]) -> System:
    machine, domain, largest = (
        _count(node, each) for each in ("chips_per_machine", "chips_per_domain", "maximum_chips")
    )
    alone = largest <= domain and not node.has(NETWORK)
    needs = tuple(each for each in SYSTEM_NEEDS if each != NETWORK or not alone)
    needs += IPU_NEEDS["system"] if chip.architecture == "ipu" else ()
    data = _data(node, chip.key, SYSTEM_UNITS, needs, origins)
    _origin_of(node, origins)  # of the counts
    if alone:
        data = MappingProxyType({**data, NETWORK: _no_network(chip.key, data["link_bandwidth"])})
    if machine > largest:
        raise node.refuse(Flaw.MACHINE_ABOVE_MAXIMUM)
    system = System(
        key=chip.key,
        name=tr("{name} [own]", name=_name(node)),
        family=FAMILY[chip.architecture],
        chip=chip.key,
        chip_word=CHIP_WORD[chip.architecture],
        minimum_chips=1,
        maximum_chips=largest,
        chips_per_machine=machine,
        chips_per_domain=domain,
        data=data,
        link_class=one_of(node, "link_class", LINK_CLASSES) if node.has("link_class") else "",
        network_class=one_of(node, "network_class", NETWORK_CLASSES) if node.has("network_class") else "",
    )
    node.close(read_elsewhere=tuple(data))
    return system


def _no_network(key: str, link: Datum) -> Datum:
    """The network of systems that have none: all their chips lie where links join them, and nothing goes over it."""
    note = tr("no chip lies beyond the links, so that nothing goes over a network: the figure of the links, unused")
    return Datum(
        f"{key}.{NETWORK}",
        link.value,
        link.unit,
        Origin("ipuwhatif", tr("No network"), None, None, None, DERIVED, note),
        link.verbatim,
    )


def _name(node: Node) -> str:
    """A name to print: one line, no brackets, which mark what is the user's own."""
    name = node.text("name")
    if len(name) > LONGEST_NAME or not name.isprintable() or not name.strip() or set("[]{}") & set(name):
        raise node.refuse(Flawed(Flaw.NO_NAME, "name", LONGEST_NAME))
    return name.strip()


def _count(node: Node, name: str) -> int:
    count = node.whole(name)
    if count > MOST_CHIPS:
        raise node.refuse(Flawed(Flaw.ABSURD_COUNT, name, count, format_number(MOST_CHIPS)))
    return count


def _data(
    node: Node, key: str, units: Mapping[str, str], needs: tuple[str, ...], origins: Mapping[str, Origin]
) -> Mapping[str, Datum]:
    """The figures of a chip or its systems, by attribute."""
    missing = next((name for name in needs if not node.has(name)), None)
    if missing is not None:
        example = f'{missing} = {{ value = …, unit = "{_UNIT[units[missing]]}", origin = "…" }}'
        raise node.refuse(Flawed(Flaw.NETWORK_MISSING if missing == NETWORK else Flaw.FIGURE_MISSING, missing, example))
    return MappingProxyType(
        {
            name: _datum(node.child(name), f"{key}.{name}", unit, origins)
            for name, unit in units.items()
            if node.has(name)
        }
    )


#: The unit that a message offers.
_UNIT = {"FLOP/s": "TFLOPS", "B/s": "GB/s", "B": "GB", "Hz": "MHz", "W": "W"}


def _datum(node: Node, key: str, base: str, origins: Mapping[str, Origin]) -> Datum:
    number, unit = node.number("value"), node.text("unit")
    try:
        value = to_base(number, unit, base)
    except InputError as error:
        raise node.refuse(reason_of(error)) from None
    low, high = BOUNDS[base]
    if not low <= value <= high:
        raise node.refuse(Absurd(number, unit, low, high, base))
    origin = _origin_of(node, origins)
    node.close()
    return Datum(key, value, base, origin, f"{number:g} {unit}")


def _origin_of(node: Node, origins: Mapping[str, Origin]) -> Origin:
    """The origin that an object names; without one nobody can defend it."""
    if not node.has("origin"):
        raise node.refuse(Flawed(Flaw.NO_ORIGIN, nearest=next(iter(origins), "sheet")))
    name = node.text("origin")
    if name not in origins:
        raise node.refuse(Flawed(Flaw.ORIGIN_UNKNOWN, name, nearest=nearest(name, origins)))
    return origins[name]
