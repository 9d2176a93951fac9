"""Edits of what is the user's own: prices, measurements, a profile that projections follow."""

from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.prices.prices import Price, price_text
from ipuwhatif.scenario.scenario import (
    Scenario,
)
from ipuwhatif.texts import tr


def set_price(scenario: Scenario, choice: SystemChoice, price: Price | None, catalog: Catalog) -> Edit:
    """What a system costs; `None` takes it back."""
    name = system_name(choice, catalog)
    changed = scenario.with_price(choice.key, price)
    if price is None:
        return Edit(changed, tr("Price of {name} taken back", name=name))
    return Edit(changed, tr("Price of {name} {price}", name=name, price=price_text(price)))


def learnt_texts(scenario: Scenario, catalog: Catalog) -> tuple[str, ...]:
    """What projections follow, in words: "your profile ours", "your measurement on IPU-POD16 (16 IPUs)"."""
    learnt = [parse_system(key, catalog) for key, each in scenario.measurements.items() if each.learnt]
    profile = (tr("your profile {name}", name=scenario.profile),) if scenario.profile else ()
    measured = (tr("your measurement on {name}", name=system_name(choice, catalog)) for choice in learnt)
    return (*profile, *measured)


def set_profile(scenario: Scenario, name: str) -> Edit:
    """Projections follow a profile of the user's, or none for an empty name."""
    told = tr("Projections follow profile {name}", name=name) if name else tr("Projections follow no profile")
    return Edit(replace(scenario, profile=name), told)


def set_measurement(
    scenario: Scenario, choice: SystemChoice, measurement: Measurement | None, catalog: Catalog
) -> Edit:
    """What the user measured on a system; `None` takes it back."""
    name = system_name(choice, catalog)
    changed = scenario.with_measurement(choice.key, measurement)
    if measurement is None:
        return Edit(changed, tr("Measurement on {name} taken back", name=name))
    return Edit(changed, tr("Measurement on {name}", name=name))


def follow_measurement(
    scenario: Scenario, choice: SystemChoice, measurement: Measurement, followed: bool, catalog: Catalog
) -> Edit:
    """Projections follow what the user measured on a system, or no longer."""
    changed = scenario.with_measurement(choice.key, replace(measurement, learnt=followed))
    name = system_name(choice, catalog)
    if followed:
        return Edit(changed, tr("Projections follow the measurement on {name}", name=name))
    return Edit(changed, tr("Projections leave the measurement on {name}", name=name))


def set_measurements(scenario: Scenario, found: Mapping[str, Measurement]) -> Edit:
    """What the user measured on several systems, by their keys, in the place of what was told of them before."""
    changed = replace(scenario, measurements=MappingProxyType({**scenario.measurements, **found}))
    return Edit(changed, tr("Your own results marked"))
