"""How long entries took from starting their programs to training: the clock of their scores leaves it out."""

from collections.abc import Mapping
from math import log
from statistics import median

from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import Record
from ipuwhatif.scenario.scenario import Scenario

LEVER = "initialisation_time"
_NEIGHBOURS = 5  # entries whose median is told: one alone may have waited for anything
_MINUTE, _DIGITS = 60.0, 3


class Initialisation(Record, frozen=True):
    """What entries of a job took before their clock. Seconds; `chips`: fewest and most of them."""

    typical: float
    shortest: float
    longest: float
    entries: int
    chips: tuple[int, int]


def initialisation_of_entries(catalog: Catalog, workload: str, choice: SystemChoice) -> Initialisation | None:
    """The median of the entries of a job nearest in number of chips, of the same kind of chip where it has any.

    None where no entry of the job tells.
    """
    told = [row for row in catalog.official if row.workload == workload and row.initialisation_s and row.choice]
    architecture = catalog.chip_of(choice).architecture
    alike = [row for row in told if row.choice and catalog.chip_of(row.choice).architecture == architecture]
    latest_first = sorted(alike or told, key=lambda row: row.release, reverse=True)
    nearest = sorted(latest_first, key=lambda row: abs(log(row.chips / choice.chips)))[:_NEIGHBOURS]
    if not nearest:
        return None
    times, chips = [row.initialisation_s or 0.0 for row in nearest], [row.chips for row in nearest]
    return Initialisation(median(times), min(times), max(times), len(nearest), (min(chips), max(chips)))


def as_entries_had(catalog: Catalog, scenario: Scenario) -> Mapping[str, float]:
    """Levers that give each system of a scenario the initialisation of entries, as name and minutes."""
    found = {each.key: initialisation_of_entries(catalog, scenario.workload, each) for each in scenario.systems}
    return {
        f"{key}.{LEVER}": float(f"{each.typical / _MINUTE:.{_DIGITS}g}")
        for key, each in found.items()
        if each is not None
    }
