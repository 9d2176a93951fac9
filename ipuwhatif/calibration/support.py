"""How far a case is from the evidence: the nearest entries, the basis, and the axes along which it leaves the data."""

from collections.abc import Sequence
from dataclasses import astuple
from functools import lru_cache
from math import log

from ipuwhatif.calibration.entries import usable
from ipuwhatif.calibration.published import published_rows
from ipuwhatif.catalog.types import STATED, Catalog, Chip, Layout, OfficialResult, SystemChoice, Workload
from ipuwhatif.model.case import Assumed, Case, Gains
from ipuwhatif.model.roles import stack_of
from ipuwhatif.model.statics import SharedCatalog
from ipuwhatif.records import dataclass

#: Widening of the interval beyond the evidence, one standard deviation per unit of the natural logarithm.
CHIPS_SPREAD, BATCH_SPREAD, GAIN_SPREAD = 0.03, 0.10, 0.20
RELEASE_SPREAD, GENERATION_SPREAD, RECIPE_SPREAD = 0.01, 0.06, 0.15
#: Of ln(samples) where the chip has not been trained on, nor its architecture with the release's recipes.
UNKNOWN_RECIPE_SPREAD = 0.10
#: Of a job that nobody has measured on the architecture: the op graph and the efficiencies of other jobs are all there
#: is. On the rows of jobs with published throughputs, left out of the fit, the error was of this size.
WORKLOAD_SPREAD = 0.30
#: Of ln(throughput) between published figures and the model that was fitted to them; of small steps, which are bound
#: by launches that are counted and not measured.
PUBLISHED_SCATTER, SMALL_STEP_SCATTER = 0.10, 0.16
#: A small step costs what its host makes of it: on a chip where nobody has measured one, a factor of two either way.
SMALL_STEP_ELSEWHERE = 0.50
NEAREST = 3
#: Field of Gains -> the axis that it moves along, and its part of GAIN_SPREAD: what acts on links, latencies and hosts
#: moves a smaller part of the time.
GAIN_AXES = {
    "compute": ("compute gain", 1.0),
    "link_bandwidth": ("link bandwidth gain", 0.25),
    "clock": ("clock", 1.0),
    "peak": ("peak rate", 1.0),
    "memory_bandwidth": ("memory bandwidth", 1.0),
    "on_chip_memory": ("memory size", 0.25),
    "link_latency": ("link latency", 0.25),
    "communication": ("communication gain", 0.25),
    "host_input": ("host input gain", 0.25),
    "samples": ("samples to target", 1.0),
}
LATER_SOFTWARE, ASSUMPTIONS = "later software", "assumptions"
#: Axes that only a moved lever or assumption leaves the evidence along.
MOVED_AXES = (*(axis for axis, _ in GAIN_AXES.values()), LATER_SOFTWARE, ASSUMPTIONS)
#: By how much a round departs from the drift: its time of a micro-batch (0.015) and its recipes (0.03).
ROUND_SPREAD = 0.034
AS_CALIBRATED = Assumed()


@dataclass(frozen=True, slots=True)
class Support:
    """`beyond` names the axes; `spread` is the added standard deviation of ln(time), 0 inside the data.

    `untuned` runs from 0, a global batch that entries tuned a recipe for, to 1, twice or half the nearest of them.
    `stack` is whose software runs the chip ("ipu", "gpu", "other"); `third_party` tells a server of others than the
    chip's vendor.
    """

    beyond: tuple[str, ...]
    spread: float
    nearest: tuple[OfficialResult, ...]
    untuned: float = 0.0
    stack: str = "gpu"
    third_party: bool = False
    samples_spread: float = 0.0  # added standard deviation of ln(samples)


