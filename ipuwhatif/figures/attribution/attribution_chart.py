"""The waterfall of a change: the time before, each part floating from the running total, and the time after."""

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ipuwhatif.analysis.attribution.attribution import OFFICIAL as OF_RESULTS
from ipuwhatif.analysis.attribution.attribution import Attribution, End
from ipuwhatif.catalog.names import short_name
from ipuwhatif.catalog.types import Catalog, OfficialResult, Workload
from ipuwhatif.charts.geometry import TITLE_LEFT, Frame, spaced, widest_plot
from ipuwhatif.charts.labels import EDGE, LEGEND_GAP, LEGEND_SAMPLE, fit, text_width, wrap, wrap_clauses
from ipuwhatif.charts.page import names_room, page_of, row_axis
from ipuwhatif.charts.palette import (
    LABEL_SIZE,
    LEGEND_SIZE,
    NEUTRAL,
    SUBTITLE_SIZE,
    TICK_SIZE,
    TITLE_SIZE,
    system_tint,
)
from ipuwhatif.charts.spec import (
    BAR,
    GHOST,
    OFFICIAL,
    PROJECTED,
    Axis,
    Bar,
    ChartSpec,
    Interval,
    Label,
    LegendEntry,
    Line,
    Mark,
    Tick,
    Tint,
)
from ipuwhatif.figures.attribution.attribution_words import (
    end_choice,
    end_names,
    end_state,
    end_system,
    end_time,
    one_system,
    part_name,
    signed_time,
)
from ipuwhatif.figures.compare.rows import ROW_HEIGHT
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references, submitters
from ipuwhatif.figures.job_titles import division, time_words
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import official_key
from ipuwhatif.figures.times import time_axis
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import Said, format_number, told

_GAP, _LONGEST_NAME, _TOP = 12.0, 260.0, 64


def end_key(answer: Attribution, end: End) -> str:
    """What a click on an end asks the why of; two projections of one system have two keys."""
    if end.official is not None:
        return official_key(end.official)
    return "attribution/before" if end is answer.before else "attribution/after"


def part_key(key: str) -> str:
    """What a click on a part asks the why of."""
    return f"attribution/{key}"


def attribution_chart(
    answer: Attribution, catalog: Catalog, settings: Sequence[Said], size: tuple[int, int]
) -> ChartSpec:
    """The waterfall for `size`, width and height in logical pixels; many parts make it taller.

    settings: levers that are moved at the second end, in words.
    """
    width = size[0]
    ends, totals = (answer.before, answer.after), _totals(answer)
    names = [fit(name, TICK_SIZE, min(_LONGEST_NAME, 0.3 * width)) for name in _row_names(answer, catalog, settings)]
    texts = [end_time(ends[0]), *(signed_time(part.seconds) for part in answer.parts), end_time(ends[1])]
    left = names_room(names)
    entries = _legend(answer, catalog, width)
    subtitle = "\n".join(wrap_clauses(_clauses(answer, settings), SUBTITLE_SIZE, width - TITLE_LEFT - EDGE))
    x_axis, labels = _axis(answer, catalog.workloads[answer.workload], totals), tuple(_labels(answer, totals, texts))
    after = ((label.x, _GAP + text_width(label.text, LABEL_SIZE, bold=True)) for label in labels)
    right = width - left - widest_plot(x_axis, after, width - left - EDGE)
    page = page_of(size, subtitle, entries, left, right, _TOP).holding(ROW_HEIGHT * len(names))
    frame = page.frame(spaced(x_axis, page.plot_width), row_axis(names))
    return ChartSpec(
        kind="attribution",
        title=_title(answer, catalog, width - TITLE_LEFT - EDGE),
        subtitle=subtitle,
        x_axis=frame.x_axis,
        y_axis=frame.y_axis,
        intervals=tuple(_end_intervals(answer, catalog)),
        lines=tuple(_steps(answer, totals, frame)),
        marks=tuple(_end_marks(answer, catalog)),
        labels=labels,
        legend=entries,
        footnotes=footnotes(officials(answer), catalog),
        **page.margins,
        bars=tuple(_bars(answer, totals, catalog)),
    )


