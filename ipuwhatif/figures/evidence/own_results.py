"""The figure of the user's own results: what was measured beside what is projected, and official results of the same.

They are marked as the user's own wherever they stand; no parameter is fitted to them.
"""

from ipuwhatif.analysis.own_results import OwnResults
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.spec import ChartSpec, Figure, Headline, HeadlinePart
from ipuwhatif.figures.empty import empty_chart
from ipuwhatif.figures.evidence.evidence_charts import chips_axis
from ipuwhatif.figures.evidence.own_results_chart import own_chart
from ipuwhatif.figures.evidence.own_results_rows import own_table, own_whys
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import DOT
from ipuwhatif.scenario.measurements import TIME
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told

_NO_CHIPS = (1, 1024)  # ends of the axis of a chart without a mark
_MOST_TOLD = 8  # faults of rows that are told one by one


def own_results_figure(
    answer: OwnResults, scenario: Scenario, catalog: Catalog, width: int = 1000, height: int = 560
) -> Figure:
    """Everything Evidence shows of the user's own results, laid out for `width` × `height` logical pixels."""
    shown = scenario.show_official
    officials = [row.official for row in answer.rows if row.official is not None] if shown else []
    notes = footnotes(tuple(dict.fromkeys(officials)), catalog)
    return Figure(
        headline=Headline((HeadlinePart(_headline(answer)),)),
        chart=_chart(answer, scenario, catalog, page_size(width, height)),
        table=own_table(answer.rows, catalog, shown),
        footnotes=notes,
        why=own_whys(answer.rows, catalog, shown),
        notices=_notices(answer, scenario),
    )


def _chart(answer: OwnResults, scenario: Scenario, catalog: Catalog, size: tuple[int, int]) -> ChartSpec:
    """Times of the scenario's workload by chip count; where there is none, throughputs."""
    own = [row for row in answer.rows if row.result.workload == answer.workload and row.result.chips]
    drawn = [row for row in own if row.result.measurement.quantity == TIME] or own
    if not drawn:
        name = catalog.workloads[answer.workload].name
        text = tr("None of your own results is of {workload}", workload=name)
        if not answer.rows:
            text = _nothing()
        return empty_chart(tr("{workload}: your own results", workload=name), text, chips_axis(_NO_CHIPS), (), size)
    return own_chart(drawn, scenario, catalog, size)


def _nothing() -> str:
    return tr("Nothing of your own is imported yet")


def _headline(answer: OwnResults) -> str:
    """ "12 results of your own, 9 of 11 inside the 80 % interval"."""
    if not answer.rows:
        return _nothing()
    held = [row for row in answer.rows if row.inside is not None]
    count = len(answer.rows)
    head = tr("1 result of your own") if count == 1 else tr("{count} results of your own", count=format_number(count))
    if not held:
        return head
    inside = tr(
        "{inside} of {count} inside the 80 % interval",
        inside=format_number(sum(row.inside is True for row in held)),
        count=format_number(len(held)),
    )
    return DOT.join((head, inside))


def _notices(answer: OwnResults, scenario: Scenario) -> tuple[str, ...]:
    notices = [*map(told, answer.notes)]
    if not answer.rows:
        notices.append(tr("My data imports a folder, a log or a table; so does ipuwhatif import FOLDER."))
    else:
        notices.append(
            tr("These are your own measurements, no official results; no parameter of the model is fitted to them.")
        )
    if scenario.profile or any(each.learnt for each in scenario.measurements.values()):
        notices.append(
            tr("They are held against what evidence alone tells: what projections follow of yours is left out here.")
        )
    notices += [
        tr("Not read: {place}: {reason}", place=told(each.place), reason=told(each.reason))
        for each in answer.refused[:_MOST_TOLD]
    ]
    more = len(answer.refused) - _MOST_TOLD
    if more > 0:
        notices.append(tr("Not read: {count} rows more", count=format_number(more)))
    return tuple(notices)
