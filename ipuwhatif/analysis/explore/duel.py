"""Where one system wins against another: over the chips of both, or over their chips and a lever or the batch.

Both share each draw of the world, so the share of draws in which one takes less is the probability that it does.
"""

from collections.abc import Iterator, Sequence
from math import ceil, lcm, log2

import numpy as np

from ipuwhatif.analysis.explore.costs import Rate, Rates, of_chip
from ipuwhatif.analysis.explore.plans import levers_to_vary
from ipuwhatif.analysis.solving.solve import solve_drawn
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS, TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import System, SystemChoice
from ipuwhatif.model.case import BEST
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.levers import COST, GAIN, PIN
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from ipuwhatif.scenario.resolve import case_of, settings_of
from ipuwhatif.scenario.scenario import Scenario

#: What one can take less of.
MEASURES = (TIME_S, MONEY, ENERGY, CHIP_HOURS)
BATCH = "global_batch"
#: What an hour of a chip of the subject costs, and what it draws with cooling (kW): each changes one measure, no time.
PRICE, POWER = "price", "power"
OF_MEASURE = {PRICE: MONEY, POWER: ENERGY}
#: Sizes for each factor of two, from the first picture to the last; settings of a lever; cases that are drawn at once.
STEPS, SETTINGS, AT_ONCE = (1, 2, 4), (5, 9, 17), 128
GAINS = (0.5, 4.0)  # of the subject, from and to
RATES = (0.25, 4.0)  # of its price or its power
_HOUR = 3600.0


class Duel(Record, frozen=True):
    """What is asked: keys of two systems, what runs up the map (one of `ways`), and of what."""

    subject: str
    reference: str
    up: str
    measure: str  # one of MEASURES


class Outcomes(Record, frozen=True):
    """The map. x: chips of the subject, or of both; y: chips of the reference, batches, or settings of the subject.

    probability: that the subject takes less, shape (y, x), nan where one of the two cannot run or has no figure.
    subject, reference: what each takes at the central parameters; times in seconds; shape (y, x).
    """

    x: FloatArray
    y: FloatArray
    probability: FloatArray
    subject: FloatArray
    reference: FloatArray
    subject_s: FloatArray
    reference_s: FloatArray


class _Side(Record, frozen=True):
    """One of the two at some sizes and settings: draws, shape (draws, plans); nan where it cannot run."""

    seconds: FloatArray
    factor: FloatArray
    times: FloatArray


def stages(world: World, scenario: Scenario, duel: Duel, rates: Rates) -> Iterator[tuple[int, int, Outcomes | None]]:
    """The map, coarse at first and then finer: cases that are done, of all of a stage, and the map at its end.

    rates: of the subject and of the reference, in this order.
    """
    known: dict[tuple[SystemChoice, float], tuple[float, FloatArray]] = {}
    scenario = _of_families(scenario)
    for step, settings in zip(STEPS, SETTINGS, strict=True):
        x, y = _places(world, scenario, duel, rates, step, settings)
        asked = _asked(duel, x, y)
        new = list(dict.fromkeys(case for side in asked for case in side.ravel().tolist() if case not in known))
        for start in range(0, len(new), AT_ONCE):
            yield start, len(new), None
            _work_out(world, scenario, duel, new[start : start + AT_ONCE], known)
        yield len(new), len(new), _outcomes(duel, x, y, asked, known, rates)


def _of_families(scenario: Scenario) -> Scenario:
    """The scenario without the levers of one size, which say nothing of the others, and with searched layouts."""
    levers = {name: value for name, value in scenario.levers.items() if ":" not in name.rpartition(".")[0]}
    return replace(scenario, levers=levers, policy=BEST)


def ways(world: World, measure: str) -> tuple[str, ...]:
    """What can run up a map of a measure: chips, the batch of both, and what is set for the subject alone."""
    pins = (key for key, lever in world.levers.items() if lever.target == PIN and key != BATCH)
    own = (way for way, of in OF_MEASURE.items() if of == measure)
    return CHIPS, BATCH, *own, *levers_to_vary(world), *pins


def _places(
    world: World, scenario: Scenario, duel: Duel, rates: Rates, step: int, settings: int
) -> tuple[FloatArray, FloatArray]:
    systems = [world.catalog.systems[key] for key in (duel.subject, duel.reference)]
    if duel.up == CHIPS:
        x, y = (_sizes([system], step) for system in systems)
        return x, y
    x = _sizes(systems, step)
    if duel.up in OF_MEASURE:
        return x, _around(duel.up, rates, settings)
    return x, _batches(world, scenario, duel, x, step) if duel.up == BATCH else _settings(world, duel.up, settings)