def officials(answer: Attribution) -> list[OfficialResult]:
    """The official results at the ends."""
    return [end.official for end in (answer.before, answer.after) if end.official is not None]


def part_tint(seconds: float, answer: Attribution, catalog: Catalog) -> Tint:
    """Faster in the hue of the system after the change, slower neutral; the sign and the place say it too."""
    return replace(_end_tint(answer.after, catalog), shade=1.0) if seconds < 0.0 else Tint("neutral", 0.6)


def _totals(answer: Attribution) -> list[float]:
    """The running total before the first part and after each."""
    return list(accumulate((part.seconds for part in answer.parts), initial=answer.before.time_s))


def _end_tint(end: End, catalog: Catalog) -> Tint:
    choice = end_choice(end)
    return (
        NEUTRAL if choice is None else system_tint(catalog.systems[choice.system].family, choice.chips, choice.system)
    )


def _row_names(answer: Attribution, catalog: Catalog, settings: Sequence[Said]) -> list[str]:
    """The ends by what sets them apart, and the parts between them."""
    first, second = answer.before, answer.after
    states = [end_state(end) for end in (first, second)]
    if one_system(answer) and states[0] == states[1]:
        moved = (
            tr("{count} levers moved", count=format_number(len(settings)))
            if len(settings) > 1
            else "".join(map(told, settings))
        )
        names = [tr("before"), tr("after: {state}", state=moved or tr("no lever moved"))]
    elif one_system(answer):
        names = [tr("before: {state}", state=states[0]), tr("after: {state}", state=states[1])]
    else:
        names = list(end_names(answer, catalog))
    return [names[0], *(part_name(part.key, first.kind) for part in answer.parts), names[1]]


def _title(answer: Attribution, catalog: Catalog, width: float) -> str:
    """In a width in pixels: one system with its chip count where there is room for it."""
    first, second = answer.before, answer.after
    job, names = catalog.workloads[answer.workload].name, [_bare_name(end, catalog) for end in (first, second)]
    if one_system(answer):
        systems = end_system(second, catalog), names[1]
        titles = [tr("{job}: what changed the time of {system}", job=job, system=system) for system in systems]
    else:
        titles = [tr("{job}: {first} against {second}", job=job, first=names[0], second=names[1])]
    wide = [title for title in titles if text_width(title, TITLE_SIZE, bold=True) <= width]
    return wide[0] if wide else fit(titles[-1], TITLE_SIZE, width, bold=True)


def _bare_name(end: End, catalog: Catalog) -> str:
    """A system without its chip count, which stands at its row."""
    choice = end_choice(end)
    return end_system(end, catalog) if choice is None else short_name(choice, catalog)


def _recipe(end: End) -> str:
    if end.official is not None:
        return end.official.division
    assert end.projection is not None
    return end.projection.case.recipe


def _clauses(answer: Attribution, settings: Sequence[Said]) -> tuple[str, ...]:
    moved = (tr("Set at the second end: {settings};", settings=tr("; ").join(map(told, settings))),) if settings else ()
    recipes = dict.fromkeys(_recipe(end) for end in (answer.before, answer.after))
    divisions = " / ".join(division(recipe) for recipe in recipes)
    found = officials(answer)
    if found:
        return (
            *moved,
            tr("Official {suite} results, {division},", suite=_suite(found), division=divisions),
            tr("and the parts of their difference;"),
            tr("parts are derived from the logs, they are no official metrics"),
        )
    return (
        *moved,
        tr("Projected medians, {division}, and the parts of their difference;", division=divisions),
        tr("projections are no official results"),
    )


def _suite(found: Sequence[OfficialResult]) -> str:
    """ "MLPerf® Training v1.0 / v1.1"."""
    return f"{legal().suite} {' / '.join(dict.fromkeys(each.mlperf_round for each in found))}"


