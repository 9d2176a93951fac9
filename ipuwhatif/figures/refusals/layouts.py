"""Why a job cannot be laid out as asked, in words."""

from ipuwhatif.figures.phrasing import chips_text
from ipuwhatif.model.reasons import (
    BatchNotDivisible,
    BatchParts,
    CutIsForLanguage,
    CutPart,
    CutPartsExclude,
    EntryHasOwnCut,
    FitsNowhere,
    LanguageShortage,
    MicroBatchTooLarge,
    NoEntry,
    NoEntryOfSize,
    NoNetwork,
    NoPrior,
    NoPublishedLayout,
    NoRate,
    NoSuchCut,
    StagesDoNotFit,
    StageShortage,
    StateTooLarge,
    TooFewChips,
    TooManyReplicas,
    UpdateNotModelled,
)
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, format_quantity, quoted, told

# the job has no layout on such a chip


@told.register
def _(said: NoNetwork) -> str:
    return tr("{workload} is known by a stated ratio only: there is no network to lay out", workload=said.workload)


@told.register
def _(said: NoEntry) -> str:
    return tr(
        "no entry shows how {workload} is laid out on a chip such as {chip}", workload=said.workload, chip=said.chip
    )


@told.register
def _(said: NoPublishedLayout) -> str:
    return tr("no layout of {workload} is published for a chip such as {chip}", workload=said.workload, chip=said.chip)


@told.register
def _(said: StateTooLarge) -> str:
    return tr(
        "{workload} does not fit: weights, gradients and Adam's state take {need}, {chips} of {system} hold {held}",
        workload=said.workload,
        need=format_quantity(said.need, "B"),
        chips=chips_text(said.chip_word, said.chips),
        system=said.system,
        held=format_quantity(said.held, "B"),
    )


@told.register
def _(said: NoPrior) -> str:
    lacks = tr("generation {key} of {chip} has no prior", key=quoted(said.generation), chip=said.chip)
    return f"priors/generations.json: {lacks}"


# what a chip lacks


@told.register
def _(said: StageShortage) -> str:
    """ "in 2 pipeline stages a chip would need 742 MB; of its 900 MB, 720 MB are there for that" """
    figures = _bytes(said)
    if said.stages == 1:
        return tr("a chip would need {need}; of its {memory}, {room} are there for that", **figures)
    return tr(
        "in {stages} pipeline stages a chip would need {need}; of its {memory}, {room} are there for that",
        stages=said.stages,
        **figures,
    )


@told.register
def _(said: LanguageShortage) -> str:
    return tr(
        "weights, Adam's state and activations need {need} of each chip; of its {memory}, {room} are there for that",
        **_bytes(said),
    )


def _bytes(said: StageShortage | LanguageShortage) -> dict[str, str]:
    figures = {"need": said.need, "room": said.free, "memory": said.memory}
    return {name: format_quantity(value, "B") for name, value in figures.items()}


@told.register
def _(said: FitsNowhere) -> str:
    return tr(
        "{workload} does not fit on any number of chips of {system}: {reason}",
        workload=said.workload,
        system=said.system,
        reason=told(said.shortage),
    )


@told.register
def _(said: TooFewChips) -> str:
    figures = {
        "workload": said.workload,
        "chips": chips_text(said.chip_word, said.chips),
        "smallest": format_number(said.smallest),
        "word": tr(said.chip_word),
    }
    if said.stages is not None:
        return tr(
            "{workload} in {stages} pipeline stages does not fit on {chips}: "
            "the smallest number that does is {smallest} {word}s",
            stages=said.stages,
            **figures,
        )
    return tr(
        "{workload} does not fit on {chips}: the smallest number that does is {smallest} {word}s ({reason})",
        reason=told(said.shortage),
        **figures,
    )


# parts that the user pins


@told.register
def _(said: MicroBatchTooLarge) -> str:
    return tr(
        "a micro-batch of {pinned} of {workload} does not fit on a {chip}: the largest that does is {largest}",
        pinned=format_number(said.pinned),
        workload=said.workload,
        chip=said.chip,
        largest=format_number(said.largest),
    )


@told.register
def _(said: StagesDoNotFit) -> str:
    return tr(
        "{stages} pipeline stages do not fit {workload} on a {chip}: possible are {possible}",
        stages=said.stages,
        workload=said.workload,
        chip=said.chip,
        possible=", ".join(map(str, said.possible)),
    )


@told.register
def _(said: BatchParts) -> str:
    """ "micro-batch 12 × accumulation 40 = 480" """
    packed = tr(" × {count} a pack", count=format_number(said.samples_per_pack)) if said.samples_per_pack != 1 else ""
    return tr(
        "micro-batch {micro} × accumulation {accumulation}{packed} = {product}",
        micro=format_number(said.micro_batch),
        accumulation=format_number(said.accumulation),
        packed=packed,
        product=format_number(said.product),
    )


@told.register
def _(said: BatchNotDivisible) -> str:
    return tr(
        "the pinned parts of the layout do not agree: {product} does not go into a global batch of {batch}; the "
        "nearest is {near}",
        product=told(said.parts),
        batch=format_number(said.batch),
        near=format_number(said.near),
    )


@told.register
def _(said: TooManyReplicas) -> str:
    return tr(
        "the pinned parts of the layout do not agree: {product}, and a global batch of {batch} takes {replicas} "
        "replicas, {chips} of the {there}",
        product=told(said.parts),
        batch=format_number(said.batch),
        replicas=format_number(said.replicas),
        chips=chips_text(said.chip_word, said.chips),
        there=format_number(said.there),
    )


@told.register
def _(said: CutIsForLanguage) -> str:
    return tr(
        "{workload} is not cut that way: tensor and context parallel, precision and recompute are for language models",
        workload=said.workload,
    )


def _pinned_part(part: CutPart, count: int) -> str:
    if part is CutPart.STAGES:
        return tr("{count} pipeline stages", count=count)
    if part is CutPart.TENSOR:
        return tr("tensor parallel {count}", count=count)
    return tr("context parallel {count}", count=count)


@told.register
def _(said: NoSuchCut) -> str:
    return tr(
        "{what} does not go with {workload} on {system}: possible are {possible}",
        what=_pinned_part(said.part, said.count),
        workload=said.workload,
        system=said.system,
        possible=", ".join(map(str, said.possible)),
    )


@told.register
def _(said: CutPartsExclude) -> str:
    return tr("no cut of {workload} has all of the pinned parts: leave one of them out", workload=said.workload)


@told.register
def _(said: NoRate) -> str:
    return tr(
        "the data sheet of the {chip} has no rate for {precision}: possible are {known}",
        chip=said.chip,
        precision=said.precision,
        known=", ".join(said.possible),
    )


# the layout of an entry


@told.register
def _(said: NoEntryOfSize) -> str:
    counts, word = ", ".join(map(str, said.counts)), tr(said.chip_word)
    return tr(
        "no {recipe} entry as of {release} with {chips} {word}s of {system}: {exists}; use the layout policy best",
        recipe=said.recipe,
        release=said.release,
        chips=said.chips,
        word=word,
        system=said.system,
        exists=tr("entries exist with {counts} {word}s", counts=counts, word=word)
        if counts
        else tr("no entry of this kind exists"),
    )


@told.register
def _(said: UpdateNotModelled) -> str:
    return tr(
        "the entry trained with {optimizer}, an update that is not modelled; use the layout policy best",
        optimizer=said.optimizer,
    )


@told.register
def _(said: EntryHasOwnCut) -> str:
    return tr("an entry's own layout has its own cut: pin parts of it with the layout policy best")
