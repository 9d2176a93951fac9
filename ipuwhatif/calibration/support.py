"""How far a case is from the evidence: the nearest entries, the basis, and the axes along which it leaves the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from ipuwhatif.calibration.entries import usable
from ipuwhatif.catalog.types import Catalog, Layout, OfficialResult
from ipuwhatif.model.case import Case
from ipuwhatif.model.lower import SharedCatalog

#: Widening of the interval beyond the evidence, one standard deviation per unit of the natural logarithm.
CHIPS_SPREAD, BATCH_SPREAD, GAIN_SPREAD = 0.03, 0.10, 0.20
RELEASE_SPREAD, GENERATION_SPREAD, RECIPE_SPREAD = 0.09, 0.09, 0.15
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Support:
    """`beyond` names the axes; `spread` is the added standard deviation of ln(time), 0 inside the data.

    `untuned` runs from 0, a global batch that entries tuned a recipe for, to 1, twice or half the nearest of them.
    """

    beyond: tuple[str, ...]
    spread: float
    nearest: tuple[OfficialResult, ...]
    untuned: float = 0.0


def support_of(catalog: Catalog, case: Case, layout: Layout) -> Support:
    """Where the case stands in the evidence. The nearest entries come first; none when the workload has none."""
    chip = catalog.chips[catalog.systems[case.choice.system].chip]
    alike = _alike(SharedCatalog(catalog), case.workload, chip.architecture)
    # The axes are asked together: sizes count where the same chip ran them with this recipe and this software.
    same_chip = [entry for entry in alike if _generation(catalog, entry) == chip.generation]
    near = same_chip or list(alike)
    same_recipe = [entry for entry in near if entry.division == case.recipe]
    same_release = [entry for entry in same_recipe or near if entry.release == case.release]
    joint = same_release or same_recipe or near
    distances = {
        "recipe": RECIPE_SPREAD * (not same_recipe),
        "chip generation": GENERATION_SPREAD * (not same_chip),
        "release": RELEASE_SPREAD * (not same_release),
        "chips": CHIPS_SPREAD * _outside(case.choice.chips, [entry.chips for entry in joint]),
        "global batch": BATCH_SPREAD * _outside(layout.global_batch, _batches(catalog, case, alike)),
        "micro-batch": BATCH_SPREAD
        * _outside(layout.micro_batch, [entry.layout.micro_batch for entry in alike if entry.layout]),
        "pipeline stages": BATCH_SPREAD
        * _outside(layout.pipeline_stages, [entry.layout.pipeline_stages for entry in alike if entry.layout]),
        "compute gain": GAIN_SPREAD * abs(log(case.gains.compute)),
        "link bandwidth gain": GAIN_SPREAD * abs(log(case.gains.link_bandwidth)) / 4.0,
        "clock": GAIN_SPREAD * abs(log(case.gains.clock)),
    }
    beyond = tuple(axis for axis, distance in distances.items() if distance > 0.0)
    spread = float(sum(distance**2 for distance in distances.values())) ** 0.5
    ranked = sorted(alike, key=lambda entry: _distance(catalog, case, entry))
    away = min((abs(log(layout.global_batch / entry.global_batch)) for entry in joint), default=log(2.0))
    return Support(beyond, spread, tuple(ranked[:NEAREST]), min(1.0, away / log(2.0)))


@lru_cache(maxsize=128)
def _alike(shared: SharedCatalog, workload: str, architecture: str) -> tuple[OfficialResult, ...]:
    """The entries that teach about a workload on an architecture."""
    return tuple(
        entry
        for entry in shared.catalog.official
        if usable(entry) and entry.workload == workload and _architecture(shared.catalog, entry) == architecture
    )


def _distance(catalog: Catalog, case: Case, entry: OfficialResult) -> tuple[float, str]:
    chip = catalog.chips[catalog.systems[case.choice.system].chip]
    far = abs(log(entry.chips / case.choice.chips))
    far += 2.0 * (entry.division != case.recipe) + 1.0 * (entry.release != case.release)
    return far + 3.0 * (_generation(catalog, entry) != chip.generation), entry.key


def _batches(catalog: Catalog, case: Case, alike: Sequence[OfficialResult]) -> list[int]:
    points = [point.global_batch for point in catalog.references if point.workload == case.workload]
    return [*points, *(entry.global_batch for entry in alike)]


def _outside(value: float, values: Sequence[float]) -> float:
    """How far a value lies outside the range of others, in units of ln; 0 inside, and 1 where there are none."""
    if not values:
        return 1.0
    return max(0.0, log(min(values) / value), log(value / max(values)))


def _generation(catalog: Catalog, entry: OfficialResult) -> str:
    assert entry.choice is not None
    return catalog.chips[catalog.systems[entry.choice.system].chip].generation


def _architecture(catalog: Catalog, entry: OfficialResult) -> str:
    assert entry.choice is not None
    return catalog.chips[catalog.systems[entry.choice.system].chip].architecture
