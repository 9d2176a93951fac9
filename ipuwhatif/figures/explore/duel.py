"""Where one system wins against another: in words, as a chart and as a table."""

from collections.abc import Iterator

import numpy as np

from ipuwhatif.analysis.cost.economics import ENERGY as OF_ENERGY
from ipuwhatif.analysis.explore.chances import WINS
from ipuwhatif.analysis.explore.contours import contours
from ipuwhatif.analysis.explore.costs import Rates
from ipuwhatif.analysis.explore.duel import BATCH, Duel, Outcomes
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS, TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import page_size, spaced, stacked
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import NEUTRAL, system_tint
from ipuwhatif.charts.spec import (
    BAR,
    GHOST,
    PAIR,
    PROJECTED,
    Axis,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Headline,
    HeadlinePart,
    LegendEntry,
    Line,
    Mark,
    TableSpec,
    Tint,
)
from ipuwhatif.charts.ticks import chip_axis, time_text, time_unit
from ipuwhatif.figures.captions import heading, software_clause
from ipuwhatif.figures.cells import time_cell
from ipuwhatif.figures.cost.cost_words import amount_unit
from ipuwhatif.figures.finish.finish_words import percent_text
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.jobs import workload_name
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: Levels of the contours: as likely as not, and at which either of the two wins.
LEVELS = (0.5, WINS, 1.0 - WINS)
#: Rows of a table at most; the shade and the chips that a system is painted at.
_MOST_ROWS, _CHIPS = 400, 64
_LEFT, _TOP, _RIGHT = 84, 88, 28


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
    return tr("{lever} of {name}", lever=world.levers[duel.up].name, name=subject)


def across_name(world: World, duel: Duel) -> str:
    """What runs along the map."""
    return tr("Chips of {name}", name=system_words(world, duel)[0]) if duel.up == CHIPS else tr("Chips of each")


def across_axis(world: World, duel: Duel, low: float, high: float) -> Axis:
    """The axis along the map between two values."""
    return chip_axis([max(1, round(low)), max(2, round(high))], across_name(world, duel))


def up_axis(world: World, duel: Duel, low: float, high: float) -> Axis:
    """The axis up the map between two values."""
    if duel.up == CHIPS:
        return chip_axis([max(1, round(low)), max(2, round(high))], up_name(world, duel))
    return log_axis(up_name(world, duel), low, high)


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
    told = []
    if idle.any():
        count = format_number(int(idle.sum()))
        told.append(tr("{count} places are empty: there one of the two cannot run the job so.", count=count))
    if unknown.any():
        what = tr("; ").join(rates.lacking(duel.measure)) or tr("power is known for whole machines")
        told.append(tr("{count} places are empty: {what}.", count=format_number(int(unknown.sum())), what=what))
    return " ".join(told)


def place_text(world: World, duel: Duel, outcomes: Outcomes, rates: Rates, row: int, column: int) -> str:
    """One place of the map: both systems with their times, and how likely the subject wins."""
    sides = _sides(world, duel, outcomes, row, column)
    probability = float(outcomes.probability[row, column])
    told = []
    for name, seconds, amount in (
        (sides[0], outcomes.subject_s[row, column], outcomes.subject[row, column]),
        (sides[1], outcomes.reference_s[row, column], outcomes.reference[row, column]),
    ):
        text = tr("cannot run this job so") if np.isnan(seconds) else time_text(float(seconds))
        if duel.measure != TIME_S and np.isfinite(amount):
            text = tr("{time}, {amount}", time=text, amount=amount_words(duel.measure, float(amount), rates))
        told.append(tr("{name}: {text}", name=name, text=text))
    if duel.up != CHIPS:
        said = format_number(outcomes.y[row], None if duel.up == BATCH else 3)
        told.insert(0, tr("{name} {value}", name=up_name(world, duel), value=said))
    if np.isfinite(probability):
        share = percent_text(probability)
        told.append(
            tr("{name} {better} in {share} of the draws", name=sides[0], better=better_words(duel.measure), share=share)
        )
    return " · ".join(told)


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


def duel_figure(
    world: World,
    scenario: Scenario,
    duel: Duel,
    outcomes: Outcomes,
    rates: Rates,
    width: int = 960,
    height: int = 540,
) -> Figure:
    """The map as it leaves the app, laid out for `width` × `height` logical pixels."""
    told = (lacking_text(duel, outcomes, rates), *(rates.prices if duel.measure == MONEY else ()))
    return Figure(
        headline=Headline((HeadlinePart(duel_text(world, duel, outcomes)),)),
        chart=_chart(world, scenario, duel, outcomes, page_size(width, height)),
        table=_table(world, duel, outcomes),
        footnotes=footnotes(()),
        why=(),
        notices=(*filter(None, told), tr("Both share each draw; projections, no official results.")),
    )


