"""What a scenario asks otherwise than another one, in words: one line for each difference.

Two scenarios are equal exactly when there is no line; what is about a lever names it, so that it can be set back.
"""

from collections.abc import Iterable, Iterator, Mapping

from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.software import software_name
from ipuwhatif.catalog.types import STATED, Catalog
from ipuwhatif.records import Record
from ipuwhatif.scenario.amount import amount_text, own_time_text
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.measurements import measurement_text
from ipuwhatif.scenario.names import basis_name, policy_name, scope_name
from ipuwhatif.scenario.prices.prices import price_text
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.sizes import layers_text, layers_title
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


class Delta(Record, frozen=True):
    """One difference. `lever` is the name of a setting in the scenarios, "ipu.compute_gain", where it is about one."""

    text: str  # "IPU compute gain 1.30 ×"
    lever: str = ""


def deltas(scenario: Scenario, base: Scenario, levers: Levers, catalog: Catalog) -> tuple[str, ...]:
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


def _job(scenario: Scenario, base: Scenario, catalog: Catalog) -> Iterator[str]:
    """Workload, software, and what the user states about the job."""
    workload = catalog.workloads[scenario.workload]
    another = scenario.workload != base.workload
    if another:
        yield tr("{new} in place of {old}", new=workload.name, old=catalog.workloads[base.workload].name)
    # Another workload brings its first recipe along.
    if scenario.recipe != base.recipe and not (another and scenario.recipe == workload.recipes[0]):
        yield tr("Recipe {new} in place of {old}", new=scenario.recipe, old=base.recipe)
    if scenario.release != base.release:
        yield tr("Software as of {new} in place of {old}", new=scenario.release, old=base.release)
    if scenario.software != base.software:
        name = software_name(catalog, scenario.software)
        yield tr("Software {name}", name=name) if scenario.software else tr("Software by the release")
    if scenario.samples != base.samples:
        yield _work(scenario, catalog)
    if scenario.layers != base.layers:
        title, sizes = layers_title(workload), layers_text(scenario.layers, workload)
        own = scenario.layers != ()
        yield tr("{title} {sizes}", title=title, sizes=sizes) if own else tr("{title} back to default", title=title)
    if scenario.baseline_time_s != base.baseline_time_s:
        today = scenario.baseline_time_s
        yield tr("no time today") if today is None else tr("Time today {time}", time=own_time_text(today))
    if scenario.statement != base.statement:
        subjects = {each.key: each.subject for each in workload.statements}
        subject = subjects.get(scenario.statement, scenario.statement)
        yield tr("Statement {subject}", subject=subject) if subject else tr("Statement back to the first")
    if scenario.policy != base.policy:
        yield tr("Layout {policy}", policy=policy_name(scenario.policy))


def _work(scenario: Scenario, catalog: Catalog) -> str:
    workload = catalog.workloads[scenario.workload]
    if scenario.samples is None:
        return tr("Amount of work back to default")
    stated = workload.kind == STATED
    amount = amount_text(workload, scenario.samples) if stated else format_number(scenario.samples)
    return tr("Amount of work {amount}", amount=amount)


def _systems(scenario: Scenario, base: Scenario, catalog: Catalog) -> Iterator[str]:
    """Systems that came and went, and which of them the others are compared with."""
    for choice in scenario.systems:
        if choice not in base.systems:
            yield tr("adds {name}", name=system_name(choice, catalog))
    for choice in base.systems:
        if choice not in scenario.systems:
            yield tr("without {name}", name=system_name(choice, catalog))
    if scenario.systems != base.systems and set(scenario.systems) == set(base.systems):
        yield tr("systems in another order")
    if scenario.reference != base.reference:
        name = _name(scenario.reference, catalog) if scenario.reference else ""
        yield tr("Reference {name}", name=name) if name else tr("no reference")


def _levers(scenario: Scenario, base: Scenario, levers: Levers, catalog: Catalog) -> Iterator[Delta]:
    """Levers and assumptions in the order in which they were moved, then those that went back."""
    for name in _changed(scenario.levers, base.levers):
        scope, _, key = name.rpartition(".")
        lever, old = levers[key], base.levers.get(name)
        words = set_lever(scenario, scope, lever, scenario.levers.get(name), catalog).name
        if name in scenario.levers and scenario.levers[name] == lever.default:  # only a typed file writes it out
            lever_name = lever.name[0].lower() + lever.name[1:]
            words = tr("{whose} {lever} set to default", whose=scope_name(scope, catalog), lever=lever_name)
        elif name in scenario.levers and old is not None:
            words = tr("{new} in place of {old}", new=words, old=lever.format(old))
        yield Delta(words, name)


def _look(scenario: Scenario, base: Scenario, catalog: Catalog) -> Iterator[str]:
    """How the systems are compared, and what is sought."""
    if scenario.target_s != base.target_s:
        target = scenario.target_s
        yield tr("no target") if target is None else tr("target {time}", time=own_time_text(target))
    if scenario.start != base.start:
        yield tr("start {day}", day=scenario.start) if scenario.start else tr("no start")
    if scenario.basis != base.basis:
        yield tr("{new} in place of {old}", new=basis_name(scenario.basis), old=basis_name(base.basis))
    if scenario.subject != base.subject:
        name = _name(scenario.subject, catalog) if scenario.subject else tr("the first system")
        yield tr("headlines speak of {name}", name=name)
    for page in _changed(scenario.headlines, base.headlines):
        own = scenario.headlines.get(page)
        yield tr("headline by rule") if own is None else tr("headline “{text}”", text=own)
    for page in _changed(scenario.scales, base.scales):
        yield tr("logarithmic time axis") if scenario.scales.get(page) == "log" else tr("linear time axis")
    if scenario.show_official != base.show_official:
        yield tr("shows official results") if scenario.show_official else tr("hides official results")


def _own(scenario: Scenario, base: Scenario, catalog: Catalog) -> Iterator[str]:
    """Prices, what was measured, and the profile that projections follow."""
    if scenario.profile != base.profile:
        yield tr("follows profile {name}", name=scenario.profile) if scenario.profile else tr("follows no profile")
    for key in _changed(scenario.prices, base.prices):
        name, price = _name(key, catalog), scenario.prices.get(key)
        if price is None:
            yield tr("no price of {name}", name=name)
        else:
            yield tr("{name} at {price}", name=name, price=price_text(price))
    for key in _changed(scenario.measurements, base.measurements):
        name, measured = _name(key, catalog), scenario.measurements.get(key)
        if measured is None:
            yield tr("nothing measured on {name}", name=name)
        else:
            value = measurement_text(measured, catalog.workloads[scenario.workload])
            yield tr("measured on {name}: {value}", name=name, value=value)


def _changed(new: Mapping[str, object], old: Mapping[str, object]) -> Iterable[str]:
    """Keys whose values differ: those of the new mapping in its order, then those that went."""
    return (key for key in dict.fromkeys((*new, *old)) if new.get(key) != old.get(key))


def _name(key: str, catalog: Catalog) -> str:
    return system_name(parse_system(key, catalog), catalog)
