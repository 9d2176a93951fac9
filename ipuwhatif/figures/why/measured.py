"""A measurement of the user's own in the Why of its projection: how far off, and which parameter would explain it.

Such a measurement is neither an official result nor evidence; the fit learns nothing from it, projections follow it
where the user says so.
"""

from ipuwhatif.analysis.uncertainty.measured import Explanation, Held
from ipuwhatif.charts.spec import WhyRow, WhySection
from ipuwhatif.figures.scenarios.lever_words import lever_name, unit_text
from ipuwhatif.figures.scenarios.own_figures import measurement_text
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.why.formula import interval_text
from ipuwhatif.figures.why.parameter_names import group_names, parameter_name, parameter_text
from ipuwhatif.scenario.measurements import TIME
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, format_rate

#: How many explanations are shown: parameters, the best of each group, and levers.
MOST_PARAMETERS, MOST_LEVERS = 6, 4
#: Residuals below this part are none to speak of.
MET = 5e-4


def measured_section(held: Held) -> WhySection:
    """Measured, projected, the difference in words, then what alone would explain it, the most plausible first."""
    rows = [
        WhyRow(_quantity(held), _measured(held), _standing(held)),
        WhyRow(tr("Projected"), _value(held, held.projected.median), _interval(held)),
        WhyRow(tr("Difference"), difference_text(held), verdict_text(held)),
    ]
    if abs(held.residual) >= MET:
        rows += _explained(held)
    return WhySection(tr("Measured against projected"), tuple(rows))


def _standing(held: Held) -> str:
    if held.measurement.learnt:
        return tr("your own measurement; projections follow it, what is below is the evidence alone")
    if held.profile:
        return tr(
            "your own measurement; what is below is the evidence alone, without profile {name}", name=held.profile
        )
    return tr("your own measurement, not part of the fit")


def difference_text(held: Held) -> str:
    """How far the measurement lies from the projection: "3.6 % shorter", "15.6 % lower"."""
    if abs(held.residual) < MET:
        return tr("none")
    percent = format_number(100.0 * abs(held.residual), 2)
    return tr("{percent} % {side}", percent=percent, side=_side(held, held.residual > 0.0))


def verdict_text(held: Held) -> str:
    """Inside the interval or not, and where among the draws of the parameters, in words."""
    level = format_number(100.0 * held.projected.level, 2)
    if held.inside:
        where = tr("inside the {level} % interval", level=level)
    elif held.measurement.value > held.projected.high:
        where = tr("above the {level} % interval", level=level)
    else:
        where = tr("below the {level} % interval", level=level)
    rank, side = round(100.0 * held.rank), _side(held, False)
    if rank in (0, 100):
        every = tr("all") if rank else tr("none")
        return tr(
            "{where}; {every} of the draws of the parameters alone are {side}", where=where, every=every, side=side
        )
    text = format_number(rank)
    return tr("{where}; {rank} % of the draws of the parameters alone are {side}", where=where, rank=text, side=side)


def explanation_text(explanation: Explanation) -> str:
    """How far that is from what the model takes it to be: "where the fit says 36 %; 1.2 of its standard deviations"."""
    part, lever = explanation.part, explanation.lever
    if part is None:
        assert lever is not None
        now = tr("{number} {unit}", number=format_number(explanation.present, 3), unit=unit_text(lever))
        return tr("a lever, now {now}; no draws tell how likely", now=now)
    away = tr(
        "where the fit says {present}; {deviations} of its standard deviations",
        present=parameter_text(part.parameter, explanation.present),
        deviations=format_number(abs(explanation.deviations), 2),
    )
    rank = round(100.0 * explanation.rank)
    if rank in (0, 100):
        return tr("{away}, beyond its draws", away=away)
    return tr("{away}, above {rank} % of its draws", away=away, rank=format_number(rank))


def explanation_name(explanation: Explanation) -> str:
    """What an explanation is called: "Memory efficiency"."""
    if explanation.part is not None:
        return parameter_name(explanation.part.parameter)
    assert explanation.lever is not None
    return lever_name(explanation.lever)


def needed_text(explanation: Explanation) -> str:
    """The value that it would have to have; four digits of a lever's, so that the value as printed meets as well."""
    lever, part = explanation.lever, explanation.part
    if part is not None:
        return tr("needs {value}", value=parameter_text(part.parameter, explanation.value))
    assert lever is not None
    return tr("needs {number} {unit}", number=format_number(explanation.value, 4), unit=unit_text(lever))


def shown_explanations(held: Held) -> tuple[Explanation, ...]:
    """The best of each group of assumptions, then levers."""
    best: dict[str, Explanation] = {}
    for each in held.explanations:
        if each.part is not None:
            best.setdefault(each.group, each)
    levers = [each for each in held.explanations if each.part is None]
    return (*list(best.values())[:MOST_PARAMETERS], *levers[:MOST_LEVERS])


def _explained(held: Held) -> list[WhyRow]:
    shown = shown_explanations(held)
    rows = []
    if any(each.part is not None for each in shown):
        rows.append(WhyRow(tr("What alone would explain it, the most plausible first:"), ""))
    else:
        rows.append(WhyRow(tr("No parameter alone explains it"), "", tr("none within three spreads of its prior")))
    rows += [WhyRow(explanation_name(each), needed_text(each), explanation_text(each)) for each in shown]
    if held.not_alone:
        names = group_names()
        listed = tr("; ").join(names[group] for group in held.not_alone)
        rows.append(WhyRow(tr("Not by itself"), "", listed))
    return rows


def _quantity(held: Held) -> str:
    return tr("Measured time") if held.measurement.quantity == TIME else tr("Measured training throughput")


def _measured(held: Held) -> str:
    return measurement_text(held.measurement, held.projection.job)


def _value(held: Held, value: float) -> str:
    if held.measurement.quantity == TIME:
        return time_text(value)
    word = held.projection.job.sample_word
    return format_rate(value, word, 3)


def _interval(held: Held) -> str:
    level = format_number(100.0 * held.projected.level, 2)
    if held.measurement.quantity == TIME:
        ends = interval_text(held.projected)
    else:
        ends = tr("{low} to {high}", low=_value(held, held.projected.low), high=_value(held, held.projected.high))
    return tr("{ends} with {level} % probability", ends=ends, level=level)


def _side(held: Held, more: bool) -> str:
    if held.measurement.quantity == TIME:
        return tr("longer") if more else tr("shorter")
    return tr("higher") if more else tr("lower")
