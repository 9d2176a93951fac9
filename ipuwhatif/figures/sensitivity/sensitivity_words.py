"""What Sensitivity says in words: settings and swings, notices about the bars, and where a bar comes from."""

from collections.abc import Sequence

from ipuwhatif.analysis.uncertainty.swings import SCATTER, Sensitivity, Swing, Together
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.charts.spec import Why, WhyRow, WhySection
from ipuwhatif.figures.phrasing import listed, sentence
from ipuwhatif.figures.scenarios.lever_words import lever_name, lever_origin, range_text, value_text
from ipuwhatif.figures.sensitivity.drag_ranges import DRAWN
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.why.parameter_names import group_names, parameter_text
from ipuwhatif.scenario.levers import LEVER, Lever
from ipuwhatif.texts import tr
from ipuwhatif.units import format_duration, format_number, rounded

#: Interaction from which on it is warned of.
WARNED = 0.02
#: Difference of what two levers do, as a part of it, below which they do the same.
SAME = 0.02


def swing_key(swing: Swing) -> str:
    """What a click on a bar asks the why of."""
    return f"swing/{swing.key}"


def times(swing: Swing) -> str:
    low, high = sorted((swing.low_s, swing.high_s))
    return tr("{low} to {high}", low=time_text(low), high=time_text(high))


def swing_name(swing: Swing) -> str:
    """What a lever or an assumption is called."""
    if swing.lever is not None:
        return lever_name(swing.lever)
    if swing.kind == SCATTER:
        return tr("Scatter and distance from the evidence")
    return group_names()[swing.key.partition("/")[2]]


def settings(swing: Swing) -> tuple[str, str]:
    """The low and the high setting: a bare ratio is a share of the rated bandwidth, or a multiple."""
    if swing.drawn is None or swing.parts[0].parameter.unit != "1" or swing.parts[0].parameter.transform == "logit":
        return plain_settings(swing)
    if swing.parts[0].parameter.name.startswith("memory_efficiency."):
        low, high = (tr("{share} %", share=format_number(100.0 * rounded(value, 3), 3)) for value in swing.drawn)
    else:
        low, high = (tr("{ratio} ×", ratio=text) for text in plain_settings(swing))
    return low, high


def plain_settings(swing: Swing) -> tuple[str, str]:
    """The settings as the model has them: "0.77 ×", "33.5 %", "fast"."""
    if swing.lever is not None and swing.asked is not None and swing.values is not None:
        low, high = (_lever_text(swing.lever, *pair) for pair in zip(swing.asked, swing.values, strict=True))
        return low, high
    if swing.kind == SCATTER:
        level = format_number(100.0 * LEVEL)
        return tr("low end of {level} %", level=level), tr("high end of {level} %", level=level)
    if swing.drawn is None:
        return tr("fast"), tr("slow")
    low, high = (parameter_text(swing.parts[0].parameter, value) for value in swing.drawn)
    return low, high


def _lever_text(lever: Lever, asked: float, taken: float) -> str:
    text = value_text(lever, lever.rounded(asked))
    return text if asked == taken else tr("{value}: does not fit", value=text)


def felt(sensitivity: Sensitivity) -> list[Swing]:
    """The swings that are large enough for a bar."""
    center = sensitivity.swings.center_s
    return [each for each in sensitivity.swings.swings if each.size(center) >= DRAWN * center]


def notices(sensitivity: Sensitivity, drawn: int) -> tuple[str, ...]:
    """How many bars are drawn, how they were made, and that changes do not add up where they do not."""
    projection = sensitivity.projection
    moved = (tr("Moved levers: {settings}.", settings=listed(sensitivity.settings)),) if sensitivity.settings else ()
    return (
        *moved,
        *_left_out(sensitivity, drawn),
        *_alike(felt(sensitivity)[:drawn], sensitivity.swings.center_s),
        tr(
            "Levers are moved with the layout searched anew as far as the layout policy lets it, gains by what their "
            "range calls likely and as far down, the global batch by half and twice."
        ),
        tr(
            "Assumptions are moved with the layout held: a group of parameters to the posterior draws that rank at "
            "10 % and 90 % by its effect on the time, all others at the centre."
        ),
        *(_interaction(each) for each in sensitivity.swings.together if each.interaction >= WARNED),
        *(sentence(note) for note in projection.notes),
    )


