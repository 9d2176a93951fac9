"""What Roofline says: names of classes and bounds, keys, notices, and a why for each op and each roof."""

from ipuwhatif.analysis.roofline_points import COMPUTE, LAUNCH, MEMORY, ChipRoofline, OpPoint, Roof, Roofline
from ipuwhatif.catalog.datum import Datum
from ipuwhatif.charts.spec import Why, WhyRow, WhySection
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.roofline.op_names import op_text
from ipuwhatif.figures.why.term_words import input_origin
from ipuwhatif.model.op_table import FULL_GROUP, NARROW_GROUP
from ipuwhatif.networks.graph import (
    ATTENTION,
    DENSE_CONVOLUTION,
    ELEMENTWISE,
    GROUPED_CONVOLUTION,
    MATMUL,
    RECURRENT,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_duration, format_number, format_quantity

#: Part of the time of all ops below which an op has a row in the table and no mark.
DRAWN = 0.005
_CLASSES = {
    DENSE_CONVOLUTION: marked("dense convolution"),
    GROUPED_CONVOLUTION: marked("grouped convolution"),
    MATMUL: marked("matrix product"),
    ATTENTION: marked("attention"),
    RECURRENT: marked("recurrent cell"),
    ELEMENTWISE: marked("pass over memory"),
}
_BOUNDS = {COMPUTE: marked("arithmetic"), MEMORY: marked("memory"), LAUNCH: marked("launches")}


def class_name(op_class: str) -> str:
    """A class of ops in words."""
    return tr(_CLASSES[op_class])


def bound_name(bound: str) -> str:
    """What binds an op in words."""
    return tr(_BOUNDS[bound])


def percent(share: float) -> str:
    """A share as a number of percent with two digits, without noise: "41", "3.2", "0.04"."""
    return format_number(100.0 * share, 2) if share > 0.0 else "0"


def rate_text(rate: float) -> str:
    """A rate as "57.9 TFLOP/s"."""
    return tr("{rate} TFLOP/s", rate=format_number(rate / 1e12, 3))


def roof_key(chip: ChipRoofline, op_class: str = "") -> str:
    """What a click on a roof asks the why of: that of the data sheet, or of a class of ops."""
    return f"roof/{chip.choice.key}/{op_class or 'sheet'}"


def op_key(chip: ChipRoofline, op: OpPoint) -> str:
    """What a click on an op asks the why of."""
    return f"op/{chip.choice.key}/{op.index}"


def roofline_whys(answer: Roofline) -> tuple[Why, ...]:
    """A Why for each roof and each op of each chip."""
    replies: list[Why] = []
    for chip in answer.chips:
        replies.append(_sheet_why(chip))
        replies += [_class_why(chip, name, roof) for name, roof in chip.calibrated.items()]
        replies += [_op_why(chip, op) for op in chip.ops]
    return tuple(replies)


def roofline_notices(answer: Roofline) -> tuple[str, ...]:
    """What roofs and marks are, what is left out of the chart, and which systems cannot run the job."""
    classes = {name for chip in answer.chips for name in chip.calibrated}
    notices = [
        tr("A roof is the least of peak rate and bandwidth × intensity (Williams, Waterman, Patterson 2009)."),
        tr(
            "Solid roofs are those of the data sheet. Dashed ones are as calibrated: what ops of a class reached in "
            "the evidence, with the software of this release; a memory roof may lie above that of the data sheet where "
            "caches and fused ops keep bytes on the chip."
        ),
        tr(
            "FLOPs, bytes and time of an op are those of one micro-batch on the most loaded stage, over all its passes "
            "and instances; the time of launching it is in its rate."
        ),
        tr(
            "Passes over memory, such as normalisation, count no FLOPs: they are in the table and not on the chart, as "
            "are ops that take less than {share} % of the time of all ops.",
            share=format_number(100.0 * DRAWN),
        ),
    ]
    if GROUPED_CONVOLUTION in classes:
        notices.append(
            tr(
                "The roof of grouped convolutions is that of groups of {full} channels on IPUs and of up to {narrow} "
                "on others; narrower groups fill less of an IPU, wider ones go faster on a GPU.",
                full=format_number(FULL_GROUP),
                narrow=format_number(NARROW_GROUP),
            )
        )
    for chip in answer.chips:
        rest = 1.0 - sum(op.share for op in chip.ops)
        notices.append(
            tr(
                "{name}: {share} % of a step is in no op (update, all-reduce, pipeline bubble, host).",
                name=chip.name,
                share=percent(max(rest, 0.0)),
            )
        )
    return (*notices, *(sentence(note) for note in answer.notes))


def _sheet_why(chip: ChipRoofline) -> Why:
    return Why(
        key=roof_key(chip),
        title=tr("Roof of {chip}, data sheet", chip=chip.chip),
        value=rate_text(chip.sheet.peak),
        summary=_ridge(chip.sheet),
        sections=(_sheet_section(chip),),
    )


def _class_why(chip: ChipRoofline, op_class: str, roof: Roof) -> Why:
    return Why(
        key=roof_key(chip, op_class),
        title=tr("Roof of {chip} for {what}, as calibrated", chip=chip.chip, what=class_name(op_class)),
        value=rate_text(roof.peak),
        summary=_ridge(roof),
        sections=(_calibrated_section(chip, op_class), _sheet_section(chip)),
    )


def _ridge(roof: Roof) -> str:
    return tr(
        "Arithmetic binds from {ridge} FLOP/byte on; below, memory does, at {bandwidth}.",
        ridge=format_number(roof.ridge, 3),
        bandwidth=format_quantity(roof.bandwidth, "B/s"),
    )


def _sheet_section(chip: ChipRoofline) -> WhySection:
    rows = [
        _datum_row(tr("Peak arithmetic rate, {chip}", chip=chip.chip), chip.peak),
        _datum_row(tr("Memory bandwidth, {chip}", chip=chip.chip), chip.bandwidth),
    ]
    if (chip.sheet.peak, chip.sheet.bandwidth) != (chip.peak.value, chip.bandwidth.value):
        value = tr(
            "peak {peak}, bandwidth {bandwidth}",
            peak=format_quantity(chip.sheet.peak, "FLOP/s"),
            bandwidth=format_quantity(chip.sheet.bandwidth, "B/s"),
        )
        rows.append(WhyRow(tr("With your changes to the hardware"), value))
    return WhySection(tr("Data sheet"), tuple(rows))


def _datum_row(name: str, datum: Datum) -> WhyRow:
    others = dict.fromkeys(format_quantity(each.value, each.unit) for each in datum.alternatives)
    detail = datum.origin.title
    if others:
        detail = tr("{title}; also printed: {others}", title=detail, others=tr(", ").join(others))
    return WhyRow(name, format_quantity(datum.value, datum.unit), detail, datum.origin)


def _calibrated_section(chip: ChipRoofline, op_class: str) -> WhySection:
    """Which shares of the data sheet are reached; what only moves bytes reaches no share of a peak."""
    source = input_origin(chip.calibration)
    rows = []
    if op_class in chip.efficiency:
        name = tr("Share of the peak, {what}", what=class_name(op_class))
        value = tr("{share} %", share=format_number(100.0 * chip.efficiency[op_class], 3))
        rows.append(WhyRow(name, value, source.title, source))
    share = tr("{share} %", share=format_number(100.0 * chip.memory_efficiency, 3))
    rows.append(WhyRow(tr("Share of the memory bandwidth"), share, source.title, source))
    return WhySection(tr("As calibrated"), tuple(rows))


def _op_why(chip: ChipRoofline, op: OpPoint) -> Why:
    times = ((COMPUTE, op.compute_s), (MEMORY, op.memory_s), (LAUNCH, op.launch_s))
    work = [
        WhyRow(tr("Class"), class_name(op.op_class)),
        WhyRow(tr("Instances in the network"), format_number(op.count), chip.network),
        WhyRow(tr("FLOPs"), _giga(op.flops) if op.flops else tr("not counted")),
        WhyRow(tr("Bytes moved"), format_quantity(op.moved, "B")),
    ]
    if op.flops:
        work.append(WhyRow(tr("Intensity"), tr("{value} FLOP/byte", value=format_number(op.intensity, 3))))
    return Why(
        key=op_key(chip, op),
        title=tr("{op}, {chip}", op=op_text(op.name), chip=chip.chip),
        value=rate_text(op.rate) if op.flops else format_duration(op.seconds),
        summary=tr(
            "By the model: {share} % of a step of {name}, bound by {bound}.",
            share=percent(op.share),
            name=chip.name,
            bound=bound_name(op.bound),
        ),
        sections=(
            WhySection(
                tr("Work of a micro-batch of {count}", count=format_number(chip.layout.micro_batch)), tuple(work)
            ),
            WhySection(
                tr("Time of a micro-batch"),
                tuple(
                    WhyRow(bound_name(bound).capitalize(), format_duration(seconds))
                    for bound, seconds in times
                    if seconds
                ),
            ),
            _calibrated_section(chip, op.op_class),
            _sheet_section(chip),
        ),
    )


def _giga(flops: float) -> str:
    return tr("{number} GFLOP", number=format_number(flops / 1e9, 3))
