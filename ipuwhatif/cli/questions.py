"""From a parsed command line to the scenario that it asks about; what the catalog does not know is refused here."""

import argparse
import re
from collections.abc import Iterable, Sequence
from math import log
from types import MappingProxyType
from typing import NoReturn

from ipuwhatif.analysis.scaling import chip_counts
from ipuwhatif.catalog.names import nearest_system, parse_system
from ipuwhatif.catalog.software import software_as_of, software_choices, usual_class
from ipuwhatif.catalog.types import RELATIVE, TARGET, Catalog, SystemChoice, Workload
from ipuwhatif.cli.options import ADAPTER_OPTION, JOB_OPTIONS, SIZE_OPTIONS
from ipuwhatif.cli.settings import asked_costs, lever_settings
from ipuwhatif.model.case import BEST, Case, PinnedCut, Pins
from ipuwhatif.model.language.language_cuts import RECOMPUTE
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.networks.library import EMULATOR
from ipuwhatif.networks.size_bounds import FORMS
from ipuwhatif.records import field_names, replace
from ipuwhatif.scenario.amount import EPOCHS, SAMPLES, TOKENS, measures_of, parse_amount
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.measurements import Measurement, parse_measurement
from ipuwhatif.scenario.releases import usual_release
from ipuwhatif.scenario.resolve import case_of, no_network_text
from ipuwhatif.scenario.scenario import FIRST_START, MOST_SYSTEMS, Scenario
from ipuwhatif.scenario.sizes import TRANSFORMER, has_layers, layers_text, parse_layers
from ipuwhatif.scenario.times import parse_time
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest, quoted, typed, whole_number

LONGEST_LIST = 2_000  # letters of a list of systems
#: What stands between systems where people mean a comma; blanks may stand beside a colon or before thousands.
_OTHER_BREAKS = re.compile(r"[;、|]|(?<![:,\s]) (?![:,\s\d])")
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

#: What entries ran, among the choices of software.
MLPERF = "mlperf"


def comparison_scenario(command: argparse.Namespace, catalog: Catalog) -> Scenario:
    """The scenario of `compare`; the reference is that of the first start where it is listed, else the first system."""
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
    scenario = _scenario(command, choices, catalog)
    if command.reference is not None:
        scenario = replace(scenario, reference=_one_of(command.reference, tr("reference"), scenario, catalog))
    if getattr(command, "subject", None) is not None:
        scenario = replace(scenario, subject=_one_of(command.subject, tr("subject"), scenario, catalog))
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
        dict.fromkeys(_scaled(text, command.low, command.high, catalog) for text in _listed(command.systems))
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
    choices = [parse_system(text, catalog) for text in _listed(command.systems)]
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
    return catalog.workloads[_known(command.workload, catalog.workloads, tr("workload"))].kind == RELATIVE


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
        release=_release(command, workload, catalog),
        systems=(),
        reference="",
        baseline_time_s=seconds,
        statement=_chosen_statement(command.statement, workload),
    )


def _chosen_statement(asked: str | None, workload: Workload) -> str:
    keys = [statement.key for statement in workload.statements]
    if asked is not None:
        return _known(asked, keys, tr("statement about {name}", name=workload.key))
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
    workload = catalog.workloads[_known(command.workload, catalog.workloads, tr("workload"))]
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
    workload = catalog.workloads[_known(command.workload, catalog.workloads, tr("workload"))]
    if workload.kind == RELATIVE:
        raise InputError(no_network_text(workload.key))
    keys = [choice.key for choice in systems]
    measured = [_measured(text, workload, catalog) for text in getattr(command, "measured", None) or ()]
    measurements = dict(measured)
    if len(measurements) < len(measured):
        twice = next(key for key, _ in measured if [each for each, _ in measured].count(key) > 1)
        raise InputError(tr("--measured: {name} is measured twice; give one of the two", name=twice))
    return Scenario(
        workload=workload.key,
        recipe=_recipe(command.recipe, workload),
        release=_release(command, workload, catalog),
        systems=systems,
        reference=FIRST_START.reference if FIRST_START.reference in keys else keys[0],
        policy=command.layout,
        samples=_samples(command, workload),
        layers=_layers(command, workload, catalog),
        software=_software(command.software, workload, systems, _release(command, workload, catalog), catalog),
        measurements=MappingProxyType(measurements),
        profile=getattr(command, "profile", ""),
    )


def _measured(text: str, workload: Workload, catalog: Catalog) -> tuple[str, Measurement]:
    """The key of a system, and what was measured there, of "ipu-pod:16=30 min"."""
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(
            tr('--measured {text} names no value; write for example "ipu-pod:16=30 min"', text=quoted(text))
        )
    choice = parse_system(name.strip(), catalog)
    return choice.key, replace(parse_measurement(value.strip(), workload, choice.chips), learnt=True)


def _release(command: argparse.Namespace, workload: Workload, catalog: Catalog) -> str:
    return _known(command.release or usual_release(workload, catalog), catalog.releases, tr("release"))


def _samples(command: argparse.Namespace, workload: Workload) -> float | None:
    """The amount of work that was stated in one of three ways; None for the workload's default."""
    given = [(measure, getattr(command, measure)) for measure in (EPOCHS, TOKENS, SAMPLES)]
    given = [(measure, text) for measure, text in given if text is not None]
    if len(given) > 1:
        options = tr(" and ").join(f"--{measure}" for measure, _ in given)
        raise InputError(tr("{options} state the amount of work more than once: give one of them", options=options))
    if not given:
        return None
    measure, text = given[0]
    if not measures_of(workload):
        raise InputError(
            tr(
                "--{measure}: {name} trains to its target, {target}; leave it out",
                measure=measure,
                name=workload.key,
                target=workload.target,
            )
        )
    return parse_amount(text, workload, measure)


