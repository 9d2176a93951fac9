"""What options name, found in the catalog: systems of a list, a recipe, a release; the nearest where there is none."""

import argparse
import re
from collections.abc import Iterable
from math import log
from typing import NoReturn

from ipuwhatif.catalog.names import nearest_system, parse_system
from ipuwhatif.catalog.types import Catalog, SystemChoice, Workload
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import Measurement, parse_measurement
from ipuwhatif.scenario.releases import usual_release
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest, quoted, typed

LONGEST_LIST = 2_000  # letters of a list of systems
LEAST_LIKENESS = 0.5  # of a name that is offered in place of a workload that nobody knows


#: What stands between systems where people mean a comma; blanks may stand beside a colon or before thousands.
_OTHER_BREAKS = re.compile(r"[;、|]|(?<![:,\s]) (?![:,\s\d])")


def measured_system(text: str, workload: Workload, catalog: Catalog) -> tuple[str, Measurement]:
    """The key of a system, and what was measured there, of "ipu-pod:16=30 min"."""
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(
            tr('--measured {text} names no value; write for example "ipu-pod:16=30 min"', text=quoted(text))
        )
    choice = parse_system(name.strip(), catalog)
    return choice.key, replace(parse_measurement(value.strip(), workload, choice.chips), learnt=True)


def asked_release(command: argparse.Namespace, workload: Workload, catalog: Catalog) -> str:
    return known_name(command.release or usual_release(workload, catalog), catalog.releases, tr("release"))


def scaled_system(text: str, low: int, high: int, catalog: Catalog) -> SystemChoice:
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
                word=tr(system.chip_word),
                start=format_number(low),
                end=format_number(high),
                near=format_number(system.maximum_chips if low > system.maximum_chips else system.minimum_chips),
            )
        )
    return SystemChoice(key, max(system.minimum_chips, low))


def _no_family(text: str, catalog: Catalog) -> NoReturn:
    fault = tr("unknown {what} {name}", what=tr("system family"), name=quoted(text))
    raise InputError(tr("{fault}; the nearest is {known}", fault=fault, known=nearest_system(text, catalog)))


def listed_system(text: str, what: str, scenario: Scenario, catalog: Catalog) -> str:
    """The key of a listed system; `what` it is asked as: "reference"."""
    choice = parse_system(text, catalog)
    if choice not in scenario.systems:
        alike = [each for each in scenario.systems if each.system == choice.system]
        alike.sort(key=lambda each: abs(log(each.chips / choice.chips)))
        near = alike[0].key if alike else nearest(choice.key, [each.key for each in scenario.systems])
        told = {"what": what, "name": quoted(text), "near": near}
        raise InputError(tr("the {what} {name} is not among the systems; the nearest is {near}", **told))
    return choice.key


def asked_recipe(asked: str | None, workload: Workload) -> str:
    if asked is None:
        return workload.recipes[0]
    return known_name(asked, workload.recipes, tr("recipe of {workload}", workload=workload.name))


def listed_names(text: str) -> list[str]:
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


def known_name(name: str, choices: Iterable[str], what: str) -> str:
    """The name, when it is one of the choices; InputError with the nearest of them otherwise."""
    known = list(choices)
    if name not in known:
        fault = tr("unknown {what} {name}", what=what, name=quoted(name))
        raise InputError(tr("{fault}; the nearest is {known}", fault=fault, known=nearest(name, known)))
    return name


def asked_workload(name: str, catalog: Catalog) -> Workload:
    """The workload of a name; InputError with the nearest otherwise, or where all are listed if none is like it."""
    from difflib import get_close_matches  # for faults only

    if name in catalog.workloads or get_close_matches(name.casefold(), catalog.workloads, 1, LEAST_LIKENESS):
        return catalog.workloads[known_name(name, catalog.workloads, tr("workload"))]
    fault = tr("unknown {what} {name}", what=tr("workload"), name=quoted(name))
    raise InputError(
        tr(
            "{fault}, and none is like it; `ipuwhatif list workloads` names all, and -w transformer takes the sizes of "
            "a decoder-only model",
            fault=fault,
        )
    )
