"""What one machine of a system draws and how much of a rack it fills, as far as a source that was read says so.

The figures stand apart from the catalog: no projection rests on them, and the calibration is not tied to them.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.datum import Datum
from ipuwhatif.catalog.documents import Node, read_document
from ipuwhatif.catalog.evidence.hardware import read_hardware
from ipuwhatif.catalog.notes import text_of
from ipuwhatif.catalog.origins import read_rules
from ipuwhatif.catalog.pointers import Evidence, read_datum
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.files import resource
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import worded_cache
from ipuwhatif.units import Said, format_number, nearest

FILE = "footprints.json"
_UNITS = {"power": "W", "rack_units": "1"}


class Footprint(Record, frozen=True):
    """One machine of a system; `power` [W] is the most that it draws. What no source says is `None`."""

    system: str  # "ipu-pod"
    machine: str  # "IPU-M2000"
    power: Datum | None
    rack_units: Datum | None
    leaves_out: Said  # what a system needs beside its machines: "host servers and switches"; may be empty


@worded_cache(maxsize=1)
def load_footprints() -> Mapping[str, Footprint]:
    """The shipped footprints by system. InputError where a file is faulty."""
    systems = [node.text("key") for node in read_document(resource("catalog"), "systems.json").children("systems")]
    return read_footprints(resource("economics"), resource("evidence"), systems)


def read_footprints(folder: Path, tables: Path, systems: Collection[str]) -> Mapping[str, Footprint]:
    """The footprints of `folder/footprints.json`, one for each of `systems`; pointers lead into `tables`.

    InputError names the system that is unknown, missing or twice there, or the figure that is neither given nor said to
    be unknown.
    """
    evidence = Evidence(read_hardware(tables, read_rules(tables))[1], {}, {})
    root = read_document(folder, FILE)
    found: dict[str, Footprint] = {}
    for node in root.children("footprints"):
        footprint = _footprint(node, evidence)
        if footprint.system not in systems:
            near = nearest(footprint.system, systems)
            raise node.refuse(Flawed(Flaw.SYSTEM_KEY_UNKNOWN, footprint.system, nearest=near))
        if footprint.system in found:
            raise node.refuse(Flawed(Flaw.DUPLICATE, footprint.system))
        found[footprint.system] = footprint
        node.close()
    missing = [key for key in systems if key not in found]
    if missing:
        raise root.refuse(Flawed(Flaw.SYSTEM_MISSING, missing[0]))
    root.close()
    return MappingProxyType(found)


def _footprint(node: Node, evidence: Evidence) -> Footprint:
    system = node.text("system")
    unknown = node.texts("unknown") if node.has("unknown") else ()
    data: dict[str, Datum | None] = {}
    for name, unit in _UNITS.items():
        if node.has(name) == (name in unknown):
            raise node.refuse(Flawed(Flaw.GIVEN_OR_UNKNOWN, name))
        data[name] = read_datum(node.child(name), f"{system}.{name}", unit, evidence) if node.has(name) else None
        if data[name] is not None and not data[name].value > 0.0:  # type: ignore[union-attr]
            raise node.refuse(Flawed(Flaw.NAME_NOT_ABOVE_0, name))
    height = data["rack_units"]
    if height is not None:
        height = replace(height, verbatim=f"{format_number(height.value)} U")
    return Footprint(system, node.text("machine"), data["power"], height, text_of(node.text("leaves_out", "")))