def _left_out(sensitivity: Sensitivity, drawn: int) -> tuple[str, ...]:
    """How many swings the chart has no bar for, and how large the largest of them is."""
    members, center = felt(sensitivity), sensitivity.swings.center_s
    if drawn >= len(members):
        return ()
    percent = format_number(100.0 * members[drawn].size(center) / center, 2)
    if len(members) == drawn + 1:
        return (tr("1 more bar, of {percent} % of the time, is not drawn.", percent=percent),)
    count = format_number(len(members) - drawn)
    return (tr("{count} more bars, of {percent} % of the time or less, are not drawn.", count=count, percent=percent),)


def _alike(swings: Sequence[Swing], center_s: float) -> tuple[str, ...]:
    """Which levers on the chart change the time by as much as another, as they act on the same term of it."""
    groups: list[list[Swing]] = []
    for each in swings:
        group = next((group for group in groups if _is_same(group[0], each, center_s)), None)
        if each.kind == LEVER and group is None:
            groups.append([each])
        elif each.kind == LEVER and group is not None:
            group.append(each)
    return tuple(
        tr("{names} act on the same term of the time here: their bars are equal.", names=listed(_lowered(group)))
        for group in groups
        if len(group) > 1
    )


def _is_same(first: Swing, second: Swing, center_s: float) -> bool:
    pairs = ((first.low_s, second.low_s), (first.high_s, second.high_s))
    return all(abs(one - other) <= SAME * first.size(center_s) for one, other in pairs)


def _lowered(swings: Sequence[Swing]) -> list[str]:
    """Their names inside a sentence that starts with the first."""
    return [name if row == 0 else name[:1].lower() + name[1:] for row, name in enumerate(map(swing_name, swings))]


def _interaction(together: Together) -> str:
    whose = tr("all gain levers") if together.kind == LEVER else tr("all assumptions")
    return tr(
        "Changes do not add up: {whose} moved together to their fast side change the time by {fast}, the sum of single "
        "changes is {fast_sum}; to their slow side {slow} against {slow_sum}.",
        whose=whose,
        fast=_signed(together.fast_s),
        fast_sum=_signed(together.fast_sum_s),
        slow=_signed(together.slow_s),
        slow_sum=_signed(together.slow_sum_s),
    )


def _signed(seconds: float) -> str:
    return ("+" if seconds > 0.0 else "−") + format_duration(abs(seconds))


def swing_why(swing: Swing, center_s: float) -> Why:
    """Where a bar comes from: a lever's effect and range, or the parameters of an assumption with their draws."""
    sections: tuple[WhySection, ...]
    if swing.lever is not None:
        lever, origin = swing.lever, lever_origin(swing.lever)
        rows = (WhyRow(tr("Range"), range_text(lever), origin.title, origin), WhyRow(tr(lever.effect), ""))
        sections = (WhySection(tr("Lever"), rows),)
    else:
        parameters = tuple(
            WhyRow(
                part.parameter.name,
                parameter_text(part.parameter, part.center),
                tr(
                    "80 % of draws from {low} to {high}; prior: {reason}",
                    low=parameter_text(part.parameter, part.low),
                    high=parameter_text(part.parameter, part.high),
                    reason=part.parameter.reason,
                ),
            )
            for part in swing.parts
        )
        sections = (WhySection(tr("Calibrated parameters"), parameters),) if parameters else ()
    return Why(
        key=swing_key(swing),
        title=swing_name(swing),
        value=times(swing),
        summary=tr(
            "From {low} to {high} the projected time goes from {first} to {last}, with {center} at the centre; "
            "{percent} % of it.",
            low=settings(swing)[0],
            high=settings(swing)[1],
            first=time_text(swing.low_s),
            last=time_text(swing.high_s),
            center=time_text(center_s),
            percent=format_number(100.0 * swing.size(center_s) / center_s, 2),
        ),
        sections=sections,
    )
