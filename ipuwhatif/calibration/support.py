"""How far a case is from the evidence: the nearest entries, the basis, and the axes along which it leaves the data."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from math import log

from ipuwhatif.calibration.entries import usable
from ipuwhatif.calibration.published import published_rows
from ipuwhatif.catalog.types import STATED, Catalog, Chip, Layout, OfficialResult, SystemChoice, Workload
from ipuwhatif.model.case import Assumed, Case
from ipuwhatif.model.roles import stack_of
from ipuwhatif.model.statics import SharedCatalog

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


def support_of(catalog: Catalog, case: Case, layout: Layout) -> Support:
    """Where the case stands in the evidence. The nearest entries come first; none when the workload has none."""
    system = catalog.systems[case.choice.system]
    chip = catalog.chips[system.chip]
    alike = _known(SharedCatalog(catalog), case.workload, chip.architecture)
    # The axes are asked together: sizes count where the same chip ran them with this recipe and this software.
    same_chip = [run for run in alike if run.generation == chip.generation]
    near = same_chip or list(alike)
    same_recipe = [run for run in near if run.recipe == case.recipe]
    same_release = [run for run in same_recipe or near if run.release in (None, case.release)]
    joint = same_release or same_recipe or near
    distances = {
        "recipe": RECIPE_SPREAD * (not same_recipe),
        "chip generation": GENERATION_SPREAD * (not same_chip),
        "release": RELEASE_SPREAD * (not same_release),
        "chips": CHIPS_SPREAD * _outside(case.choice.chips, [run.choice.chips for run in joint]),
        "global batch": BATCH_SPREAD * _outside(layout.global_batch, _batches(catalog, case, alike)),
        "micro-batch": BATCH_SPREAD
        * _outside(layout.micro_batch, [run.layout.micro_batch for run in alike if run.layout]),
        "pipeline stages": BATCH_SPREAD
        * _outside(layout.pipeline_stages, [run.layout.pipeline_stages for run in alike if run.layout]),
    }
    if not alike:  # then every other axis says the same again
        distances = {"workload": WORKLOAD_SPREAD}
    distances |= _moved(case)
    beyond = tuple(axis for axis, distance in distances.items() if distance > 0.0)
    workload = catalog.workloads[case.workload]
    distances |= {"scatter of published figures": _published_scatter(workload)}
    if workload.sector == "finance" and not same_chip:
        distances |= {"small steps": SMALL_STEP_ELSEWHERE}
    spread = float(sum(distance**2 for distance in distances.values())) ** 0.5
    batches = [run.layout.global_batch for run in joint if run.layout]
    away = min((abs(log(layout.global_batch / batch)) for batch in batches), default=log(2.0))
    return Support(
        beyond=beyond,
        spread=spread,
        nearest=_nearest(catalog, case, chip),
        untuned=min(1.0, away / log(2.0)),
        stack=stack_of(chip.architecture),
        third_party=not system.listed,
        samples_spread=UNKNOWN_RECIPE_SPREAD * (not same_chip and case.release not in {run.release for run in alike}),
    )


def _moved(case: Case) -> dict[str, float]:
    """How far what the user changes leads away from what was measured, by axis."""
    distances = {
        axis: GAIN_SPREAD * share * abs(log(getattr(case.gains, field))) for field, (axis, share) in GAIN_AXES.items()
    }
    distances[LATER_SOFTWARE] = ROUND_SPREAD * abs(case.gains.rounds) ** 0.5
    assumed = [abs(log(factor)) for factor in astuple(case.assumed)] if case.assumed != AS_CALIBRATED else [0.0]
    distances[ASSUMPTIONS] = GAIN_SPREAD / 2.0 * sum(each**2 for each in assumed) ** 0.5
    return distances


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


def _nearest(catalog: Catalog, case: Case, chip: Chip) -> tuple[OfficialResult, ...]:
    alike = _entries(SharedCatalog(catalog), case.workload, chip.architecture)
    return tuple(sorted(alike, key=lambda entry: _distance(catalog, case, chip, entry))[:NEAREST])


def _distance(catalog: Catalog, case: Case, chip: Chip, entry: OfficialResult) -> tuple[float, str]:
    assert entry.choice is not None
    far = abs(log(entry.choice.chips / case.choice.chips))
    far += 2.0 * (entry.division != case.recipe) + 1.0 * (entry.release != case.release)
    # The vendor's own systems stand before those of others.
    far += 0.5 * (entry.choice.system != case.choice.system)
    return far + 3.0 * (catalog.chip_of(entry.choice).generation != chip.generation), entry.key


def _batches(catalog: Catalog, case: Case, alike: Sequence[Known]) -> list[int]:
    points = [point.global_batch for point in catalog.references if point.workload == case.workload]
    return [*points, *(run.layout.global_batch for run in alike if run.layout)]


def _outside(value: float, values: Sequence[float]) -> float:
    """How far a value lies outside the range of others, in units of ln; 0 inside, and 1 where there are none."""
    if not values:
        return 1.0
    return max(0.0, log(min(values) / value), log(value / max(values)))
