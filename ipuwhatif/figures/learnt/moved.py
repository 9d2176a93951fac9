"""Before and after: what the user's own results move, by what each projection has in common with what was run."""

from ipuwhatif.analysis.learnt.moved import MeasuredRun, Moved, MovedProjection
from ipuwhatif.analysis.results import Quantity
from ipuwhatif.calibration.own_runs import CHIPS, EFFECTS, JOB, MACHINE, SITE, SIZE, SOFTWARE
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.labels import EDGE, fit, wrap_clauses
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.palette import SUBTITLE_SIZE, TITLE_SIZE, system_tint
from ipuwhatif.charts.spec import (
    GHOST,
    OWN,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Headline,
    HeadlinePart,
    Mark,
    TableSpec,
    Tint,
    Why,
    WhyRow,
    WhySection,
)
from ipuwhatif.charts.ticks import TimeUnit, time_unit
from ipuwhatif.figures.captions import legend
from ipuwhatif.figures.cells import amount_cell, amount_interval_cell
from ipuwhatif.figures.compare.rows import Row, rows_chart
from ipuwhatif.figures.evidence.evidence_rows import residual_text
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.job_titles import job_words
from ipuwhatif.figures.scenarios.own_figures import measurement_text
from ipuwhatif.scenario.measurements import TIME
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_duration, format_number, told

_MOST_TOLD, _LEAST = 8, 5e-4  # runs that are told one by one; a change that reads as none


def moved_figure(answer: Moved, scenario: Scenario, catalog: Catalog, width: int = 1000, height: int = 560) -> Figure:
    """Everything that is shown of what own results move, laid out for `width` × `height` logical pixels."""
    return Figure(
        headline=Headline((HeadlinePart(_headline(answer, scenario)),)),
        chart=_chart(answer, scenario, catalog, page_size(width, height)),
        table=_table(answer),
        footnotes=footnotes(()),
        why=tuple(_why(row, answer, catalog) for row in answer.rows),
        notices=_notices(answer, catalog),
    )


def effect_name(effect: str) -> str:
    """What a run has in common with measured ones, as a column names it."""
    return {
        SITE: tr("Site"),
        SOFTWARE: tr("Software"),
        JOB: tr("Job"),
        CHIPS: tr("Kind of chip"),
        SIZE: tr("Size"),
        MACHINE: tr("Machine"),
    }[effect]


def _key(row: MovedProjection) -> str:
    return f"moved/{row.after.choice.key}"


def _tint(row: MovedProjection) -> Tint:
    return system_tint(row.after.family, row.after.choice.chips, row.after.choice.system)


def _headline(answer: Moved, scenario: Scenario) -> str:
    """ "IPU-POD16 (16 IPUs): 28.3 min before, 33.0 min after, mostly by what its machine has of its own"."""
    spoken = next((row for row in answer.rows if row.after.choice.key == scenario.spoken_of), answer.rows[0])
    row = max(answer.rows, key=lambda each: abs(each.change)) if abs(spoken.change) < _LEAST else spoken
    told = {
        "name": row.after.name,
        "before": format_duration(row.before.time_to_train_s.median),
        "after": format_duration(row.after.time_to_train_s.median),
    }
    if abs(row.change) < _LEAST:
        return tr("{name} stays at {after}: nothing that was measured moves it", **told)
    most = max(row.effects, key=lambda name: abs(row.effects[name]))
    because = {
        SITE: tr("because the whole site is so"),
        SOFTWARE: tr("because the same software was measured"),
        JOB: tr("because the same job was measured"),
        CHIPS: tr("because the same kind of chip was measured"),
        SIZE: tr("because the same job was measured at about this size"),
        MACHINE: tr("because this machine itself was measured"),
    }
    return tr("{name}: {before} before, {after} after, most of it {because}", because=because[most], **told)


