"""The Roofline figure: the ops of a job under the roofs of each chip, by arithmetic intensity and rate.

Roofs are solid as the data sheet says and dashed as calibrated; an op is a mark that is larger where it takes longer.
"""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.roofline_points import BOUNDS, ChipRoofline, Roofline
from ipuwhatif.charts.geometry import LEAST_PLOT, Frame, page_size, spaced, stacked
from ipuwhatif.charts.labels import (
    EDGE,
    LEGEND_GAP,
    LEGEND_SAMPLE,
    text_height,
    text_width,
    wrap,
)
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import LABEL_SIZE, LEGEND_SIZE, system_tint
from ipuwhatif.charts.spec import (
    PAIR,
    PROJECTED,
    ChartSpec,
    Figure,
    Headline,
    HeadlinePart,
    LegendEntry,
    Line,
    Mark,
    Tint,
)
from ipuwhatif.figures.captions import heading
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import DOT
from ipuwhatif.figures.phrasing import moved_clause
from ipuwhatif.figures.roofline.roofline_labels import NAME_GAP, drawn, inner_labels, roof_labels, roofs_of
from ipuwhatif.figures.roofline.roofline_table import roofline_table
from ipuwhatif.figures.roofline.roofline_words import (
    bound_name,
    op_key,
    percent,
    roof_key,
    roofline_notices,
    roofline_whys,
)
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

_LEFT, _TOP = 72, 88
#: Diameter of a mark of 1 % of the time of all ops, and the bounds of diameters, times that of its style.
_ONE_PERCENT, _SMALLEST, _LARGEST = 0.75, 0.6, 4.0


def roofline_figure(answer: Roofline, scenario: Scenario, width: int = 1000, height: int = 560) -> Figure:
    """Everything Roofline shows, laid out for `width` × `height` logical pixels; many chips make it taller.

    InputError when there is no chip.
    """
    if not answer.chips:
        raise InputError(tr("no system is chosen; choose at least one, such as ipu-pod64"))
    return Figure(
        headline=_headline(answer.chips),
        chart=_chart(answer, scenario, page_size(width, height)),
        table=roofline_table(answer, [_tint(each, answer.chips) for each in answer.chips]),
        footnotes=footnotes(()),
        why=roofline_whys(answer),
        notices=roofline_notices(answer),
    )


def _headline(chips: Sequence[ChipRoofline]) -> Headline:
    """What binds most of the step, chip by chip, for as many as a line takes."""
    parts: list[HeadlinePart] = []
    for chip in chips[:2]:
        shares = {bound: sum(op.share for op in chip.ops if op.bound == bound) for bound in BOUNDS}
        bound = max(shares, key=lambda each: shares[each])
        text = tr(
            "{name}: {share} % of a step in ops bound by {bound}",
            name=chip.name,
            share=percent(shares[bound]),
            bound=bound_name(bound),
        )
        parts += [HeadlinePart(DOT), HeadlinePart(text, roof_key(chip))]
    return Headline((*parts[1:], HeadlinePart(tr(", by the model"))))


def _tint(chip: ChipRoofline, chips: Sequence[ChipRoofline]) -> Tint:
    """The family's hue in its middle shade; further chips of a family take shades and varieties apart from it."""
    siblings = [each.chip for each in chips if each.family == chip.family]
    shades = (0.5, 1.0, 0.0, 0.75, 0.25)
    place = siblings.index(chip.chip)
    return Tint(system_tint(chip.family, 1).hue, shades[place % len(shades)], place)


