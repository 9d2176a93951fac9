"""What Explore says in words: its columns and their values, one plan, the best of all, and how sure that is."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.cost.economics import ENERGY as OF_ENERGY
from ipuwhatif.analysis.explore.chances import WINS, Chances
from ipuwhatif.analysis.explore.costs import Rates
from ipuwhatif.analysis.explore.explored import Explored, Filters
from ipuwhatif.analysis.explore.plans import BATCH, choice_of, release_words, system_words, varied_levers
from ipuwhatif.analysis.sweep.axes import CHIPS, RELEASE, SYSTEM
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import BASIS, CHIP_HOURS, TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.spec import Axis
from ipuwhatif.charts.ticks import chip_axis
from ipuwhatif.figures.cost.cost_words import amount_unit
from ipuwhatif.figures.finish.finish_words import percent_text
from ipuwhatif.figures.scenarios.lever_words import lever_name
from ipuwhatif.figures.scenarios.own_figures import price_text
from ipuwhatif.figures.times import time_axis, time_text
from ipuwhatif.scenario.reasons import LeverValue
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, told

_NAMES = {
    SYSTEM: marked("System"),
    RELEASE: marked("Release"),
    BASIS: marked("Basis"),
    CHIPS: marked("Chips"),
    TIME_S: marked("Time"),
    ENERGY: marked("Energy"),
    CHIP_HOURS: marked("Chip-hours"),
    BATCH: marked("Global batch"),
    "layout_replicas": marked("Replicas"),
    "layout_pipeline_stages": marked("Pipeline stages"),
    "layout_micro_batch": marked("Micro-batch"),
    "layout_gradient_accumulation": marked("Gradient accumulation"),
    "layout_tensor_parallel": marked("Tensor parallel"),
    "layout_context_parallel": marked("Context parallel"),
    "layout_product_bits": marked("Precision (bit)"),
}
_FEW, _CHOICES = 2, 4  # reasons and choices that a line tells


def column_name(world: World, name: str, rates: Rates) -> str:
    """What a column is called, money with its currency."""
    if name == MONEY:
        return tr("Money ({currency})", currency=rates.currency) if rates.currency else tr("Money")
    return tr(_NAMES[name]) if name in _NAMES else lever_name(world.levers[name])


def axis_between(world: World, name: str, rates: Rates, timed: str, low: float, high: float) -> Axis:
    """An axis of a column between two values, in the unit that people say such values in."""
    if name == TIME_S:
        return time_axis([low, high], "log", timed)[0]
    if name == CHIPS:
        return chip_axis([max(1, round(low)), max(2, round(high))], column_name(world, name, rates))
    if name == ENERGY:
        symbol, size = amount_unit(OF_ENERGY, [(low * high) ** 0.5])
        return log_axis(tr("Energy ({unit})", unit=symbol), low, high, size, symbol)
    return log_axis(column_name(world, name, rates), low, high)


def value_text(world: World, explored: Explored, name: str, value: float) -> str:
    """A value of a column with its unit."""
    if name == SYSTEM:
        return world.catalog.systems[system_words(explored.plan)[int(value)]].name
    if name == RELEASE:
        return release_words(explored.plan)[int(value)]
    if name == BASIS:
        return tr("beyond the data") if value else tr("inside the data")
    if name == TIME_S:
        return time_text(value)
    if name == MONEY:
        return tr("{value} {unit}", value=format_number(value, 3), unit=explored.rates.currency)
    if name == ENERGY:
        symbol, size = amount_unit(OF_ENERGY, [value])
        return tr("{value} {unit}", value=format_number(value / size, 3), unit=symbol)
    if name == CHIP_HOURS:
        return tr("{value} chip-hours", value=format_number(value, 3))
    return told(LeverValue(world.levers[name], value)) if name in world.levers else format_number(round(value))


def plan_text(world: World, explored: Explored, row: int) -> str:
    """One plan in a line: its system, time, what it takes, its batch and what is varied."""
    plan, plans = explored.plan, explored.plans
    parts = [system_name(choice_of(plan, plans, row), world.catalog), time_text(float(plans.time_s[row]))]
    for name in (MONEY, ENERGY):
        taken = float(explored.column(name)[row])
        if np.isfinite(taken):
            parts.append(value_text(world, explored, name, taken))
    parts.append(tr("batch {count}", count=format_number(round(float(plans.values[BATCH][row])))))
    if len(release_words(plan)) > 1:
        parts.append(tr("software as of {release}", release=release_words(plan)[int(plans.release[row])]))
    for name in varied_levers(plans):
        lever = world.levers[name]
        value = told(LeverValue(lever, float(f"{plans.values[name][row]:.6g}")))
        parts.append(tr("{lever} {value}", lever=lever_name(lever).lower(), value=value))
    return " · ".join(parts)


def chance_text(chances: Chances, place: int) -> str:
    """How sure one plan is: its interval, on what it stands, and how often it is among the best."""
    parts = [
        tr(
            "80 % interval {low} to {high}, model, {basis}",
            low=time_text(float(chances.low[place])),
            high=time_text(float(chances.high[place])),
            basis=tr("beyond the data") if chances.beyond[place] else tr("inside the data"),
        ),
        tr("on the front in {share} of the draws", share=percent_text(float(chances.on_front[place]))),
        tr("the fastest in {share}", share=percent_text(float(chances.fastest[place]))),
    ]
    if np.isfinite(chances.under_target[place]):
        parts.append(tr("under the target in {share}", share=percent_text(float(chances.under_target[place]))))
    return tr(", ").join(parts)


def front_text(world: World, explored: Explored, rows: Sequence[int], against: str, kept: int) -> str:
    """Which plans are the best: the fastest, and how many stand on the front."""
    if not len(rows):
        return tr("No plan has a figure for this axis; choose another.")
    return tr(
        "{count} of {total} plans are on the front: none is both faster and takes less ({cost}). The fastest: "
        "{fastest}. Projections at the central parameters, no official results.",
        count=format_number(len(rows)),
        total=format_number(kept),
        cost=column_name(world, against, explored.rates).partition(" (")[0].lower(),
        fastest=plan_text(world, explored, int(rows[-1])),
    )


def left_out_text(explored: Explored, against: str) -> str:
    """How many plans have no figure for an axis, and what would give them one; empty where all have."""
    missing = int(np.isnan(explored.column(against)).sum())
    if not missing:
        return ""
    lacking = explored.rates.lacking(against)
    what = tr("; ").join(map(told, lacking[:_FEW])) + (tr(" and so on") if len(lacking) > _FEW else "")
    counted = {"count": format_number(missing), "total": format_number(len(explored.plans))}
    if against == MONEY:
        return tr(
            "{count} of {total} plans have no price and are left out, since none is assumed: {what}. A price of one "
            "size (Prices…) holds for other sizes of its system by the chip.",
            **counted,
            what=what,
        )
    return tr("{count} of {total} plans have no power and are left out: {what}.", **counted, what=what or tr("sizes"))


def price_words(rates: Rates) -> tuple[str, ...]:
    """The prices that count, each with its system: "DGX A100 27.2 USD an hour (2021)"."""
    return tuple(tr("{name} {price}", name=name, price=price_text(price)) for name, price in rates.prices)


def prices_text(explored: Explored) -> str:
    """Which prices count, and that they hold for other sizes by the chip."""
    if not explored.rates.prices:
        return ""
    return tr(
        "Prices: {prices}; for other sizes of a system by the chip, from the nearest stated size. Without electricity.",
        prices=tr(", ").join(price_words(explored.rates)),
    )


def wins_text(world: World, explored: Explored, chances: Chances) -> str:
    """Which choices the fastest plan has in at least 80 % of the draws, or that no system has."""
    sure = [win for win in chances.wins if win.share >= WINS]
    if not sure:
        leading = [win for win in chances.wins if win.column == SYSTEM]
        if not leading:
            return tr("No choice wins in 80 % of the draws.")
        name = value_text(world, explored, SYSTEM, leading[0].value)
        share = percent_text(leading[0].share)
        return tr("No choice wins in 80 % of the draws; {name} is fastest in {share}.", name=name, share=share)
    told = [
        tr(
            "{column} {value} ({share})",
            column=column_name(world, win.column, explored.rates).lower(),
            value=value_text(world, explored, win.column, win.value),
            share=percent_text(win.share),
        )
        for win in sure[:_CHOICES]
    ]
    return tr("What the fastest plan has in 80 % of the draws or more: {choices}.", choices=tr(", ").join(told))


def among_text(chances: Chances) -> str:
    """Among which plans shares of the draws are."""
    return tr(
        "Shares of the draws among the {count} plans nearest to the front of {total}; all plans share each draw.",
        count=format_number(len(chances.rows)),
        total=format_number(chances.of),
    )


def filters_text(world: World, explored: Explored, filters: Filters) -> str:
    """The filters that hold, in words; empty without any."""
    told = []
    for name, (low, high) in filters.ranges.items():
        called = column_name(world, name, explored.rates)
        ends = [None if np.isinf(end) else value_text(world, explored, name, end) for end in (low, high)]
        if ends[0] is None:
            told.append(tr("{name} up to {high}", name=called, high=ends[1]))
        elif ends[1] is None:
            told.append(tr("{name} from {low}", name=called, low=ends[0]))
        else:
            told.append(tr("{name} {low} to {high}", name=called, low=ends[0], high=ends[1]))
    for name, codes in filters.words.items():
        words = tr(", ").join(value_text(world, explored, name, code) for code in sorted(codes)) or tr("none")
        told.append(tr("{name}: {words}", name=column_name(world, name, explored.rates), words=words))
    return tr("; ").join(told)
