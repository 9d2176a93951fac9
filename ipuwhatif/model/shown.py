"""What entries and published configurations have shown to work for a job on a chip: a search goes no further.

A job with entries varies its batch where convergence was measured; a job without a quality target keeps to the layout
that somebody published, or that is assumed and says so.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ipuwhatif.catalog.job_layout import PublishedLayout
from ipuwhatif.catalog.priors.priors import OPTIMIZERS
from ipuwhatif.catalog.types import RELATIVE, STATED, Catalog, OfficialResult, Workload
from ipuwhatif.model.case import Case, PinnedCut, Pins
from ipuwhatif.model.reasons import NoEntry, NoNetwork, NoPublishedLayout
from ipuwhatif.model.roles.kinds import physics_of
from ipuwhatif.model.roles.software import software_of
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import Record, replace
from ipuwhatif.units import RefusedError

#: CUDA graphs came with the software of this release.
GRAPHS_SINCE = "2021-06"


class Kind(NamedTuple):
    """What cases share for which the same layouts can be tried, as far as their chips go: all but speeds."""

    workload: str
    system: str
    release: str
    recipe: str
    policy: str
    pins: Pins
    software: str
    layers: tuple[int, ...]
    memory: float = 1.0  # factor on the size of the chip's memory
    cut: PinnedCut = PinnedCut()

    @classmethod
    def of(cls, case: Case) -> "Kind":
        return cls(
            case.workload,
            case.choice.system,
            case.release,
            case.recipe,
            case.policy,
            case.pins,
            case.software,
            case.layers,
            case.gains.on_chip_memory,
            case.cut,
        )


class ObservedRange(Record, frozen=True):
    """What has been shown to work for a job on a chip, or on chips of the same physics where none of its own was."""

    micro_batch: int  # the largest
    smallest_micro_batch: int
    normalised_together: (
        int  # the fewest samples over which an entry took its batch normalisation; 0: each chip its own
    )
    batches: tuple[int, int]  # global batch, smallest and largest; largest 0: whatever the replicas make of it
    optimizer: str
    graph_micro_batch: int  # largest micro-batch run inside a CUDA graph; 0: none
    published: bool = False  # by a configuration of a job without entries
    stages: int = 0  # pipeline stages of that configuration; 0: the search decides
    assumed: bool = False  # the configuration is an assumption of this project


def shown_to_work(catalog: Catalog, case: Case) -> ObservedRange:
    """What has been run for the case's job on its chip. InputError where the job has no network to lay out."""
    return shown_of(SharedCatalog(catalog), Kind.of(case))


@lru_cache(maxsize=512)
def shown_of(shared: SharedCatalog, kind: Kind) -> ObservedRange:
    """The same for a kind of cases."""
    catalog = shared.catalog
    workload = catalog.workloads[kind.workload]
    if workload.kind == RELATIVE:
        raise RefusedError(NoNetwork(workload.name))
    if workload.kind == STATED:
        return _of_published(_published(catalog, kind), _most_published(catalog, kind))
    shown = _of_entries(shared, kind.workload, catalog.systems[kind.system].chip, kind.release)
    on_gpus = catalog.chips[catalog.systems[kind.system].chip].architecture == "gpu"
    if kind.software and on_gpus and any(row.workload == kind.workload for row in catalog.published_layouts):
        row = _published(catalog, kind)
        smallest = min(shown.smallest_micro_batch, row.micro_batch)
        return replace(shown, micro_batch=row.micro_batch, smallest_micro_batch=smallest, optimizer=row.optimizer)
    return shown


def _most_published(catalog: Catalog, kind: Kind) -> int:
    """Most chips of the architecture that a figure of the job was published for; 0 where there is none."""
    physics = physics_of(catalog.chips[catalog.systems[kind.system].chip].architecture)
    ran = [each.choice for each in catalog.published if each.workload == kind.workload and each.choice is not None]
    alike = [choice.chips for choice in ran if physics_of(catalog.chip_of(choice).architecture) == physics]
    return max(alike, default=0)


