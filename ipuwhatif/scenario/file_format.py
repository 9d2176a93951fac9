"""Scenario files (`.ipuwhatif`): a whole scenario as JSON, versioned, written the same each time and read strictly.

What a newer version of the program has written is read as far as this one understands it, and says what was left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ipuwhatif.catalog.documents import Node, decode_object
from ipuwhatif.catalog.tables import fault
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.scenario.fields import FieldReader
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.migrations import STEPS, migrated
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.storage import read_file
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, quoted

FORMAT, VERSION = "ipuwhatif scenario", 1
LIMIT_BYTES = 1_000_000  # a scenario takes a thousand
MOST_DEPTH = 8
_LATEST = 1_000_000  # no version is ever as late as that


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario as a file holds it. `left_out` names what only a newer version of the program understands."""

    scenario: Scenario
    version: int  # of the file
    left_out: tuple[str, ...] = ()

    @property
    def newer(self) -> bool:
        """Whether a newer version of the program wrote the file: saving it from here would lose something."""
        return self.version > VERSION


def scenario_values(scenario: Scenario) -> dict[str, object]:
    """The scenario as the object of a file; `null` stands for what is not set. Keys are sorted after the first two."""
    values: dict[str, object] = {
        "baseline_time_s": scenario.baseline_time_s,
        "layers": list(scenario.layers),
        "levers": dict(sorted(scenario.levers.items())),
        "policy": scenario.policy,
        "recipe": scenario.recipe,
        "reference": scenario.reference or None,
        "release": scenario.release,
        "samples": scenario.samples,
        "show_official": scenario.show_official,
        "software": scenario.software or None,
        "statement": scenario.statement or None,
        "systems": [choice.key for choice in scenario.systems],
        "workload": scenario.workload,
    }
    return {"format": FORMAT, "version": VERSION, **values}


def scenario_bytes(scenario: Scenario) -> bytes:
    """The content of a file: UTF-8, indented, the same bytes for the same scenario."""
    return json_bytes(scenario_values(scenario))


def json_bytes(values: Mapping[str, object]) -> bytes:
    """An object as the program writes it to files of the user's own."""
    return (json.dumps(values, indent=2, allow_nan=False) + "\n").encode("ascii")


def load_scenario(path: Path, catalog: Catalog, levers: Levers) -> Opened:
    """The scenario of a file. InputError names the file, the fault, and what would be read instead."""
    return read_scenario(read_file(path, LIMIT_BYTES), printable(path.name), catalog, levers)


def read_scenario(data: bytes, file: str, catalog: Catalog, levers: Levers) -> Opened:
    """The scenario that the content of a file holds; `file` is what its faults name. InputError for any fault."""
    try:
        values = decode_object(data, file)
    except InputError as error:
        raise InputError(
            tr("{fault}. This is no scenario; choose a file that IPU What-If has saved", fault=error)
        ) from error
    return read_values(values, file, catalog, levers)


def read_values(values: dict[str, object], file: str, catalog: Catalog, levers: Levers) -> Opened:
    """The scenario that an object holds, as `scenario_values` makes it. InputError for any fault."""
    place = tr("scenario")
    if _depth(values) > MOST_DEPTH:
        raise fault(file, place, tr("nested more than {most} deep", most=MOST_DEPTH))
    if values.get("format") != FORMAT:
        reason = tr("no scenario, its format is not {format}", format=quoted(FORMAT))
        raise fault(file, place, tr("{reason}; choose a file that IPU What-If has saved", reason=reason))
    version = values.get("version")
    if type(version) is not int or not 0 <= version <= _LATEST:
        raise fault(file, place, tr("key 'version' is no version; the one that is read is {version}", version=VERSION))
    try:
        values = migrated(values, version, VERSION, STEPS)
    except InputError as error:
        raise fault(file, place, str(error)) from error
    newer = version > VERSION
    fields = {name: value for name, value in values.items() if name not in ("format", "version")}
    reader = FieldReader(Node(file, place, fields), newer, catalog, levers)
    try:
        scenario = reader.scenario()
    except InputError as error:
        if newer:
            reason = tr("a newer version of IPU What-If wrote this file; open it with that one")
            raise InputError(tr("{fault}; {reason}", fault=error, reason=reason)) from error
        raise
    return Opened(scenario, version, tuple(reader.left_out))


def _depth(values: object) -> int:
    """How deep lists and objects lie in each other; 1 for an object of plain values."""
    depth, level = 0, [values]
    while level:
        nested = [each for each in level if isinstance(each, (dict, list))]
        depth += bool(nested)
        level = [item for each in nested for item in (each.values() if isinstance(each, dict) else each)]
    return depth
