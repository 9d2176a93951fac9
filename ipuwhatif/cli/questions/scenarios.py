"""The scenario of each question: systems beside each other, along their chips, one of them, a stated ratio."""

import argparse
from collections.abc import Sequence
from types import MappingProxyType

from ipuwhatif.analysis.scaling import chip_counts
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice, Workload
from ipuwhatif.cli.options import JOB_OPTIONS
from ipuwhatif.cli.questions.names import (
    asked_recipe,
    asked_release,
    asked_workload,
    known_name,
    listed_names,
    listed_system,
    measured_system,
    scaled_system,
)
from ipuwhatif.cli.questions.settings import asked_costs, lever_settings
from ipuwhatif.cli.questions.stated_job import stated_layers, stated_samples, stated_software
from ipuwhatif.model.case import BEST, Case, PinnedCut, Pins
from ipuwhatif.model.language.language_cuts import RECOMPUTE
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.records import field_names, replace
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.reasons import RatioOnly
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START, MOST_SYSTEMS, Scenario
from ipuwhatif.scenario.times import parse_time
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, RefusedError, quoted

_CUT = field_names(PinnedCut)


#: Options of `project` that say nothing about a job that is known by a stated ratio only.
_UNPROJECTED = (
    *JOB_OPTIONS,
    "system",
    "recipe",
    "settings",
    "global_batch",
    "micro_batch",
    "pipeline_stages",
    "gradient_accumulation",
    *_CUT,
)


def comparison_scenario(command: argparse.Namespace, catalog: Catalog) -> Scenario:
    """The scenario of `compare`; the reference is that of the first start where it is listed, else the first system."""
    choices = tuple(dict.fromkeys(parse_system(text, catalog) for text in listed_names(command.systems)))
    if len(choices) > MOST_SYSTEMS:
        raise InputError(
            tr(
                "{count} systems are too many to compare; the most is {most}: leave out {rest}",
                count=len(choices),
                most=MOST_SYSTEMS,
                rest=len(choices) - MOST_SYSTEMS,
            )
        )
    scenario = _scenario(command, choices, catalog)
    if command.reference is not None:
        scenario = replace(scenario, reference=listed_system(command.reference, tr("reference"), scenario, catalog))
    if getattr(command, "subject", None) is not None:
        scenario = replace(scenario, subject=listed_system(command.subject, tr("subject"), scenario, catalog))
        if scenario.subject == scenario.reference:
            fault = tr("{name} is the reference; the subject is another of the systems", name=quoted(command.subject))
            raise InputError(fault)
    return _with_levers(command, scenario, command.settings, choices, catalog)


def scaling_scenario(command: argparse.Namespace, catalog: Catalog) -> Scenario:
    """The scenario of `scaling`: each system family once, at the chip count of the range that it can have."""
    if command.layout != BEST:
        raise InputError(
            tr(
                "scaling searches the layout at each chip count, so --layout {policy} counts for nothing; "
                "leave it out, or ask with project or compare",
                policy=command.layout,
            )
        )
    choices = tuple(
        dict.fromkeys(scaled_system(text, command.low, command.high, catalog) for text in listed_names(command.systems))
    )
    scenario = _scenario(command, choices, catalog)
    points = [
        SystemChoice(choice.system, chips)
        for choice in choices
        for chips in chip_counts(catalog, scenario, choice.system, command.low, command.high)
    ]
    return _with_levers(command, scenario, command.settings, points, catalog)


def projection_case(command: argparse.Namespace, catalog: Catalog) -> tuple[Scenario, Case]:
    """The scenario of `project` and its one Case; options that pin parts of the layout are settings like any other."""
    _check_projected(command, catalog)
    choice = parse_system(command.system, catalog)
    settings = [*command.settings, *_pinned(command, choice)]
    scenario = _with_levers(command, _scenario(command, (choice,), catalog), settings, (choice,), catalog)
    case = case_of(scenario, choice, load_levers(), catalog)
    if command.precision:  # as many bits have more than one name
        case = replace(case, cut=replace(case.cut, precision=command.precision))
    return scenario, case


def memory_question(command: argparse.Namespace, catalog: Catalog) -> Scenario:
    """The scenario of `memory` with the pinned parts of every system's layout."""
    choices = [parse_system(text, catalog) for text in listed_names(command.systems)]
    pinned = [setting for choice in dict.fromkeys(choices) for setting in _pinned(command, choice)]
    command = argparse.Namespace(**{**vars(command), "settings": [*command.settings, *pinned]})
    return comparison_scenario(command, catalog)