def _sizes(systems: Sequence[System], step: int) -> FloatArray:
    """Chip counts that all of some systems can have, so many for each factor of two; of whole machines from one on."""
    low, high = max(each.minimum_chips for each in systems), min(each.maximum_chips for each in systems)
    machine = lcm(*(each.chips_per_machine for each in systems))
    exponents = np.arange(ceil(log2(low) * step), log2(high) * step + 1e-9) / step
    chips = np.rint(2.0 ** np.append(exponents, log2(high)))
    whole = np.rint(chips / machine) * machine
    chips = np.unique(np.clip(np.where(chips >= machine, whole, chips), low, high))
    powers = np.log2(chips)
    single = (chips >= machine) | (powers == np.rint(powers))  # parts of a machine: powers of two
    return np.asarray(chips[single], dtype=np.float64)


def _batches(world: World, scenario: Scenario, duel: Duel, chips: FloatArray, step: int) -> FloatArray:
    """Batches around those that both would choose, by powers of two."""
    choices = [SystemChoice(key, int(chips[end])) for key in (duel.subject, duel.reference) for end in (0, -1)]
    cases = [case_of(scenario, choice, world.levers, world.catalog) for choice in choices]
    fitting = [case for case in cases if not reason_not_to_fit(world.catalog, case)]
    chosen = [layout.global_batch for layout in choose_layouts(world.catalog, fitting, world.calibration.center)]
    lever = world.levers[BATCH]
    low, high = max(min(chosen, default=256) / 4, lever.minimum), min(max(chosen, default=256) * 4, lever.maximum)
    exponents = np.arange(ceil(log2(low)), log2(high) + 1e-9, 2.0 / step)
    return np.unique(np.rint(2.0**exponents))


def _settings(world: World, key: str, count: int) -> FloatArray:
    """Settings of the subject: of a gain around as it is, of an assumption all, of a part of a layout powers of two."""
    lever = world.levers[key]
    if lever.target == PIN:
        return np.asarray(2.0 ** np.arange(ceil(log2(lever.minimum)), log2(lever.maximum) + 1e-9))
    least, most = GAINS if lever.target == GAIN else (lever.minimum, lever.maximum)
    values = np.geomspace(max(lever.minimum, least), min(lever.maximum, most), count)
    return np.array([float(f"{value:.3g}") for value in values])


def _around(way: str, rates: Rates, count: int) -> FloatArray:
    """Prices or powers of a chip around what is known of the subject, or else of the reference."""
    known = [pair[1] for rate in rates.systems for pair in (rate.money if way == PRICE else rate.power)[:1]]
    usual = known[0] if known else 1.0
    return np.array([float(f"{usual * value:.3g}") for value in np.geomspace(*RATES, count)])


def _asked(duel: Duel, x: FloatArray, y: FloatArray) -> tuple[np.ndarray, np.ndarray]:
    """The cases of both sides, pairs of a choice and a setting (-1: none), in a shape that spreads to (y, x)."""

    def side(system: str, chips: FloatArray, set_to: FloatArray) -> np.ndarray:
        shape = np.broadcast_shapes(chips.shape, set_to.shape)
        found = np.empty(shape, dtype=object)
        for place in np.ndindex(shape):
            count, value = np.broadcast_to(chips, shape)[place], np.broadcast_to(set_to, shape)[place]
            found[place] = (SystemChoice(system, int(count)), float(value))
        return found

    plain = np.full((1, 1), -1.0)
    if duel.up == CHIPS:
        return side(duel.subject, x[None, :], plain), side(duel.reference, y[:, None], plain)
    if duel.up in OF_MEASURE:
        return side(duel.subject, x[None, :], plain), side(duel.reference, x[None, :], plain)
    reference = y[:, None] if duel.up == BATCH else plain  # any other lever is that of the subject alone
    return side(duel.subject, x[None, :], y[:, None]), side(duel.reference, x[None, :], reference)


