"""Chips, systems and presets from their documents."""

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.datum import Datum
from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.matching import EntryRule, read_entry_rule
from ipuwhatif.catalog.pointers import Evidence, read_datum
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.types import Chip, System, SystemChoice
from ipuwhatif.units import nearest

CHIP_UNITS = {
    "peak_flops": "FLOP/s",
    "peak_flops_32": "FLOP/s",
    "peak_flops_8": "FLOP/s",
    "peak_flops_4": "FLOP/s",
    "best_product": "FLOP/s",
    "memory_bandwidth": "B/s",
    "memory_size": "B",
    "clock": "Hz",
    "exchange_bandwidth": "B/s",
    "power": "W",
}
"""Attributes of a chip and their base units; all but the needed ones may be unknown. `peak_flops` is on 16-bit numbers
where the chip has them, `peak_flops_32` on 32-bit numbers as frameworks multiply them by default (TF32 on an A100),
`peak_flops_8` on 8-bit numbers: floating-point ones, or whole ones on chips whose entries trained in those;
`peak_flops_4` on 4-bit floating-point numbers; `best_product` is the fastest product of 16-bit matrices that was
measured."""
CHIP_NEEDS = ("peak_flops", "memory_bandwidth", "memory_size")

SYSTEM_UNITS = {
    "link_bandwidth": "B/s",
    "network_bandwidth": "B/s",
    "streaming_bandwidth": "B/s",
    "host_bandwidth": "B/s",
}
"""Attributes of a system, per chip and direction; only IPU systems have `streaming_bandwidth` and `host_bandwidth`."""
SYSTEM_NEEDS = ("link_bandwidth", "network_bandwidth")

ARCHITECTURES = ("ipu", "gpu", "tpu", "gaudi", "cpu")
FAMILIES = ("ipu", "bow", "gpu", "other", "cpu")
NETWORK_CLASSES = ("through-host", "ndr")
LINK_CLASSES = ("ipu-link", "nvlink", "bridge", "pcie", "pcie-switch", "ici", "ethernet", "infinity-fabric", "socket")


def one_of(node: Node, name: str, choices: tuple[str, ...]) -> str:
    """The text of a key, refused with the nearest choice unless it is one of them."""
    value = node.text(name)
    if value not in choices:
        raise node.refuse(Flawed(Flaw.VALUE_UNKNOWN, name, value, nearest(value, choices)))
    return value


def read_data(
    node: Node, key: str, units: Mapping[str, str], needs: tuple[str, ...], evidence: Evidence
) -> Mapping[str, Datum]:
    """The attributes of one chip, system or workload by name.

    `units` names the attributes that may be there, each with its base unit; `needs` those that must.
    """
    for name in node.names():
        if name not in units:
            raise node.refuse(Flawed(Flaw.ATTRIBUTE_UNKNOWN, name, nearest=nearest(name, units)))
    for name in needs:
        if not node.has(name):
            raise node.refuse(Flawed(Flaw.KEY_MISSING, name))
    data = {name: read_datum(node.child(name), f"{key}.{name}", units[name], evidence) for name in node.names()}
    return MappingProxyType(data)


def read_chips(folder: Path, evidence: Evidence, releases: Collection[str]) -> dict[str, Chip]:
    """The chips of `folder/chips.json` by key."""
    root = read_document(folder, "chips.json")
    chips = {}
    for key, node in keyed(root.children("chips")):
        architecture = one_of(node, "architecture", ARCHITECTURES)
        data = read_data(node.child("data"), key, CHIP_UNITS, CHIP_NEEDS, evidence)
        since = one_of(node, "since", tuple(releases)) if node.has("since") else ""
        chips[key] = Chip(key, node.text("name"), architecture, node.text("generation"), data, since)
        node.close()
    root.close()
    return chips


def read_systems(
    folder: Path, chips: Mapping[str, Chip], evidence: Evidence
) -> tuple[dict[str, System], list[EntryRule]]:
    """The systems of `folder/systems.json` by key, and which entries ran on them."""
    root = read_document(folder, "systems.json")
    systems: dict[str, System] = {}
    rules: list[EntryRule] = []
    for key, node in keyed(root.children("systems")):
        systems[key] = _system(node, key, chips, evidence)
        if node.has("entries"):
            rules += [read_entry_rule(entry, key) for entry in node.children("entries")]
        node.close()
    root.close()
    return systems, rules


def _system(node: Node, key: str, chips: Mapping[str, Chip], evidence: Evidence) -> System:
    chip = node.text("chip")
    if chip not in chips:
        raise node.refuse(Flawed(Flaw.CHIP_UNKNOWN, chip, nearest=nearest(chip, chips)))
    smallest, largest = node.whole("minimum_chips"), node.whole("maximum_chips")
    if smallest > largest:
        raise node.refuse(Flaw.MINIMUM_ABOVE_MAXIMUM)
    return System(
        key=key,
        name=node.text("name"),
        family=one_of(node, "family", FAMILIES),
        chip=chip,
        chip_word=node.text("chip_word"),
        minimum_chips=smallest,
        maximum_chips=largest,
        chips_per_machine=node.whole("chips_per_machine"),
        chips_per_domain=node.whole("chips_per_domain"),
        data=read_data(node.child("data"), key, SYSTEM_UNITS, SYSTEM_NEEDS, evidence),
        link_class=one_of(node, "link_class", LINK_CLASSES),
        network_class=one_of(node, "network_class", NETWORK_CLASSES) if node.has("network_class") else "",
        listed=node.flag("listed", True),
        chips_per_host=node.whole("chips_per_host") if node.has("chips_per_host") else 0,
        torus_axes=node.whole("torus_axes") if node.has("torus_axes") else 0,
    )


def read_presets(folder: Path, systems: Mapping[str, System]) -> tuple[dict[str, SystemChoice], dict[str, str]]:
    """The presets of `folder/presets.json`: choices by preset key, and names by the key of the choice."""
    root = read_document(folder, "presets.json")
    presets: dict[str, SystemChoice] = {}
    names: dict[str, str] = {}
    for key, node in keyed(root.children("presets")):
        system, chips = node.text("system"), node.whole("chips")
        if system not in systems:
            raise node.refuse(Flawed(Flaw.SYSTEM_UNKNOWN, system, nearest=nearest(system, systems)))
        if not systems[system].minimum_chips <= chips <= systems[system].maximum_chips:
            raise node.refuse(Flawed(Flaw.CHIPS_OUT_OF_RANGE, system, chips))
        presets[key] = SystemChoice(system, chips)
        names[presets[key].key] = node.text("name")
        node.close()
    root.close()
    return presets, names
