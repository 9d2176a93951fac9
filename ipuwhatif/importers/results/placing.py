"""Which system and workload of the catalog a result is of: by a submission's description, or by names people write."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.catalog.matching import COLUMNS, by_model, entry_choice, load_entry_rules
from ipuwhatif.catalog.names import parse_system, short_name
from ipuwhatif.catalog.tables import Row
from ipuwhatif.catalog.types import Catalog, SystemChoice, Workload
from ipuwhatif.importers.results.reasons import OfResult, ResultFault
from ipuwhatif.importers.tables.reading import NO_SYSTEMS
from ipuwhatif.units import InputError, RefusedError, nearest

_FILLERS = re.compile(r"[\s_®™-]+")


def described_choice(
    description: Mapping[str, str], mlperf_round: str, benchmark: str, catalog: Catalog
) -> SystemChoice | None:
    """The system of a submission's description, by the rules that place official entries; None where none fits."""
    chips = described_chips(description)
    cells = {
        **dict.fromkeys(COLUMNS, ""),
        **description,
        "round": mlperf_round,
        "benchmark": benchmark,
        "system": description.get("system", ""),
        "accelerators_total": str(chips or 0),
        "host_sockets_total": str(_product(description, "number_of_nodes", "host_processors_per_node") or 0),
    }
    row = Row(cells["system"], 1, MappingProxyType({"submitter": "", "accelerator_model_name": "", **cells}))
    rules = by_model(load_entry_rules(), [row])[row.text("accelerator_model_name")]
    try:
        return entry_choice(row, rules, catalog.systems)
    except InputError:  # more chips than the system can have, or two that it may be
        return None


def described_chips(description: Mapping[str, str]) -> int | None:
    """The accelerators of a description; of a machine without any, its processors. None where it does not say."""
    accelerators = _product(description, "number_of_nodes", "accelerators_per_node")
    return accelerators or _product(description, "number_of_nodes", "host_processors_per_node")


def _product(description: Mapping[str, str], *names: str) -> int | None:
    found = [re.match(r"\s*(\d{1,7})\b", description.get(name, "")) for name in names]
    if not all(found):
        return None
    product = 1
    for each in found:
        product *= int(each[1]) if each else 1
    return product or None


def named_choice(
    name: str, chips: int | None, catalog: Catalog, stated: Mapping[str, SystemChoice] = NO_SYSTEMS
) -> SystemChoice:
    """The system that a table names: as the user stated it, a key or preset, or our name of it, whatever its spelling.

    InputError with the nearest name where there is none, and where the chips are not said.
    """
    if name in stated:
        return SystemChoice(stated[name].system, chips or stated[name].chips)
    plain = plain_name(name)
    for choice in catalog.presets.values():
        said = (choice.key, short_name(choice, catalog))
        if plain in map(plain_name, said) and chips in (None, choice.chips):
            return choice
    for preset, choice in catalog.presets.items():
        if plain == plain_name(preset):
            return _checked(choice.system, chips or choice.chips, catalog)
    for key, system in catalog.systems.items():
        if plain in (plain_name(key), plain_name(system.name)):
            if chips is None:
                raise RefusedError(OfResult(ResultFault.SYSTEM_WITHOUT_SIZE, name))
            return _checked(key, chips, catalog)
    if ":" in name:
        return parse_system(name, catalog)
    raise RefusedError(unknown_system(name, catalog))


def _checked(system: str, chips: int, catalog: Catalog) -> SystemChoice:
    return parse_system(f"{system}:{chips}", catalog)


def unknown_system(name: str, catalog: Catalog) -> OfResult:
    """That no system is called so, with the nearest and how to say which it is."""
    words = [*catalog.presets, *(key for key, system in catalog.systems.items() if system.listed)]
    near = nearest(name.casefold().replace(" ", "-"), words) or "dgx-a100"
    preset = catalog.presets.get(near)
    key = preset.key if preset else f"{near}:{catalog.systems[near].chips_per_machine}"
    return OfResult(ResultFault.UNKNOWN_SYSTEM, name, near=near, example=f"{name}={key}")


def named_workload(name: str, catalog: Catalog) -> Workload:
    """The workload that a table or a log names: its key, its name, or what MLPerf calls the benchmark.

    InputError with the nearest name where there is none.
    """
    plain = plain_name(name)
    for workload in catalog.workloads.values():
        if plain and plain in map(plain_name, (workload.key, str(workload.name), workload.benchmark)):
            return workload
    near = nearest(name.casefold(), list(catalog.workloads))
    raise RefusedError(OfResult(ResultFault.UNKNOWN_WORKLOAD, name, near=near))


def plain_name(name: str) -> str:
    """A name without what people write differently: "DGX A100" and "dgx-a100" are one."""
    return _FILLERS.sub("", name).casefold()
