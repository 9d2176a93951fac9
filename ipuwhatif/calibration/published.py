"""Published throughputs that the model learns from where no MLPerf entry exists, and the Case that asks for one again.

They are figures that vendors and papers printed. They tell what op classes, frameworks and small steps cost, and they
are never mixed with official results.
"""

import re
from math import hypot

from ipuwhatif.catalog.job_layout import Layout, PublishedLayout
from ipuwhatif.catalog.types import STATED, Catalog, PublishedResult, Workload
from ipuwhatif.model.case import AS_SUBMITTED, Case
from ipuwhatif.model.parameters import anchor_release
from ipuwhatif.model.roles.roles import SMALL_STEPS
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import Record
from ipuwhatif.texts import marked

#: Standard deviation of ln(throughput) that a printed figure is trusted to: set-ups differ in what is not printed.
PUBLISHED_SPREAD = 0.05
#: Of a network that is bound by its launches: a count of ops tells them less well than it tells work.
SMALL_STEP_SPREAD = 0.10
#: Of a framework: documents of one release and chip lie so far from each other, whatever they do not print.
FRAMEWORK_SPREAD = 0.08
#: Of a language model in a framework: what few terms cannot describe, and switches that tables do not print.
LANGUAGE_PUBLISHED_SPREAD = 0.08
ROUNDED_SHARE = 0.29  # standard deviation of a number that was rounded, in units of its last digit
#: A time for so many epochs or samples also holds what is not training.
PER_EPOCH = "s/epoch"


class PublishedRow(Record, frozen=True):
    """A published figure as a question to the model: throughput [samples/s], and how far it is trusted."""

    result: PublishedResult
    case: Case
    layout: Layout
    throughput: float
    spread: float


def published_rows(catalog: Catalog) -> tuple[PublishedRow, ...]:
    """The figures that teach, in file order; `reason_not_to_learn` says why the others do not."""
    taught = [result for result in catalog.published if not reason_not_to_learn(catalog, result)]
    cells = [cell_of(catalog, result) for result in taught]
    return tuple(_row(catalog, result, cells.count(cell)) for result, cell in zip(taught, cells, strict=True))


def cell_of(catalog: Catalog, result: PublishedResult) -> tuple[str, ...]:
    """What figures share that together say little more than one: document, job and kind of chip."""
    assert result.choice is not None
    generation = catalog.chip_of(result.choice).generation
    return (result.document or result.key, result.workload or "", result.software_key, generation)


def reason_not_to_learn(catalog: Catalog, result: PublishedResult) -> str:
    """Why a published figure teaches nothing, or ""."""
    if result.tokens:  # a language model, whose layout stands beside it
        return "" if result.layout else marked("its layout was not published")
    if result.workload is None or result.choice is None:
        return marked("a job or a system that the catalog does not hold")
    workload = catalog.workloads[result.workload]
    architecture = catalog.chip_of(result.choice).architecture
    small_steps = SMALL_STEPS in workload.traits
    if result.unit != PER_EPOCH and result.kind_of_figure != "throughput":
        return marked("a time whose amount of work is not printed beside it")
    if not (result.half_precision or small_steps):
        return marked("single precision")
    if result.workload == "bert-large":
        return marked("sequences of another length than those of the workload")
    if result.document and architecture != "gpu":
        return marked("software of other chips than GPUs, which has no effect of its own here")
    if architecture == "gpu" and not small_steps and not result.software_key:
        return marked("software that the catalog does not hold")
    if workload.kind != STATED and not result.software_key:
        return marked("a figure of an MLPerf entry, which teaches by its log")
    if result.layout is None and _layout(catalog, result) is None:
        return marked("its layout was not published")
    return ""


def language_rows(catalog: Catalog) -> tuple[PublishedRow, ...]:
    """The speeds of language models in frameworks whose layout adds up, in file order."""
    return tuple(_spoken(catalog, result, result.layout) for result in catalog.language_speeds if result.layout)


def _spoken(catalog: Catalog, result: PublishedResult, layout: Layout) -> PublishedRow:
    assert result.workload is not None and result.choice is not None
    job = (result.workload, result.choice, newest_release(catalog), catalog.workloads[result.workload].recipes[0])
    case = Case(*job, AS_SUBMITTED, software=result.software_key, layers=(result.tokens,))
    return PublishedRow(result, case, layout, result.value, LANGUAGE_PUBLISHED_SPREAD)


def newest_release(catalog: Catalog) -> str:
    """The last release with entries: what a published state is told against."""
    return max(release.key for release in catalog.releases.values() if release.mlperf_round)


def _row(catalog: Catalog, result: PublishedResult, alike: int) -> PublishedRow:
    """alike: figures of its cell, itself included, which share the weight of one."""
    assert result.workload is not None and result.choice is not None
    workload = catalog.workloads[result.workload]
    recipe, software = workload.recipes[0], result.software_key
    case = Case(result.workload, result.choice, anchor_release(), recipe, AS_SUBMITTED, software=software)
    throughput, rounded = result.value, 0.0
    if result.unit == PER_EPOCH:
        throughput = workload.data["dataset_samples"].value / result.value
        rounded = ROUNDED_SHARE / result.value
    return PublishedRow(
        result=result,
        case=case,
        layout=result.layout or _found_layout(catalog, result),
        throughput=throughput,
        spread=hypot(_spread(workload, result) * (alike**0.5 if result.document else 1.0), rounded),
    )


def _spread(workload: Workload, result: PublishedResult) -> float:
    if SMALL_STEPS in workload.traits:
        return SMALL_STEP_SPREAD
    return FRAMEWORK_SPREAD if result.document else PUBLISHED_SPREAD


def _layout(catalog: Catalog, result: PublishedResult) -> PublishedLayout | None:
    assert result.choice is not None
    chip = catalog.chip_of(result.choice)
    framework = catalog.software[result.software_key].framework if result.software_key else ""
    for layout in catalog.published_layouts:
        same = (layout.workload, layout.architecture, layout.framework)
        fits = not layout.generations or chip.generation in layout.generations
        if same == (result.workload, chip.architecture, framework) and fits:
            return layout
    return None


def _found_layout(catalog: Catalog, result: PublishedResult) -> Layout:
    found = _layout(catalog, result)
    assert found is not None and result.choice is not None
    network = network_for(catalog.workloads[found.workload].network, found.architecture)
    replicas = result.choice.chips // found.pipeline_stages
    accumulation = max(1, round(found.global_batch / (replicas * found.micro_batch)))
    return Layout(
        policy=AS_SUBMITTED,
        global_batch=replicas * accumulation * found.micro_batch,
        replicas=replicas,
        pipeline_stages=found.pipeline_stages,
        micro_batch=found.micro_batch,
        gradient_accumulation=accumulation,
        blocks_per_stage=-(-network.blocks // found.pipeline_stages) if found.pipeline_stages > 1 else 0,
        optimizer=found.optimizer,
    )


def date_of(catalog: Catalog, row: PublishedRow) -> str:
    """When a figure was known: the month of its software or paper; "9999" where neither tells."""
    if row.case.software:
        return catalog.software[row.case.software].date
    paper = re.search(r"arxiv\.org/abs/(\d\d)(\d\d)\.", row.result.origin.locator or "")
    return f"20{paper[1]}-{paper[2]}" if paper else "9999"
