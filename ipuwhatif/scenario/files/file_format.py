"""Scenario files (`.ipuwhatif`): a whole document as JSON, versioned, written the same each time and read strictly.

What a newer version of the program has written is read as far as this one understands it, and says what was left out.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.documents import Node, decode_object
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.own_chips import read_own_chip, with_own
from ipuwhatif.catalog.tables import fault
from ipuwhatif.catalog.types import Catalog, OwnChip
from ipuwhatif.records import Record, asdict
from ipuwhatif.scenario.fields.scenario import FieldReader
from ipuwhatif.scenario.files.document import MOST_SCENARIOS, NETWORK, Document
from ipuwhatif.scenario.files.kept_answers import KeptAnswers
from ipuwhatif.scenario.files.kept_fields import KEPT, read_kept
from ipuwhatif.scenario.files.migrations import MIGRATIONS, migrated
from ipuwhatif.scenario.files.reasons import (
    DocumentFault,
    FilePlace,
    LargerThan,
    NestedTooDeep,
    NoScenarioFile,
    NoVersion,
    OfNewerVersion,
    OtherFormat,
    OtherKey,
    ScenarioCount,
)
from ipuwhatif.scenario.files.storage import read_file
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.profiles import read_profile
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, RefusedError, printable, quoted, reason_of

FORMAT, VERSION = "ipuwhatif scenario", 4
LIMIT_BYTES = 1_000_000  # a scenario takes a thousand
MOST_DEPTH = 8
OWN, NETWORKS, OWN_PROFILES = "own_chips", "own_networks", "own_profiles"  # only in files whose scenarios have any
MOST_OWN_BYTES = 400_000  # of all such texts: they leave room for the scenarios
_LATEST = 1_000_000  # no version is ever as late as that


class Opened(Record, frozen=True):
    """A document as a file holds it. `left_out` names what only a newer version of the program understands."""

    document: Document
    version: int  # of the file
    left_out: tuple[str, ...] = ()

    @property
    def newer(self) -> bool:
        """Whether a newer version of the program wrote the file: saving it from here would lose something."""
        return self.version > VERSION


def scenario_values(scenario: Scenario) -> dict[str, object]:
    """A scenario as an object of a file; `null` stands for what is not set. Keys are sorted.

    A start, a profile and scales are there only where they are stated, so that what a file without them holds stays as
    it was.
    """
    scales = dict(sorted(scenario.scales.items()))
    optional = (("profile", scenario.profile), ("scales", scales), ("start", scenario.start))
    stated = {name: value for name, value in optional if value}
    values = {
        "baseline_time_s": scenario.baseline_time_s,
        "basis": scenario.basis,
        "headlines": dict(sorted(scenario.headlines.items())),
        "layers": list(scenario.layers),
        "levers": dict(sorted(scenario.levers.items())),
        "measurements": {key: _measured(each) for key, each in sorted(scenario.measurements.items())},
        "policy": scenario.policy,
        "prices": {key: asdict(each) for key, each in sorted(scenario.prices.items())},
        "recipe": scenario.recipe,
        "reference": scenario.reference or None,
        "release": scenario.release,
        "samples": scenario.samples,
        "show_official": scenario.show_official,
        "software": scenario.software or None,
        "statement": scenario.statement or None,
        "subject": scenario.subject or None,
        "systems": [choice.key for choice in scenario.systems],
        "target_s": scenario.target_s,
        "workload": scenario.workload,
        **stated,
    }
    return dict(sorted(values.items()))


def _measured(measurement: Measurement) -> dict[str, object]:
    """A measurement; that it is learnt from and its release stand there only where that is so."""
    return {name: value for name, value in asdict(measurement).items() if value not in (False, "")}


def document_values(document: Document) -> dict[str, object]:
    """The document as the object of a file."""
    scenarios = [
        {"title": title or None, **scenario_values(scenario), KEPT: kept_values(document.kept_at(index), scenario)}
        for index, (title, scenario) in enumerate(zip(document.titles, document.scenarios, strict=True))
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "active": document.letter(document.active),
        "scenarios": scenarios,
        **_own_values(document),
    }


def _own_values(document: Document) -> dict[str, object]:
    """What of the user's own a document takes along."""
    chips = {key: text for key, text in document.own if not key.startswith(NETWORK)}
    networks = {key.removeprefix(NETWORK): text for key, text in document.own if key.startswith(NETWORK)}
    taken = {OWN: chips, NETWORKS: networks, OWN_PROFILES: dict(document.profiles)}
    return {name: texts for name, texts in taken.items() if texts}


def kept_values(kept: KeptAnswers | None, scenario: Scenario) -> dict[str, object] | None:
    """The answers kept of a scenario as an object of a file; their own scenario is `null` where it is this one."""
    if kept is None:
        return None
    return {
        "evidence": kept.evidence,
        "model": kept.model,
        "scenario": None if kept.scenario == scenario else scenario_values(kept.scenario),
        "times": {key: asdict(each) for key, each in sorted(kept.times.items())},
    }


def document_bytes(document: Document) -> bytes:
    """The content of a file: ASCII, indented, the same bytes for the same document.

    Kept answers that would make a file too large to be read again are left out: what was typed comes first. InputError
    where the user's own chips alone do.
    """
    if sum(len(text) for _, text in (*document.own, *document.profiles)) > MOST_OWN_BYTES:
        raise RefusedError(DocumentFault.OWN_TOO_LARGE)
    data = json_bytes(document_values(document))
    return data if len(data) <= LIMIT_BYTES or not document.kept else json_bytes(document_values(document.with_kept()))


