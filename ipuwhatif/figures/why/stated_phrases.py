"""What must be said beside a projected time, in words: of jobs without a quality target, idle chips, old software."""

from ipuwhatif.analysis.solving.notes import (
    AmountOfWork,
    BatchRunsAs,
    BatchTooLarge,
    DenseLayers,
    FromNetworkFile,
    IdleChips,
    IdleReason,
    LayoutFrom,
    NamedNetwork,
    NoRunOfChip,
    NoSampleForEach,
    NoSplit,
    ReplicaTakes,
    SizedNetwork,
    SoftwareAsOf,
    SoftwareUsed,
    StatedNote,
    Work,
)
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.notes import says
from ipuwhatif.figures.phrasing import chips_text
from ipuwhatif.figures.scenarios.amounts import amount_words
from ipuwhatif.scenario.sizes import sizes_of
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, told

#: Networks that go by one name in two makes.
VARIANTS = {
    "efficientnet-b4": marked("the published network, with depthwise convolutions"),
    "efficientnet-b4-g16": marked(
        "the variant with group-16 convolutions and expansion 4, which Graphcore's figures are of"
    ),
}
_OURS = "ipuwhatif"  # the producer of what this project assumes: there is nobody else to name


@told.register
def _(said: Work) -> str:
    """ "stated: 350 epochs (an assumption)", "stated: 100 epochs" """
    amount = amount_words(said.amount)
    if said.stated:
        return tr("stated: {amount}", amount=amount)
    return tr("stated: {amount} (an assumption)", amount=amount)


@told.register
def _(said: AmountOfWork) -> str:
    amount, origin = amount_words(said.amount), said.origin
    if said.stated:
        return tr("amount of work: {amount}, as you stated", amount=amount)
    if origin is None:
        return tr("amount of work: {amount}, an assumption", amount=amount)
    if origin.producer == _OURS:
        return tr("amount of work: {note}", note=told(origin.note))
    if says(origin.note, "assumption"):  # it says so itself, and whose number it is
        return tr("amount of work: {note} ({source})", note=told(origin.note), source=_by(origin))
    return tr(
        "amount of work: {amount}, an assumption ({note}; {source})",
        amount=amount,
        note=told(origin.note),
        source=_by(origin),
    )


def _parameters(count: int) -> str:
    return tr("{count} parameters", count=format_number(count))


@told.register
def _(said: DenseLayers) -> str:
    return tr(
        "network: dense layers of {sizes}; {parameters}", sizes=said.sizes, parameters=_parameters(said.parameters)
    )


@told.register
def _(said: SizedNetwork) -> str:
    what = tr("{name}, {title} {sizes}", name=said.name, title=told(sizes_of(said.network)).lower(), sizes=said.sizes)
    parameters = _parameters(said.parameters)
    if said.trained:
        trained = tr("{count} of adapters are trained", count=format_number(said.trained))
        parameters = tr("{parameters}, all frozen; {trained}", parameters=parameters, trained=trained)
    return tr("network: {told}; {parameters}", told=what, parameters=parameters)


@told.register
def _(said: NamedNetwork) -> str:
    parameters = _parameters(said.parameters)
    if said.network not in VARIANTS:
        return tr("network: {name}, {parameters}", name=said.name, parameters=parameters)
    return tr("network: {variant}; {parameters}", variant=tr(VARIANTS[said.network]), parameters=parameters)


@told.register
def _(said: FromNetworkFile) -> str:
    return tr("of the network's file: {note}", note=said.note)


@told.register
def _(said: SoftwareUsed) -> str:
    if said.is_class:
        return tr("software: {name} ({note})", name=tr(said.name), note=told(said.origin.note))
    return tr("software: {name}, as {source}", name=tr(said.name), source=_by(said.origin))


@told.register
def _(said: SoftwareAsOf) -> str:
    return tr("software: as of {release}; the evidence names no framework for this job", release=said.release)


@told.register
def _(said: LayoutFrom) -> str:
    if said.origin.producer == _OURS:
        source = tr("an assumption, {note}", note=told(said.origin.note))
    else:
        source = tr("{note}; {source}", note=told(said.origin.note), source=_by(said.origin))
    if said.micro_batch is None:
        return tr("layout: {source}", source=source)
    micro = tr("micro-batch {micro}", micro=format_number(said.micro_batch))
    if said.stages > 1:
        micro = tr("{micro} in {stages} pipeline stages", micro=micro, stages=said.stages)
    return tr("layout: {micro} by a search for what fits, starting from {source}", micro=micro, source=source)


_STATED = {
    StatedNote.SEARCHED: marked("layout: a search for the least time that fits; none is in the evidence"),
    StatedNote.NOTHING_MEASURED: marked("no measurement of this job on this kind of chip is in the evidence"),
    StatedNote.THROUGHPUT_ALONE: marked(
        "the evidence of this job on this kind of chip is throughput; no time of the whole job is in it"
    ),
}


@told.register
def _(said: StatedNote) -> str:
    return tr(_STATED[said])


def _by(origin: Origin) -> str:
    if origin.title.startswith(origin.producer):
        return origin.title
    return tr("{producer}, {title}", producer=origin.producer, title=origin.title)


# chips that stay idle, and batches that run otherwise than asked for


@told.register
def _(said: IdleChips) -> str:
    idle = tr(
        "{idle} of {chips} stay idle", idle=format_number(said.idle), chips=chips_text(said.chip_word, said.chips)
    )
    return tr("{told}: {reason}", told=idle, reason=told(said.reason)) if said.reason else idle


@told.register
def _(said: ReplicaTakes) -> str:
    if said.pipeline:
        return tr("a pipeline takes {stages}", stages=format_number(said.chips))
    return tr("a replica takes {chips}", chips=format_number(said.chips))


@told.register
def _(said: BatchTooLarge) -> str:
    return tr(
        "all of them would make a global batch of {least} or more; {most} is the largest of this job",
        least=format_number(said.least),
        most=format_number(said.most),
    )


@told.register
def _(said: NoSampleForEach) -> str:
    return tr("a global batch of {batch} has no sample for each of them", batch=format_number(said.batch))


@told.register
def _(said: NoSplit) -> str:
    return tr(
        "no split over all of them comes within 1 % of a global batch of {batch}", batch=format_number(said.batch)
    )


@told.register
def _(said: IdleReason) -> str:
    return {IdleReason.LONGER: tr("with all of them at work the job would take longer")}[said]


@told.register
def _(said: BatchRunsAs) -> str:
    return tr(
        "a global batch of {pinned} runs as {batch}, {replicas} replicas × micro-batch {micro} × "
        "accumulation {accumulation}",
        pinned=format_number(said.pinned),
        batch=format_number(said.batch),
        replicas=format_number(said.replicas),
        micro=format_number(said.micro_batch),
        accumulation=format_number(said.accumulation),
    )


# software older than a chip


@told.register
def _(said: NoRunOfChip) -> str:
    if said.first is None:
        return tr(
            "the evidence holds no run of the {chip}, with software of {release} or any other",
            chip=said.chip,
            release=said.release,
        )
    return tr(
        "the evidence holds no run of the {chip} with software of {release}: its first is of {first}",
        chip=said.chip,
        release=said.release,
        first=said.first,
    )
