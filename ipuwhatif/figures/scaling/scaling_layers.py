"""What stands on Scaling beside its curves: the reach of the evidence, what binds, where curves cross, the target."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from ipuwhatif.analysis.crossings import Crossing
from ipuwhatif.analysis.results import ScalingCurve
from ipuwhatif.calibration.support.spreads import CHOSEN_AXES
from ipuwhatif.catalog.names import chips_label
from ipuwhatif.charts.geometry import STRIP_STEP, Frame
from ipuwhatif.charts.labels import Box, centred, fit, free_place, text_height, text_width
from ipuwhatif.charts.palette import FOOTNOTE_SIZE, LABEL_SIZE, NEUTRAL, part_tint
from ipuwhatif.charts.spec import (
    BAR,
    CROSSING,
    TARGET,
    TARGET_KEY,
    ZONE,
    Axis,
    Label,
    LegendEntry,
    Line,
    Mark,
    Strip,
    Tint,
    Why,
    WhyRow,
    WhySection,
    Zone,
)
from ipuwhatif.figures.scenarios.amounts import own_time_text
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.why.term_words import part_name
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

MOST_LANES = 4
#: A target that is further than this factor from every time of the chart is not drawn: it would flatten all else.
FARTHEST = 20.0
#: Room between the ribbon and what stands over it, and around the words inside a piece of it, in logical pixels.
_OVER, _INSIDE = 6.0, 4.0

Tints = Callable[[ScalingCurve], Tint]


def ribbon_height(curves: Sequence[ScalingCurve]) -> float:
    """Height that a ribbon for these curves takes from the plot, in logical pixels."""
    return STRIP_STEP * len(curves) + _OVER if curves else 0.0


def with_room_below(axis: Axis, room: float, height: float) -> Axis:
    """An axis, `height` pixels long, that leaves so many pixels of it free below what it had."""
    share = min(room / height, 0.5)
    if axis.scale == "linear":
        return replace(axis, low=axis.high - (axis.high - axis.low) / (1.0 - share))
    low = axis.high * (axis.low / axis.high) ** (1.0 / (1.0 - share))
    return replace(axis, low=low)


def zones(curves: Sequence[ScalingCurve], tint: Tints) -> tuple[Zone, ...]:
    """A shade over each run of chip counts that the evidence of a curve reaches, whatever is chosen there."""
    found = []
    for curve in curves:
        reached = [all(axis in CHOSEN_AXES for axis in axes) for axes in curve.beyond]
        for first, last in _runs(reached):
            if reached[first] and last > first:
                x0, x1 = _with_results(curve, first, last)
                text = tr("evidence of {name} reaches these chip counts", name=curve.name)
                found.append(Zone(x0, x1, text, tint(curve)))
    return tuple(found)


def _with_results(curve: ScalingCurve, first: int, last: int) -> tuple[float, float]:
    """The ends of a run of points, with the official results between them and the next points of the curve."""
    chips = curve.chips
    before, after = chips[max(first - 1, 0)], chips[min(last + 1, len(chips) - 1)]
    near = [each.chips for each in curve.official if before < each.chips < after]
    return float(min((chips[first], *near))), float(max((chips[last], *near)))


def strips(curves: Sequence[ScalingCurve], frame: Frame) -> tuple[Strip, ...]:
    """The ribbon: a lane for each curve, from the top down, in pieces of the part that takes most time."""
    found = []
    for lane, curve in enumerate(reversed(curves)):
        edges = _edges(curve.chips)
        for first, last in _runs(curve.binding):
            part = curve.binding[first]
            x0, x1 = edges[first], edges[last + 1]
            name = part_name(part)
            fits = text_width(name, FOOTNOTE_SIZE) + 2 * _INSIDE <= frame.x(x1) - frame.x(x0)
            tip = tr(
                "{name}, {first} to {last}: {part} takes most of the time",
                name=curve.name,
                first=format_number(curve.chips[first]),
                last=chips_label(curve.chip_word, curve.chips[last]),
                part=_lower(name),
            )
            found.append(Strip(x0, x1, lane, part_tint(part), name if fits else "", tip, _strip_key(curve, first)))
    return tuple(found)


def lane_name(curve: ScalingCurve, width: float) -> str:
    """Whose a lane of the ribbon is, in at most `width` logical pixels: not to be read as the name of a curve."""
    return fit(tr("ribbon: {name}", name=curve.name), LABEL_SIZE, width)


def lane_labels(
    curves: Sequence[ScalingCurve], names: Sequence[str], chips: int, gap: float, frame: Frame, tint: Tints
) -> tuple[Label, ...]:
    """Whose each lane is, `gap` pixels right of a chip count: under the names of the curves."""
    y, count = frame.y_axis.low, len(curves)
    return tuple(
        Label(float(chips), y, name, tint(curve), "left", gap, -STRIP_STEP * (count - 1 - place + 0.5) + 1.0)
        for place, (curve, name) in enumerate(zip(curves, names, strict=True))
    )


def crossing_marks(found: Sequence[Crossing]) -> tuple[Mark, ...]:
    return tuple(Mark(each.chips, each.seconds, NEUTRAL, CROSSING, crossing_key(each)) for each in found)


def crossing_key(crossing: Crossing) -> str:
    """What a click on a crossing asks the why of."""
    return f"crossing/{crossing.below}/{crossing.above}/{crossing.chips:.6g}"


def crossing_labels(
    found: Sequence[Crossing], names: Mapping[str, str], taken: list[Box], bounds: Box, frame: Frame
) -> tuple[Label, ...]:
    """ "≈ 96 chips: IPU-POD, DGX A100" beside each crossing, its chips alone where that needs too much room.

    `names` are those of the curves by system; the room that a label takes is added to `taken`.
    """
    labels = []
    for each in found:
        short = tr("≈ {chips} chips", chips=_about(each.chips))
        full = tr("{chips}: {first}, {second}", chips=short, first=names[each.below], second=names[each.above])
        for text in (full, short):
            place = free_place(_around(each, text, frame), taken, bounds)
            if place is not None:
                taken.append(place)
                dx = (place.left + place.right) / 2 - frame.x(each.chips)
                dy = (place.top + place.bottom) / 2 - frame.y(each.seconds)
                labels.append(Label(each.chips, each.seconds, text, NEUTRAL, "center", dx, dy))
                break
    return tuple(labels)


def _around(crossing: Crossing, text: str, frame: Frame) -> list[Box]:
    width, height = text_width(text, LABEL_SIZE), text_height(LABEL_SIZE)
    x, y = frame.x(crossing.chips), frame.y(crossing.seconds)
    sides = (0.0, width / 2 + 8, -width / 2 - 8)
    return [centred(x + dx, y + dy, width, height) for dy in (-18.0, 18.0, -30.0, 30.0, -44.0, 44.0) for dx in sides]


def drawn_target(target_s: float | None, times: Sequence[float]) -> float | None:
    """The target where it lies near enough to the times of a chart to be drawn with them."""
    if target_s is None or not min(times) / FARTHEST <= target_s <= max(times) * FARTHEST:
        return None
    return target_s


def target_line(target_s: float, x_axis: Axis) -> Line:
    return Line((x_axis.low, x_axis.high), (target_s, target_s), NEUTRAL, TARGET, False, TARGET_KEY)


def target_label(target_s: float, taken: Sequence[Box], bounds: Box, frame: Frame) -> tuple[Label, ...]:
    """ "target 1 min" beside the target line, as far left as there is room; nothing where there is none."""
    text = tr("target {time}", time=own_time_text(target_s))
    width, height = text_width(text, LABEL_SIZE, bold=True), text_height(LABEL_SIZE)
    y, steps = frame.y(target_s), range(int(max(0.0, frame.width - width) // 12))
    places = [(12.0 + 12.0 * step, dy) for dy in (-14.0, 14.0) for step in steps]
    boxes = [centred(frame.left + dx + width / 2, y + dy, width, height) for dx, dy in places]
    place = free_place(boxes, taken, bounds)
    if place is None:
        return ()
    middle = (place.top + place.bottom) / 2
    return (Label(frame.x_axis.low, target_s, text, NEUTRAL, "left", place.left - frame.left, middle - y, True),)


def layer_legend(zoned: Sequence[Zone], ribbon: Sequence[Strip], crossed: bool) -> list[LegendEntry]:
    """What the layers mean; a part of the time is named here where no piece of the ribbon has room for its name."""
    entries = []
    if zoned:
        alone = len({each.text for each in zoned}) == 1
        text = zoned[0].text if alone else tr("evidence reaches these chip counts, a shade for each system")
        entries.append(LegendEntry(ZONE, text, zoned[0].tint if alone else NEUTRAL))
    if crossed:
        entries.append(LegendEntry(CROSSING, tr("projections cross")))
    if ribbon:
        entries.append(LegendEntry(BAR, tr("ribbon: what takes most time"), ribbon[0].tint))
    named = {each.tint for each in ribbon if each.text}
    for strip in ribbon:
        if strip.tint not in named:
            named.add(strip.tint)
            entries.append(LegendEntry(BAR, part_name(strip.tint.hue), strip.tint))
    return entries


def layer_whys(
    curves: Sequence[ScalingCurve], lanes: Sequence[ScalingCurve], found: Sequence[Crossing]
) -> tuple[Why, ...]:
    """A Why for every crossing and every piece of the ribbon."""
    by_system = {curve.system: curve for curve in curves}
    pieces = [_strip_why(curve, first, last) for curve in lanes for first, last in _runs(curve.binding)]
    return (*(_crossing_why(each, by_system) for each in found), *pieces)


def _crossing_why(crossing: Crossing, curves: Mapping[str, ScalingCurve]) -> Why:
    below, above = curves[crossing.below], curves[crossing.above]
    open_text = tr(
        "From {first} to {last} chips their intervals overlap: which of the two takes less time there is open.",
        first=_about(crossing.first),
        last=_about(crossing.last),
    )
    if crossing.uncertain:
        open_text += " " + tr("That goes on to an end of what both curves span, so that they may not cross at all.")
    rows = (
        WhyRow(tr("Less time with fewer chips"), below.name),
        WhyRow(tr("Less time with more chips"), above.name),
        WhyRow(tr("How it was found"), "", tr("curves are straight in both logarithms between their points")),
    )
    return Why(
        key=crossing_key(crossing),
        title=tr("{first} and {last}", first=below.name, last=above.name),
        value=tr("≈ {chips} chips", chips=_about(crossing.chips)),
        summary=tr(
            "With about {chips} chips each both are projected to take {time}.",
            chips=_about(crossing.chips),
            time=time_text(crossing.seconds),
        )
        + " "
        + open_text,
        sections=(WhySection(tr("Crossing"), rows),),
    )


def _strip_why(curve: ScalingCurve, first: int, last: int) -> Why:
    name = part_name(curve.binding[first])
    return Why(
        key=_strip_key(curve, first),
        title=tr("{name}: what takes most time", name=curve.name),
        value=name,
        summary=tr(
            "From {first} to {last} no part of the projected time is larger than {part}. "
            "Breakdown shows all parts of a system at one size.",
            first=format_number(curve.chips[first]),
            last=chips_label(curve.chip_word, curve.chips[last]),
            part=_lower(name),
        ),
        sections=(),
    )


def _strip_key(curve: ScalingCurve, first: int) -> str:
    return f"part/{curve.system}/{curve.chips[first]}"


def _runs(values: Sequence[object]) -> list[tuple[int, int]]:
    """First and last place of each stretch of equal values."""
    starts = [0, *(place + 1 for place, (one, other) in enumerate(pairwise(values)) if one != other)] if values else []
    return [(start, end - 1) for start, end in pairwise([*starts, len(values)])]


def _edges(chips: Sequence[int]) -> list[float]:
    """Where one chip count's piece of a ribbon ends and the next begins: half-way in the logarithm."""
    inner = [math.sqrt(left * right) for left, right in pairwise(chips)]
    return [float(chips[0]), *inner, float(chips[-1])]


def _about(chips: float) -> str:
    """A chip count that is known to two digits."""
    return format_number(round(chips)) if chips < 100.0 else format_number(chips, 2)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
