"""What a scenario asks otherwise than another one: one line for each difference.

Two scenarios are equal exactly when there is no line; what is about a lever names it, so that it can be set back.
"""

from collections.abc import Iterable, Iterator, Mapping

from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import STATED, Catalog
from ipuwhatif.records import Record
from ipuwhatif.scenario.amount import OwnTime, amount_of
from ipuwhatif.scenario.changes import Changed, ChangeKind, SetToDefault
from ipuwhatif.scenario.edits import set_lever, sizes_change, software_change
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.measurements import measured
from ipuwhatif.scenario.names import BasisName, PolicyName, scope_name
from ipuwhatif.scenario.reasons import LeverValue
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import Said, format_number


class Delta(Record, frozen=True):
    """One difference. `lever` is the name of a setting in the scenarios, "ipu.compute_gain", where it is about one."""

    text: Said  # "IPU compute gain 1.30 ×"
    lever: str = ""


def deltas(scenario: Scenario, base: Scenario, levers: Levers, catalog: Catalog) -> tuple[Said, ...]:
    """What differs from the base, a line each: "adds Bow Pod64 (64 IPUs)", "target 1 min"."""
    return tuple(delta.text for delta in differences(scenario, base, levers, catalog))


def differences(scenario: Scenario, base: Scenario, levers: Levers, catalog: Catalog) -> tuple[Delta, ...]:
    """What differs from the base: the job first, then systems, levers, and how they are compared."""
    if scenario == base:
        return ()
    return (
        *map(Delta, _job(scenario, base, catalog)),
        *map(Delta, _systems(scenario, base, catalog)),
        *_levers(scenario, base, levers, catalog),
        *map(Delta, _look(scenario, base, catalog)),
        *map(Delta, _own(scenario, base, catalog)),
    )


def _job(scenario: Scenario, base: Scenario, catalog: Catalog) -> Iterator[Changed]:
    """Workload, software, and what the user states about the job."""
    workload = catalog.workloads[scenario.workload]
    another = scenario.workload != base.workload
    if another:
        yield Changed(ChangeKind.IN_PLACE_OF, workload.name, catalog.workloads[base.workload].name)
    # Another workload brings its first recipe along.
    if scenario.recipe != base.recipe and not (another and scenario.recipe == workload.recipes[0]):
        yield Changed(ChangeKind.OTHER_RECIPE, scenario.recipe, base.recipe)
    if scenario.release != base.release:
        yield Changed(ChangeKind.OTHER_RELEASE, scenario.release, base.release)
    if scenario.software != base.software:
        yield software_change(scenario.software, catalog)
    if scenario.samples != base.samples:
        yield _work(scenario, catalog)
    if scenario.layers != base.layers:
        yield sizes_change(scenario.layers, workload)
    if scenario.baseline_time_s != base.baseline_time_s:
        today = scenario.baseline_time_s
        yield Changed(ChangeKind.NO_TIME_TODAY) if today is None else Changed(ChangeKind.TIME_TODAY, OwnTime(today))
    if scenario.statement != base.statement:
        subjects = {each.key: each.subject for each in workload.statements}
        subject = subjects.get(scenario.statement, scenario.statement)
        yield Changed(ChangeKind.STATEMENT, subject) if subject else Changed(ChangeKind.FIRST_STATEMENT)
    if scenario.policy != base.policy:
        yield Changed(ChangeKind.LAYOUT, PolicyName(scenario.policy))


def _work(scenario: Scenario, catalog: Catalog) -> Changed:
    workload = catalog.workloads[scenario.workload]
    if scenario.samples is None:
        return Changed(ChangeKind.DEFAULT_AMOUNT)
    stated = workload.kind == STATED
    return Changed(
        ChangeKind.AMOUNT, amount_of(workload, scenario.samples) if stated else format_number(scenario.samples)
    )


