"""What systems are compared by, as it is said: chip-hours, kWh, rack-unit-hours, the purchase price tied up.

Such a figure is time to train × units, what training once uses. It is derived: it never stands beside official results.
"""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.prices import Priced, counted_price, far_apart
from ipuwhatif.analysis.results import CALIBRATED, Comparison, Factor, Missing, Projection, Quantity
from ipuwhatif.charts.spec import Axis, Headline, HeadlinePart, Why, WhyRow, WhySection
from ipuwhatif.charts.ticks import DAYS, HOURS, MINUTES, TimeUnit, time_unit
from ipuwhatif.figures.compare.left_out import left_out_notices, uncounted_clauses
from ipuwhatif.figures.compare.ratios import is_rough, no_ratio_ending, side_of, why_no_ratio
from ipuwhatif.figures.headline import DOT, projected_word
from ipuwhatif.figures.job_titles import amount_words, division, is_stated
from ipuwhatif.figures.phrasing import key_of, missing_key, percent_less, sentence, short_name, times_text
from ipuwhatif.figures.scenarios.names import basis_name
from ipuwhatif.figures.scenarios.own_figures import origin_text, price_text
from ipuwhatif.figures.spoken import spoken_rows, stand_in
from ipuwhatif.figures.times import amount_axis, time_text
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.scenario import PER_CHIP, PER_KW, PER_MONEY, PER_RACK_UNIT, Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, told


class Yardstick(Record, frozen=True):
    """What the systems of a comparison are compared by; `units` has one entry a projection, each with a value."""

    basis: str  # one of BASES, not PER_SYSTEM
    unit: TimeUnit  # "chip-hours": seconds × chips in one of them
    title: str  # of the axis: "Chip-hours to train once"
    use: str  # the same in a title: "chip-hours to train once"
    head: str  # of the column of units: "Chips", "Power (kW)"
    units: tuple[Factor, ...]

    def of(self, row: int, time: Quantity) -> Quantity:
        """What training once uses, in seconds × units, of a time of one of the projections."""
        value = self.units[row].value or 0.0
        return Quantity(time.median * value, time.low * value, time.high * value, time.level)

    def text(self, amount: float) -> str:
        """An amount as it is printed: "7.52 chip-hours"."""
        return tr("{value} {unit}", value=format_number(amount / self.unit.seconds, 3), unit=self.unit.symbol)

    def axis(self, amounts: Sequence[float], scale: str | None = None) -> Axis:
        return amount_axis(amounts, self.title, self.unit, scale)


def comparable_by(comparison: Comparison) -> Comparison:
    """The systems that have a figure of what is compared; the others are missing, with what to state.

    A reference that is among the others gives its place to one of its kind. InputError where no system has a figure.
    """
    kept = [row for row, unit in enumerate(comparison.units) if unit.value is not None]
    lacking = [
        Missing(each.choice, each.name, each.family, unit.words)
        for each, unit in zip(comparison.projections, comparison.units, strict=True)
        if unit.value is None
    ]
    if not kept:
        raise InputError(tr("; ").join(dict.fromkeys(told(each.reason) for each in lacking)))

    def picked(all_of: tuple[Projection, ...] | None) -> tuple[Projection, ...] | None:
        return None if all_of is None else tuple(all_of[row] for row in kept)

    projections = tuple(comparison.projections[row] for row in kept)
    asked = comparison.reference
    return replace(
        comparison,
        projections=projections,
        baseline=picked(comparison.baseline),
        assumed=picked(comparison.assumed),
        reference=kept.index(asked) if asked in kept else stand_in(projections, comparison.projections[asked]),
        missing=(*comparison.missing, *lacking),
        units=tuple(comparison.units[row] for row in kept),
        pairs=tuple(_place(comparison.pairs[row], kept) for row in kept) if comparison.pairs else (),
    )


def _place(row: int | None, kept: Sequence[int]) -> int | None:
    """Where a row stands among those that are kept, if it is."""
    return kept.index(row) if row in kept else None