def json_bytes(values: Mapping[str, object]) -> bytes:
    """An object as the program writes it to files of the user's own."""
    return (json.dumps(values, indent=2, allow_nan=False) + "\n").encode("ascii")


def load_document(path: Path, catalog: Catalog, levers: Levers) -> Opened:
    """The document of a file. InputError names the file, the fault, and what would be read instead."""
    return read_content(read_file(path, LIMIT_BYTES), printable(path.name), catalog, levers)


def read_content(data: bytes, file: str, catalog: Catalog, levers: Levers) -> Opened:
    """The document that the content of a file holds; `file` is what its faults name. InputError for any fault."""
    try:
        values = decode_object(data, file)
    except InputError as error:
        raise RefusedError(NoScenarioFile(reason_of(error))) from error
    return read_values(values, file, catalog, levers)


def read_values(values: dict[str, object], file: str, catalog: Catalog, levers: Levers) -> Opened:
    """The document that an object holds, as `document_values` makes it. InputError for any fault."""
    place = FilePlace.SCENARIO
    if _depth(values) > MOST_DEPTH:
        raise fault(file, place, NestedTooDeep(MOST_DEPTH))
    if values.get("format") != FORMAT:
        raise fault(file, place, OtherFormat(FORMAT))
    version = values.get("version")
    if type(version) is not int or not 0 <= version <= _LATEST:
        raise fault(file, place, NoVersion(VERSION))
    try:
        values = migrated(values, version, VERSION, MIGRATIONS)
    except InputError as error:
        raise fault(file, place, reason_of(error)) from error
    newer = version > VERSION
    fields = {name: value for name, value in values.items() if name not in ("format", "version")}
    left_out: list[str] = []
    try:
        document = _document(Node(file, place, fields), newer, left_out, catalog, levers)
    except InputError as error:
        if newer:
            raise RefusedError(OfNewerVersion(reason_of(error))) from error
        raise
    return Opened(document, version, tuple(dict.fromkeys(left_out)))


def _document(node: Node, newer: bool, left_out: list[str], catalog: Catalog, levers: Levers) -> Document:
    """Every scenario of a file, and which of them is looked at."""
    own, networks = _texts(node, OWN), _texts(node, NETWORKS)
    catalog = with_own(catalog, _guests(own, node.file, catalog))
    catalog = _with_networks(catalog, networks, node.file) if networks else catalog
    own |= {f"{NETWORK}{key}": text for key, text in networks.items()}
    nodes = node.children("scenarios")
    if not 1 <= len(nodes) <= MOST_SCENARIOS:
        raise node.refuse(ScenarioCount(len(nodes), MOST_SCENARIOS))
    scenarios, titles, kept = [], [], []
    for each in nodes:
        reader = FieldReader(each, newer, catalog, levers)
        titles.append(reader.title())
        scenarios.append(reader.scenario((KEPT,)))
        kept.append(read_kept(each, scenarios[-1], newer, left_out, catalog, levers))
        left_out += reader.left_out
    brought = _texts(node, OWN_PROFILES)
    _check_profiles(brought, node.file, catalog)
    document = Document(tuple(scenarios), tuple(titles), own=tuple(own.items()), profiles=tuple(brought.items()))
    document = document.with_kept(kept)
    letters = [document.letter(index) for index in range(len(scenarios))]
    active = letters.index(one_of(node, "active", tuple(letters)))
    if newer:
        left_out += [name for name in node.names() if name not in ("active", "scenarios", OWN, NETWORKS, OWN_PROFILES)]
    else:
        node.close()
    return document.turned_to(active)


def _texts(node: Node, key: str) -> dict[str, str]:
    """The texts of chips, networks or profiles of somebody's own that a file brings along, by key."""
    if not node.has(key):
        return {}
    inside = node.child(key)
    texts = {name: inside.text(name) for name in inside.names()}
    if sum(map(len, texts.values())) > MOST_OWN_BYTES:
        raise inside.refuse(LargerThan(MOST_OWN_BYTES))
    return texts


def _check_profiles(texts: Mapping[str, str], file: str, catalog: Catalog) -> None:
    """InputError for a profile that cannot be used, or is not called what it is filed under."""
    for name, text in texts.items():
        profile = read_profile(text, f"{file}, {quoted(name)}", catalog)
        if profile.name != name:
            raise fault(file, quoted(name), OtherKey(profile.name))


def _with_networks(catalog: Catalog, texts: Mapping[str, str], file: str) -> Catalog:
    """The catalog with the jobs of a file's networks. InputError where a key is not that of its content."""
    from ipuwhatif.networks.own_network import read_own_network, with_networks  # with the first, not at the start

    jobs = []
    for key, text in texts.items():
        job = read_own_network(text, f"{file}, {quoted(key)}", catalog)
        if job.key != key:
            raise fault(file, quoted(key), OtherKey(job.key))
        jobs.append(job)
    return with_networks(catalog, jobs)


def _guests(own: Mapping[str, str], file: str, catalog: Catalog) -> list[OwnChip]:
    """The chips that a file brings along but those that the user keeps, with this content or another."""
    found = []
    for name, text in own.items():
        chip = read_own_chip(text, f"{file}, {quoted(name)}", catalog)
        if chip.key != name:
            raise fault(file, quoted(name), OtherKey(chip.key))
        if name not in catalog.own or not catalog.own[name].kept:
            found.append(chip)
    return found


def _depth(values: object) -> int:
    """How deep lists and objects lie in each other; 1 for an object of plain values."""
    depth, level = 0, [values]
    while level:
        nested = [each for each in level if isinstance(each, (dict, list))]
        depth += bool(nested)
        level = [item for each in nested for item in (each.values() if isinstance(each, dict) else each)]
    return depth
