"""The words of what stands behind a projected time, and of what must be said beside it."""

from ipuwhatif.analysis.reasons import (
    ChipOfYourOwn,
    ConvergencePoints,
    DataSheet,
    Draws,
    Figure,
    FromMemory,
    InputName,
    MicroBatch,
    OfWorkload,
    PointsUsed,
    PrintedFigure,
    PrintedFor,
    ProjectionNote,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_duration, format_number, format_quantity, told

_ATTRIBUTES = {
    "peak_flops": marked("Peak arithmetic rate"),
    "peak_flops_8": marked("Peak arithmetic rate in 8 bit"),
    "peak_flops_4": marked("Peak arithmetic rate in 4 bit"),
    "best_product": marked("Best product that was measured"),
    "memory_bandwidth": marked("Memory bandwidth"),
    "memory_size": marked("Memory"),
    "clock": marked("Clock"),
    "link_bandwidth": marked("Link bandwidth a chip"),
    "network_bandwidth": marked("Network bandwidth a chip"),
    "streaming_bandwidth": marked("Streaming memory bandwidth a chip"),
}


def datum_words(key: str) -> str:
    """What a figure of the catalog is called, by its key: "evaluation samples"."""
    return tr(key.rsplit(".", 1)[-1].replace("_", " "))


@told.register
def _(said: DataSheet) -> str:
    return tr("{what}, {where}", what=tr(_ATTRIBUTES[said.attribute]), where=said.owner)


@told.register
def _(said: OfWorkload) -> str:
    return tr("{workload}: {what}", workload=said.workload, what=datum_words(said.key))


@told.register
def _(said: ConvergencePoints) -> str:
    return tr("Reference convergence points, MLPerf® {round}", round=said.mlperf_round)


@told.register
def _(said: PrintedFor) -> str:
    word = tr("chip") if said.chips == 1 else tr("chips")
    chips = format_number(said.chips)
    return tr("Printed: {platform}, {chips} {word}", platform=said.platform, chips=chips, word=word)


@told.register
def _(said: InputName) -> str:
    return {
        InputName.LAYOUT: tr("Layout, as published or assumed"),
        InputName.CALIBRATION: tr("Efficiencies, overheads and convergence curves"),
    }[said]


@told.register
def _(said: Figure) -> str:
    value = format_quantity(said.value, said.unit)
    printed = dict.fromkeys(format_quantity(*other) for other in said.others)
    others = tr(", ").join(other for other in printed if other != value)
    return tr("{value} (also printed: {others})", value=value, others=others) if others else value


@told.register
def _(said: PointsUsed) -> str:
    sizes = {"count": said.count, "low": format_number(said.low), "high": format_number(said.high)}
    if said.curve is None:
        return tr("{count} points, batch {low} to {high}", **sizes)
    return tr("{count} points, batch {low} to {high}; curve {group}", **sizes, group=said.curve)


@told.register
def _(said: MicroBatch) -> str:
    micro = format_number(said.micro_batch)
    if said.stages > 1:
        return tr("micro-batch {micro}, {stages} stages", micro=micro, stages=said.stages)
    return tr("micro-batch {micro}", micro=micro)


@told.register
def _(said: PrintedFigure) -> str:
    printed = format_duration(said.value) if said.unit == "s" else f"{format_number(said.value, 4)} {said.unit}"
    return " ".join(word for word in (said.bound, printed, said.software) if word)


@told.register
def _(said: Draws) -> str:
    return tr("{count} draws", count=said.count)


@told.register
def _(said: ProjectionNote) -> str:
    return {
        ProjectionNote.AT_LEAST_THE_REFERENCE: tr(
            "no run counts fewer samples to the target than the reference runs of MLPerf®, as in closed v1.1 scores"
        ),
        ProjectionNote.AS_SUBMITTED: tr("layout, batch and recipe of the submitted entry"),
        ProjectionNote.AS_SUBMITTED_BUT_PINNED: tr(
            "layout and recipe of the submitted entry, with the pinned parts changed"
        ),
    }[said]


@told.register
def _(said: ChipOfYourOwn) -> str:
    return tr(
        "{chip} is a chip of your own (file {hash}): nobody measured it here, and what it reaches of its data sheet is "
        "a guess",
        chip=said.chip,
        hash=said.hash[:12],
    )


@told.register
def _(said: FromMemory) -> str:
    names = tr(", ").join(map(datum_words, said.keys))
    return tr("assumed, without a source: {names} of {system}", names=names, system=said.system)
