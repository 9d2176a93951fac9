"""How far a case is from the evidence: the nearest entries, the basis, and the axes along which it leaves the data."""

from collections.abc import Sequence
from functools import lru_cache
from math import hypot, log

from ipuwhatif.calibration.near.near_spread import near_spread
from ipuwhatif.calibration.shapes import LANGUAGE_MODEL
from ipuwhatif.calibration.support.runs import (
    Known,
    batches_that_ran,
    chips_beside,
    from_batches_at,
    known_runs,
    nearest_entries,
    outside,
    printed_runs,
    tells_of,
)
from ipuwhatif.calibration.support.spreads import (
    ASSUMPTIONS,
    BATCH_SPREAD,
    CHIPS_SPREAD,
    FRAMEWORK_SCATTER,
    GAIN_AXES,
    GAIN_SPREAD,
    GENERATION,
    GENERATION_SPREAD,
    GLOBAL_BATCH,
    LANGUAGE_JOB,
    LANGUAGE_ROUND,
    LANGUAGE_SOFTWARE,
    LATER_SOFTWARE,
    NOT_UNDERSTOOD,
    OWN_CHIP,
    PRECISION_SPREAD,
    PUBLISHED_SCATTER,
    RECIPE_SPREAD,
    RELEASE_SPREAD,
    ROUND_SPREAD,
    SMALL_STEP_ELSEWHERE,
    SMALL_STEP_SCATTER,
    SOFTWARE,
    SOFTWARE_SPREAD,
    SPOKEN_JOB,
    UNKNOWN_PRODUCT,
    UNKNOWN_RECIPE_SPREAD,
    USUAL,
    WORKLOAD_SPREAD,
)
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.stacks import Software
from ipuwhatif.catalog.types import LANGUAGE, STATED, TARGET, Catalog, Chip, OfficialResult, SystemChoice, Workload
from ipuwhatif.model.case import Assumed, Case, Gains
from ipuwhatif.model.parameters import rounds_ago
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.model.roles.kinds import stack_of
from ipuwhatif.model.roles.roles import SMALL_STEPS, ToldBy
from ipuwhatif.model.roles.software import software_of
from ipuwhatif.model.rounds import told_by
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import Record, asdict
from ipuwhatif.texts import marked

AS_CALIBRATED = Assumed()


class EvidenceCoverage(Record, frozen=True):
    """`beyond` names the axes; `spread` is the added standard deviation of ln(time), 0 inside the data and where
    only the batch is unusual for its size: that can take longer and not less, which `untuned` does to the interval.

    `untuned` is 0 for a global batch that entries ran at this size, 1 at twice or half the nearest, 2 at four times it.
    `stack` is whose software runs the chip ("ipu", "gpu", "other"); `third_party` tells a server of others than the
    chip's vendor.
    """

    beyond: tuple[str, ...]
    spread: float
    nearest: tuple[OfficialResult, ...]
    untuned: float = 0.0
    stack: str = "gpu"
    third_party: bool = False
    scattered: float = 1.0  # the part of the scatter between entries that those near by leave
    samples_spread: float = 0.0  # added standard deviation of ln(samples)
    shape: str = ""  # the kind of system whose back-tests tell the shape of the scatter; empty where none does
    untested: float = 0.0  # the part of `spread` that no back-test leaves anything out along


class _Place(Record, frozen=True):
    """Where a job on a system, with its layout, stands in the evidence before the user changes anything."""

    distances: tuple[tuple[str, float], ...]  # by axis
    scatter: tuple[float, ...]  # further standard deviations that belong to no axis
    nearest: tuple[OfficialResult, ...]
    untuned: float
    is_unusual: bool  # a batch so far from those that were run at this size that the basis names it
    stack: str
    third_party: bool
    scattered: float
    samples_spread: float
    shape: str


def runs_named_software(catalog: Catalog, case: Case) -> bool:
    """Whether a job with entries runs other software than theirs: a published state that the case names."""
    workload = catalog.workloads[case.workload]
    architecture = catalog.chip_of(case.choice).architecture
    named = software_of(catalog, workload, architecture, case.release, case.software) is not None
    return named and workload.kind == TARGET