def yardstick(comparison: Comparison, basis: str) -> Yardstick:
    """The yardstick of a comparison whose systems all have a figure of it."""
    first = comparison.projections[0]
    once = tr("to train once")
    if is_stated(first.job):
        once = tr("for {amount}", amount=amount_words(first.job, first.case.samples))
    amounts = [
        each.time_to_train_s.median * (unit.value or 0.0)
        for each, unit in zip(comparison.projections, comparison.units, strict=True)
    ]
    unit = time_unit(amounts) if basis in (PER_CHIP, PER_RACK_UNIT) else HOURS
    unit = unit if unit in (MINUTES, HOURS, DAYS) else (MINUTES if unit.seconds < 60.0 else DAYS)
    span = {MINUTES: tr("minutes"), HOURS: tr("hours"), DAYS: tr("days")}[unit]
    currency = comparison.units[0].unit
    word, note, head = {
        PER_CHIP: (tr("chip-{time}", time=span), "", tr("Chips")),
        PER_KW: (tr("kWh"), "", tr("Power (kW)")),
        PER_RACK_UNIT: (tr("rack-unit-{time}", time=span), "", tr("Rack units")),
        PER_MONEY: (
            tr("{currency}-{time}", currency=currency, time=span),
            tr(" of purchase price"),
            tr("Purchase price ({currency})", currency=currency),
        ),
    }[basis]
    title = tr(
        "{unit}{note} {once}", unit=word[:1].upper() + word[1:] if basis != PER_KW else word, note=note, once=once
    )
    use = tr("{unit} {once}", unit=word, once=once)
    return Yardstick(basis, TimeUnit(unit.seconds, word), title, use, head, comparison.units)


def basis_title(comparison: Comparison, yard: Yardstick) -> str:
    """ "ResNet-50, closed division: chip-hours to train once"."""
    first = comparison.projections[0]
    if is_stated(first.job):
        return tr("{workload}: {what}", workload=first.job.name, what=yard.use)
    return tr(
        "{workload}, {division}: {what}", workload=first.job.name, division=division(first.case.recipe), what=yard.use
    )


def alike(first: Factor, second: Factor) -> bool:
    """Whether two systems' units count the same things, so that a ratio between them says something."""
    return first.leaves_out == second.leaves_out


def unlike_ending(projected: str) -> str:
    """How a headline ends whose systems count different things: what each leaves out stands in the subtitle."""
    return tr("{projected}; what is counted differs", projected=projected)


def use_text(ratio: float, rough: bool = False) -> str:
    """A ratio of uses for a table: "uses 1.94 × as much" or "uses 70.8 % less"; rough: "uses about 71 % less"."""
    if ratio >= 1.0:
        return tr("uses {ratio} × as much", ratio=times_text(ratio, rough))
    return tr("uses {percent} % less", percent=percent_less(ratio, rough))


def basis_headline(comparison: Comparison, yard: Yardstick) -> Headline:
    """What a comparison by a yardstick says first: the subject beside the reference.

    A ratio stands only where intervals are apart, both sides count the same things and somebody measured the job.
    """
    reference = comparison.projections[comparison.reference]
    shown = [comparison.projections[row] for row in spoken_rows(comparison)]
    name = reference.job.name
    if not shown:
        return Headline((HeadlinePart(tr("{workload}: projected from figures that are not sourced", workload=name)),))
    parts = [HeadlinePart(tr("{workload} {basis}: ", workload=name, basis=basis_name(yard.basis)))]
    for place, each in enumerate(shown):
        row = comparison.projections.index(each)
        text = tr("{name} {amount}", name=each.name, amount=yard.text(yard.of(row, each.time_to_train_s).median))
        parts += [HeadlinePart(DOT)] * bool(place) + [HeadlinePart(text, key_of(each))]
    tail = projected_word([(each.name, each.basis == CALIBRATED) for each in shown], comparison.settings)
    return Headline((*parts, *_ending(comparison, yard, shown, tail)))


