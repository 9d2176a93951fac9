"""What is said beside money, energy and carbon: how each number came about, what it rests on, and what is unlike."""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.economics import CARBON, ENERGY, HOURS_OF_A_YEAR, MEASURES, MONEY, Bill, Economics
from ipuwhatif.analysis.results import Projection
from ipuwhatif.catalog.types import Workload
from ipuwhatif.charts.spec import Why, WhyRow, WhySection
from ipuwhatif.figures.compare.basis import apart_notices
from ipuwhatif.figures.compare.left_out import few, left_out_notices
from ipuwhatif.figures.job_titles import amount_words, is_stated
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.notices import comparison_notices
from ipuwhatif.figures.phrasing import basis_text, key_of, listed, sentence, short_name
from ipuwhatif.figures.scenarios.own_figures import origin_text, price_text
from ipuwhatif.figures.times import time_text
from ipuwhatif.scenario.prices.prices import BUY, RENT, Price
from ipuwhatif.texts import tr
from ipuwhatif.units import Said, format_number, told


def cost_key(measure: str, projection: Projection) -> str:
    """What a click on a derived number asks the why of; of a scenario beside the one looked at, with its letter."""
    return f"cost/{measure}/{key_of(projection).partition('/')[2]}"


def measure_name(measure: str) -> str:
    """ "Money", "Energy", "Carbon"."""
    return {MONEY: tr("Money"), ENERGY: tr("Energy"), CARBON: tr("Carbon")}[measure]


def once_words(bill: Bill) -> str:
    """What the number is of: "to train once", or "for 350 epochs" without a quality target."""
    case = bill.projection.case
    if is_stated(bill.projection.job):
        return tr("for {amount}", amount=amount_words(bill.projection.job, case.samples))
    return tr("to train once")


def amount_text(bill: Bill, measure: str, value: float) -> str:
    """A derived number with its unit: "3.86 USD", "2.84 kWh", "853 g CO₂e"."""
    if measure == MONEY:
        return tr("{value} {unit}", value=format_number(value, 3), unit=bill.currency)
    unit, size = amount_unit(measure, [value])
    return tr("{value} {unit}", value=format_number(value / size, 3), unit=unit)


def amount_unit(measure: str, values: Sequence[float]) -> tuple[str, float]:
    """The unit for energies [kWh] or masses [kg], and its size in those: that of the smallest of them."""
    units = {
        ENERGY: ((1e-3, tr("Wh")), (1.0, tr("kWh")), (1e3, tr("MWh"))),
        CARBON: ((1e-3, tr("g CO₂e")), (1.0, tr("kg CO₂e")), (1e3, tr("t CO₂e"))),
    }[measure]
    least = min(values)
    size, name = next(((size, name) for size, name in reversed(units) if least >= size), units[0])
    return name, size


def way_words(price: Price) -> str:
    """What the money of a system is: "rented", or "bought": a share of its purchase price."""
    return tr("rented") if price.per == RENT else tr("bought")


def ways_clauses(bills: Sequence[Bill]) -> tuple[str, ...]:
    """What a bare picture must say where some systems are rented and others bought."""
    names: dict[str, list[str]] = {}
    for bill in bills:
        if bill.price is not None:
            names.setdefault(way_words(bill.price), []).append(short_name(bill.projection.name))
    if len(names) < 2:
        return ()
    return tuple(tr("{names} {way}.", names=few(systems), way=way) for way, systems in names.items())


def cost_notices(
    answer: Economics, lacking: Sequence[tuple[str, Said]], reference: Sequence[str] = ()
) -> tuple[str, ...]:
    """What the numbers are, rest on and leave out; `lacking` are systems without one, each with what to state.

    reference: what is said of the reference, where another stands in its place.
    """
    comparison = answer.comparison
    powered = [bill for bill in answer.bills if bill.power.value is not None]
    return (
        _derived(comparison.projections[0].job),
        *reference,
        *((tr("Stated: {settings}.", settings=listed(answer.settings)),) if answer.settings else ()),
        *_left_out(lacking),
        *_prices(answer),
        *left_out_notices([bill.projection for bill in powered], [bill.power for bill in powered], tr("Power")),
        *_energy(answer),
        *comparison_notices(comparison, ()),
    )


def _left_out(lacking: Sequence[tuple[str, Said]]) -> list[str]:
    """Whose number is missing, and what it rests on; what to state is the reply to a click, no word for a reader."""
    reasons: dict[str, list[str]] = {}
    for name, reason in lacking:
        what = told(reason)
        reasons.setdefault("" if name in what else what, []).append(name)
    lines = []
    for what, names in reasons.items():
        if what:
            lines.append(tr("Left out: {names} ({what}).", names=listed(names), what=what))
        else:
            lines.append(tr("Left out, as what it rests on is not stated: {names}.", names=listed(names)))
    return lines


def _derived(job: Workload) -> str:
    if is_stated(job):  # no result of the suite is near it, so the suite is not named
        return tr("Money, energy and carbon are derived from projected times and stated inputs: no official metrics.")
    return tr(
        "Money, energy and carbon are derived from projected times and stated inputs: they are not {suite} metrics.",
        suite=legal().suite,
    )


