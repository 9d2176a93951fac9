"""From a parsed command line to the document that it asks about; what the catalog does not know is refused here."""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import Catalog, SystemChoice, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.scenario.document import FIRST_START, Document
from ipuwhatif.scenario.levers import load_levers, parse_setting
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest, quoted


def comparison_document(command: argparse.Namespace, catalog: Catalog) -> Document:
    """The document of `compare`; the reference is that of the first start where it is listed, else the first system."""
    choices = [parse_system(text, catalog) for text in _listed(command.systems)]
    return _document(command, tuple(dict.fromkeys(choices)), catalog)


def scaling_document(command: argparse.Namespace, catalog: Catalog) -> Document:
    """The document of `scaling`: each system family once, at the chip count of the range that it can have."""
    systems = []
    for text in _listed(command.systems):
        key = _known(text, catalog.systems, tr("system family"))
        system = catalog.systems[key]
        if command.low > system.maximum_chips or command.high < system.minimum_chips:
            raise InputError(
                tr(
                    "{name} has {low} to {high} {word}s, none of them in --from {start} --to {end}",
                    name=system.name,
                    low=format_number(system.minimum_chips),
                    high=format_number(system.maximum_chips),
                    word=system.chip_word,
                    start=command.low,
                    end=command.high,
                )
            )
        systems.append(SystemChoice(key, max(system.minimum_chips, command.low)))
    return _document(command, tuple(dict.fromkeys(systems)), catalog)


def projection_case(command: argparse.Namespace, catalog: Catalog) -> tuple[Document, Case]:
    """The document of `project` and its one Case, with the parts of the layout that are pinned by options."""
    choice = parse_system(command.system, catalog)
    document = _document(command, (choice,), catalog)
    if command.global_batch is not None:
        document = document.with_lever(
            *parse_setting(f"{choice.key}.global_batch={command.global_batch}", load_levers(), catalog)
        )
    case = case_of(document, choice, load_levers(), catalog)
    pins = replace(
        case.pins,
        micro_batch=command.micro_batch,
        pipeline_stages=command.pipeline_stages,
        gradient_accumulation=command.gradient_accumulation,
    )
    return document, replace(case, pins=pins)


def _document(command: argparse.Namespace, systems: tuple[SystemChoice, ...], catalog: Catalog) -> Document:
    workload = catalog.workloads[_known(command.workload, catalog.workloads, tr("workload"))]
    levers = load_levers()
    keys = [choice.key for choice in systems]
    return Document(
        workload=workload.key,
        recipe=_recipe(command.recipe, workload),
        release=_known(command.release, catalog.releases, tr("release")),
        systems=systems,
        reference=FIRST_START.reference if FIRST_START.reference in keys else keys[0],
        policy=command.layout,
        levers=MappingProxyType(dict(parse_setting(text, levers, catalog) for text in command.settings)),
    )


def _recipe(asked: str | None, workload: Workload) -> str:
    if asked is None:
        return workload.recipes[0]
    return _known(asked, workload.recipes, tr("recipe of {workload}", workload=workload.name))


def _listed(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise InputError(
            tr("{systems} has no system between two commas; write ipu-pod:64,dgx-a100", systems=quoted(text))
        )
    return names


def _known(name: str, choices: Iterable[str], what: str) -> str:
    """The name, when it is one of the choices; InputError with the nearest of them otherwise."""
    known = list(choices)
    if name not in known:
        fault = tr("unknown {what} {name}", what=what, name=quoted(name))
        raise InputError(tr("{fault}; the nearest is {known}", fault=fault, known=nearest(name, known)))
    return name