def support_of(catalog: Catalog, case: Case, layout: Layout) -> EvidenceCoverage:
    """Where the case stands in the evidence. The nearest entries come first; none when the workload has none."""
    place = _place(
        SharedCatalog(catalog),
        (case.workload, case.release, case.recipe, case.software),
        case.choice,
        (layout.global_batch, layout.micro_batch, layout.pipeline_stages, layout.precision),
    )
    distances = dict((*place.distances, *_moved(case.gains, case.assumed)))
    return EvidenceCoverage(
        beyond=tuple(
            axis
            for axis, distance in distances.items()
            if distance > 0.0 or (axis == GLOBAL_BATCH and place.is_unusual)
        ),
        spread=float(sum(distance**2 for distance in (*distances.values(), *place.scatter))) ** 0.5,
        nearest=place.nearest,
        untuned=place.untuned,
        stack=place.stack,
        third_party=place.third_party,
        scattered=place.scattered,
        samples_spread=place.samples_spread,
        shape=place.shape,
        untested=_untested(case.gains, case.assumed, distances.get(OWN_CHIP, 0.0)),
    )


@lru_cache(maxsize=1024)
def _told_by(shared: SharedCatalog, workload: str, chip: str, release: str) -> ToldBy:
    """The same for every size: it looks through all entries."""
    return told_by(shared.catalog, shared.catalog.workloads[workload], shared.catalog.chips[chip], release)


class _Company(Record, frozen=True):
    """The runs that a job is held against: entries, printed speeds, and of those that count the nearer ones."""

    software: Software | None  # that the job runs, where no entries of a round tell what ran
    entered: tuple[Known, ...]
    printed: tuple[Known, ...]
    alike: tuple[Known, ...]  # that count
    same_chip: list[Known]
    same_recipe: list[Known]
    same_release: list[Known]

    @property
    def near(self) -> Sequence[Known]:
        return self.same_chip or self.alike

    @property
    def joint(self) -> Sequence[Known]:
        """Of the same chip, recipe and software, as far as there are such."""
        return self.same_release or self.same_recipe or self.near


@lru_cache(maxsize=2048)
def _place(
    shared: SharedCatalog, job: tuple[str, str, str, str], choice: SystemChoice, layout: tuple[int, int, int, str]
) -> _Place:
    """job: workload, release, recipe and software; layout: global batch, micro-batch, pipeline
    stages and precision."""
    catalog, (name, release, recipe, _) = shared.catalog, job
    system = catalog.systems[choice.system]
    chip, workload = catalog.chips[system.chip], catalog.workloads[name]
    language = LANGUAGE in workload.traits
    company = _company(shared, job, chip, workload)
    software, same_chip = company.software, company.same_chip
    distances = _distances(shared, job, choice, layout, company)
    tuned = company.entered if software else company.joint  # frameworks print speeds, no recipes
    away = from_batches_at(choice.chips, layout[0], [(run.choice.chips, run.layout) for run in tuned if run.layout])
    has_target = workload.kind == TARGET  # any other job takes the samples that are stated, whatever the batch
    small_steps = SMALL_STEP_ELSEWHERE if SMALL_STEPS in workload.traits and not same_chip else 0.0
    beside = chips_beside(catalog, company.entered, system.chip, release) if language and software is None else []
    unknown_recipe = not same_chip and release not in {run.release for run in company.entered}
    return _Place(
        distances=tuple(distances.items()),
        scatter=() if language else (FRAMEWORK_SCATTER if software else _published_scatter(workload), small_steps),
        nearest=nearest_entries(shared, (name, release, recipe), choice, chip),
        untuned=away / USUAL if has_target else min(1.0, away / USUAL),
        is_unusual=has_target and away >= USUAL,
        stack=stack_of(chip.architecture),
        third_party=not (system.listed or software),
        scattered=near_spread(choice.chips, beside),
        samples_spread=UNKNOWN_RECIPE_SPREAD * unknown_recipe,
        shape="" if software or not has_target else LANGUAGE_MODEL if language else stack_of(chip.architecture),
    )


def _company(shared: SharedCatalog, job: tuple[str, str, str, str], chip: Chip, workload: Workload) -> _Company:
    catalog, (name, release, recipe, named) = shared.catalog, job
    language = LANGUAGE in workload.traits
    software = software_of(catalog, workload, chip.architecture, release, named)
    entered = known_runs(shared, name, chip.architecture)
    printed = () if software is None else printed_runs(shared, name, chip.architecture)
    if software and language:  # of others one knows less than of entries
        printed = tuple(run for run in printed if tells_of(catalog.software[run.software], software))
    alike = entered if software is None or (language and not printed) else printed
    # The axes are asked together: sizes count where the same chip ran them with this recipe and this software.
    same_chip = [run for run in alike if run.generation == chip.generation]
    near = same_chip or alike
    same_recipe = [run for run in near if run.recipe == recipe]
    same_release = [run for run in same_recipe or near if run.release in (None, release)]
    return _Company(software, entered, printed, alike, same_chip, same_recipe, same_release)