def _chart(answer: Roofline, scenario: Scenario, size: tuple[int, int]) -> ChartSpec:
    width = size[0]
    chips = answer.chips
    tints = [_tint(each, chips) for each in chips]
    names = [name for chip in chips for name, _, _ in roofs_of(chip)]
    right = NAME_GAP + max(text_width(name, LABEL_SIZE, bold=True) for name in names) + EDGE
    entries = _legend(width)
    clauses = (
        *moved_clause(answer.settings),
        tr("Ops of one micro-batch over all passes, by the model;"),
        tr("these are no measurements"),
    )
    asked = tr("{workload}: ops under the roofs of the chip", workload=answer.job.name)
    title, subtitle = heading(asked, scenario.release, clauses, width)
    least = max(LEAST_PLOT, text_height(LABEL_SIZE) * len(chips))
    page = page_of(size, subtitle, entries, _LEFT, right, _TOP).holding(least)
    frame = _frame(chips, (page.left, page.top, page.plot_width, page.plot_height))
    lines = [line for chip, tint in zip(chips, tints, strict=True) for line in _lines(chip, tint, frame)]
    marks = [mark for chip, tint in zip(chips, tints, strict=True) for mark in _marks(chip, tint)]
    marks.sort(key=lambda each: -each.size)  # a small mark stays in sight on a large one
    return ChartSpec(
        kind="roofline",
        title=title,
        subtitle=subtitle,
        x_axis=frame.x_axis,
        y_axis=frame.y_axis,
        lines=tuple(lines),
        marks=tuple(marks),
        labels=(*roof_labels(chips, tints, frame), *inner_labels(chips, tints, lines, marks, frame)),
        legend=entries,
        footnotes=footnotes(()),
        **page.margins,
    )


def _legend(width: int) -> tuple[LegendEntry, ...]:
    room = width - 2 * EDGE - LEGEND_SAMPLE - LEGEND_GAP
    texts = (
        (PROJECTED, tr("roof: solid as the data sheet says, dashed as calibrated for a class of ops")),
        (PAIR, tr("an op; a larger one takes more of the step")),
    )
    return tuple(LegendEntry(style, "\n".join(wrap(text, LEGEND_SIZE, room))) for style, text in texts)


def _frame(chips: Sequence[ChipRoofline], plot: tuple[float, float, float, float]) -> Frame:
    """Axes that hold every mark and the bend of every roof. plot: left, top, width and height in logical pixels."""
    ops = [op for chip in chips for op in drawn(chip)]
    roofs = [roof for chip in chips for _, roof, _ in roofs_of(chip)]
    across = [op.intensity for op in ops] + [roof.ridge for roof in roofs]
    up = [op.rate for op in ops] + [roof.peak for roof in roofs]
    x_axis = log_axis(
        tr("Arithmetic intensity (FLOP/byte), logarithmic"), min(across) / 1.6, 2.0 * max(across), symbol="FLOP/byte"
    )
    y_axis = log_axis(tr("Rate of a chip (TFLOP/s), logarithmic"), min(up) / 1.8, 1.5 * max(up), 1e12, "TFLOP/s")
    left, top, width, height = plot
    return Frame(left, top, width, height, spaced(x_axis, width), stacked(y_axis, height))


def _lines(chip: ChipRoofline, tint: Tint, frame: Frame) -> list[Line]:
    """A rise along the bandwidth and a flat peak for each roof; calibrated roofs share the rise of the highest."""
    roofs = roofs_of(chip)
    highest = max((roof.peak for _, roof, _ in roofs[1:]), default=0.0)
    lines = []
    for number, (_, roof, key) in enumerate(roofs):
        start = max(frame.x_axis.low, frame.y_axis.low / roof.bandwidth)
        x, y = (roof.ridge, frame.x_axis.high), (roof.peak, roof.peak)
        if start < roof.ridge and (number == 0 or roof.peak == highest):
            x, y = (start, *x), (roof.rate(start), *y)  # type: ignore[assignment]
        lines.append(Line(x, y, tint, PROJECTED, number > 0, key))
    return lines


def _marks(chip: ChipRoofline, tint: Tint) -> list[Mark]:
    """The area of a mark is the op's share of the time of all ops."""
    whole = sum(op.seconds for op in chip.ops)
    return [
        Mark(
            op.intensity,
            op.rate,
            tint,
            PAIR,
            op_key(chip, op),
            min(max(_ONE_PERCENT * math.sqrt(100.0 * op.seconds / whole), _SMALLEST), _LARGEST),
        )
        for op in drawn(chip)
    ]
