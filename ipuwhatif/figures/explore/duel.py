"""Where one system wins against another, as a chart and as a table."""

from collections.abc import Iterator

import numpy as np

from ipuwhatif.analysis.explore.chances import WINS
from ipuwhatif.analysis.explore.contours import contours
from ipuwhatif.analysis.explore.costs import Rates
from ipuwhatif.analysis.explore.duel import BATCH, Duel, Outcomes
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import MONEY
from ipuwhatif.analysis.world import World
from ipuwhatif.charts.geometry import page_size, spaced, stacked
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import (
    BAR,
    GHOST,
    PAIR,
    PROJECTED,
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
)
from ipuwhatif.charts.ticks import time_unit
from ipuwhatif.figures.captions import heading, job_clauses
from ipuwhatif.figures.cells import time_cell
from ipuwhatif.figures.explore.duel_words import (
    across_axis,
    across_name,
    better_words,
    duel_text,
    lacking_text,
    system_words,
    tints,
    up_axis,
    up_name,
)
from ipuwhatif.figures.explore.words import price_words
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: Levels of the contours: as likely as not, and at which either of the two wins.
LEVELS = (0.5, WINS, 1.0 - WINS)
_MOST_ROWS = 400  # of a table
_LEFT, _TOP, _RIGHT = 84, 88, 28


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
    told = (lacking_text(duel, outcomes, rates), *(price_words(rates) if duel.measure == MONEY else ()))
    return Figure(
        headline=Headline((HeadlinePart(duel_text(world, duel, outcomes)),)),
        chart=_chart(world, scenario, duel, outcomes, rates, page_size(width, height)),
        table=_table(world, duel, outcomes),
        footnotes=footnotes(()),
        why=(),
        notices=(*filter(None, told), tr("Both share each draw; projections, no official results.")),
    )


def _chart(
    world: World, scenario: Scenario, duel: Duel, outcomes: Outcomes, rates: Rates, size: tuple[int, int]
) -> ChartSpec:
    subject, reference = system_words(world, duel)
    families = [world.catalog.systems[key].family for key in (duel.subject, duel.reference)]
    title, subtitle = heading(
        tr(
            "{workload}: where {subject} {better} than {reference}",
            workload=world.catalog.workloads[scenario.workload].name,
            subject=subject,
            better=better_words(duel.measure),
            reference=reference,
        ),
        scenario.release,
        (
            *job_clauses(world.catalog, scenario.workload, scenario.software, families),
            tr("Large marks: in 80 % of the draws or more."),
        ),
        size[0],
    )
    legend = _legend(world, duel)
    page = page_of(size, subtitle, legend, _LEFT, _RIGHT, _TOP)
    x, y = outcomes.x, outcomes.y
    across = across_axis(world, duel, float(x[0]), float(x[-1]))
    up = up_axis(world, duel, rates.currency, float(y[0]) / 1.05, float(y[-1]) * 1.05)
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