def _distances(
    shared: SharedCatalog,
    job: tuple[str, str, str, str],
    choice: SystemChoice,
    layout: tuple[int, int, int, str],
    company: _Company,
) -> dict[str, float]:
    """How much wider each axis makes the interval, 0 where a case stands inside the evidence along it."""
    catalog, (name, release, _, _) = shared.catalog, job
    chip, workload = catalog.chip_of(choice), catalog.workloads[name]
    language, software = LANGUAGE in workload.traits, company.software
    batch, micro_batch, stages, precision = layout
    ran = [run.layout for run in company.alike if run.layout]
    told = _told_by(shared, name, chip.key, release)
    rounds = abs(rounds_ago(release) - rounds_ago(told.chip))  # of drift alone
    sizes = [run.choice.chips for run in company.joint]
    distances = {
        marked("recipe"): RECIPE_SPREAD * (not company.same_recipe),
        GENERATION: GENERATION_SPREAD * (not company.same_chip),
        marked("release"): (RELEASE_SPREAD + ROUND_SPREAD * rounds**0.5) * (not company.same_release),
        marked("chips"): CHIPS_SPREAD[stack_of(chip.architecture)] * outside(choice.chips, sizes),
        GLOBAL_BATCH: BATCH_SPREAD * outside(batch, batches_that_ran(catalog, name, ran)),
        marked("micro-batch"): BATCH_SPREAD * outside(micro_batch, [each.micro_batch for each in ran]),
        marked("pipeline stages"): BATCH_SPREAD * outside(stages, [each.pipeline_stages for each in ran]),
    }
    if language:  # a published state is no release's
        distances[marked("release")] = LANGUAGE_ROUND * (not company.same_release and software is None)
        bits = {PRECISIONS[run.layout.precision].bits for run in company.near if run.layout and run.layout.precision}
        distances[marked("precision")] = PRECISION_SPREAD * (bool(bits) and PRECISIONS[precision].bits not in bits)
    if software:
        distances |= _of_software(software, company.printed, catalog, language=language)
    if not company.alike:  # then every other axis says the same again
        job_spread = SPOKEN_JOB if software else LANGUAGE_JOB
        distances = {marked("workload"): job_spread if language else WORKLOAD_SPREAD}
    if workload.not_understood:
        distances[NOT_UNDERSTOOD] = -log(1.0 - workload.not_understood)
    if chip.told_as:
        distances.pop(GENERATION, None)
        unknown = UNKNOWN_PRODUCT * (language and "best_product" not in chip.data)
        distances[OWN_CHIP] = (GENERATION_SPREAD**2 + unknown**2) ** 0.5
    return distances


def _of_software(software: Software, printed: Sequence[Known], catalog: Catalog, *, language: bool) -> dict[str, float]:
    """Software that nobody printed a speed of this job in."""
    if not printed:
        return {SOFTWARE: LANGUAGE_SOFTWARE if language else SOFTWARE_SPREAD}
    if software.framework not in {catalog.software[run.software].framework for run in printed}:
        return {SOFTWARE: SOFTWARE_SPREAD}
    return {}


@lru_cache(maxsize=256)
def _moved(gains: Gains, assumed: Assumed) -> tuple[tuple[str, float], ...]:
    """How far what the user changes leads away from what was measured, by axis."""
    factors = [abs(log(factor)) for factor in asdict(assumed).values()] if assumed != AS_CALIBRATED else [0.0]
    return (
        *((axis, GAIN_SPREAD * share * abs(log(getattr(gains, field)))) for field, (axis, share) in GAIN_AXES.items()),
        (LATER_SOFTWARE, ROUND_SPREAD * abs(gains.rounds) ** 0.5),
        (ASSUMPTIONS, GAIN_SPREAD / 2.0 * sum(each**2 for each in factors) ** 0.5),
    )


@lru_cache(maxsize=256)
def _untested(gains: Gains, assumed: Assumed, own_chip: float) -> float:
    """The spread along what the user changes or says of a chip, which no entry was left out along."""
    return hypot(own_chip, *(distance for _, distance in _moved(gains, assumed)))


def _published_scatter(workload: Workload) -> float:
    if workload.kind != STATED:
        return 0.0
    return SMALL_STEP_SCATTER if SMALL_STEPS in workload.traits else PUBLISHED_SCATTER
