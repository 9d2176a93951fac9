"""The first run of a chip that is known here: software older than it was never seen at work on that chip.

Entries and published figures count alike; what has no date says nothing.
"""

from functools import lru_cache

from ipuwhatif.analysis.solving.notes import NoRunOfChip
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.model.parameters import anchor_release
from ipuwhatif.model.statics.keys import SharedCatalog


def first_run(catalog: Catalog, choice: SystemChoice) -> str | None:
    """Year and month of the first run of the system's kind of chip, "2021-05"; None where no run of it is known."""
    return _first_run(SharedCatalog(catalog), catalog.chip_of(choice).generation)


def is_before_first_run(catalog: Catalog, choice: SystemChoice, release: str) -> bool:
    """Whether the software is older than every known run of the chip, or than the anchor where no run is known."""
    return release < (first_run(catalog, choice) or anchor_release())


def old_software_note(catalog: Catalog, choice: SystemChoice, release: str) -> NoRunOfChip | None:
    """What must be said of software that is older than every known run of the chip; None where it is not."""
    if not is_before_first_run(catalog, choice, release):
        return None
    return NoRunOfChip(catalog.chip_of(choice).name, release, first_run(catalog, choice))


@lru_cache(maxsize=64)
def _first_run(shared: SharedCatalog, generation: str) -> str | None:
    catalog = shared.catalog
    runs = [(entry.choice, entry.release) for entry in catalog.official]
    runs += [(row.choice, row.origin.published or "") for row in catalog.published]
    dates = [
        date[:7] for choice, date in runs if choice is not None and catalog.chip_of(choice).generation == generation
    ]
    return min((date for date in dates if len(date) == len("2021-06")), default=None)
