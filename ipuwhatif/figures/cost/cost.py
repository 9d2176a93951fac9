"""The Cost figure: money, energy or carbon of training once on several systems, a row each with its interval.

All of it is derived from projections, so no official result stands beside it.
"""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.economics import MEASURES, MONEY, Bill, Economics
from ipuwhatif.analysis.results import CALIBRATED
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.spec import Figure, Headline, HeadlinePart
from ipuwhatif.figures.compare.basis import alike, left_out_why, reference_notices, unlike_ending
from ipuwhatif.figures.compare.effective_batch import with_used_batches
from ipuwhatif.figures.compare.ratios import side_of, spoken_of, verdict
from ipuwhatif.figures.cost.cost_amounts import counted, median_text, quantity_of
from ipuwhatif.figures.cost.cost_chart import cost_chart
from ipuwhatif.figures.cost.cost_table import cost_table
from ipuwhatif.figures.cost.cost_words import (
    cost_key,
    cost_notices,
    cost_whys,
    measure_name,
    once_words,
    way_words,
)
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import DOT, projected_word
from ipuwhatif.figures.job_titles import is_stated
from ipuwhatif.figures.phrasing import (
    percent_less,
    short_name,
    times_text,
)
from ipuwhatif.figures.spoken import spoken_rows, stand_in
from ipuwhatif.figures.why.why import whys
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, Said, nearest, quoted, told

_DASH = "–"


def cost_figure(
    answer: Economics, scenario: Scenario, measure: str = MONEY, width: int = 960, height: int = 540
) -> Figure:
    """Everything Cost shows of one of MEASURES, laid out for `width` × `height` logical pixels.

    InputError says what to state where no system has the number.
    """
    if measure not in MEASURES:
        near = nearest(measure, MEASURES)
        raise InputError(tr("measure {name} is unknown; nearest: {nearest}", name=quoted(measure), nearest=near))
    answer = replace(answer, comparison=with_used_batches(answer.comparison))
    shown, lacking = _shown(answer, scenario, measure)
    if not shown:
        raise InputError(_what_to_state(measure, lacking))
    reference = shown[_place(answer, shown, scenario)].projection
    left_out = [(bill.projection.choice.key, bill.projection.name) for bill, _ in lacking]
    return Figure(
        headline=_headline(answer, shown, scenario, measure),
        chart=cost_chart(answer, shown, measure, page_size(width, height)),
        table=cost_table(answer, measure),
        footnotes=footnotes(()),
        why=(
            *cost_whys(answer.bills),
            *whys(answer.comparison.projections),
            *(left_out_why(each) for each in answer.comparison.missing),
        ),
        notices=cost_notices(
            answer,
            [(bill.projection.name, what) for bill, what in lacking],
            reference_notices(reference, left_out, scenario.reference),
        ),
    )


def _shown(answer: Economics, scenario: Scenario, measure: str) -> tuple[list[Bill], list[tuple[Bill, Said]]]:
    """The systems that have the number, of money in one currency only, and the others with what to state."""
    having = [bill for bill in answer.bills if bill.quantity(measure) is not None]
    lacking = [(bill, bill.lacking[measure]) for bill in answer.bills if bill.quantity(measure) is None]
    if measure != MONEY or not having:
        return having, lacking
    first = next((bill for bill in having if bill.projection.choice.key == scenario.reference), having[0])
    other = tr("its price is in another currency than that of {name}", name=short_name(first.projection.name))
    lacking += [(bill, other) for bill in having if bill.currency != first.currency]
    return [bill for bill in having if bill.currency == first.currency], lacking


def _what_to_state(measure: str, lacking: Sequence[tuple[Bill, Said]]) -> str:
    reasons = list(dict.fromkeys(told(what) for _, what in lacking))
    more = tr(" and so on") if len(reasons) > 3 else ""
    what = tr("; ").join(reasons[:3]) + more
    return tr("{measure} cannot be told yet: {what}", measure=measure_name(measure).lower(), what=what)


def _headline(answer: Economics, shown: Sequence[Bill], scenario: Scenario, measure: str) -> Headline:
    """The subject beside the reference, of those that have the number and sources."""
    sourced = [bill for bill in shown if bill.projection.sourced]
    name = answer.comparison.projections[0].job.name
    if not sourced:
        return Headline((HeadlinePart(tr("{workload}: projected from figures that are not sourced", workload=name)),))
    place = _place(answer, sourced, scenario)
    keys = [bill.projection.choice.key for bill in sourced]
    pair = [sourced[row] for row in spoken_of(keys, [True] * len(keys), place, scenario.subject)]
    if answer.comparison.pairs and len(shown) == len(answer.bills):
        pair = [answer.bills[row] for row in spoken_rows(answer.comparison)]
    what = tr("{measure} {once}", measure=measure_name(measure).lower(), once=once_words(shown[0]))
    parts = [HeadlinePart(tr("{workload}, {what}: ", workload=name, what=what))]
    for number, bill in enumerate(pair):
        text = tr("{name} {amount}", name=bill.projection.name, amount=median_text(bill, measure))
        if measure == MONEY and bill.price is not None:
            text = tr("{words} ({way})", words=text, way=way_words(bill.price))
        key = cost_key(measure, bill.projection)
        parts += [HeadlinePart(DOT)] * bool(number) + [HeadlinePart(text, key)]
    named = [(bill.projection.name, bill.projection.basis == CALIBRATED) for bill in pair]
    tail = projected_word(named, answer.comparison.settings)
    ratio = _ratio(answer, pair, measure) if len(pair) == 2 else ""
    units = [counted(bill, measure) for bill in pair]
    if len(pair) == 2 and not alike(*units):
        tail = unlike_ending(tail)
    return Headline((*parts, *((HeadlinePart(DOT), HeadlinePart(ratio)) if ratio else ()), HeadlinePart(tail)))


def _place(answer: Economics, bills: Sequence[Bill], scenario: Scenario) -> int:
    """Which of the bills is that of the reference, or of what stands in its place."""
    projections = [bill.projection for bill in bills]
    keys = [each.choice.key for each in projections]
    if scenario.reference in keys:
        return keys.index(scenario.reference)
    every = answer.comparison.projections
    wanted = next((each for each in every if each.choice.key == scenario.reference), None)
    return 0 if wanted is None else stand_in(projections, wanted)


def _ratio(answer: Economics, pair: Sequence[Bill], measure: str) -> str:
    """A ratio in words where intervals are apart and both numbers are of the same kind; else nothing."""
    mine, theirs = (quantity_of(bill, measure) for bill in pair)
    found = verdict(side_of(pair[0].projection, mine), side_of(pair[1].projection, theirs))
    if found.ratio is None or is_stated(pair[0].projection.job):
        return ""
    if measure == MONEY:
        ways = {bill.price.per for bill in pair if bill.price is not None}
        if len(ways) > 1 or answer.apart is not None:
            return ""
    if not alike(*(counted(bill, measure) for bill in pair)):
        return ""
    if measure != MONEY and (pair[0].power.origin is None) != (pair[1].power.origin is None):
        return ""
    name, ratio, rough = short_name(pair[0].projection.name), found.ratio, found.rough
    if ratio >= 1.0:
        return tr("{name} takes {ratio} × as much", name=name, ratio=times_text(ratio, rough))
    return tr("{name} takes {percent} % less", name=name, percent=percent_less(ratio, rough))