def _ending(
    comparison: Comparison, yard: Yardstick, shown: Sequence[Projection], tail: str
) -> tuple[HeadlinePart, ...]:
    """How the headline ends: with a ratio, or with why there is none."""
    if len(shown) < 2:
        return (HeadlinePart(tail),)
    rows = [comparison.projections.index(each) for each in shown]
    mine, theirs = (yard.of(row, each.time_to_train_s) for row, each in zip(rows, shown, strict=True))
    units = [yard.units[row] for row in rows]
    if not alike(*units):
        return (HeadlinePart(unlike_ending(tail)),)
    sides = side_of(shown[0], mine), side_of(shown[1], theirs)
    reason = why_no_ratio(*sides)
    if reason:
        return (HeadlinePart(no_ratio_ending(tail, reason)),)
    uses = use_text(mine.median / theirs.median, is_rough(*sides))
    ratio = tr("{name} {uses}", name=short_name(shown[0].name), uses=uses)
    return (HeadlinePart(DOT), HeadlinePart(ratio + tail))


def reference_notices(shown: Projection, left_out: Sequence[tuple[str, str]], asked: str) -> tuple[str, ...]:
    """That another system is the reference than the one that was asked for, where that one is left out.

    shown: the reference now; left_out: key and name of each system that is left out; asked: a key.
    """
    name = dict(left_out).get(asked)
    if name is None:
        return ()
    return (tr("The reference {asked} is left out: {name} stands in its place.", asked=name, name=shown.name),)


def basis_notices(comparison: Comparison, yard: Yardstick, official_asked: bool) -> tuple[str, ...]:
    """What a comparison by a yardstick means, what it leaves out, and why official results are not beside it."""
    hidden = official_asked and any(each.official is not None for each in comparison.projections)
    why = tr("a derived figure does not stand beside them")
    if yard.basis == PER_KW:
        why = tr("no performance per watt is told from rated or stated power, which was not measured while they ran")
    means = tr(
        "Compared {basis}: what training once uses, projected time × {units}. It is derived and no official metric.",
        basis=basis_name(yard.basis),
        units=yard.head[:1].lower() + yard.head[1:],
    )
    return (
        means,
        *((tr("Official results are hidden: {why}.", why=why),) if hidden else ()),
        *left_out_notices(comparison.projections, yard.units, yard.head),
    )


def basis_clauses(comparison: Comparison, yard: Yardstick) -> tuple[str, ...]:
    """What a bare picture must say of a yardstick: that it is derived, and what it does not count."""
    return (tr("Derived, no official metric."), *uncounted_clauses(comparison.projections, yard.units))


def left_out_why(missing: Missing) -> Why:
    """Why a system is left out of a comparison."""
    return Why(missing_key(missing.choice), missing.name, tr("left out"), sentence(missing.reason), ())


def price_notices(comparison: Comparison, scenario: Scenario) -> tuple[str, ...]:
    """The price of each system with its date and origin, and two whose dates are far apart."""
    priced = [
        (each.name, price)
        for each in comparison.projections
        if (price := counted_price(scenario, each.choice)) is not None
    ]
    lines = [
        tr(
            "Price of {name}: {price}; {origin}.",
            name=short_name(name),
            price=price_text(price),
            origin=origin_text(price),
        )
        for name, price in priced
    ]
    return (*lines, *apart_notices(far_apart(priced)))


def apart_notices(apart: tuple[Priced, Priced] | None) -> tuple[str, ...]:
    """That two prices may be of different times, with their dates."""
    if apart is None:
        return ()
    first, second = (tr("{name} {date}", name=short_name(name), date=price.date) for name, price in apart)
    return (tr("Prices may lie more than twelve months apart: {first} and {second}.", first=first, second=second),)


def basis_section(yard: Yardstick, row: int, projection: Projection) -> WhySection:
    """How the figure of one system came about, for the reply to "where does that number come from?"."""
    time, unit = projection.time_to_train_s, yard.units[row]
    amount = yard.of(row, time)
    formula = tr("{time} × {words}", time=time_text(time.median), words=told(unit.words))
    interval = tr("{low} to {high}", low=yard.text(amount.low), high=yard.text(amount.high))
    note = tr("without {what}", what=told(unit.leaves_out)) if unit.leaves_out else ""
    return WhySection(
        sentence(tr("compared {basis}", basis=basis_name(yard.basis))).rstrip(".。"),
        (
            WhyRow(yard.title, yard.text(amount.median), tr("{interval}; derived", interval=interval)),
            WhyRow(tr("Time × units"), formula),
            WhyRow(yard.head, format_number(unit.value or 0.0), note or told(unit.words), unit.origin),
        ),
    )
