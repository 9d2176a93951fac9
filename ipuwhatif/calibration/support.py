"""How far a case is from the evidence: the nearest entries, the basis, and the axes along which it leaves the data."""

from collections.abc import Sequence
from functools import lru_cache
from math import hypot, log

from ipuwhatif.calibration.published import language_rows, published_rows
from ipuwhatif.calibration.shapes import LANGUAGE_MODEL
from ipuwhatif.catalog.evidence.usable import usable
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

#: Widening of the interval beyond the evidence, one standard deviation per unit of the natural logarithm.
BATCH_SPREAD, GAIN_SPREAD = 0.10, 0.20
#: By whose software runs the chips: of GPUs, sizes that no entry came near were missed by two to three times as much.
CHIPS_SPREAD = {"ipu": 0.03, "gpu": 0.08, "other": 0.08}
RELEASE_SPREAD, GENERATION_SPREAD, RECIPE_SPREAD = 0.01, 0.06, 0.15
#: Of ln(samples) where the chip has not been trained on, nor its architecture with the release's recipes.
UNKNOWN_RECIPE_SPREAD = 0.10
#: Of a job that nobody has measured on the architecture: the op graph and the efficiencies of other jobs are all there
#: is. On the rows of jobs with published throughputs, left out of the fit, the error was of this size.
WORKLOAD_SPREAD = 0.30
#: Of ln(throughput) between published figures and the model that was fitted to them; of small steps, which are bound
#: by launches that are counted and not measured.
PUBLISHED_SCATTER, SMALL_STEP_SCATTER = 0.10, 0.16
#: Of a framework that people run, between documents: what is not printed of a set-up. Speeds of a document that is left
#: out lie 0.16 around what the others let expect (root mean square of ln), with what the parameters do not know.
FRAMEWORK_SCATTER = 0.105
#: Of software that was not run on this job: what its framework and class tell has the width of their parameters.
SOFTWARE_SPREAD = 0.05
#: A small step costs what its host makes of it: on a chip where nobody has measured one, a factor of two either way.
SMALL_STEP_ELSEWHERE = 0.50
#: Of a language model, from held-out residuals of ln(throughput): with software of a round without an entry, and of a
#: job without one. Its entries scatter as those of other jobs on GPUs do, and the draws have most of what a round, a
#: chip or a size without one adds.
LANGUAGE_ROUND, LANGUAGE_JOB = 0.01, 0.12
#: Of a language model with entries, in a framework that nobody printed a speed of it in.
LANGUAGE_SOFTWARE = 0.10
#: Of a language model without an entry in a framework that nobody printed a speed of it in: models that were left out.
SPOKEN_JOB = 0.06
#: Of a language model whose products run in as many bits as nobody ran them in on the chip. Speeds in 4 bit that the
#: model had not seen lie 0.06 around it (root mean square of ln).
PRECISION_SPREAD = 0.06
#: Of a language model on a chip whose best product nobody measured: ln of what the best products of 14 chips reach of
#: their peaks, around the share that is taken (root mean square).
UNKNOWN_PRODUCT = 0.16
NEAREST = 3
#: Less than twice or half the batches that were run on about as many chips is usual; from there on the basis says so.
USUAL = log(2.0) * (1.0 - 1e-9)
#: Field of Gains -> the axis that it moves along, and its part of GAIN_SPREAD: what acts on links, latencies and hosts
#: moves a smaller part of the time.
GAIN_AXES = {
    "compute": (marked("compute gain"), 1.0),
    "link_bandwidth": (marked("link bandwidth gain"), 0.25),
    "clock": (marked("clock"), 1.0),
    "peak": (marked("peak rate"), 1.0),
    "memory_bandwidth": (marked("memory bandwidth"), 1.0),
    "on_chip_memory": (marked("memory size"), 0.25),
    "link_latency": (marked("link latency"), 0.25),
    "communication": (marked("communication gain"), 0.25),
    "host_input": (marked("host input gain"), 0.25),
    "samples": (marked("samples to target"), 1.0),
}
GLOBAL_BATCH = marked("global batch")
#: In the place of "chip generation": what the user says of a chip is all that is known of it.
GENERATION, OWN_CHIP = marked("chip generation"), marked("own chip known by its data sheet alone")
NOT_UNDERSTOOD = marked("ops that are not understood")  # of a network of the user's own
SOFTWARE = marked("software")
LATER_SOFTWARE, ASSUMPTIONS = marked("later software"), marked("assumptions")
#: Axes that a choice leaves the evidence along, a lever, an assumption or the batch of a layout: the chips, how many of
#: them and the software are those of entries.
CHOSEN_AXES = (*(axis for axis, _ in GAIN_AXES.values()), GLOBAL_BATCH, LATER_SOFTWARE, ASSUMPTIONS)
#: By how much a round departs from the drift: its time of a micro-batch (0.015) and its recipes (0.03).
ROUND_SPREAD = 0.034
AS_CALIBRATED = Assumed()


