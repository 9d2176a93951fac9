"""What to measure next: candidates by what they cost and how much of the intervals they are expected to take away."""

from ipuwhatif.analysis.learnt.next_run import Candidate, NextRun
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.beside import labels_beside
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.palette import NEUTRAL, system_tint
from ipuwhatif.charts.side_by_side import side_by_side
from ipuwhatif.charts.spec import (
    PAIR,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Headline,
    HeadlinePart,
    LegendEntry,
    Mark,
    TableSpec,
    Tint,
    Why,
    WhyRow,
    WhySection,
)
from ipuwhatif.figures.empty import empty_chart
from ipuwhatif.figures.evidence.evidence_charts import Page, chips_axis, family_entries, page_chart, page_frame
from ipuwhatif.figures.job_titles import job_words
from ipuwhatif.figures.phrasing import short_name
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told

_MOST_NAMED, _LEAST = 8, 1e-3  # a shrink below which a run tells nothing
_NO_CHIPS = (1, 1024)


def next_figure(answer: NextRun, scenario: Scenario, catalog: Catalog, width: int = 1000, height: int = 560) -> Figure:
    """Everything that is shown of what to measure next, laid out for `width` × `height` logical pixels."""
    return Figure(
        headline=Headline((HeadlinePart(_headline(answer, catalog)),)),
        chart=_chart(answer, scenario, catalog, page_size(width, height)),
        table=_table(answer, catalog),
        footnotes=(),
        why=tuple(_why(each, answer, catalog) for each in answer.candidates),
        notices=_notices(answer),
    )


def _key(candidate: Candidate) -> str:
    return f"next/{candidate.case.workload}/{candidate.choice.key}"


def _name(candidate: Candidate, catalog: Catalog) -> str:
    return tr(
        "{system}, {job}",
        system=system_name(candidate.choice, catalog),
        job=catalog.workloads[candidate.case.workload].name,
    )


def _tint(candidate: Candidate, catalog: Catalog) -> Tint:
    choice = candidate.choice
    return system_tint(catalog.systems[choice.system].family, choice.chips)


def _headline(answer: NextRun, catalog: Catalog) -> str:
    """ "Measure DGX A100 (8 GPUs), ResNet-50, next: 1.33 chip-hours are expected to take 7.5 % off the intervals"."""
    best = next(iter(answer.candidates), None)
    if best is None or answer.shrink(best) < _LEAST:
        return tr("Nothing that you could run here would narrow these intervals")
    return tr(
        "Measure {name}, next: {hours} chip-hours are expected to take {percent} % off the intervals",
        name=_name(best, catalog),
        hours=format_number(best.chip_hours, 3),
        percent=format_number(100.0 * answer.shrink(best), 2),
    )


def _table(answer: NextRun, catalog: Catalog) -> TableSpec:
    columns = (
        Column(tr("System")),
        Column(tr("Job")),
        Column(tr("Chip-hours"), "decimal"),
        Column(tr("Off the intervals (%)"), "decimal"),
        Column(tr("Off per chip-hour (%)"), "decimal"),
        *(Column(tr("{name}: ± (%)", name=asked.name), "decimal") for asked in answer.asked),
    )
    now = (*(Cell(text) for text in (tr("as it stands now"), "")), *(Cell("0", 0.0) for _ in range(3)))
    now += tuple(Cell(_half(width), round(50.0 * width, 2)) for width in answer.widths)
    rows = (now, *(_cells(each, answer, catalog) for each in answer.candidates))
    return TableSpec(columns, rows, (NEUTRAL, *(_tint(each, catalog) for each in answer.candidates)))


def _half(width: float) -> str:
    """Half of an interval of ln(time), in percent."""
    return f"{50.0 * width:.1f}"


