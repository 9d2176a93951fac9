"""Where one system wins against another, in words: what runs along the map, and what a place of it says."""

import numpy as np

from ipuwhatif.analysis.cost.economics import ENERGY as OF_ENERGY
from ipuwhatif.analysis.explore.chances import WINS
from ipuwhatif.analysis.explore.costs import Rates
from ipuwhatif.analysis.explore.duel import BATCH, POWER, PRICE, Duel, Outcomes
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS, TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import (
    Axis,
    Tint,
)
from ipuwhatif.charts.ticks import chip_axis
from ipuwhatif.figures.cost.cost_words import amount_unit
from ipuwhatif.figures.finish.finish_words import percent_text
from ipuwhatif.figures.scenarios.lever_words import lever_name
from ipuwhatif.figures.times import time_text
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told

#: Chips of the size that a system is painted as.
_CHIPS = 64


def tints(world: World, duel: Duel) -> tuple[Tint, Tint]:
    """The colours of subject and reference."""
    found = [system_tint(world.catalog.systems[key].family, _CHIPS, key) for key in (duel.subject, duel.reference)]
    return found[0], found[1]


def system_words(world: World, duel: Duel) -> tuple[str, str]:
    """The names of subject and reference, without sizes."""
    return world.catalog.systems[duel.subject].name, world.catalog.systems[duel.reference].name


def up_name(world: World, duel: Duel) -> str:
    """What runs up the map."""
    subject, reference = system_words(world, duel)
    if duel.up == CHIPS:
        return tr("Chips of {name}", name=reference)
    if duel.up == BATCH:
        return tr("Global batch of both")
    if duel.up == PRICE:
        return tr("Price of a chip-hour of {name}", name=subject)
    if duel.up == POWER:
        return tr("kW of a chip of {name}, with cooling", name=subject)
    return tr("{lever} of {name}", lever=lever_name(world.levers[duel.up]), name=subject)


def across_name(world: World, duel: Duel) -> str:
    """What runs along the map."""
    return tr("Chips of {name}", name=system_words(world, duel)[0]) if duel.up == CHIPS else tr("Chips of each")


def across_axis(world: World, duel: Duel, low: float, high: float) -> Axis:
    """The axis along the map between two values."""
    return chip_axis([max(1, round(low)), max(2, round(high))], across_name(world, duel))


def up_axis(world: World, duel: Duel, currency: str, low: float, high: float) -> Axis:
    """The axis up the map between two values; currency: that of prices."""
    if duel.up == CHIPS:
        return chip_axis([max(1, round(low)), max(2, round(high))], up_name(world, duel))
    name = up_name(world, duel)
    return log_axis(tr("{name} ({unit})", name=name, unit=currency) if duel.up == PRICE else name, low, high)


def better_words(measure: str) -> str:
    """What the winner is."""
    return {
        TIME_S: tr("is faster"),
        MONEY: tr("takes less money"),
        ENERGY: tr("takes less energy"),
        CHIP_HOURS: tr("takes fewer chip-hours"),
    }[measure]


def duel_text(world: World, duel: Duel, outcomes: Outcomes) -> str:
    """Over how much of the map either wins, and how much is open."""
    subject, reference = system_words(world, duel)
    known = outcomes.probability[np.isfinite(outcomes.probability)]
    if not len(known):
        return tr("At no place of this map both have a figure.")
    wins, loses = int((known >= WINS).sum()), int((known <= 1.0 - WINS).sum())
    return tr(
        "{subject} {better} in 80 % of the draws or more at {wins} of {places} places of the map, {reference} at "
        "{loses}; {open} are open.",
        subject=subject,
        reference=reference,
        better=better_words(duel.measure),
        wins=format_number(wins),
        loses=format_number(loses),
        open=format_number(len(known) - wins - loses),
        places=format_number(len(known)),
    )


def lacking_text(duel: Duel, outcomes: Outcomes, rates: Rates) -> str:
    """How many places have no answer, and what is to be stated; empty where all have one."""
    idle = np.isnan(outcomes.subject_s) | np.isnan(outcomes.reference_s)
    unknown = np.isnan(outcomes.probability) & ~idle
    lines = []
    if idle.any():
        count = format_number(int(idle.sum()))
        lines.append(tr("{count} places are empty: there one of the two has no projection.", count=count))
    if unknown.any():
        what = tr("; ").join(map(told, rates.lacking(duel.measure))) or tr("power is known for whole machines")
        lines.append(tr("{count} places are empty: {what}.", count=format_number(int(unknown.sum())), what=what))
    return " ".join(lines)


def place_text(world: World, duel: Duel, outcomes: Outcomes, rates: Rates, row: int, column: int) -> str:
    """One place of the map: both systems with their times, and how likely the subject wins."""
    sides = _sides(world, duel, outcomes, row, column)
    probability = float(outcomes.probability[row, column])
    told = []
    for name, seconds, amount in (
        (sides[0], outcomes.subject_s[row, column], outcomes.subject[row, column]),
        (sides[1], outcomes.reference_s[row, column], outcomes.reference[row, column]),
    ):
        text = tr("no projection there") if np.isnan(seconds) else time_text(float(seconds))
        if duel.measure != TIME_S and np.isfinite(amount):
            text = tr("{time}, {amount}", time=text, amount=amount_words(duel.measure, float(amount), rates))
        told.append(tr("{name}: {text}", name=name, text=text))
    if duel.up != CHIPS:
        said = format_number(outcomes.y[row], None if _is_whole(world, duel.up) else 3)
        if duel.up == PRICE:
            said = tr("{value} {unit}", value=said, unit=rates.currency)
        told.insert(0, tr("{name} {value}", name=up_name(world, duel), value=said))
    if np.isfinite(probability):
        share = percent_text(probability)
        told.append(
            tr("{name} {better} in {share} of the draws", name=sides[0], better=better_words(duel.measure), share=share)
        )
    return " · ".join(told)


def _is_whole(world: World, way: str) -> bool:
    return way in world.levers and world.levers[way].whole


def amount_words(measure: str, value: float, rates: Rates) -> str:
    """What is taken of a measure that is no time."""
    if measure == MONEY:
        return tr("{value} {unit}", value=format_number(value, 3), unit=rates.currency)
    if measure == ENERGY:
        symbol, size = amount_unit(OF_ENERGY, [value])
        return tr("{value} {unit}", value=format_number(value / size, 3), unit=symbol)
    return tr("{value} chip-hours", value=format_number(value, 3))


def _sides(world: World, duel: Duel, outcomes: Outcomes, row: int, column: int) -> tuple[str, str]:
    chips = int(outcomes.x[column])
    others = int(outcomes.y[row]) if duel.up == CHIPS else chips
    return (
        system_name(SystemChoice(duel.subject, chips), world.catalog),
        system_name(SystemChoice(duel.reference, others), world.catalog),
    )