def _chart(world: World, scenario: Scenario, duel: Duel, outcomes: Outcomes, size: tuple[int, int]) -> ChartSpec:
    subject, reference = system_words(world, duel)
    families = [world.catalog.systems[key].family for key in (duel.subject, duel.reference)]
    title, subtitle = heading(
        tr(
            "{workload}: where {subject} {better} than {reference}",
            workload=workload_name(scenario.workload),
            subject=subject,
            better=better_words(duel.measure),
            reference=reference,
        ),
        scenario.release,
        (
            *software_clause(scenario.workload, scenario.software, families),
            tr("Large marks: in 80 % of the draws or more."),
        ),
        size[0],
    )
    legend = _legend(world, duel)
    page = page_of(size, subtitle, legend, _LEFT, _RIGHT, _TOP)
    x, y = outcomes.x, outcomes.y
    across = across_axis(world, duel, float(x[0]), float(x[-1]))
    up = up_axis(world, duel, float(y[0]) / 1.05, float(y[-1]) * 1.05)
    return ChartSpec(
        kind="duel",
        title=title,
        subtitle=subtitle,
        x_axis=spaced(across, page.plot_width),
        y_axis=stacked(up, page.plot_height),
        lines=tuple(_lines(outcomes)),
        marks=tuple(_marks(world, duel, outcomes)),
        legend=legend,
        footnotes=footnotes(()),
        **page.margins,
    )


def level_lines(outcomes: Outcomes, level: float) -> list[tuple[FloatArray, FloatArray]]:
    """The lines of one probability, as x and y; straight in logarithms between places of the map."""
    found = contours(np.log(outcomes.x), np.log(outcomes.y), outcomes.probability, level)
    return [(np.exp([x for x, _ in line]), np.exp([y for _, y in line])) for line in found]


def _lines(outcomes: Outcomes) -> Iterator[Line]:
    for level in LEVELS:
        style = PROJECTED if level == 0.5 else GHOST
        for x, y in level_lines(outcomes, level):
            yield Line(tuple(x.tolist()), tuple(y.tolist()), NEUTRAL, style, False, "")


def _marks(world: World, duel: Duel, outcomes: Outcomes) -> Iterator[Mark]:
    """A mark a place in the colour of the likelier winner: large where it wins, small where that is open."""
    subject, reference = tints(world, duel)
    for row, column in np.argwhere(np.isfinite(outcomes.probability)):
        probability = float(outcomes.probability[row, column])
        sure = max(probability, 1.0 - probability) >= WINS
        tint = subject if probability >= 0.5 else reference
        yield Mark(float(outcomes.x[column]), float(outcomes.y[row]), tint, PAIR, "", 1.0 if sure else 0.45)


def _legend(world: World, duel: Duel) -> tuple[LegendEntry, ...]:
    better = better_words(duel.measure)
    named = zip(system_words(world, duel), tints(world, duel), strict=True)
    return (
        *(LegendEntry(BAR, tr("{name} {better}", name=name, better=better), tint) for name, tint in named),
        LegendEntry(PROJECTED, tr("as likely as not")),
        LegendEntry(GHOST, tr("in 80 % of the draws")),
    )


def _table(world: World, duel: Duel, outcomes: Outcomes) -> TableSpec:
    """Places of the map, evenly some of them where there are many."""
    places = np.argwhere(np.isfinite(outcomes.probability))
    places = places[:: max(-(-len(places) // _MOST_ROWS), 1)]
    subject, reference = system_words(world, duel)
    times = [float(each[row, column]) for row, column in places for each in (outcomes.subject_s, outcomes.reference_s)]
    unit = time_unit(times or [60.0])
    columns = (
        Column(across_name(world, duel), "decimal"),
        Column(up_name(world, duel), "decimal"),
        Column(tr("{name}, projected ({unit})", name=subject, unit=unit.symbol), "decimal"),
        Column(tr("{name}, projected ({unit})", name=reference, unit=unit.symbol), "decimal"),
        Column(tr("{name} {better} (% of draws)", name=subject, better=better_words(duel.measure)), "decimal"),
    )
    rows = []
    for row, column in places:
        share = round(100.0 * float(outcomes.probability[row, column]), 1)
        up = float(outcomes.y[row])
        whole = duel.up in (CHIPS, BATCH)
        rows.append((
            Cell(format_number(int(outcomes.x[column])), float(outcomes.x[column])),
            Cell(format_number(int(up)) if whole else format_number(up, 3), up if whole else round(up, 3)),
            time_cell(float(outcomes.subject_s[row, column]), unit),
            time_cell(float(outcomes.reference_s[row, column]), unit),
            Cell(f"{share:.1f}", share),
        ))  # fmt: skip
    found = [tints(world, duel)[0 if outcomes.probability[row, column] >= 0.5 else 1] for row, column in places]
    return TableSpec(columns, tuple(rows), tuple(found))