def _prices(answer: Economics) -> list[str]:
    """Every price with its date and origin, and in what prices are unlike."""
    priced = [(short_name(bill.projection.name), bill.price) for bill in answer.bills if bill.price is not None]
    told = [
        tr("Price of {name}: {price}; {origin}.", name=name, price=price_text(price), origin=origin_text(price))
        for name, price in priced
    ]
    for name, price in answer.uncounted:
        text = price_text(price)
        told.append(tr("Not counted until it is confirmed: {name} {price}, recalled.", name=name, price=text))
    if len(answer.currencies) > 1:
        pairs = [tr("{name} {currency}", name=name, currency=price.currency) for name, price in priced]
        told.append(tr("Prices in different currencies are neither added nor compared: {pairs}.", pairs=listed(pairs)))
    if {price.per for _, price in priced} == {BUY, RENT}:
        ways = [tr("{name} {way}", name=name, way=_way(price)) for name, price in priced]
        told.append(tr("A rent and a share of a purchase price are unlike: {ways}.", ways=listed(ways)))
    told += apart_notices(answer.apart)
    return told


def _way(price: Price) -> str:
    return tr("by the hour") if price.per == RENT else tr("to buy")


def _energy(answer: Economics) -> list[str]:
    """On what energies stand, and what they and the money for them leave out."""
    bills, told = answer.bills, []
    rated = [short_name(bill.projection.name) for bill in bills if bill.power.origin is not None and bill.energy_kwh]
    if rated:
        told.append(tr("Energy at the most that machines draw, not measured: {names}.", names=listed(rated)))
    bare = [short_name(b.projection.name) for b in bills if b.energy_kwh and "cooling_overhead" not in b.settings]
    if bare:
        told.append(tr("Cooling is not counted: {names}.", names=listed(bare)))
    if any(bill.electricity for bill in bills):
        told.append(tr("Electricity has a column of its own; it is not in the money."))
        if len(answer.currencies) > 1:
            told.append(tr("Which currency the price of electricity is in was not stated: prices are in several."))
    return told


def cost_whys(bills: Sequence[Bill]) -> tuple[Why, ...]:
    """A Why for every number and for every number that is missing."""
    return tuple(_why(bill, measure) for bill in bills for measure in MEASURES)


def _why(bill: Bill, measure: str) -> Why:
    quantity, key = bill.quantity(measure), cost_key(measure, bill.projection)
    title = tr("{name}: {measure}", name=bill.projection.name, measure=measure_name(measure).lower())
    if quantity is None:
        return Why(key, title, tr("not told"), sentence(bill.lacking[measure]), ())
    low, high = (amount_text(bill, measure, end) for end in (quantity.low, quantity.high))
    basis = basis_text(bill.projection.basis, bill.projection.beyond)
    summary = tr(
        "{measure} {once}, {low} to {high} with {level} % probability, by the interval of the projected time alone. "
        "Derived, no official metric; {basis}.",
        measure=measure_name(measure),
        once=once_words(bill),
        low=low,
        high=high,
        level=format_number(100.0 * quantity.level, 2),
        basis=basis,
    )
    formula = WhyRow(measure_name(measure), amount_text(bill, measure, quantity.median), _formula(bill, measure))
    sections = (
        WhySection(tr("Formula"), (formula,), is_formula=True),
        WhySection(tr("Inputs"), tuple(_inputs(bill, measure))),
    )
    return Why(key, title, amount_text(bill, measure, quantity.median), summary, sections, basis)


def _formula(bill: Bill, measure: str) -> str:
    """The formula with its values."""
    time = time_text(bill.projection.time_to_train_s.median)
    if measure == MONEY and bill.price is not None:
        price = tr("{amount} {currency}", amount=format_number(bill.price.amount), currency=bill.price.currency)
        if bill.price.per == RENT:
            return tr("{price} an hour × {time}", price=price, time=time)
        return tr(
            "{price} / ({years} years × {hours} h × {share} %) × {time}",
            price=price,
            years=format_number(bill.settings["lifetime_years"]),
            hours=format_number(HOURS_OF_A_YEAR),
            share=format_number(bill.settings["utilisation"]),
            time=time,
        )
    power = tr("{power} kW × {time}", power=format_number(bill.power.value or 0.0), time=time)
    if "cooling_overhead" in bill.settings:
        overhead = format_number(bill.settings["cooling_overhead"])
        power = tr("{power} × {overhead} for cooling", power=power, overhead=overhead)
    if measure == ENERGY:
        return power
    grams = format_number(bill.settings["carbon_intensity"])
    return tr("{energy} × {grams} g/kWh", energy=power, grams=grams)


def _inputs(bill: Bill, measure: str) -> list[WhyRow]:
    time, stated = bill.projection.time_to_train_s, tr("as stated")
    interval = tr("{low} to {high}, projected", low=time_text(time.low), high=time_text(time.high))
    rows = [WhyRow(tr("Projected time"), time_text(time.median), interval)]
    if measure == MONEY:
        if bill.price is not None:
            rows.append(WhyRow(tr("Price"), price_text(bill.price), origin_text(bill.price)))
        names = {"lifetime_years": tr("Lifetime (years)"), "utilisation": tr("Utilisation (%)")}
        used = names if bill.price is not None and bill.price.per == BUY else {}
    else:
        without = tr("without {what}", what=told(bill.power.leaves_out)) if bill.power.leaves_out else ""
        detail = tr("; ").join(part for part in (told(bill.power.words), without) if part)
        rows.append(WhyRow(tr("Power (kW)"), format_number(bill.power.value or 0.0), detail, bill.power.origin))
        used = {"cooling_overhead": tr("Cooling overhead (×)")}
        if measure == CARBON:
            used["carbon_intensity"] = tr("Carbon intensity (g/kWh)")
    settings = bill.settings
    rows += [WhyRow(name, format_number(settings[key]), stated) for key, name in used.items() if key in settings]
    return rows
