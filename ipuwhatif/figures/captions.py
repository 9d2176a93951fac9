"""Titles, subtitles and legends: what a bare picture says of itself, set in lines that fit its width."""

from collections.abc import Sequence

from ipuwhatif.analysis.results import CALIBRATED, Projection, ScalingCurve
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.catalog.software import software_name, usual_class
from ipuwhatif.catalog.types import Catalog, OfficialResult, Workload
from ipuwhatif.charts.geometry import TITLE_LEFT
from ipuwhatif.charts.labels import EDGE, LEGEND_GAP, LEGEND_SAMPLE, fit, text_width, wrap, wrap_clauses
from ipuwhatif.charts.palette import LEGEND_SIZE, SUBTITLE_SIZE, TITLE_SIZE
from ipuwhatif.charts.spec import ASSUMED, GHOST, OFFICIAL, OWN, PROJECTED, LegendEntry
from ipuwhatif.figures.footnotes import submitters, suite_version
from ipuwhatif.figures.job_titles import division, job_words
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import moved_clause, sentence
from ipuwhatif.figures.scenarios.amounts import amount_words
from ipuwhatif.records import replace
from ipuwhatif.scenario.amount import Amount
from ipuwhatif.texts import tr
from ipuwhatif.units import Said, format_number, told


def heading(title: str, release: str, clauses: Sequence[str], width: float) -> tuple[str, str]:
    """Title and subtitle of a chart of this width; the release stands in the title where that has room for it."""
    room = width - TITLE_LEFT - EDGE
    full = tr("{title}, software as of {release}", title=title, release=release)
    if text_width(full, TITLE_SIZE, bold=True) <= room:
        title = full
    else:
        clauses = (tr("Software as of {release}.", release=release), *clauses)
    return fit(title, TITLE_SIZE, room, bold=True), "\n".join(wrap_clauses(clauses, SUBTITLE_SIZE, room))


def scaling_title(job: Workload, recipe: str, samples: float | None = None) -> str:
    return tr("{job} by chip count", job=job_words(job, recipe, samples))


def compare_clauses(
    projections: Sequence[Projection], settings: Sequence[Said], officials: Sequence[OfficialResult]
) -> tuple[str, ...]:
    """The subtitle of Compare in clauses: moved levers, the intervals with their basis, and what they are not."""
    level = format_number(100.0 * projections[0].time_to_train_s.level)
    beyond = [each for each in projections if each.basis != CALIBRATED]
    if not beyond:
        basis = tr("Projections with {level} % intervals: model, inside the data", level=level)
    elif len(beyond) == len(projections):
        basis = tr("Projections with {level} % intervals: model, beyond the data", level=level)
    else:
        basis = tr(
            "Projections with {level} % intervals: model, inside the data; "
            "beyond the data for {count} of {total} systems",
            level=level,
            count=len(beyond),
            total=len(projections),
        )
    case = projections[0].case
    samples = projections[0].samples_to_target.median
    catalog, families = projections[0].world.catalog, [each.family for each in projections]
    job = job_clauses(catalog, case.workload, case.software, families, samples)
    return (*job, *_clauses(basis, settings, officials))


def job_clauses(
    catalog: Catalog, workload: str, software: str, families: Sequence[str], samples: float = 0.0
) -> tuple[str, ...]:
    """What a title does not say of the job that is timed: how short a benchmark's task is, and what GPUs run.

    samples: to the target, where one projection tells them.
    """
    task = task_words(catalog.workloads[workload], samples)
    return (*((sentence(task),) if task else ()), *software_clause(catalog, workload, software, families))


def software_clause(catalog: Catalog, workload: str, software: str, families: Sequence[str]) -> tuple[str, ...]:
    """What GPUs run where no entry tells, or where the user names it: a title says the release, which is not theirs."""
    runs = software or usual_class(catalog.workloads[workload])
    if not runs or "gpu" not in families:
        return ()
    return (tr("GPUs run {software}.", software=told(software_name(catalog, runs))),)


def task_words(job: Workload, samples: float = 0.0) -> str:
    """What is trained, from where and to which target, where a job is a benchmark's short task and its name reads as a
    whole training; else empty. samples: to the target, where one projection tells them.
    """
    task = legal().tasks.get(job.key)
    if task is None:
        return ""
    suite, start, target = legal().suite.split()[0], tr(task.starts_from), tr(task.target)
    if not samples:
        return tr(
            "{suite}'s task, not a whole training; from {start} to {target}", suite=suite, start=start, target=target
        )
    return tr(
        "{suite}'s task of about {tokens}, not a whole training; from {start} to {target}",
        suite=suite,
        tokens=amount_words(Amount(float(f"{samples * job.tokens_per_sample:.1e}"), "tokens")),
        start=start,
        target=target,
    )


def scaling_clauses(
    curves: Sequence[ScalingCurve], settings: Sequence[Said], officials: Sequence[OfficialResult]
) -> tuple[str, ...]:
    """The subtitle of Scaling in clauses: moved levers, the bands with their basis, and what they are not."""
    level = format_number(100.0 * LEVEL)
    if all(all(curve.calibrated) for curve in curves):
        basis = tr("Projections with {level} % bands: model, inside the data", level=level)
    else:
        basis = tr("Projections with {level} % bands: dashed beyond the data, by size or by batch", level=level)
    return _clauses(basis, settings, officials)


def _clauses(basis: str, settings: Sequence[Said], officials: Sequence[OfficialResult]) -> tuple[str, ...]:
    moved = moved_clause(settings)
    if not officials:
        return (*moved, basis)
    apart = tr("projections are not {suite} results", suite=legal().suite.split()[0])
    return (*moved, tr("{basis};", basis=basis), apart)


def legend(
    projected: str,
    ghost: bool,
    officials: Sequence[OfficialResult],
    marks_text: str,
    width: float,
    assumed: bool = False,
    own: bool = False,
    baseline: str = "",
) -> tuple[LegendEntry, ...]:
    """What each way of drawing means; `projected` names the projection, `marks_text` the footnotes of the results.

    own: whether a measurement of the user's own is drawn; baseline: what a ghost is, where it is no baseline.
    """
    entries = [LegendEntry(PROJECTED, projected)]
    if ghost:
        entries.append(LegendEntry(GHOST, baseline or tr("baseline: no lever moved")))
    if assumed:
        entries.append(LegendEntry(ASSUMED, tr("baseline under your assumptions")))
    if own:
        entries.append(LegendEntry(OWN, tr("your own measurement")))
    if officials:
        entries.append(
            LegendEntry(OFFICIAL, _official_legend(officials, marks_text), short=tr("official result in minutes"))
        )
    room = width - 2 * EDGE - LEGEND_SAMPLE - LEGEND_GAP
    return tuple(replace(entry, text="\n".join(wrap(entry.text, LEGEND_SIZE, room))) for entry in entries)


def _official_legend(officials: Sequence[OfficialResult], marks_text: str) -> str:
    """What the filled marks are: suite, version, division and submitters, as the guidelines ask beside a figure."""
    return tr(
        "official result in minutes: {suite}, {division}, submitted by {submitters} {marks}",
        suite=" / ".join(dict.fromkeys(suite_version(each) for each in officials)),
        division=" / ".join(dict.fromkeys(division(each.division) for each in officials)),
        submitters=submitters(officials),
        marks=marks_text,
    )