class Support(Record, frozen=True):
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
    samples_spread: float = 0.0  # added standard deviation of ln(samples)
    shape: str = ""  # the kind of system whose back-tests tell the shape of the scatter; empty where none does
    untested: float = 0.0  # the part of `spread` that no back-test leaves anything out along


class Known(Record, frozen=True):
    """One run that teaches about a workload, an entry or a published figure, with what it ran on and how."""

    choice: SystemChoice
    generation: str
    release: str | None  # None where the run belongs to no release
    recipe: str
    layout: Layout | None
    software: str = ""  # of a published figure


class _Place(Record, frozen=True):
    """Where a job on a system, with its layout, stands in the evidence before the user changes anything."""

    distances: tuple[tuple[str, float], ...]  # by axis
    scatter: tuple[float, ...]  # further standard deviations that belong to no axis
    nearest: tuple[OfficialResult, ...]
    untuned: float
    is_unusual: bool  # a batch so far from those that were run at this size that the basis names it
    stack: str
    third_party: bool
    samples_spread: float
    shape: str


def runs_named_software(catalog: Catalog, case: Case) -> bool:
    """Whether a job with entries runs other software than theirs: a published state that the case names."""
    workload = catalog.workloads[case.workload]
    architecture = catalog.chip_of(case.choice).architecture
    named = software_of(catalog, workload, architecture, case.release, case.software) is not None
    return named and workload.kind == TARGET


def support_of(catalog: Catalog, case: Case, layout: Layout) -> Support:
    """Where the case stands in the evidence. The nearest entries come first; none when the workload has none."""
    place = _place(
        SharedCatalog(catalog),
        (case.workload, case.release, case.recipe, case.software),
        case.choice,
        (layout.global_batch, layout.micro_batch, layout.pipeline_stages, layout.precision),
    )
    distances = dict((*place.distances, *_moved(case.gains, case.assumed)))
    return Support(
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
        samples_spread=place.samples_spread,
        shape=place.shape,
        untested=_untested(case.gains, case.assumed, distances.get(OWN_CHIP, 0.0)),
    )


@lru_cache(maxsize=1024)
def _told_by(shared: SharedCatalog, workload: str, chip: str, release: str) -> ToldBy:
    """The same for every size: it looks through all entries."""
    return told_by(shared.catalog, shared.catalog.workloads[workload], shared.catalog.chips[chip], release)