def _axis(answer: Attribution, job: Workload, totals: Sequence[float]) -> Axis:
    """Times from 0 on; below 0 where a part takes away more than the time had before others add to it."""
    projections = [end.projection for end in (answer.before, answer.after) if end.projection is not None]
    highs = [each.time_to_train_s.high for each in projections]
    case = projections[0].case if projections else None
    timed = time_words(job, None if case is None else case.samples)
    axis, _ = time_axis([max(*totals, *highs, answer.after.time_s)] * 2, "linear", timed)
    if min(totals) >= 0.0:
        return axis
    step = axis.ticks[1].value - axis.ticks[0].value
    each = float(axis.ticks[1].text.replace(",", ""))
    count = math.ceil(-min(totals) / step)
    below = tuple(Tick(-k * step, f"−{format_number(k * each)}") for k in range(count, 0, -1))
    return replace(axis, low=-count * step, ticks=(*below, *axis.ticks))


def _bars(answer: Attribution, totals: Sequence[float], catalog: Catalog) -> Iterator[Bar]:
    rows = len(answer.parts) + 1
    for row, end in ((0, answer.before), (rows, answer.after)):
        if end.official is not None:
            yield Bar(float(row), 0.0, end.time_s, _end_tint(end, catalog), end_key(answer, end))
    for row, part in enumerate(answer.parts, start=1):
        tint = part_tint(part.seconds, answer, catalog)
        yield Bar(float(row), totals[row - 1], totals[row], tint, part_key(part.key))


def _end_intervals(answer: Attribution, catalog: Catalog) -> Iterator[Interval]:
    for row, end in ((0, answer.before), (len(answer.parts) + 1, answer.after)):
        if end.projection is not None:
            time, tint = end.projection.time_to_train_s, _end_tint(end, catalog)
            yield Interval(float(row), time.low, time.median, time.high, tint, PROJECTED, end_key(answer, end))


def _end_marks(answer: Attribution, catalog: Catalog) -> Iterator[Mark]:
    for row, end in ((0, answer.before), (len(answer.parts) + 1, answer.after)):
        if end.official is not None:
            yield Mark(end.time_s, float(row), _end_tint(end, catalog), OFFICIAL, end_key(answer, end))


def _steps(answer: Attribution, totals: Sequence[float], frame: Frame) -> Iterator[Line]:
    """The running total from the bar of one row down to that of the next."""
    rows = frame.y_axis.high - frame.y_axis.low
    half = frame.bar_height / 2.0 * rows / frame.height
    keys = [end_key(answer, answer.before), *(part_key(part.key) for part in answer.parts)]
    for row, (total, key) in enumerate(zip(totals, keys, strict=True)):
        yield Line((total, total), (row + half, row + 1.0 - half), NEUTRAL, GHOST, False, key)


def _labels(answer: Attribution, totals: Sequence[float], texts: Sequence[str]) -> Iterator[Label]:
    """Right of every bar: the time at the ends, signed seconds at the parts."""
    last = len(answer.parts) + 1
    for row, text in enumerate(texts):
        bold = row in (0, last)
        end = answer.before if row == 0 else answer.after
        if not bold:
            x = max(totals[row - 1], totals[row])
        else:
            x = end.time_s if end.projection is None else end.projection.time_to_train_s.high
        yield Label(x, float(row), text, NEUTRAL, "left", _GAP, 0.0, bold)


def _legend(answer: Attribution, catalog: Catalog, width: int) -> tuple[LegendEntry, ...]:
    entries = []
    if any(part.seconds < 0.0 for part in answer.parts):
        entries.append(LegendEntry(BAR, tr("− faster: takes time away"), part_tint(-1.0, answer, catalog)))
    if any(part.seconds > 0.0 for part in answer.parts):
        entries.append(LegendEntry(BAR, tr("+ slower: adds time"), part_tint(1.0, answer, catalog)))
    found = officials(answer)
    if answer.before.kind == OF_RESULTS:
        text = tr(
            "official result in minutes: {suites}, {division}, submitted by {submitters} {marks}",
            suites=_suite(found),
            division=" / ".join(dict.fromkeys(division(each.division) for each in found)),
            submitters=submitters(found),
            marks=references(found, footnote_numbers(found)),
        )
        entries.append(LegendEntry(OFFICIAL, text, short=tr("official result in minutes")))
    else:
        entries.append(LegendEntry(PROJECTED, tr("projected median with its 80 % interval")))
    room = width - 2 * EDGE - LEGEND_SAMPLE - LEGEND_GAP
    return tuple(replace(entry, text="\n".join(wrap(entry.text, LEGEND_SIZE, room))) for entry in entries)
