"""The Finish figure: how probable it is that each run is done by then, and where the mean time of each goes."""

from collections.abc import Sequence

from ipuwhatif.analysis.finish.finish import SURE, Finish, Run
from ipuwhatif.analysis.results import CALIBRATED
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Column, Figure, Headline, HeadlinePart, TableSpec
from ipuwhatif.charts.ticks import TimeUnit, time_unit
from ipuwhatif.figures.cells import amount_cell
from ipuwhatif.figures.finish.finish_chart import finish_chart
from ipuwhatif.figures.finish.finish_words import (
    PARTS,
    deadline_text,
    deadline_why,
    finish_key,
    moment_text,
    notices,
    part_name,
    percent_text,
    published_notes,
    run_why,
)
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import DOT
from ipuwhatif.figures.phrasing import listed, short_basis, short_name
from ipuwhatif.figures.spoken import SEVERAL
from ipuwhatif.figures.why.why import missing_why
from ipuwhatif.scenario.dates import day_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told

#: The probability that a headline tells the finish at, where there is no deadline.
USUAL = 0.8
#: Runs that a headline speaks of at most.
_FEW = 3


def finish_figure(
    finish: Finish, scenario: Scenario, width: int = 960, height: int = 540, sure: float = USUAL
) -> Figure:
    """Everything Finish shows, laid out for `width` × `height` logical pixels; many systems make it taller.

    sure: the probability that the headline tells the finish at where there is no deadline, a mark of its own.
    """
    shares = tuple(sorted({*SURE, sure}))
    start, deadline = scenario.start, scenario.target_s
    notes = (*footnotes(()), *published_notes(finish.runs))
    return Figure(
        headline=_headline(finish, scenario, sure),
        chart=finish_chart(finish, scenario, shares, notes, (width, height)),
        table=_table(finish, scenario, shares),
        footnotes=notes,
        why=Lazy(
            lambda: (
                *(run_why(run, start, deadline) for run in finish.runs),
                *(() if deadline is None else (deadline_why(finish.runs, start, deadline),)),
                *(missing_why(each) for each in finish.missing),
            )
        ),
        notices=notices(finish, start),
    )


def _headline(finish: Finish, scenario: Scenario, sure: float) -> Headline:
    """The subject and the reference, as on every page, then the others of a few, or the soonest of many."""
    runs = _spoken_runs(finish, scenario)
    parts = []
    for place, run in enumerate(runs):
        text = _told(run, scenario, sure, first=not place)
        if place == _FEW - 1 and len(finish.runs) > _FEW:
            text = tr("soonest of {count}: {told}", count=format_number(len(finish.runs)), told=text)
        parts += [HeadlinePart(DOT), HeadlinePart(text, finish_key(run))]
    if scenario.target_s is None:
        parts.append(HeadlinePart(tr(", {percent} sure", percent=percent_text(sure))))
    ending = tr(": model") + _beyond_words(runs) + ("" if finish.fails else tr(", no failures"))
    return Headline((*parts[1:], HeadlinePart(ending)))


def _spoken_runs(finish: Finish, scenario: Scenario) -> list[Run]:
    """The subject and the reference; of three the third as well, of many the one that is soonest done."""
    runs = [finish.runs[finish.subject]]
    others = sorted(
        (run for run in finish.runs if run is not runs[0]),
        key=lambda run: run.projection.choice.key != scenario.reference,
    )
    runs += others[:1]
    soonest = [min(finish.runs, key=lambda run: run.sure(USUAL))] if len(finish.runs) >= SEVERAL else []
    left = others[1:] if len(finish.runs) <= _FEW else soonest
    return [*runs, *(run for run in left if run not in runs)]


def _beyond_words(runs: Sequence[Run]) -> str:
    """Which of the runs the evidence does not reach."""
    names = [run.projection.name for run in runs if run.projection.basis != CALIBRATED]
    if len(names) == len(runs):
        return tr(", beyond the data")
    apart = len({short_name(run.projection.name) for run in runs}) == len(runs)
    words = listed(list(map(short_name, names)) if apart else names)
    return tr(", {names} beyond the data", names=words) if names else ""


def _told(run: Run, scenario: Scenario, sure: float, first: bool) -> str:
    """What is said of a run; `first`: with the deadline, which is the same for those after it."""
    name, deadline = run.projection.name, scenario.target_s
    if deadline is None:
        return tr("{name} within {moment}", name=name, moment=moment_text(run.sure(sure), scenario.start))
    percent = percent_text(run.done_by(deadline))
    if not first:
        return tr("{name} with {percent}", name=name, percent=percent)
    by = deadline_text(deadline, scenario.start)
    return tr("{name} done {by} with {percent} probability", name=name, by=by, percent=percent)


def _table(finish: Finish, scenario: Scenario, shares: Sequence[float]) -> TableSpec:
    """One row a run: when it is done how surely, by the deadline, goodput, failures, and where the mean time goes."""
    runs, start, deadline = finish.runs, scenario.start, scenario.target_s
    unit = time_unit([run.mean for run in runs])
    parts = [part for part in PARTS if any(run.parts[part] > 0.0 for run in runs)]
    parts = parts if len(parts) > 1 else []  # all of it is useful
    fails = finish.fails
    columns = [
        Column(tr("System")),
        Column(tr("Projected ({unit})", unit=unit.symbol), "decimal"),
        *(
            Column(tr("Done, {percent} sure ({unit})", percent=percent_text(each), unit=unit.symbol), "decimal")
            for each in shares
        ),
        *(Column(tr("Done, {percent} sure, on", percent=percent_text(each))) for each in (shares if start else ())),
        *([] if deadline is None else [Column(tr("Done {by}", by=deadline_text(deadline, start)))]),
        *([Column(tr("Goodput (%)"), "decimal"), Column(tr("Failures, mean"), "decimal")] if fails else []),
        *(Column(tr("{part}, mean ({unit})", part=part_name(part), unit=unit.symbol), "decimal") for part in parts),
        Column(tr("Basis")),
    ]
    rows = []
    for run in runs:
        key = finish_key(run)
        cells = [Cell(run.projection.name, key=key), _time(run.projection.time_to_train_s.median, unit, key)]
        cells += [_time(run.sure(each), unit, key) for each in shares]
        cells += [Cell(told(day_of(start, run.sure(each))), key=key) for each in shares if start]
        if deadline is not None:
            cells.append(Cell(percent_text(run.done_by(deadline)), key=key))
        if fails:
            cells += [amount_cell(100.0 * run.goodput, key), _amount(run.failures, key)]
        cells += [_amount(run.parts[part] / unit.seconds, key) for part in parts]
        basis = run.projection
        rows.append((*cells, Cell(short_basis(basis.basis, basis.beyond, basis.sourced), key=key)))
    tints = tuple(
        system_tint(run.projection.family, run.projection.choice.chips, run.projection.choice.system) for run in runs
    )
    return TableSpec(tuple(columns), tuple(rows), tints)


def _time(seconds: float, unit: TimeUnit, key: str) -> Cell:
    return amount_cell(seconds / unit.seconds, key)


def _amount(amount: float, key: str) -> Cell:
    return amount_cell(amount, key) if amount else Cell("0", 0.0, key)
