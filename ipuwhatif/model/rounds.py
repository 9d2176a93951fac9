"""Which release tells how the software of another departs from the drift.

Software that is older than a chip never ran on it, and of a release after the last entries of a stack nothing is
known but the drift. The first is told by the release that the entries of the chip begin with, the second by that which
those of its stack end with, with a drift for each round between: so nothing is faster before its first entries than
with them, nor slower after the last ones. Recipes and networks are not the chip's: those of a release are told by
whatever the same stack ran.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import STATED, Catalog, Chip, Workload
from ipuwhatif.model.parameters import anchor_release
from ipuwhatif.model.roles.kinds import stack_of
from ipuwhatif.model.roles.roles import ToldBy
from ipuwhatif.model.statics.keys import SharedCatalog


def told_by(catalog: Catalog, workload: Workload, chip: Chip, release: str) -> ToldBy:
    """Which releases tell of a release on a chip. Published figures are of no release: a job that has them keeps it."""
    if workload.kind == STATED:
        return ToldBy(release, release)
    ran = _ran(SharedCatalog(catalog)).get(workload.key, [])
    family, stack = chip_family(chip), stack_of(chip.architecture)
    of_stack = [known for known, other in ran if stack_of(other.architecture) == stack]
    of_chip = [known for known, other in ran if chip_family(other) == family]
    begins = min(of_chip, default=chip.since or release)
    return ToldBy(
        chip=_within(of_stack, max(release, begins)),
        stack=_within(of_stack, max(release, chip.since)),
    )


@lru_cache(maxsize=8)
def _ran(shared: SharedCatalog) -> Mapping[str, list[tuple[str, Chip]]]:
    """Releases and chips that the usable entries of each workload ran, each pair once."""
    catalog, ran = shared.catalog, defaultdict[str, dict[tuple[str, str], Chip]](dict)
    for entry in catalog.official:
        if usable(entry) and entry.choice is not None:
            chip = catalog.chip_of(entry.choice)
            ran[str(entry.workload)][entry.release, chip.key] = chip
    return {workload: [(release, chip) for (release, _), chip in pairs.items()] for workload, pairs in ran.items()}


def chip_family(chip: Chip) -> str:
    """The first word of the chip's generation, so that all boards of a chip are one, V100S as V100."""
    return chip.generation.split("-")[0].rstrip("s")


def _within(known: Sequence[str], release: str) -> str:
    """The release, or the nearest to it from the first of the known ones to the last, or the anchor."""
    return min(max(release, min(known, default=release)), max(anchor_release(), *known, release if not known else ""))
