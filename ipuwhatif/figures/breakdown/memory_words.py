"""The words of Memory: what its parts are called, how a layout is told beside them, what would make a job fit."""

import math

from ipuwhatif.analysis.memory import CHIPS, MEMORY, RECOMPUTE, Advice, Row
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import chips_label
from ipuwhatif.charts.spec import Why, WhyRow, WhySection
from ipuwhatif.figures.phrasing import BESIDE, cut_text, sentence
from ipuwhatif.figures.why.why import layout_rows
from ipuwhatif.model.memory import ACTIVATIONS, GATHERED, GRADIENTS, RESERVE, SCORES, STATE, WEIGHTS
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, format_quantity


def memory_key(row: Row) -> str:
    """What a click on a number of a system asks the why of."""
    key = f"memory/{row.choice.key}"
    return f"{key}{BESIDE}{row.scenario}" if row.scenario else key


def part_name(part: str) -> str:
    """What a part of a memory is called in a legend or at the head of a column."""
    return {
        RESERVE: tr("Code, workspace"),
        WEIGHTS: tr("Weights"),
        GRADIENTS: tr("Gradients"),
        STATE: tr("Optimizer state"),
        GATHERED: tr("Gathered weights"),
        ACTIVATIONS: tr("Activations"),
        SCORES: tr("Logits"),
    }[part]


def _part_detail(part: str) -> str:
    return {
        RESERVE: tr("and what is lost between tensors: a share of the memory"),
        WEIGHTS: tr("as products take them"),
        GRADIENTS: tr("one for each weight that is trained"),
        STATE: tr("moments, and 32-bit weights where the optimizer keeps some"),
        GATHERED: tr("a piece of the network whose weights other replicas hold"),
        ACTIVATIONS: tr("what the backward pass needs of the micro-batches in flight"),
        SCORES: tr("of a micro-batch and their gradients, where the last layer stands on the same chip"),
    }[part]


def needed_text(row: Row) -> str:
    """What is filled of a chip: "562 MB of 900 MB", or that it does not fit."""
    holding = row.holding
    needed, there = (format_quantity(size, "B") for size in (holding.needed, holding.memory))
    if row.fits:
        return tr("{needed} of {memory}", needed=needed, memory=there)
    if holding.layout is None:
        return tr("does not fit: at least {needed} of {memory}", needed=needed, memory=there)
    return tr("does not fit: {needed} of {memory}", needed=needed, memory=there)


def held_layout_text(layout: Layout | None) -> str:
    """The parts of a layout that decide what a chip holds."""
    if layout is None:
        return tr("none is known: evenly over all chips")
    parts = [tr("micro-batch {count}", count=format_number(layout.micro_batch))]
    if layout.precision:
        parts = [cut_text(layout), *parts, layout.precision.upper(), *_recomputed(layout)]
    elif layout.pipeline_stages > 1:
        stages = tr(
            "{replicas} × {stages} stages", replicas=format_number(layout.replicas), stages=layout.pipeline_stages
        )
        parts = [stages, *parts]
    if layout.gathers:
        parts.append(tr("weights shared by the replicas"))
    if layout.off_chip_state:
        parts.append(tr("optimizer state off the chip"))
    return " · ".join(parts)


def _recomputed(layout: Layout) -> tuple[str, ...]:
    if not layout.recomputed:
        return ()
    if layout.recomputed == 1.0:
        return (tr("all layers recomputed"),)
    return (tr("{percent} % of the layers recomputed", percent=format_number(100.0 * layout.recomputed, 2)),)


def advice_text(row: Row) -> str:
    """What would make a job fit, one change or another."""
    if not row.advice:
        return tr("no number of chips of this system would do")
    return tr(" or ").join(_one(each, row) for each in row.advice)


def _one(advice: Advice, row: Row) -> str:
    value = advice.value
    if advice.what == RECOMPUTE:
        return tr("recomputing all layers") if value == 1.0 else tr("the recomputing that the search chooses")
    if isinstance(value, str):
        return tr("products in {precision}", precision=value.upper())
    if advice.what == MEMORY:
        text = tr("{memory} of memory a chip", memory=format_quantity(rounded_up(value), "B"))
    elif advice.what == CHIPS:
        text = chips_label(row.chip_word, int(value))
    else:
        words = {
            "micro_batch": tr("micro-batch {count}"),
            "global_batch": tr("batch {count}"),
            "gradient_accumulation": tr("accumulation {count}"),
            "pipeline_stages": tr("{count} pipeline stages"),
            "tensor_parallel": tr("tensor parallel {count}"),
            "context_parallel": tr("context parallel {count}"),
        }[advice.what]
        text = words.format(count=format_number(value))
    return tr("at least {what}", what=text) if advice.least else text


def rounded_up(size: float) -> float:
    """Bytes with three digits that are no fewer: a memory that is printed as enough is enough."""
    step = 10.0 ** (math.floor(math.log10(size)) - 2)
    return math.ceil(size / step * (1.0 - 1e-12)) * step


def fits_text(row: Row) -> str:
    """Whether it fits; where not the first part that has no room, and what would make it fit."""
    if row.fits:
        return tr("yes")
    part = _lower(part_name(row.holding.beyond))
    if not row.advice:
        return tr("no room for {part}; {advice}", part=part, advice=advice_text(row))
    return tr("no room for {part}; would fit: {advice}", part=part, advice=advice_text(row))


def lacking_text(row: Row) -> str:
    """Whether it fits, short as in a table: "yes", or the first part that has no room."""
    return tr("yes") if row.fits else tr("no: {part}", part=_lower(part_name(row.holding.beyond)))


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def memory_why(row: Row) -> Why:
    """Everything behind one bar: its parts, the layout that holds them, and the memory that is there."""
    holding = row.holding
    parts = [
        WhyRow(part_name(part), format_quantity(size, "B"), _part_detail(part))
        for part, size in holding.parts.items()
        if size > 0.0
    ]
    there = WhyRow(tr("Memory of a chip"), format_quantity(holding.memory, "B"), row.origin.title, row.origin)
    told = [
        WhyRow(tr("Filled"), format_quantity(holding.needed, "B"), tr("sum of the parts: what the search checks")),
        there,
        WhyRow(tr("Free"), free_text(row)),
    ]
    sections = [WhySection(tr("Parts"), tuple(parts)), WhySection(tr("Against the memory"), tuple(told))]
    if holding.layout is not None:
        sections.append(WhySection(tr("Layout"), layout_rows(holding.layout, chosen=row.fits)))
    if not row.fits:
        sections.append(WhySection(tr("What would make it fit"), (WhyRow(advice_text(row), ""),)))
    return Why(memory_key(row), row.name, needed_text(row), _summary(row), tuple(sections))


def free_text(row: Row) -> str:
    """The bytes that remain, or how many are lacking."""
    size = format_quantity(abs(row.holding.free), "B")
    return size if row.fits else tr("{size} are lacking", size=size)


def _summary(row: Row) -> str:
    if row.reason:
        return sentence(row.reason)
    return tr("What the fullest chip holds while it trains, counted from the layout that is projected.")