@dataclass(frozen=True, slots=True)
class Known:
    """One run that teaches about a workload, an entry or a published figure, with what it ran on and how."""

    choice: SystemChoice
    generation: str
    release: str | None  # None where the run belongs to no release
    recipe: str
    layout: Layout | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a job on a system, with its layout, stands in the evidence before the user changes anything."""

    distances: tuple[tuple[str, float], ...]  # by axis
    scatter: tuple[float, ...]  # further standard deviations that belong to no axis
    nearest: tuple[OfficialResult, ...]
    untuned: float
    stack: str
    third_party: bool
    samples_spread: float


def support_of(catalog: Catalog, case: Case, layout: Layout) -> Support:
    """Where the case stands in the evidence. The nearest entries come first; none when the workload has none."""
    place = _place(
        SharedCatalog(catalog),
        (case.workload, case.release, case.recipe),
        case.choice,
        (layout.global_batch, layout.micro_batch, layout.pipeline_stages),
    )
    distances = dict((*place.distances, *_moved(case.gains, case.assumed)))
    return Support(
        beyond=tuple(axis for axis, distance in distances.items() if distance > 0.0),
        spread=float(sum(distance**2 for distance in (*distances.values(), *place.scatter))) ** 0.5,
        nearest=place.nearest,
        untuned=place.untuned,
        stack=place.stack,
        third_party=place.third_party,
        samples_spread=place.samples_spread,
    )


@lru_cache(maxsize=2048)
def _place(
    shared: SharedCatalog, job: tuple[str, str, str], choice: SystemChoice, layout: tuple[int, int, int]
) -> _Place:
    """job: workload, release and recipe; layout: global batch, micro-batch and pipeline stages."""
    catalog, (name, release, recipe) = shared.catalog, job
    system = catalog.systems[choice.system]
    chip = catalog.chips[system.chip]
    alike = _known(shared, name, chip.architecture)
    # The axes are asked together: sizes count where the same chip ran them with this recipe and this software.
    same_chip = [run for run in alike if run.generation == chip.generation]
    near = same_chip or list(alike)
    same_recipe = [run for run in near if run.recipe == recipe]
    same_release = [run for run in same_recipe or near if run.release in (None, release)]
    joint = same_release or same_recipe or near
    batch, micro_batch, stages = layout
    ran = [run.layout for run in alike if run.layout]
    distances = {
        "recipe": RECIPE_SPREAD * (not same_recipe),
        "chip generation": GENERATION_SPREAD * (not same_chip),
        "release": RELEASE_SPREAD * (not same_release),
        "chips": CHIPS_SPREAD * _outside(choice.chips, [run.choice.chips for run in joint]),
        "global batch": BATCH_SPREAD * _outside(batch, _batches(catalog, name, ran)),
        "micro-batch": BATCH_SPREAD * _outside(micro_batch, [each.micro_batch for each in ran]),
        "pipeline stages": BATCH_SPREAD * _outside(stages, [each.pipeline_stages for each in ran]),
    }
    if not alike:  # then every other axis says the same again
        distances = {"workload": WORKLOAD_SPREAD}
    workload = catalog.workloads[name]
    small_steps = SMALL_STEP_ELSEWHERE if workload.sector == "finance" and not same_chip else 0.0
    tuned = [run.layout.global_batch for run in joint if run.layout]
    away = min((abs(log(batch / each)) for each in tuned), default=log(2.0))
    return _Place(
        distances=tuple(distances.items()),
        scatter=(_published_scatter(workload), small_steps),
        nearest=_nearest(shared, job, choice, chip),
        untuned=min(1.0, away / log(2.0)),
        stack=stack_of(chip.architecture),
        third_party=not system.listed,
        samples_spread=UNKNOWN_RECIPE_SPREAD * (not same_chip and release not in {run.release for run in alike}),
    )


@lru_cache(maxsize=256)
def _moved(gains: Gains, assumed: Assumed) -> tuple[tuple[str, float], ...]:
    """How far what the user changes leads away from what was measured, by axis."""
    factors = [abs(log(factor)) for factor in astuple(assumed)] if assumed != AS_CALIBRATED else [0.0]
    return (
        *((axis, GAIN_SPREAD * share * abs(log(getattr(gains, field)))) for field, (axis, share) in GAIN_AXES.items()),
        (LATER_SOFTWARE, ROUND_SPREAD * abs(gains.rounds) ** 0.5),
        (ASSUMPTIONS, GAIN_SPREAD / 2.0 * sum(each**2 for each in factors) ** 0.5),
    )


def _published_scatter(workload: Workload) -> float:
    if workload.kind != STATED:
        return 0.0
    return SMALL_STEP_SCATTER if workload.sector == "finance" else PUBLISHED_SCATTER


@lru_cache(maxsize=256)
def _known(shared: SharedCatalog, workload: str, architecture: str) -> tuple[Known, ...]:
    """The runs that teach about a workload on an architecture: entries, and published figures of jobs without them."""
    catalog = shared.catalog
    runs = [
        Known(entry.choice, catalog.chip_of(entry.choice).generation, entry.release, entry.division, entry.layout)
        for entry in _entries(shared, workload, architecture)
        if entry.choice is not None
    ]
    if not runs:
        runs = [
            Known(row.case.choice, catalog.chip_of(row.case.choice).generation, None, row.case.recipe, row.layout)
            for row in published_rows(catalog)
            if row.case.workload == workload and catalog.chip_of(row.case.choice).architecture == architecture
        ]
    return tuple(runs)


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


def _nearest(
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


def _batches(catalog: Catalog, workload: str, ran: Sequence[Layout]) -> list[int]:
    points = [point.global_batch for point in catalog.references if point.workload == workload]
    return [*points, *(layout.global_batch for layout in ran)]


def _outside(value: float, values: Sequence[float]) -> float:
    """How far a value lies outside the range of others, in units of ln; 0 inside, and 1 where there are none."""
    if not values:
        return 1.0
    return max(0.0, log(min(values) / value), log(value / max(values)))