def _cells(candidate: Candidate, answer: NextRun, catalog: Catalog) -> tuple[Cell, ...]:
    key, shrink = _key(candidate), 100.0 * answer.shrink(candidate)
    return (
        Cell(system_name(candidate.choice, catalog), key=key),
        Cell(told(catalog.workloads[candidate.case.workload].name), key=key),
        Cell(format_number(candidate.chip_hours, 3), candidate.chip_hours, key),
        Cell(f"{shrink:.2f}", round(shrink, 4), key),
        Cell(format_number(100.0 * candidate.gain, 3), 100.0 * candidate.gain, key),
        *(Cell(_half(width), round(50.0 * width, 2), key) for width in candidate.widths),
    )


def _chart(answer: NextRun, scenario: Scenario, catalog: Catalog, size: tuple[int, int]) -> ChartSpec:
    """What each candidate is expected to take off the intervals, by its chips; both axes logarithmic."""
    title = tr("{job}: what to measure next", job=job_words(catalog.workloads[scenario.workload], scenario.recipe))
    drawn = [each for each in answer.candidates if answer.shrink(each) >= _LEAST]
    if not drawn:
        text = tr("Nothing that you could run here would narrow these intervals")
        return empty_chart(title, text, chips_axis(_NO_CHIPS), (), size)
    shrinks = {_key(each): 100.0 * answer.shrink(each) for each in drawn}
    words = tr("Expected off the intervals (%), logarithmic")
    page = Page(
        title=title,
        clauses=(
            tr("Each a measurement of {minutes} min;", minutes=format_number(answer.minutes)),
            tr("best is what takes off most for each chip-hour"),
        ),
        y_axis=log_axis(words, min(shrinks.values()) / 1.5, 1.5 * max(shrinks.values()), symbol="%"),
        legend=(
            LegendEntry(PAIR, tr("a run that could be measured; the best is larger")),
            *family_entries([catalog.systems[each.choice.system].family for each in drawn]),
        ),
        footnotes=(),
        size=size,
    )
    frame = page_frame(page, [each.choice.chips for each in drawn])
    across = side_by_side([(_key(each), each.choice.chips, shrinks[_key(each)]) for each in drawn], frame)
    marks = [
        Mark(
            across[_key(each)], shrinks[_key(each)], _tint(each, catalog), PAIR, _key(each), 1.5 if place == 0 else 1.0
        )
        for place, each in enumerate(drawn)
    ]
    named = [
        (_label(each, answer, catalog), mark.tint, mark)
        for each, mark in list(zip(drawn, marks, strict=True))[:_MOST_NAMED]
    ]
    return page_chart(page, frame, marks, (), labels_beside(named, marks, frame))


def _label(candidate: Candidate, answer: NextRun, catalog: Catalog) -> str:
    hours = tr("{hours} chip-hours", hours=format_number(candidate.chip_hours, 3))
    key = candidate.case.workload
    job = "" if key == answer.asked[0].case.workload else f" {catalog.workloads[key].name}"
    return f"{short_name(system_name(candidate.choice, catalog))}{job}{tr(', ')}{hours}"


def _notices(answer: NextRun) -> tuple[str, ...]:
    return (
        tr(
            "A measurement is taken to hold its chips for {minutes} min; what it takes to begin is not counted.",
            minutes=format_number(answer.minutes),
        ),
        tr(
            "How much a run would narrow is known before it is made, on average; what it will show is not. Convergence "
            "is another matter: a measured speed does not narrow it."
        ),
    )


def _why(candidate: Candidate, answer: NextRun, catalog: Catalog) -> Why:
    rows = tuple(
        WhyRow(asked.name, tr("± {after} %", after=_half(after)), tr("± {now} % now", now=_half(now)))
        for asked, now, after in zip(answer.asked, answer.widths, candidate.widths, strict=True)
    )
    return Why(
        key=_key(candidate),
        title=_name(candidate, catalog),
        value=tr("{hours} chip-hours", hours=format_number(candidate.chip_hours, 3)),
        summary=tr(
            "Expected to take {percent} % off the intervals, on average over what is asked",
            percent=format_number(100.0 * answer.shrink(candidate), 2),
        ),
        sections=(WhySection(tr("Half of each interval, once this is measured"), rows),),
    )
