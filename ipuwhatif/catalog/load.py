"""Loading the catalog: everything in `resources/catalog` and `resources/evidence`, checked, in one pass.

A fault in any file is refused with file, line or key, and reason; nothing is loaded in part.
"""

import hashlib
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.evidence.claims import read_claims
from ipuwhatif.catalog.evidence.frameworks import read_frameworks
from ipuwhatif.catalog.evidence.hardware import read_hardware
from ipuwhatif.catalog.evidence.language_entries import language_results
from ipuwhatif.catalog.evidence.language_speeds import read_language_speeds
from ipuwhatif.catalog.evidence.official import entry_origins, official_results, read_entries
from ipuwhatif.catalog.evidence.placement import read_placements, read_software
from ipuwhatif.catalog.evidence.published import read_published
from ipuwhatif.catalog.evidence.published_layouts import read_published_layouts
from ipuwhatif.catalog.evidence.references import read_references
from ipuwhatif.catalog.jobs import read_releases, read_workload_rules, read_workloads
from ipuwhatif.catalog.layouts import read_configurations
from ipuwhatif.catalog.machines import read_chips, read_presets, read_systems
from ipuwhatif.catalog.origins import read_rules
from ipuwhatif.catalog.pointers import Evidence
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import RESOURCE_LIMIT, read_bounded, resource, unreadable


def load_catalog(folder: Path | None = None) -> Catalog:
    """The whole catalog from `folder` (it holds `catalog/` and `evidence/`), or from the shipped resources.

    Raises InputError in one line with file, line or key, and reason for the first fault found. The result is not
    cached: whoever asks keeps it.
    """
    root = resource() if folder is None else folder
    documents, tables = root / "catalog", root / "evidence"
    rules = read_rules(tables)
    releases = read_releases(documents)
    entries = read_entries(tables)
    origins = entry_origins(entries, releases, rules)
    hardware, ranked = read_hardware(tables, rules)
    evidence = Evidence(ranked, entries, origins)
    chips = read_chips(documents, evidence, releases)
    systems, entry_rules = read_systems(documents, chips, evidence)
    presets, preset_names = read_presets(documents, systems)
    workload_rules = read_workload_rules(documents)
    claims = read_claims(tables, rules)
    workloads = read_workloads(documents, evidence, claims)
    software, containers = read_software(documents)
    placements = read_placements(documents, systems, workloads, containers)
    configurations = read_configurations(tables, rules)
    return Catalog(
        chips=MappingProxyType(chips),
        systems=MappingProxyType(systems),
        presets=MappingProxyType(presets),
        workloads=MappingProxyType(workloads),
        releases=MappingProxyType(releases),
        official=(
            *official_results(entries, origins, releases, systems, chips, entry_rules, workload_rules, configurations),
            *language_results(tables, rules, releases, systems, entry_rules, workload_rules),
        ),
        references=read_references(tables, rules, releases, workload_rules, workloads),
        published=(
            *read_published(tables, rules, placements),
            *read_frameworks(tables, rules, systems, workloads, containers),
        ),
        hardware=hardware,
        preset_names=MappingProxyType(preset_names),
        evidence_hash=evidence_hash(root),
        software=MappingProxyType(software),
        claims=claims,
        published_layouts=read_published_layouts(documents, workloads),
        language_speeds=read_language_speeds(documents, tables, rules, systems, workloads, containers),
    )


def evidence_hash(root: Path) -> str:
    """SHA-256 over names and contents of every file in `catalog/` and `evidence/`, whatever their line ends."""
    digest = hashlib.sha256()
    for name in ("catalog", "evidence"):
        for path in _files(root / name):
            digest.update(f"{name}/{path.name}\n".encode())
            digest.update(read_bounded(path, RESOURCE_LIMIT).replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    """The files of a folder in the order of their names, hidden ones left out. InputError where it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise unreadable(folder, error) from error