def _work_out(
    world: World,
    scenario: Scenario,
    duel: Duel,
    asked: Sequence[tuple[SystemChoice, float]],
    known: dict[tuple[SystemChoice, float], tuple[float, FloatArray]],
) -> None:
    """Times of some cases, at the central parameters and at the draws; nan for one that cannot run."""
    running, cases = [], []
    for choice, value in asked:
        stated = scenario if value < 0.0 else scenario.with_lever(f"{choice.key}.{duel.up}", value)
        case = case_of(stated, choice, world.levers, world.catalog)
        known[choice, value] = (np.nan, np.full(len(world.calibration.draws), np.nan))
        if not reason_not_to_fit(world.catalog, case):
            running.append((choice, value))
            cases.append(case)
    if cases:
        drawn = solve_drawn(world, cases)
        for place, key in enumerate(running):
            known[key] = (float(drawn.center[place]), drawn.times[:, place])


def _outcomes(
    duel: Duel,
    x: FloatArray,
    y: FloatArray,
    asked: tuple[np.ndarray, np.ndarray],
    known: dict[tuple[SystemChoice, float], tuple[float, FloatArray]],
    rates: Rates,
) -> Outcomes:
    shape = (len(y), len(x))
    subject, reference = (
        _side(cases, known, rate, duel.measure) for cases, rate in zip(asked, rates.systems, strict=True)
    )
    if duel.up in OF_MEASURE:
        subject = replace(subject, factor=x / _HOUR * y[:, None])
    less = _share_less(subject.times * subject.factor, reference.times * reference.factor)
    return Outcomes(
        x=x,
        y=y,
        probability=np.broadcast_to(less, shape),
        subject=np.broadcast_to(subject.seconds * subject.factor, shape),
        reference=np.broadcast_to(reference.seconds * reference.factor, shape),
        subject_s=np.broadcast_to(subject.seconds, shape),
        reference_s=np.broadcast_to(reference.seconds, shape),
    )


def _side(
    cases: np.ndarray, known: dict[tuple[SystemChoice, float], tuple[float, FloatArray]], rate: Rate, measure: str
) -> _Side:
    pairs = cases.ravel().tolist()
    chips = np.array([choice.chips for choice, _ in pairs], dtype=np.float64)
    seconds = np.array([known[pair][0] for pair in pairs]).reshape(cases.shape)
    times = np.stack([known[pair][1] for pair in pairs], axis=1).reshape(-1, *cases.shape)
    return _Side(seconds, _factor(chips, rate, measure).reshape(cases.shape), times)


def _factor(chips: FloatArray, rate: Rate, measure: str) -> FloatArray:
    """What a second of a system of so many chips takes of a measure."""
    if measure == TIME_S:
        return np.ones(len(chips))
    if measure == CHIP_HOURS:
        return chips / _HOUR
    sized = rate.money if measure == MONEY else rate.power
    if not sized:
        return np.full(len(chips), np.nan)
    return chips / _HOUR * of_chip(sized, chips, rate.machine if measure == ENERGY else 1)


def _share_less(subject: FloatArray, reference: FloatArray) -> FloatArray:
    """In what share of the draws, the first axis, the subject takes less; half of those that are equal; nan if nan."""
    total = np.zeros(np.broadcast_shapes(subject.shape[1:], reference.shape[1:]))
    for one, other in zip(subject, reference, strict=True):  # draw by draw: all at once would be large
        total += (one < other) + 0.5 * (one == other)
    known = np.isfinite(subject[0]) & np.isfinite(reference[0])
    return np.where(known, total / len(subject), np.nan)


def taken(
    world: World,
    scenario: Scenario,
    duel: Duel,
    outcomes: Outcomes,
    currency: str,
    origin: str,
    row: int,
    column: int,
) -> Scenario:
    """The scenario that asks about both at a place of the map; currency: that of all prices, origin: of its own."""
    chips, value = int(outcomes.x[column]), float(outcomes.y[row])
    subject = SystemChoice(duel.subject, chips)
    reference = SystemChoice(duel.reference, int(value) if duel.up == CHIPS else chips)
    asked = replace(scenario, systems=(subject, reference), reference=reference.key, subject=subject.key, policy=BEST)
    if duel.up == CHIPS:
        return asked
    if duel.up == PRICE:
        price = Price(float(f"{value * chips:.6g}"), currency, RENT, scenario.release, origin, OWN)
        return asked.with_price(subject.key, price) if currency else asked
    if duel.up == POWER:
        cooling = settings_of(scenario, subject, world.levers, world.catalog)[COST].get("cooling_overhead", 1.0)
        return asked.with_lever(f"{subject.key}.power_kw", float(f"{value * chips / cooling:.6g}"))
    set_for = (subject, reference) if duel.up == BATCH else (subject,)
    for choice in set_for:
        asked = asked.with_lever(f"{choice.key}.{duel.up}", float(f"{value:.6g}"))
    return asked
