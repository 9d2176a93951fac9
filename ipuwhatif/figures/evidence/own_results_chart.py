"""The chart of the user's own results by chip count: their marks on the projected intervals, official marks beside."""

from collections.abc import Sequence

from ipuwhatif.analysis.own_results import HeldResult
from ipuwhatif.catalog.types import Catalog, OfficialResult, Workload
from ipuwhatif.charts.beside import labels_beside
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.side_by_side import side_by_side
from ipuwhatif.charts.spec import OFFICIAL, OWN, PROJECTED, Axis, ChartSpec, Line, Mark
from ipuwhatif.figures.captions import legend
from ipuwhatif.figures.evidence.evidence_charts import Page, family_entries, page_chart, page_frame
from ipuwhatif.figures.evidence.evidence_rows import UNKNOWN
from ipuwhatif.figures.evidence.own_results_rows import measured_text, own_key, own_name, own_tint
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references
from ipuwhatif.figures.job_titles import time_words
from ipuwhatif.figures.phrasing import official_key, short_name
from ipuwhatif.figures.times import time_axis
from ipuwhatif.scenario.measurements import TIME
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr

_MOST_NAMED = 8


def own_chart(rows: Sequence[HeldResult], scenario: Scenario, catalog: Catalog, size: tuple[int, int]) -> ChartSpec:
    """Rows of one workload and one quantity, the first of the table; both axes logarithmic."""
    timed = rows[0].result.measurement.quantity == TIME
    officials = [row.official for row in rows if row.official and timed and scenario.show_official]
    officials = list({official_key(each): each for each in officials}.values())
    page = _page(rows, officials, catalog.workloads[scenario.workload], catalog, size)
    frame = page_frame(page, [row.result.chips or 1 for row in rows])
    points = [(own_key(place), row.result.chips or 1, row.result.measurement.value) for place, row in enumerate(rows)]
    across = side_by_side(points, frame)
    own = [
        Mark(across[own_key(place)], row.result.measurement.value, own_tint(row, catalog), OWN, own_key(place))
        for place, row in enumerate(rows)
    ]
    lines = [
        Line((mark.x, mark.x), (row.projected.low, row.projected.high), mark.tint, PROJECTED, False, mark.key)
        for row, mark in zip(rows, own, strict=True)
        if row.projected is not None
    ]
    told = {row.official.key: mark for row, mark in zip(rows, own, strict=True) if row.official}
    published = [
        Mark(told[each.key].x, each.score_s, told[each.key].tint, OFFICIAL, official_key(each)) for each in officials
    ]
    named = [
        (f"{short_name(own_name(row, catalog))} {measured_text(row, catalog)}", mark.tint, mark)
        for row, mark in list(zip(rows, own, strict=True))[:_MOST_NAMED]
    ]
    return page_chart(page, frame, [*own, *published], lines, labels_beside(named, [*own, *published], frame))


def _page(
    rows: Sequence[HeldResult],
    officials: Sequence[OfficialResult],
    workload: Workload,
    catalog: Catalog,
    size: tuple[int, int],
) -> Page:
    """The page of results of one workload and one quantity."""
    values = [value for row in rows for value in _values(row)] + [each.score_s for each in officials]
    families = [catalog.systems[row.result.choice.system].family if row.result.choice else UNKNOWN.hue for row in rows]
    marks_text = references(officials, footnote_numbers(officials))
    return Page(
        title=tr("{workload}: your own results by chip count", workload=workload.name),
        clauses=(
            tr("Measured by you, on the projected 80 % intervals;"),
            tr("no parameter of the model is fitted to them"),
        ),
        y_axis=_axis(values, workload, timed=rows[0].result.measurement.quantity == TIME),
        legend=(
            *legend(tr("80 % interval of the projection"), False, officials, marks_text, size[0], own=True),
            *family_entries(families),
        ),
        footnotes=footnotes(tuple(officials)),
        size=size,
    )


def _axis(values: Sequence[float], workload: Workload, *, timed: bool) -> Axis:
    """The logarithmic axis of times, or of throughputs."""
    if timed:
        return time_axis(values, "log", time_words(workload))[0]
    word = tr(workload.sample_word or "samples")
    title = tr("Training throughput ({samples}/s), logarithmic", samples=word)
    return log_axis(title, min(values) / 1.4, 1.4 * max(values), symbol=tr("{samples}/s", samples=word))


def _values(row: HeldResult) -> tuple[float, ...]:
    """What of a row stands on the axis of its quantity."""
    span = () if row.projected is None else (row.projected.low, row.projected.high)
    return (row.result.measurement.value, *span)
