"""What must be said beside the time of a job without a quality target: amount of work, network, software, layout.

None of it is an official score, so each is named with its source, and so is what the evidence does not hold.
"""

from math import log

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.job_layout import Layout, PublishedLayout
from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES
from ipuwhatif.catalog.types import LANGUAGE, Catalog, PublishedResult, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.model.roles.language import decoder_of, is_language_model
from ipuwhatif.model.roles.software import software_of
from ipuwhatif.model.shown import layouts_of
from ipuwhatif.networks.library import network_for
from ipuwhatif.scenario.amount import amount_origin, amount_text
from ipuwhatif.scenario.sizes import has_layers, layers_text, layers_title, tokens_of
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number

MOST_PUBLISHED = 4  # printed figures beside a projection
#: Networks that go by one name in two makes.
VARIANTS = {
    "efficientnet-b4": marked("the published network, with depthwise convolutions"),
    "efficientnet-b4-g16": marked(
        "the variant with group-16 convolutions and expansion 4, which Graphcore's figures are of"
    ),
}


def work_text(workload: Workload, case: Case) -> str:
    """The amount of work as a term: "stated: 350 epochs (an assumption)", "stated: 100 epochs"."""
    amount = amount_text(workload, case.samples)
    if case.samples is not None:
        return tr("stated: {amount}", amount=amount)
    return tr("stated: {amount} (an assumption)", amount=amount)


def stated_notes(catalog: Catalog, case: Case, layout: Layout | None = None) -> tuple[str, ...]:
    """Everything that a reader must know of a job without a quality target, a sentence each.

    layout: what was chosen; where it is not what was published, that is said.
    """
    return (*job_notes(catalog, case), *run_notes(catalog, case, layout))


def job_notes(catalog: Catalog, case: Case) -> tuple[str, ...]:
    """What holds for the job wherever it runs: its amount of work and its network."""
    workload = catalog.workloads[case.workload]
    of_file = (tr("of the network's file: {note}", note=note) for note in workload.notes)
    return (_amount_note(workload, case), _network_note(workload, _architecture(catalog, case), case), *of_file)


def run_notes(catalog: Catalog, case: Case, layout: Layout | None = None) -> tuple[str, ...]:
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


def _amount_note(workload: Workload, case: Case) -> str:
    amount = amount_text(workload, case.samples)
    if case.samples is not None:
        return tr("amount of work: {amount}, as you stated", amount=amount)
    origin = amount_origin(workload)
    if tokens_of(workload, case.layers) != workload.tokens_per_sample:  # what the note says of a sample does not hold
        return tr("amount of work: {amount}, an assumption", amount=amount)
    if origin.producer == "ipuwhatif":  # nobody else to name
        return tr("amount of work: {note}", note=origin.note)
    if tr("assumption") in origin.note:  # it says so itself, and whose number it is
        return tr("amount of work: {note} ({source})", note=origin.note, source=_by(origin))
    return tr(
        "amount of work: {amount}, an assumption ({note}; {source})",
        amount=amount,
        note=origin.note,
        source=_by(origin),
    )


def _network_note(workload: Workload, architecture: str, case: Case) -> str:
    network = network_for(workload.network, architecture, case.layers)
    parameters = tr("{count} parameters", count=format_number(network.parameters))
    if has_layers(workload):
        sizes = layers_text(case.layers, workload)
        if LANGUAGE not in workload.traits:
            return tr("network: dense layers of {sizes}; {parameters}", sizes=sizes, parameters=parameters)
        told = tr("{name}, {title} {sizes}", name=workload.name, title=layers_title(workload).lower(), sizes=sizes)
        trained = decoder_of(workload, case.layers).adapter_parameters if is_language_model(workload) else 0
        if trained:
            told_trained = tr("{count} of adapters are trained", count=format_number(trained))
            parameters = tr("{parameters}, all frozen; {trained}", parameters=parameters, trained=told_trained)
        return tr("network: {told}; {parameters}", told=told, parameters=parameters)
    variant = VARIANTS.get(workload.network)
    if variant is None:
        return tr("network: {name}, {parameters}", name=workload.name, parameters=parameters)
    return tr("network: {variant}; {parameters}", variant=tr(variant), parameters=parameters)


def _software_note(catalog: Catalog, workload: Workload, case: Case) -> str:
    software = software_of(catalog, workload, _architecture(catalog, case), case.release, case.software)
    if software is not None and software.framework in SOFTWARE_CLASSES:
        return tr("software: {name} ({note})", name=tr(software.name), note=software.origin.note)
    if software is not None:
        return tr("software: {name}, as {source}", name=tr(software.name), source=_by(software.origin))
    return tr("software: as of {release}; the evidence names no framework for this job", release=case.release)


def _layout_note(catalog: Catalog, case: Case, layout: Layout | None) -> str:
    row = layout_source(catalog, case)
    if row is None:
        return tr("layout: a search for the least time that fits; none is in the evidence")
    if row.origin.producer == "ipuwhatif":
        source = tr("an assumption, {note}", note=row.origin.note)
    else:
        source = tr("{note}; {source}", note=row.origin.note, source=_by(row.origin))
    if layout is None or (layout.micro_batch, layout.pipeline_stages) == (row.micro_batch, row.pipeline_stages):
        return tr("layout: {source}", source=source)
    micro = tr("micro-batch {micro}", micro=format_number(layout.micro_batch))
    if layout.pipeline_stages > 1:
        micro = tr("{micro} in {stages} pipeline stages", micro=micro, stages=layout.pipeline_stages)
    return tr("layout: {micro} by a search for what fits, starting from {source}", micro=micro, source=source)


def _unmeasured(catalog: Catalog, case: Case) -> tuple[str, ...]:
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
        return (tr("no measurement of this job on this kind of chip is in the evidence"),)
    if all(row.kind_of_figure == "throughput" for row in rows):
        return (tr("the evidence of this job on this kind of chip is throughput; no time of the whole job is in it"),)
    return ()


def _by(origin: Origin) -> str:
    if origin.title.startswith(origin.producer):
        return origin.title
    return tr("{producer}, {title}", producer=origin.producer, title=origin.title)
