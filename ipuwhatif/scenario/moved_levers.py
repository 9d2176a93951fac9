"""The levers that a scenario moves, as values: whose, which and to what; worded in `figures/scenarios/changes.py`."""

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import Lever, Levers
from ipuwhatif.scenario.names import scope_name
from ipuwhatif.scenario.resolve import acts_on_time
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import Said


class MovedLever(Record, frozen=True):
    """A lever or an assumption with the value that it is moved to."""

    scope: str  # "ipu", "ipu-pod:64"
    whose: Said  # the name of the scope
    lever: Lever
    value: float | None  # None: back to its default


class Lettered(Record, frozen=True):
    """A setting of one of two scenarios, by its letter."""

    letter: str
    setting: Said


def moved_levers(scenario: Scenario, levers: Levers, catalog: Catalog) -> tuple[MovedLever, ...]:
    """Every moved lever and assumption that changes times."""
    named = [(name.rpartition("."), value) for name, value in scenario.levers.items() if acts_on_time(name, levers)]
    return tuple(MovedLever(scope, scope_name(scope, catalog), levers[key], value) for (scope, _, key), value in named)