def _systems(scenario: Scenario, base: Scenario, catalog: Catalog) -> Iterator[Changed]:
    """Systems that came and went, and which of them the others are compared with."""
    for choice in scenario.systems:
        if choice not in base.systems:
            yield Changed(ChangeKind.ADDS, system_name(choice, catalog))
    for choice in base.systems:
        if choice not in scenario.systems:
            yield Changed(ChangeKind.WITHOUT, system_name(choice, catalog))
    if scenario.systems != base.systems and set(scenario.systems) == set(base.systems):
        yield Changed(ChangeKind.ANOTHER_ORDER)
    if scenario.reference != base.reference:
        name = _name(scenario.reference, catalog) if scenario.reference else ""
        yield Changed(ChangeKind.REFERENCE, name) if name else Changed(ChangeKind.NO_REFERENCE)


def _levers(scenario: Scenario, base: Scenario, levers: Levers, catalog: Catalog) -> Iterator[Delta]:
    """Levers and assumptions in the order in which they were moved, then those that went back."""
    for name in _changed(scenario.levers, base.levers):
        scope, _, key = name.rpartition(".")
        lever, old = levers[key], base.levers.get(name)
        words = set_lever(scenario, scope, lever, scenario.levers.get(name), catalog).name
        if name in scenario.levers and scenario.levers[name] == lever.default:  # only a typed file writes it out
            words = SetToDefault(scope_name(scope, catalog), lever)
        elif name in scenario.levers and old is not None:
            words = Changed(ChangeKind.IN_PLACE_OF, words, LeverValue(lever, old))
        yield Delta(words, name)


def _look(scenario: Scenario, base: Scenario, catalog: Catalog) -> Iterator[Changed]:
    """How the systems are compared, and what is sought."""
    if scenario.target_s != base.target_s:
        target = scenario.target_s
        yield Changed(ChangeKind.SEEKS_NOTHING) if target is None else Changed(ChangeKind.SEEKS, OwnTime(target))
    if scenario.start != base.start:
        yield Changed(ChangeKind.STARTS, scenario.start) if scenario.start else Changed(ChangeKind.STARTS_NEVER)
    if scenario.basis != base.basis:
        yield Changed(ChangeKind.IN_PLACE_OF, BasisName(scenario.basis), BasisName(base.basis))
    if scenario.subject != base.subject:
        name = _name(scenario.subject, catalog) if scenario.subject else ""
        yield Changed(ChangeKind.SPEAKS_OF, name) if name else Changed(ChangeKind.SPEAKS_OF_FIRST)
    for page in _changed(scenario.headlines, base.headlines):
        own = scenario.headlines.get(page)
        yield Changed(ChangeKind.HEADLINE_BY_RULE) if own is None else Changed(ChangeKind.OWN_HEADLINE, own)
    for page in _changed(scenario.scales, base.scales):
        yield Changed(ChangeKind.LOGARITHMIC if scenario.scales.get(page) == "log" else ChangeKind.LINEAR)
    if scenario.show_official != base.show_official:
        yield Changed(ChangeKind.SHOWS_OFFICIAL if scenario.show_official else ChangeKind.HIDES_OFFICIAL)


def _own(scenario: Scenario, base: Scenario, catalog: Catalog) -> Iterator[Changed]:
    """Prices, what was measured, and the profile that projections follow."""
    if scenario.profile != base.profile:
        yield Changed(ChangeKind.FOLLOWS, scenario.profile) if scenario.profile else Changed(ChangeKind.FOLLOWS_NONE)
    for key in _changed(scenario.prices, base.prices):
        name, price = _name(key, catalog), scenario.prices.get(key)
        yield Changed(ChangeKind.NO_PRICE, name) if price is None else Changed(ChangeKind.PRICED, name, price)
    for key in _changed(scenario.measurements, base.measurements):
        name, own = _name(key, catalog), scenario.measurements.get(key)
        value = "" if own is None else measured(own, catalog.workloads[scenario.workload])
        yield Changed(ChangeKind.MEASURED_AS if value else ChangeKind.NOTHING_MEASURED, name, value)


def _changed(new: Mapping[str, object], old: Mapping[str, object]) -> Iterable[str]:
    """Keys whose values differ: those of the new mapping in its order, then those that went."""
    return (key for key in dict.fromkeys((*new, *old)) if new.get(key) != old.get(key))


def _name(key: str, catalog: Catalog) -> str:
    return system_name(parse_system(key, catalog), catalog)
