"""Charts of official results of any benchmark: of one by chip count, of several a row for each. No projection."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ipuwhatif.catalog.evidence.suite_results import Benchmark, SuiteResult
from ipuwhatif.charts.beside import labels_beside
from ipuwhatif.charts.geometry import TITLE_LEFT
from ipuwhatif.charts.labels import EDGE, LEGEND_GAP, LEGEND_SAMPLE, fit, text_width, wrap, wrap_clauses
from ipuwhatif.charts.page import names_room, page_of, row_axis
from ipuwhatif.charts.palette import LEGEND_SIZE, SUBTITLE_SIZE, TICK_SIZE, TITLE_SIZE, system_tint
from ipuwhatif.charts.side_by_side import side_by_side
from ipuwhatif.charts.spec import OFFICIAL, PAIR, Axis, ChartSpec, Footnote, LegendEntry, Mark, Tint
from ipuwhatif.figures.evidence.evidence_charts import Page, chips_axis, family_entries, page_chart, page_frame
from ipuwhatif.figures.evidence.suite_results_rows import result_tint
from ipuwhatif.figures.evidence.suite_results_words import (
    benchmark_name,
    benchmark_title,
    result_key,
    score_text,
)
from ipuwhatif.figures.footnotes import suite_version
from ipuwhatif.figures.job_titles import division
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import listed
from ipuwhatif.figures.times import time_axis
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_SMALL, _SMALLEST = 0.75, 0.5  # diameter of a mark among others of its benchmark, and of all benchmarks
_MOST_CHIPS = 6  # that have a colour each
_NAMED = 3  # submitters in a legend; of more their number is told
_LABELLED = 12  # results at most that have their names on the chart
_TOP, _ROW, _RIGHT, _LONGEST_NAME = 88, 15, 28, 260.0
_SPREAD = 0.7  # part of a row that its rounds take, the oldest on top


def one_benchmark_chart(
    results: Sequence[SuiteResult], benchmark: Benchmark, notes: tuple[Footnote, ...], size: tuple[int, int]
) -> ChartSpec:
    """Official time by chip count, both logarithmic; marks of one chip count stand side by side, few have names."""
    y_axis, _ = time_axis(_seconds(results), "log", tr("time to train"))
    titles = [
        tr("{benchmark}: official results by chip count", benchmark=name)
        for name in (benchmark_title(benchmark), benchmark_name(benchmark))
    ]
    room = size[0] - TITLE_LEFT - EDGE
    page = Page(
        title=next((each for each in titles if text_width(each, TITLE_SIZE, bold=True) <= room), titles[-1]),
        clauses=(
            tr("As published, each run once;"),
            tr("versions, divisions and categories differ"),
        ),
        y_axis=y_axis,
        legend=(*_legend(results, size[0])[:1], *_kinds(results)),
        footnotes=notes,
        size=size,
    )
    tints = _tints(results)
    frame = page_frame(page, [each.chips for each in results])
    across = side_by_side([(result_key(each), each.chips, _score(each)) for each in results], frame)
    few = len(results) <= _LABELLED
    marks = [
        Mark(
            across[result_key(each)],
            _score(each),
            tints.get(each.chip, result_tint(each)),
            OFFICIAL,
            result_key(each),
            1.0 if few else _SMALL,
        )
        for each in results
    ]
    named = [(_label_text(each), mark.tint, mark) for each, mark in zip(results, marks, strict=True) if few]
    return page_chart(page, frame, marks, labels=labels_beside(named, marks, frame))


def _tints(results: Sequence[SuiteResult]) -> dict[str, Tint]:
    """A tint for each chip, where few of one family are shown; empty where their families tell them apart."""
    chips = {each.chip: each.family for each in results}
    if not 1 < len(chips) <= _MOST_CHIPS or len(set(chips.values())) > 1:
        return {}
    return {chip: replace(system_tint(family, 64), variety=place) for place, (chip, family) in enumerate(chips.items())}


def _kinds(results: Sequence[SuiteResult]) -> tuple[LegendEntry, ...]:
    """The chips or the families, each with how many results it has."""
    tints = _tints(results)
    counts = Counter(each.chip for each in results)
    if not tints:
        return family_entries([each.family for each in results])
    return tuple(
        LegendEntry(PAIR, tr("{family}: {count}", family=chip, count=format_number(counts[chip])), tint)
        for chip, tint in tints.items()
    )


def benchmarks_chart(
    results: Sequence[SuiteResult],
    benchmarks: Mapping[str, Benchmark],
    notes: tuple[Footnote, ...],
    size: tuple[int, int],
) -> ChartSpec:
    """A row a benchmark, its official times along it; within a row the oldest round is on top."""
    width = size[0]
    shown = [each for each in benchmarks.values() if any(result.benchmark == each.key for result in results)]
    names = [fit(benchmark_name(each), TICK_SIZE, _LONGEST_NAME) for each in shown]
    legend = _legend(results, width)
    x_axis, _ = time_axis(_seconds(results), "log", tr("time to train"))
    page = page_of(size, "", legend, names_room(names), _RIGHT, _TOP).holding(_ROW * len(names))
    room = width - 2 * EDGE
    clauses = (
        tr("As published, each run once. A row is a benchmark of its own, times of different rows do not compare;"),
        tr("in a row the rounds run from the oldest on top to the latest"),
    )
    places = {
        (each.key, mlperf_round): row + _SPREAD * share
        for row, each in enumerate(shown)
        for mlperf_round, share in _shares([result for result in results if result.benchmark == each.key])
    }
    return ChartSpec(
        kind="evidence",
        title=fit(tr("Official results of {suite}", suite=legal().suite), TITLE_SIZE, room, bold=True),
        subtitle="\n".join(wrap_clauses(clauses, SUBTITLE_SIZE, room)),
        x_axis=x_axis,
        y_axis=row_axis(names),
        marks=tuple(
            Mark(
                _score(each),
                places[each.benchmark, each.mlperf_round],
                result_tint(each),
                OFFICIAL,
                result_key(each),
                _SMALLEST,
            )
            for each in results
        ),
        legend=legend,
        footnotes=notes,
        **page.margins,
    )


def _label_text(result: SuiteResult) -> str:
    """ "NVIDIA, H100 50.728 min"."""
    name = tr("{submitter}, {system}", submitter=result.submitter, system=result.chip)
    return tr("{system} {minutes} min", system=name, minutes=score_text(_score(result)))


def no_chips_axis() -> Axis:
    """The axis of a chart without a mark."""
    return chips_axis((1, 1024))


def _shares(results: Sequence[SuiteResult]) -> list[tuple[str, float]]:
    """The rounds of a benchmark, and where each stands in its row, from -0.5 to 0.5."""
    rounds = sorted({each.mlperf_round for each in results})
    return [(each, (place + 0.5) / len(rounds) - 0.5) for place, each in enumerate(rounds)]


def _score(result: SuiteResult) -> float:
    assert result.score_s is not None  # what has none is not drawn
    return result.score_s


def _seconds(results: Sequence[SuiteResult]) -> list[float]:
    return [_score(each) for each in results]


def _legend(results: Sequence[SuiteResult], width: float) -> tuple[LegendEntry, ...]:
    """What the marks are: suite, versions, divisions and submitters, then the families of chips."""
    submitters = sorted({each.submitter for each in results}, key=str.casefold)
    who = (
        listed(submitters)
        if len(submitters) <= _NAMED
        else tr("{count} submitters, whom the table names", count=format_number(len(submitters)))
    )
    rounds = sorted({each.mlperf_round for each in results})
    text = tr(
        "official result in minutes: {suite}, {division}, submitted by {submitters} {marks}",
        suite=suite_version(results[0]) + "".join(f", {each}" for each in rounds if each != results[0].mlperf_round),
        division=" / ".join(dict.fromkeys(division(each.division) for each in results)),
        submitters=who,
        marks="",
    ).rstrip()
    room = width - 2 * EDGE - LEGEND_SAMPLE - LEGEND_GAP
    entry = LegendEntry(OFFICIAL, "\n".join(wrap(text, LEGEND_SIZE, room)), short=tr("official result"))
    return (entry, *family_entries([each.family for each in results]))
