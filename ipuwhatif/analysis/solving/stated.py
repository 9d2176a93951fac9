"""What must be said beside the time of a job without a quality target: amount of work, network, software, layout.

None of it is an official score, so each is named with its source, and so is what the evidence does not hold. The
words are made in `figures/why/stated_phrases.py`.
"""

from math import log

from ipuwhatif.analysis.solving.notes import (
    AmountOfWork,
    DenseLayers,
    FromNetworkFile,
    LayoutFrom,
    NamedNetwork,
    SizedNetwork,
    SoftwareAsOf,
    SoftwareUsed,
    StatedNote,
    Work,
)
from ipuwhatif.catalog.job_layout import Layout, PublishedLayout
from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES
from ipuwhatif.catalog.types import LANGUAGE, Catalog, PublishedResult, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.model.roles.language import decoder_of, is_language_model
from ipuwhatif.model.roles.software import software_of
from ipuwhatif.model.shown import layouts_of
from ipuwhatif.networks.library import network_for
from ipuwhatif.scenario.amount import amount_of, amount_origin
from ipuwhatif.scenario.sizes import has_layers, layers_text, tokens_of
from ipuwhatif.units import Said

MOST_PUBLISHED = 4  # printed figures beside a projection


def work_of(workload: Workload, case: Case) -> Work:
    """The amount of work as a term."""
    return Work(amount_of(workload, case.samples), case.samples is not None)


def stated_notes(catalog: Catalog, case: Case, layout: Layout | None = None) -> tuple[Said, ...]:
    """Everything that a reader must know of a job without a quality target, a note each.

    layout: what was chosen; where it is not what was published, that is said.
    """
    return (*job_notes(catalog, case), *run_notes(catalog, case, layout))


def job_notes(catalog: Catalog, case: Case) -> tuple[Said, ...]:
    """What holds for the job wherever it runs: its amount of work and its network."""
    workload = catalog.workloads[case.workload]
    of_file = (FromNetworkFile(note) for note in workload.notes)
    return (_amount_note(workload, case), _network_note(workload, _architecture(catalog, case), case), *of_file)


def run_notes(catalog: Catalog, case: Case, layout: Layout | None = None) -> tuple[Said, ...]:
    """What holds for the job on one system: software, layout, and what the evidence lacks there."""
    workload = catalog.workloads[case.workload]
    return (
        _software_note(catalog, workload, case),
        _layout_note(catalog, case, layout),
        *_unmeasured(catalog, case),
    )


def layout_source(catalog: Catalog, case: Case) -> PublishedLayout | None:
    """The published or assumed layout behind a case of a job without entries; None where there is none."""
    workload = catalog.workloads[case.workload]
    chip = catalog.chip_of(case.choice)
    software = software_of(catalog, workload, chip.architecture, case.release, case.software)
    physics = "ipu" if chip.architecture == "ipu" else "gpu"  # what was published for others runs as on a GPU
    rows = [
        row
        for row in layouts_of(workload, catalog)
        if row.architecture == physics and (software is None or row.framework in ("", software.framework))
    ]
    own = [row for row in rows if chip.generation in row.generations]
    return next(iter([*own, *(row for row in rows if not row.generations), *rows]), None)


def published_nearby(catalog: Catalog, case: Case) -> tuple[PublishedResult, ...]:
    """What was printed of this job on this system, none of it an official result.

    Of the release that the case runs first, then of its framework; of those the nearest in chips and in the length of a
    sample.
    """
    rows = {
        (row.value, row.unit, row.choice.chips, row.software): row
        for row in (*catalog.published, *catalog.language_speeds)
        if row.workload == case.workload and row.choice is not None and row.choice.system == case.choice.system
    }
    workload = catalog.workloads[case.workload]
    software = software_of(catalog, workload, _architecture(catalog, case), case.release, case.software)
    tokens = tokens_of(workload, case.layers)

    def distance(row: PublishedResult) -> tuple[int, float]:
        printed = catalog.software.get(row.software_key)
        strange = (
            0 if printed == software else 1 if printed and software and printed.framework == software.framework else 2
        )
        longer = log(row.tokens / tokens) if row.tokens and tokens else 0.0
        return strange, abs(log(max(row.accelerators, 1) / case.choice.chips)) + abs(longer)

    return tuple(sorted(rows.values(), key=distance)[:MOST_PUBLISHED])


def _architecture(catalog: Catalog, case: Case) -> str:
    return catalog.chip_of(case.choice).architecture


def _amount_note(workload: Workload, case: Case) -> AmountOfWork:
    amount = amount_of(workload, case.samples)
    if case.samples is not None:
        return AmountOfWork(amount, stated=True)
    holds = tokens_of(workload, case.layers) == workload.tokens_per_sample  # what the note says of a sample
    return AmountOfWork(amount, stated=False, origin=amount_origin(workload) if holds else None)


def _network_note(workload: Workload, architecture: str, case: Case) -> DenseLayers | SizedNetwork | NamedNetwork:
    parameters = network_for(workload.network, architecture, case.layers).parameters
    if not has_layers(workload):
        return NamedNetwork(workload.network, workload.name, parameters)
    sizes = layers_text(case.layers, workload)
    if LANGUAGE not in workload.traits:
        return DenseLayers(sizes, parameters)
    trained = decoder_of(workload, case.layers).adapter_parameters if is_language_model(workload) else 0
    return SizedNetwork(workload.network, workload.name, sizes, parameters, trained)


def _software_note(catalog: Catalog, workload: Workload, case: Case) -> SoftwareUsed | SoftwareAsOf:
    software = software_of(catalog, workload, _architecture(catalog, case), case.release, case.software)
    if software is None:
        return SoftwareAsOf(case.release)
    return SoftwareUsed(software.name, software.origin, software.framework in SOFTWARE_CLASSES)


def _layout_note(catalog: Catalog, case: Case, layout: Layout | None) -> Said:
    row = layout_source(catalog, case)
    if row is None:
        return StatedNote.SEARCHED
    if layout is None or (layout.micro_batch, layout.pipeline_stages) == (row.micro_batch, row.pipeline_stages):
        return LayoutFrom(row.origin)
    return LayoutFrom(row.origin, layout.micro_batch, layout.pipeline_stages)


def _unmeasured(catalog: Catalog, case: Case) -> tuple[StatedNote, ...]:
    """Whether a figure of this job on this generation of chips is in the evidence, and of which kind."""
    generation = catalog.chip_of(case.choice).generation
    rows = [
        row
        for row in (*catalog.published, *catalog.language_speeds)
        if row.workload == case.workload
        and row.choice is not None
        and catalog.chip_of(row.choice).generation == generation
    ]
    if not rows:
        return (StatedNote.NOTHING_MEASURED,)
    if all(row.kind_of_figure == "throughput" for row in rows):
        return (StatedNote.THROUGHPUT_ALONE,)
    return ()