def _pinned(command: argparse.Namespace, choice: SystemChoice) -> list[str]:
    """Options that pin parts of a system's layout, as settings."""
    named = (*field_names(Pins), "tensor_parallel", "context_parallel")
    given = {name: getattr(command, name) for name in named}
    if command.precision:
        given["product_bits"] = PRECISIONS[command.precision].bits
    if command.recompute:
        given["recompute_layers"] = round(RECOMPUTE[command.recompute])
    return [f"{choice.key}.{name}={value}" for name, value in given.items() if value is not None]


def is_relative(command: argparse.Namespace, catalog: Catalog) -> bool:
    """Whether the workload that is asked about is known by a stated ratio only. InputError where there is no such."""
    return asked_workload(command.workload, catalog).kind == RELATIVE


def relative_scenario(command: argparse.Namespace, catalog: Catalog) -> Scenario:
    """The scenario of `project` for such a workload: the user's own time, and nothing of systems.

    InputError where the time is missing, and for options that say nothing about it.
    """
    workload = catalog.workloads[command.workload]
    given = [name for name in _UNPROJECTED if getattr(command, name)]
    usual = {"layout": BEST, "release": None}
    given += [name for name, value in usual.items() if getattr(command, name) != value]
    if given:
        option = "--set" if given[0] == "settings" else "--" + given[0].replace("_", "-")
        raise InputError(
            tr("{option} says nothing about {name}: only a ratio was stated", option=option, name=workload.key)
        )
    if command.baseline_time is None:
        raise InputError(
            tr(
                '{name} is known by a stated ratio only: give what the job takes you today, --baseline-time "70.5 h"',
                name=workload.key,
            )
        )
    seconds = parse_time(command.baseline_time)
    return Scenario(
        workload=workload.key,
        recipe=workload.recipes[0],
        release=asked_release(command, workload, catalog),
        systems=(),
        reference="",
        baseline_time_s=seconds,
        statement=_chosen_statement(command.statement, workload),
    )


def _chosen_statement(asked: str | None, workload: Workload) -> str:
    keys = [statement.key for statement in workload.statements]
    if asked is not None:
        return known_name(asked, keys, tr("statement about {name}", name=workload.key))
    if len(keys) > 1:
        raise InputError(
            tr(
                "there are several statements about {name}: choose one with --statement {keys}",
                name=workload.key,
                keys=tr(" or ").join(keys),
            )
        )
    return keys[0]


def _check_projected(command: argparse.Namespace, catalog: Catalog) -> None:
    """InputError where a projection lacks its system, or was given what only a stated ratio can use."""
    workload = asked_workload(command.workload, catalog)
    for option, value in (("--baseline-time", command.baseline_time), ("--statement", command.statement)):
        if value is not None:
            known = [each.key for each in catalog.workloads.values() if each.kind == RELATIVE]
            raise InputError(
                tr(
                    "{option} is for jobs that are known by a stated ratio only, {known}; {name} is projected: "
                    "leave it out",
                    option=option,
                    known=tr(" and ").join(known),
                    name=workload.key,
                )
            )
    if command.system is None:
        raise InputError(tr("a projection needs a system: -s ipu-pod:64"))


def _scenario(command: argparse.Namespace, systems: tuple[SystemChoice, ...], catalog: Catalog) -> Scenario:
    workload = asked_workload(command.workload, catalog)
    if workload.kind == RELATIVE:
        raise RefusedError(RatioOnly(workload.key))
    keys = [choice.key for choice in systems]
    measured = [measured_system(text, workload, catalog) for text in getattr(command, "measured", None) or ()]
    measurements = dict(measured)
    if len(measurements) < len(measured):
        twice = next(key for key, _ in measured if [each for each, _ in measured].count(key) > 1)
        raise InputError(tr("--measured: {name} is measured twice; give one of the two", name=twice))
    release = asked_release(command, workload, catalog)
    return Scenario(
        workload=workload.key,
        recipe=asked_recipe(command.recipe, workload),
        release=release,
        systems=systems,
        reference=FIRST_START.reference if FIRST_START.reference in keys else keys[0],
        policy=command.layout,
        samples=stated_samples(command, workload),
        layers=stated_layers(command, workload, catalog),
        software=stated_software(
            command.software, workload, systems, asked_release(command, workload, catalog), catalog
        ),
        measurements=MappingProxyType(measurements),
        profile=getattr(command, "profile", ""),
    )


def _with_levers(
    command: argparse.Namespace,
    scenario: Scenario,
    settings: Sequence[str],
    points: Sequence[SystemChoice],
    catalog: Catalog,
) -> Scenario:
    """The scenario with the typed settings; `points` are the systems and sizes that the question projects."""
    return replace(scenario, levers=lever_settings(settings, points, load_levers(), catalog, asked_costs(command)))