def _of_published(row: PublishedLayout, most_chips: int) -> ObservedRange:
    """A batch that grows with the chips goes no further than on the most chips that a figure was published for."""
    return ObservedRange(
        micro_batch=row.micro_batch,
        smallest_micro_batch=1,
        normalised_together=0,
        batches=(1, row.global_batch or row.micro_batch * most_chips // row.pipeline_stages),
        optimizer=row.optimizer,
        graph_micro_batch=0,
        published=True,
        stages=row.pipeline_stages,
        assumed=row.origin.producer == "ipuwhatif",
    )


def layouts_of(workload: Workload, catalog: Catalog) -> tuple[PublishedLayout, ...]:
    """How a job without entries is laid out by those who published it, or by assumption."""
    return workload.layouts or tuple(row for row in catalog.published_layouts if row.workload == workload.key)


def _published(catalog: Catalog, kind: Kind) -> PublishedLayout:
    """The configuration of the case's framework and chip generation; else the largest of the framework, else of any.

    The memory of a smaller chip cuts its micro-batch down.
    """
    workload, chip = catalog.workloads[kind.workload], catalog.chips[catalog.systems[kind.system].chip]
    physics = physics_of(chip.architecture)
    software = software_of(catalog, workload, chip.architecture, kind.release, kind.software)
    framework = software.framework if software else next(iter(workload.frameworks), "")
    rows = [row for row in layouts_of(workload, catalog) if row.architecture == physics]
    if not rows:
        raise RefusedError(NoPublishedLayout(workload.name, chip.name))
    alike = [row for row in rows if row.framework in ("", framework)] or rows
    own = [row for row in alike if chip.generation in row.generations or not row.generations]
    return max(own or alike, key=lambda row: row.micro_batch)


class Cutting(NamedTuple):
    """How entries cut a language model: tensor, context and pipeline parallel chips together; empty where none did.

    Those whose replicas share weights are no evidence for others: what they cut and run at once fits by that alone.
    """

    cuts: frozenset[tuple[int, int, int]]
    micro_batch: int  # the largest; 0 where none is shown
    in_graph: bool  # entries on chips of the generation ran inside CUDA graphs
    sixteen_bit: bool  # the last entries on the chip computed in 16 bit
    recomputed: frozenset[float]  # shares of the layers, where programs of the chip shared weights
    widths: frozenset[int]  # tensor parallel chips of the job's programs that shared weights; empty where none did


@lru_cache(maxsize=256)
def cutting_of(shared: SharedCatalog, kind: Kind) -> Cutting:
    """How entries cut the language model of a kind of cases."""
    catalog = shared.catalog
    chip = catalog.chips[catalog.systems[kind.system].chip]
    ran = [
        (entry.layout, catalog.chip_of(entry.choice), entry)
        for entry in catalog.official
        if entry.layout is not None and entry.choice is not None and entry.layout.precision
    ]
    job = [(layout, other, entry) for layout, other, entry in ran if entry.workload == kind.workload]
    own = [(layout, entry) for layout, other, entry in (job or ran) if other.generation == chip.generation]
    # Before the first entries of a chip it is run as they ran it.
    as_of = max(kind.release, min((entry.release for _, entry in own), default=""))
    alike = [(layout, entry) for layout, entry in own if entry.release <= as_of]
    last = max((entry.release for _, entry in alike), default="")
    precisions = {layout.precision for layout, entry in alike if entry.release == last}
    held = [layout for layout, _, _ in job if not layout.gathers]
    return Cutting(
        frozenset((each.tensor_parallel, each.context_parallel, each.pipeline_stages) for each in held),
        max((layout.micro_batch for layout in held), default=0),
        any(layout.cuda_graph for layout, _ in alike),
        precisions == {"bf16"},
        frozenset(each.recomputed for each, other, _ in ran if each.gathers and other.generation == chip.generation),
        frozenset(layout.tensor_parallel for layout, _, _ in job if layout.gathers),
    )


@lru_cache(maxsize=256)
def sums_in_network(shared: SharedCatalog, system: str, release: str) -> bool:
    """Whether entries on a system have let switches between its machines sum the gradients by a release."""
    return any(
        entry.release <= release and entry.layout is not None and entry.layout.in_network
        for entry in shared.catalog.official
        if entry.choice is not None and entry.choice.system == system
    )


@lru_cache(maxsize=256)
def _of_entries(shared: SharedCatalog, workload: str, chip: str, release: str) -> ObservedRange:
    catalog = shared.catalog
    architecture = catalog.chips[chip].architecture
    entries = [
        (entry, catalog.chip_of(entry.choice))
        for entry in catalog.official
        if entry.workload == workload and entry.layout is not None and entry.choice is not None
    ]
    references = [point.global_batch for point in catalog.references if point.workload == workload]
    alike = [entry for entry, other in entries if other.architecture == architecture]
    # A chip of an architecture without entries does what entries of the same physics did, as far as its memory goes.
    alike = alike or [entry for entry, other in entries if physics_of(other.architecture) == physics_of(architecture)]
    if not alike:
        raise RefusedError(NoEntry(workload, chip))
    shown = _summary(alike, references, release)
    if architecture != "gpu":
        shown = replace(shown, graph_micro_batch=0)
    own = [entry for entry, other in entries if other.key == chip]
    return replace(shown, micro_batch=_summary(own, references, release).micro_batch) if own else shown


def _summary(entries: Sequence[OfficialResult], references: Sequence[int], release: str) -> ObservedRange:
    layouts = [(entry, entry.layout) for entry in entries if entry.layout is not None]
    usual = [(entry, layout) for entry, layout in layouts if layout.optimizer in OPTIMIZERS]
    # Before any ran, what the first did is known.
    told = max(release, min((entry.release for entry, _ in usual), default=release))
    recent = [(entry, layout) for entry, layout in usual if entry.release <= told]
    latest = max(recent or layouts, key=lambda pair: pair[0].release)
    graphs = [layout.micro_batch for entry, layout in layouts if layout.cuda_graph and entry.release >= GRAPHS_SINCE]
    batches = [*(layout.global_batch for _, layout in layouts), *references]
    return ObservedRange(
        micro_batch=max(layout.micro_batch for _, layout in layouts),
        normalised_together=min(layout.micro_batch * layout.batch_norm_group for _, layout in layouts),
        smallest_micro_batch=min(layout.micro_batch for _, layout in layouts),
        batches=(min(batches), max(batches)),
        optimizer=latest[1].optimizer,
        graph_micro_batch=max(graphs, default=0),
    )
