"""Edits of what is the user's own: prices, measurements, a profile that projections follow."""

from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.changes import Changed, ChangeKind
from ipuwhatif.scenario.edits import Edit
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.prices.prices import Price
from ipuwhatif.scenario.scenario import Scenario


def set_price(scenario: Scenario, choice: SystemChoice, price: Price | None, catalog: Catalog) -> Edit:
    """What a system costs; `None` takes it back."""
    name = system_name(choice, catalog)
    changed = scenario.with_price(choice.key, price)
    if price is None:
        return Edit(changed, Changed(ChangeKind.PRICE_BACK, name))
    return Edit(changed, Changed(ChangeKind.PRICE, name, price))


def learnt_from(scenario: Scenario, catalog: Catalog) -> tuple[Changed, ...]:
    """What projections follow: "your profile ours", "your measurement on IPU-POD16 (16 IPUs)"."""
    learnt = [parse_system(key, catalog) for key, each in scenario.measurements.items() if each.learnt]
    profile = (Changed(ChangeKind.YOUR_PROFILE, scenario.profile),) if scenario.profile else ()
    measured = (Changed(ChangeKind.YOUR_MEASUREMENT, system_name(choice, catalog)) for choice in learnt)
    return (*profile, *measured)


def set_profile(scenario: Scenario, name: str) -> Edit:
    """Projections follow a profile of the user's, or none for an empty name."""
    told = Changed(ChangeKind.PROFILE, name) if name else Changed(ChangeKind.PROFILE_BACK)
    return Edit(replace(scenario, profile=name), told)


def set_measurement(
    scenario: Scenario, choice: SystemChoice, measurement: Measurement | None, catalog: Catalog
) -> Edit:
    """What the user measured on a system; `None` takes it back."""
    name = system_name(choice, catalog)
    changed = scenario.with_measurement(choice.key, measurement)
    if measurement is None:
        return Edit(changed, Changed(ChangeKind.MEASURED_BACK, name))
    return Edit(changed, Changed(ChangeKind.MEASURED, name))


def follow_measurement(
    scenario: Scenario, choice: SystemChoice, measurement: Measurement, followed: bool, catalog: Catalog
) -> Edit:
    """Projections follow what the user measured on a system, or no longer."""
    changed = scenario.with_measurement(choice.key, replace(measurement, learnt=followed))
    name = system_name(choice, catalog)
    return Edit(changed, Changed(ChangeKind.FOLLOWS_MEASURED if followed else ChangeKind.LEAVES_MEASURED, name))


def set_measurements(scenario: Scenario, found: Mapping[str, Measurement]) -> Edit:
    """What the user measured on several systems, by their keys, in the place of what was told of them before."""
    changed = replace(scenario, measurements=MappingProxyType({**scenario.measurements, **found}))
    return Edit(changed, Changed(ChangeKind.RESULTS_MARKED))