@lru_cache(maxsize=2048)
def _place(
    shared: SharedCatalog, job: tuple[str, str, str, str], choice: SystemChoice, layout: tuple[int, int, int, str]
) -> _Place:
    """job: workload, release, recipe and software; layout: global batch, micro-batch, pipeline
    stages and precision."""
    catalog, (name, release, recipe, named) = shared.catalog, job
    system = catalog.systems[choice.system]
    chip, workload = catalog.chips[system.chip], catalog.workloads[name]
    language = LANGUAGE in workload.traits
    software = software_of(catalog, workload, chip.architecture, release, named)
    entered = _known(shared, name, chip.architecture)
    printed = () if software is None else _printed(shared, name, chip.architecture)
    if software and language:  # of others one knows less than of entries
        printed = tuple(run for run in printed if _tells(catalog.software[run.software], software))
    alike = entered if software is None or (language and not printed) else printed
    # The axes are asked together: sizes count where the same chip ran them with this recipe and this software.
    same_chip = [run for run in alike if run.generation == chip.generation]
    near = same_chip or list(alike)
    same_recipe = [run for run in near if run.recipe == recipe]
    same_release = [run for run in same_recipe or near if run.release in (None, release)]
    joint = same_release or same_recipe or near
    told = _told_by(shared, name, system.chip, release)
    rounds = abs(rounds_ago(release) - rounds_ago(told.chip))  # of drift alone
    batch, micro_batch, stages, precision = layout
    ran = [run.layout for run in alike if run.layout]
    distances = {
        marked("recipe"): RECIPE_SPREAD * (not same_recipe),
        GENERATION: GENERATION_SPREAD * (not same_chip),
        marked("release"): (RELEASE_SPREAD + ROUND_SPREAD * rounds**0.5) * (not same_release),
        marked("chips"): CHIPS_SPREAD[stack_of(chip.architecture)]
        * _outside(choice.chips, [run.choice.chips for run in joint]),
        GLOBAL_BATCH: BATCH_SPREAD * _outside(batch, _batches(catalog, name, ran)),
        marked("micro-batch"): BATCH_SPREAD * _outside(micro_batch, [each.micro_batch for each in ran]),
        marked("pipeline stages"): BATCH_SPREAD * _outside(stages, [each.pipeline_stages for each in ran]),
    }
    if language:  # a published state is no release's
        distances[marked("release")] = LANGUAGE_ROUND * (not same_release and software is None)
        bits = {PRECISIONS[run.layout.precision].bits for run in near if run.layout and run.layout.precision}
        distances[marked("precision")] = PRECISION_SPREAD * (bool(bits) and PRECISIONS[precision].bits not in bits)
    if software and not printed:
        distances[SOFTWARE] = LANGUAGE_SOFTWARE if language else SOFTWARE_SPREAD
    elif software and software.framework not in {catalog.software[run.software].framework for run in printed}:
        distances[SOFTWARE] = SOFTWARE_SPREAD
    if not alike:  # then every other axis says the same again
        job_spread = SPOKEN_JOB if software else LANGUAGE_JOB
        distances = {marked("workload"): job_spread if language else WORKLOAD_SPREAD}
    if workload.not_understood:
        distances[NOT_UNDERSTOOD] = -log(1.0 - workload.not_understood)
    if chip.told_as:
        distances.pop(GENERATION, None)
        unknown = UNKNOWN_PRODUCT * (language and "best_product" not in chip.data)
        distances[OWN_CHIP] = (GENERATION_SPREAD**2 + unknown**2) ** 0.5
    tuned = entered if software else joint  # frameworks print speeds, no recipes
    away = _from_batches_at(choice.chips, batch, [(run.choice.chips, run.layout) for run in tuned if run.layout])
    has_target = workload.kind == TARGET  # any other job takes the samples that are stated, whatever the batch
    small_steps = SMALL_STEP_ELSEWHERE if SMALL_STEPS in workload.traits and not same_chip else 0.0
    return _Place(
        distances=tuple(distances.items()),
        scatter=() if language else (FRAMEWORK_SCATTER if software else _published_scatter(workload), small_steps),
        nearest=_nearest(shared, (name, release, recipe), choice, chip),
        untuned=away / USUAL if has_target else min(1.0, away / USUAL),
        is_unusual=has_target and away >= USUAL,
        stack=stack_of(chip.architecture),
        third_party=not (system.listed or software),
        samples_spread=UNKNOWN_RECIPE_SPREAD * (not same_chip and release not in {run.release for run in entered}),
        shape="" if software or not has_target else LANGUAGE_MODEL if language else stack_of(chip.architecture),
    )


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


@lru_cache(maxsize=256)
def _known(shared: SharedCatalog, workload: str, architecture: str) -> tuple[Known, ...]:
    """The runs that teach about a workload on an architecture: entries, and published figures of jobs without them."""
    catalog = shared.catalog
    runs = tuple(
        Known(entry.choice, catalog.chip_of(entry.choice).generation, entry.release, entry.division, entry.layout)
        for entry in _entries(shared, workload, architecture)
        if entry.choice is not None
    )
    return runs or _printed(shared, workload, architecture)


@lru_cache(maxsize=256)
def _printed(shared: SharedCatalog, workload: str, architecture: str) -> tuple[Known, ...]:
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


def _tells(printed: Software, asked: Software) -> bool:
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


def _from_batches_at(chips: int, batch: int, ran: Sequence[tuple[int, Layout]]) -> float:
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


def _outside(value: float, values: Sequence[float]) -> float:
    """How far a value lies outside the range of others, in units of ln; 0 inside, and 1 where there are none."""
    if not values:
        return 1.0
    return max(0.0, log(min(values) / value), log(value / max(values)))