def _table(answer: Moved) -> TableSpec:
    unit = time_unit([each.time_to_train_s.median for row in answer.rows for each in (row.before, row.after)])
    columns = (
        Column(tr("System")),
        Column(tr("Before ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("80 % interval before ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("After ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("80 % interval after ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("Time moves (%)"), "decimal"),
        Column(tr("Width of the interval (% of before)"), "decimal"),
        Column(tr("Step moves (%)"), "decimal"),
        *(Column(tr("by {effect} (%)", effect=effect_name(name).lower()), "decimal") for name in EFFECTS),
    )
    return TableSpec(columns, tuple(_cells(row, unit) for row in answer.rows), tuple(_tint(row) for row in answer.rows))


def _cells(row: MovedProjection, unit: TimeUnit) -> tuple[Cell, ...]:
    key = _key(row)
    before, after = row.before.time_to_train_s, row.after.time_to_train_s
    return (
        Cell(row.after.name, key=key),
        amount_cell(before.median / unit.seconds, key),
        amount_interval_cell(before, unit.seconds, key),
        amount_cell(after.median / unit.seconds, key),
        amount_interval_cell(after, unit.seconds, key),
        _percent(row.change, key),
        Cell(f"{100.0 * row.width:.0f}", round(100.0 * row.width, 1), key),
        *(_percent(value, key) for value in (row.step, *(row.effects[name] for name in EFFECTS))),
    )


def _percent(value: float, key: str) -> Cell:
    shown = 0.0 if abs(value) < _LEAST else value
    return Cell(residual_text(shown) if shown else "0.0", round(100.0 * shown, 1), key)


def _chart(answer: Moved, scenario: Scenario, catalog: Catalog, size: tuple[int, int]) -> ChartSpec:
    """Each system a row: its time after what was measured, in percent of that before, which lies behind it."""
    rows = [_row(place, row, answer, scenario) for place, row in enumerate(answer.rows)]
    ends = [end for row in rows for each in (row.quantity, row.ghosts[0][1]) for end in (each.low, each.high)]
    ends += [mark.x for row in rows for mark in row.marks]
    axis = log_axis(tr("Time, before = 100 %, logarithmic"), min(ends) / 1.02, 1.02 * max(ends), symbol="%")
    entries = legend(
        tr("after, with 80 % interval"),
        True,
        (),
        "",
        size[0],
        own=any(row.marks for row in rows),
        baseline=tr("before, with 80 % interval"),
    )
    room = size[0] - 2 * EDGE
    job = job_words(catalog.workloads[scenario.workload], scenario.recipe)
    title = tr("{job}, before and after your own results", job=job)
    clauses = (tr("Nothing of the shipped calibration is changed;"), tr("what was measured moves what is like it"))
    titles = fit(title, TITLE_SIZE, room, bold=True), "\n".join(wrap_clauses(clauses, SUBTITLE_SIZE, room))
    return rows_chart(rows, axis, titles, entries, footnotes(()), size)


def _row(place: int, row: MovedProjection, answer: Moved, scenario: Scenario) -> Row:
    before, after = row.before.time_to_train_s, row.after.time_to_train_s
    own = [
        run.measurement.value
        for run in answer.runs
        if (run.case.workload, run.case.choice) == (scenario.workload, row.after.choice)
        and run.measurement.quantity == TIME
    ]

    def percent(seconds: float) -> float:
        return 100.0 * seconds / before.median

    def of(time: Quantity) -> Quantity:
        return Quantity(percent(time.median), percent(time.low), percent(time.high))

    return Row(
        name=row.after.name,
        quantity=of(after),
        tint=_tint(row),
        key=_key(row),
        text=tr("{before} → {after}", before=format_duration(before.median), after=format_duration(after.median)),
        ghosts=((GHOST, of(before)),),
        marks=tuple(Mark(percent(value), float(place), _tint(row), OWN, _key(row)) for value in own),
    )


def _run_line(run: MeasuredRun, catalog: Catalog) -> tuple[str, str, str]:
    """Name, value and how it lies to the projection of a measured run."""
    workload = catalog.workloads[run.case.workload]
    name = tr("{system}, {job}", system=system_name(run.case.choice, catalog), job=workload.name)
    ratio = tr(
        "a step takes {ratio} × as long as projected, software as of {release}",
        ratio=format_number(run.ratio, 3),
        release=run.case.release,
    )
    return name, measurement_text(run.measurement, workload), ratio


def _notices(answer: Moved, catalog: Catalog) -> tuple[str, ...]:
    notices = []
    if answer.profile is not None:
        profile = {
            "name": answer.profile.name,
            "day": answer.profile.made,
            "count": format_number(len(answer.profile.runs)),
        }
        notices.append(tr("Profile {name} of {day}, {count} runs", **profile))
    if answer.other_calibration:
        notices.append(
            tr("The profile was made under another calibration: what it moves is worked out anew from its runs.")
        )
    lines = [_run_line(run, catalog) for run in answer.runs]
    notices += [tr("Measured: {name}: {value}; {ratio}", name=n, value=v, ratio=r) for n, v, r in lines[:_MOST_TOLD]]
    if len(lines) > _MOST_TOLD:
        notices.append(tr("and {count} measured runs more", count=format_number(len(lines) - _MOST_TOLD)))
    notices += [f"{each.name}: {told(each.reason)}" for each in answer.missing]
    return tuple(notices)


def _why(row: MovedProjection, answer: Moved, catalog: Catalog) -> Why:
    effects = tuple(WhyRow(effect_name(name), f"{residual_text(value)} %") for name, value in row.effects.items())
    runs = tuple(WhyRow(*_run_line(run, catalog)) for run in answer.runs[:_MOST_TOLD])
    return Why(
        key=_key(row),
        title=row.after.name,
        value=format_duration(row.after.time_to_train_s.median),
        summary=tr(
            "{before} before; the interval is {left} % as wide as it was",
            before=format_duration(row.before.time_to_train_s.median),
            left=f"{100.0 * row.width:.0f}",
        ),
        sections=(
            WhySection(tr("A step moves, by what it has in common with what you ran"), effects),
            WhySection(tr("What you measured"), runs),
        ),
    )
