"""From a parsed command line to the document that it asks about; what the catalog does not know is refused here."""

import argparse
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ipuwhatif.analysis.scaling import chip_counts
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import Catalog, SystemChoice, Workload
from ipuwhatif.cli.settings import lever_settings
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.scenario.document import FIRST_START, Document
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest, quoted

MOST_SYSTEMS = 24  # rows that a chart and a table can show


def comparison_document(command: argparse.Namespace, catalog: Catalog) -> Document:
    """The document of `compare`; the reference is that of the first start where it is listed, else the first system."""
    choices = tuple(dict.fromkeys(parse_system(text, catalog) for text in _listed(command.systems)))
    if len(choices) > MOST_SYSTEMS:
        raise InputError(
            tr(
                "{count} systems are too many to compare; the most is {most}: leave out {rest}",
                count=len(choices),
                most=MOST_SYSTEMS,
                rest=len(choices) - MOST_SYSTEMS,
            )
        )
    document = _document(command, choices, catalog)
    if command.reference is not None:
        document = replace(document, reference=_reference(command.reference, document, catalog))
    return _with_levers(document, command.settings, choices, catalog)


def scaling_document(command: argparse.Namespace, catalog: Catalog) -> Document:
    """The document of `scaling`: each system family once, at the chip count of the range that it can have."""
    if command.layout != BEST:
        raise InputError(
            tr(
                "scaling searches the layout at each chip count, so --layout {policy} counts for nothing; "
                "leave it out, or ask with project or compare",
                policy=command.layout,
            )
        )
    choices = tuple(
        dict.fromkeys(_scaled(text, command.low, command.high, catalog) for text in _listed(command.systems))
    )
    document = _document(command, choices, catalog)
    points = [
        SystemChoice(choice.system, chips)
        for choice in choices
        for chips in chip_counts(catalog, document, choice.system, command.low, command.high)
    ]
    return _with_levers(document, command.settings, points, catalog)


def projection_case(command: argparse.Namespace, catalog: Catalog) -> tuple[Document, Case]:
    """The document of `project` and its one Case, with the parts of the layout that are pinned by options."""
    choice = parse_system(command.system, catalog)
    settings = list(command.settings)
    if command.global_batch is not None:
        settings.append(f"{choice.key}.global_batch={command.global_batch}")
    document = _with_levers(_document(command, (choice,), catalog), settings, (choice,), catalog)
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
    keys = [choice.key for choice in systems]
    return Document(
        workload=workload.key,
        recipe=_recipe(command.recipe, workload),
        release=_known(command.release, catalog.releases, tr("release")),
        systems=systems,
        reference=FIRST_START.reference if FIRST_START.reference in keys else keys[0],
        policy=command.layout,
    )


def _with_levers(
    document: Document, settings: Sequence[str], points: Sequence[SystemChoice], catalog: Catalog
) -> Document:
    """The document with the typed settings; `points` are the systems and sizes that the question projects."""
    return replace(document, levers=lever_settings(settings, points, load_levers(), catalog))


def _scaled(text: str, low: int, high: int, catalog: Catalog) -> SystemChoice:
    """A system family at the smallest chip count that it can have from `low` to `high`."""
    key = _known(text, catalog.systems, tr("system family"))
    system = catalog.systems[key]
    if low > system.maximum_chips or high < system.minimum_chips:
        raise InputError(
            tr(
                "{name} has {low} to {high} {word}s, none of them in --from {start} --to {end}; the nearest is {near}",
                name=system.name,
                low=format_number(system.minimum_chips),
                high=format_number(system.maximum_chips),
                word=system.chip_word,
                start=format_number(low),
                end=format_number(high),
                near=format_number(system.maximum_chips if low > system.maximum_chips else system.minimum_chips),
            )
        )
    return SystemChoice(key, max(system.minimum_chips, low))


def _reference(text: str, document: Document, catalog: Catalog) -> str:
    choice = parse_system(text, catalog)
    if choice not in document.systems:
        near = nearest(choice.key, [each.key for each in document.systems])
        raise InputError(
            tr("the reference {name} is not among the systems; the nearest is {near}", name=quoted(text), near=near)
        )
    return choice.key


def _recipe(asked: str | None, workload: Workload) -> str:
    if asked is None:
        return workload.recipes[0]
    return _known(asked, workload.recipes, tr("recipe of {workload}", workload=workload.name))


def _listed(text: str) -> list[str]:
    """Names between commas; a comma before a digit groups thousands: no name begins with one."""
    names = [name.strip() for name in re.split(r",(?!\d)", text)]
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
