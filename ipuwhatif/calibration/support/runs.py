"""The runs that teach about a workload, and how far a case lies from them."""

from collections.abc import Sequence
from functools import lru_cache
from math import log

from ipuwhatif.calibration.published import language_rows, published_rows
from ipuwhatif.calibration.support.spreads import USUAL
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.stacks import Software
from ipuwhatif.catalog.types import Catalog, Chip, OfficialResult, SystemChoice
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import Record

NEAREST = 3


class Known(Record, frozen=True):
    """One run that teaches about a workload, an entry or a published figure, with what it ran on and how."""

    choice: SystemChoice
    generation: str
    release: str | None  # None where the run belongs to no release
    recipe: str
    layout: Layout | None
    software: str = ""  # of a published figure


@lru_cache(maxsize=256)
def known_runs(shared: SharedCatalog, workload: str, architecture: str) -> tuple[Known, ...]:
    """The runs that teach about a workload on an architecture: entries, and published figures of jobs without them."""
    catalog = shared.catalog
    runs = tuple(
        Known(entry.choice, catalog.chip_of(entry.choice).generation, entry.release, entry.division, entry.layout)
        for entry in _entries(shared, workload, architecture)
        if entry.choice is not None
    )
    return runs or printed_runs(shared, workload, architecture)


@lru_cache(maxsize=256)
def printed_runs(shared: SharedCatalog, workload: str, architecture: str) -> tuple[Known, ...]:
    """Published figures that teach about a workload on an architecture."""
    catalog = shared.catalog
    return tuple(
        Known(
            row.case.choice,
            catalog.chip_of(row.case.choice).generation,
            None,
            row.case.recipe,
            row.layout,
            row.case.software,
        )
        for row in (*published_rows(catalog), *language_rows(catalog))
        if row.case.workload == workload and catalog.chip_of(row.case.choice).architecture == architecture
    )


def tells_of(printed: Software, asked: Software) -> bool:
    """Whether speeds of one software tell of another: of its framework, or of its class where that is all there is."""
    return asked.framework in (printed.framework, printed.stack)


@lru_cache(maxsize=256)
def _entries(shared: SharedCatalog, workload: str, architecture: str) -> tuple[OfficialResult, ...]:
    return tuple(
        entry
        for entry in shared.catalog.official
        if usable(entry)
        and entry.workload == workload
        and entry.choice is not None
        and shared.catalog.chip_of(entry.choice).architecture == architecture
    )


def nearest_entries(
    shared: SharedCatalog, job: tuple[str, str, str], choice: SystemChoice, chip: Chip
) -> tuple[OfficialResult, ...]:
    workload, release, recipe = job

    def distance(entry: OfficialResult) -> tuple[float, str]:
        assert entry.choice is not None
        far = abs(log(entry.choice.chips / choice.chips))
        far += 2.0 * (entry.division != recipe) + 1.0 * (entry.release != release)
        # The vendor's own systems stand before those of others.
        far += 0.5 * (entry.choice.system != choice.system)
        return far + 3.0 * (shared.catalog.chip_of(entry.choice).generation != chip.generation), entry.key

    return tuple(sorted(_entries(shared, workload, chip.architecture), key=distance)[:NEAREST])


def batches_that_ran(catalog: Catalog, workload: str, ran: Sequence[Layout]) -> list[int]:
    points = [point.global_batch for point in catalog.references if point.workload == workload]
    return [*points, *(layout.global_batch for layout in ran)]


def from_batches_at(chips: int, batch: int, ran: Sequence[tuple[int, Layout]]) -> float:
    """How far a global batch lies from those that were run on about as many chips, in units of ln; USUAL without any.

    Between two sizes that were run the least and the greatest batch change evenly in logarithms; beyond them anything
    from the same batch to the same batch a chip is usual. Whoever ran a size could have run a batch that was run
    elsewhere, and did not: it is no evidence for this size.
    """
    if not ran:
        return USUAL
    sizes = [size for size, _ in ran]
    below = max((size for size in sizes if size <= chips), default=min(sizes))
    above = min((size for size in sizes if size >= chips), default=max(sizes))
    part = log(chips / below) / log(above / below) if below < above else 0.0
    low, high = (
        (1.0 - part) * pick(log(layout.global_batch) for size, layout in ran if size == below)
        + part * pick(log(layout.global_batch) for size, layout in ran if size == above)
        for pick in (min, max)
    )
    farther = log(chips / below) if below == above else 0.0  # 0 at a size that was run
    return max(0.0, low + min(0.0, farther) - log(batch), log(batch) - high - max(0.0, farther))


def outside(value: float, values: Sequence[float]) -> float:
    """How far a value lies outside the range of others, in units of ln; 0 inside, and 1 where there are none."""
    if not values:
        return 1.0
    return max(0.0, log(min(values) / value), log(value / max(values)))


def chips_beside(catalog: Catalog, entered: Sequence[Known], chip: str, release: str) -> list[int]:
    """Numbers of chips that entries of a job ran on, on the same chip in the same round."""
    return [
        run.choice.chips
        for run in entered
        if run.release == release and catalog.systems[run.choice.system].chip == chip
    ]