def _layers(command: argparse.Namespace, workload: Workload, catalog: Catalog) -> tuple[int, ...]:
    """The sizes that options state; what a transformer's options leave out is as in its file, or in its default."""
    options = (*SIZE_OPTIONS, ADAPTER_OPTION)
    given = {name: text for name in options if (text := getattr(command, name)) is not None}
    if not given:
        return ()
    taken = _sizes_taken(workload)
    for name in given:
        if name not in taken:
            known = tr(", ").join(each.key for each in catalog.workloads.values() if name in _sizes_taken(each))
            option = "--" + name.replace("_", "-")
            told = {"option": option, "name": workload.key, "known": known}
            raise InputError(tr("{option}: that size of {name} is fixed; it is set for {known}", **told))
    own = layers_text((), workload).split(", ")
    if workload.network != TRANSFORMER:
        return parse_layers(next(iter(given.values())), workload)
    stated = [given.get(name, size) for name, size in zip(SIZE_OPTIONS, own, strict=False)]
    further = own[len(SIZE_OPTIONS) :]
    if ADAPTER_OPTION in given:
        further = [*(further[:3] or _usual_layer(stated)), given[ADAPTER_OPTION]]
    return parse_layers(", ".join((*stated, *further)), workload)


def _usual_layer(stated: Sequence[str]) -> tuple[str, str, str]:
    """What a layer of Llama's is besides its sizes: the width of a head, two matrices of the vocabulary, its form."""
    width, heads = (whole_number(stated[SIZE_OPTIONS.index(name)]) for name in ("width", "heads"))
    return str((width or 1) // (heads or 1) or 1), "2", FORMS[0]


def _sizes_taken(workload: Workload) -> tuple[str, ...]:
    """Options that set a size of the workload's network."""
    if not has_layers(workload):
        return ()
    if workload.network == TRANSFORMER:
        return (*SIZE_OPTIONS, ADAPTER_OPTION)
    return SIZE_OPTIONS[:1] if workload.network == EMULATOR else SIZE_OPTIONS[-1:]


def _software(
    key: str | None, workload: Workload, systems: tuple[SystemChoice, ...], release: str, catalog: Catalog
) -> str:
    if key is None:
        return ""
    choices = software_choices(workload, catalog)
    if not choices:
        known = tr(", ").join(each.key for each in catalog.workloads.values() if software_choices(each, catalog))
        raise InputError(
            tr("--stack: no choice was published for {name}, only for {known}", name=workload.key, known=known)
        )
    usual = usual_class(workload) or (MLPERF if workload.kind == TARGET else "")
    frameworks = tuple(dict.fromkeys(catalog.software[each].framework for each in choices if each in catalog.software))
    known_key = _known(
        key, (*filter(None, (usual,)), *choices, *frameworks), tr("software of {name}", name=workload.key)
    )
    if known_key == usual:
        return ""
    if known_key in frameworks:
        known_key = software_as_of(catalog, known_key, release).key
    date = software_as_of(catalog, known_key, release).date
    if date > release:
        raise InputError(
            tr("{key} is of {date}, later than software as of {release}", key=known_key, date=date, release=release)
        )
    if all(catalog.chip_of(choice).architecture != "gpu" for choice in systems):
        raise InputError(tr("{key} runs on GPUs, and no GPU is asked about: leave --stack out", key=known_key))
    return known_key


def _with_levers(
    command: argparse.Namespace,
    scenario: Scenario,
    settings: Sequence[str],
    points: Sequence[SystemChoice],
    catalog: Catalog,
) -> Scenario:
    """The scenario with the typed settings; `points` are the systems and sizes that the question projects."""
    return replace(scenario, levers=lever_settings(settings, points, load_levers(), catalog, asked_costs(command)))


def _scaled(text: str, low: int, high: int, catalog: Catalog) -> SystemChoice:
    """A system family at the smallest chip count that it can have from `low` to `high`."""
    key = text if text in catalog.systems else _no_family(text, catalog)
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


def _no_family(text: str, catalog: Catalog) -> NoReturn:
    fault = tr("unknown {what} {name}", what=tr("system family"), name=quoted(text))
    raise InputError(tr("{fault}; the nearest is {known}", fault=fault, known=nearest_system(text, catalog)))


def _one_of(text: str, what: str, scenario: Scenario, catalog: Catalog) -> str:
    """The key of a listed system; `what` it is asked as: "reference"."""
    choice = parse_system(text, catalog)
    if choice not in scenario.systems:
        alike = [each for each in scenario.systems if each.system == choice.system]
        alike.sort(key=lambda each: abs(log(each.chips / choice.chips)))
        near = alike[0].key if alike else nearest(choice.key, [each.key for each in scenario.systems])
        told = {"what": what, "name": quoted(text), "near": near}
        raise InputError(tr("the {what} {name} is not among the systems; the nearest is {near}", **told))
    return choice.key


def _recipe(asked: str | None, workload: Workload) -> str:
    if asked is None:
        return workload.recipes[0]
    return _known(asked, workload.recipes, tr("recipe of {workload}", workload=workload.name))


def _listed(text: str) -> list[str]:
    """Names between commas; a comma before a digit groups thousands: no name begins with one."""
    plain = typed(text, LONGEST_LIST)
    parts = [part for part in _OTHER_BREAKS.split(plain) if part]
    if len(parts) > 1:
        raise InputError(
            tr("{systems}: systems stand between commas; write {list}", systems=quoted(text), list=",".join(parts))
        )
    names = [name.strip() for name in re.split(r",(?!\d)", plain)]
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
