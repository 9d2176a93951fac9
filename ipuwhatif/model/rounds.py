"""Which release tells how the software of another departs from the drift.

Software that is older than a chip never ran on it, and a release to come has run nowhere. The first is told by the
release that the entries of the chip begin with, the second by the last round, with a drift for each round between: so
nothing is faster before its first entries than with them, nor slower as of a release to come than with the last round.
Recipes and networks are not the chip's: those of a release are told by whatever the same stack ran.
"""

from collections.abc import Sequence

from ipuwhatif.catalog.types import STATED, Catalog, Chip, Workload
from ipuwhatif.catalog.usable import usable
from ipuwhatif.model.roles import ToldBy, stack_of


def told_by(catalog: Catalog, workload: Workload, chip: Chip, release: str) -> ToldBy:
    """Which releases tell of a release on a chip. Published figures are of no release: a job that has them keeps it."""
    if workload.kind == STATED:
        return ToldBy(release, release)
    ran = [
        (entry.release, catalog.chip_of(entry.choice))
        for entry in catalog.official
        if usable(entry) and entry.workload == workload.key and entry.choice is not None
    ]
    family, stack = chip_family(chip), stack_of(chip.architecture)
    last = max(key for key, each in catalog.releases.items() if each.mlperf_round)
    of_stack = [known for known, other in ran if stack_of(other.architecture) == stack]
    of_chip = [known for known, other in ran if chip_family(other) == family]
    return ToldBy(chip=_within(of_chip, release, last), stack=_within(of_stack, release, last))


def chip_family(chip: Chip) -> str:
    """The first word of the chip's generation, so that all boards of a chip are one, V100S as V100."""
    return chip.generation.split("-")[0].rstrip("s")


def _within(known: Sequence[str], release: str, last: str) -> str:
    """The release, or the nearest to it from the first of the known ones to the last round."""
    return min(max(release, min(known, default=release)), last)
