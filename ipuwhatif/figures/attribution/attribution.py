"""The attribution figure: why one time to train differs from another, as a waterfall with its table and reasons."""

from collections.abc import Iterator, Sequence

from ipuwhatif.analysis.attribution.attribution import OFFICIAL, SCALE, Attribution, End, Part
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import Cell, Column, Figure, Headline, HeadlinePart, TableSpec, Why, WhyRow, WhySection
from ipuwhatif.charts.ticks import MINUTES, TimeUnit, time_unit
from ipuwhatif.figures.attribution.attribution_chart import attribution_chart, end_key, officials, part_key, part_tint
from ipuwhatif.figures.attribution.attribution_words import (
    NO_CHANGE,
    change_number,
    change_text,
    end_names,
    end_state,
    end_system,
    end_time,
    end_title,
    factor_text,
    minus,
    one_system,
    part_name,
    signed_time,
    undecided,
)
from ipuwhatif.figures.cells import amount_cell, score_cell
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references
from ipuwhatif.figures.headline import DOT
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import basis_text, listed, ratio_phrase, ratio_text, sentence
from ipuwhatif.figures.why.why import official_why, projection_why
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import Said, format_number

#: Share of the change from which on a part is said to carry most of it.
_MOST = 0.5


def attribution_figure(
    answer: Attribution, catalog: Catalog, width: int = 960, height: int = 540, settings: Sequence[Said] = ()
) -> Figure:
    """The waterfall for `width` × `height` logical pixels, with a table row a part and a why for each.

    settings: levers that are moved at the second end, in words.
    """
    sample_word = catalog.workloads[answer.workload].sample_word
    return Figure(
        headline=_headline(answer, catalog, settings),
        chart=attribution_chart(answer, catalog, settings, page_size(width, height)),
        table=_table(answer, catalog, sample_word),
        footnotes=footnotes(officials(answer), catalog),
        why=(
            *(_end_why(answer, end, catalog) for end in (answer.before, answer.after)),
            *(_part_why(answer, part, sample_word) for part in answer.parts),
        ),
        notices=tuple(_notices(answer, settings)),
    )


def scatter_note(answer: Attribution) -> str:
    """That two official scores cannot be told apart; empty where they can, and for projections."""
    if answer.before.kind != OFFICIAL or not undecided(answer):
        return ""
    return tr("the two scores lie within the scatter of their runs or benchmark")


def _headline(answer: Attribution, catalog: Catalog, settings: Sequence[Said]) -> Headline:
    """The change as a ratio where one may be stated, else both times; then the part that carries most of it."""
    first, second = answer.before, answer.after
    parts = [HeadlinePart(tr("{workload}: ", workload=catalog.workloads[answer.workload].name))]
    if _comparable(answer):
        parts.append(HeadlinePart(_change(answer, catalog), end_key(answer, second)))
        parts.append(HeadlinePart(_carried(answer)))
    elif _what_if(answer):  # both ends share the errors of one model, so that the change is surer than either
        name = tr("{name} {time}", name=end_system(first, catalog), time=end_time(first))
        parts += [HeadlinePart(name, end_key(answer, first)), HeadlinePart(tr(" → "))]
        parts += [HeadlinePart(end_time(second), end_key(answer, second)), HeadlinePart(_carried(answer))]
    else:
        for end, name in zip((first, second), end_names(answer, catalog), strict=True):
            text = tr("{name} {time}", name=name, time=end_time(end))
            parts += [HeadlinePart(text, end_key(answer, end)), HeadlinePart(DOT)]
        parts.pop()
        if undecided(answer):
            apart = tr(": not to be told apart, the scores lie within their scatter")
            between = tr(": not to be told apart, the intervals overlap")
            parts.append(HeadlinePart(apart if first.kind == OFFICIAL else between))
    return Headline((*parts, HeadlinePart(DOT), HeadlinePart(_basis(answer, settings))))


def _what_if(answer: Attribution) -> bool:
    """Whether both ends are projections of one system with one state of the software: what a lever does to it."""
    return (
        answer.before.projection is not None
        and one_system(answer)
        and end_state(answer.before) == end_state(answer.after)
    )


def _comparable(answer: Attribution) -> bool:
    """Whether a ratio may be stated: intervals or scatters apart, and official results of one division."""
    return not undecided(answer) and len({each.division for each in officials(answer)}) < 2


def _change(answer: Attribution, catalog: Catalog) -> str:
    """ "IPU-POD64 (64 IPUs) from v1.0 to v1.1: 41.3 % less time"."""
    first, second = answer.before, answer.after
    ratio = second.time_s / first.time_s
    rough = any(end.projection is not None and end.projection.beyond for end in (first, second))
    states = [end_state(end) for end in (first, second)]
    if one_system(answer) and states[0] == states[1]:
        return tr("{name}: {ratio}", name=end_system(second, catalog), ratio=ratio_text(ratio, rough))
    if one_system(answer):
        words = {"name": end_system(second, catalog), "first": states[0], "ratio": ratio_text(ratio, rough)}
        return tr("{name} from {first} to {second}: {ratio}", second=states[1].rpartition(" ")[2], **words)
    names = end_names(answer, catalog)
    return tr("{subject} {takes} {reference}", subject=names[1], takes=ratio_phrase(ratio, rough), reference=names[0])


def _carried(answer: Attribution) -> str:
    largest = max(answer.parts, key=lambda part: part.share or 0.0, default=None)
    if largest is None or largest.share is None:
        return ""
    name = part_name(largest.key, answer.before.kind)
    if largest.share > _MOST:
        return tr("; {part} carries most of it", part=name)
    return tr("; its largest part is {part}", part=name)


def _basis(answer: Attribution, settings: Sequence[Said]) -> str:
    found = officials(answer)
    if found:
        return tr(
            "official {suite} {rounds} results {marks}",
            suite=legal().suite,
            rounds=listed([each.mlperf_round for each in found]),
            marks=references(found, footnote_numbers(found)),
        )
    bases = [
        basis_text(end.projection.basis, end.projection.beyond)
        for end in (answer.before, answer.after)
        if end.projection is not None
    ]
    projected = tr("projected: {basis}", basis=" / ".join(dict.fromkeys(bases)))
    return tr("{projected}, with {settings}", projected=projected, settings=listed(settings)) if settings else projected


def _table(answer: Attribution, catalog: Catalog, sample_word: str) -> TableSpec:
    """One row a part with its factor at both ends, then the time, to which the parts add up."""
    first, second = answer.before, answer.after
    unit = time_unit([first.time_s, second.time_s])
    columns = (
        Column(tr("Part")),
        Column(tr("Before"), "decimal"),
        Column(tr("After"), "decimal"),
        Column(tr("Unit")),
        Column(tr("Change of the factor (%)"), "decimal"),
        Column(tr("Change of the time ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("Share of the change (%)"), "decimal"),
    )
    rows = [_part_row(answer, part, unit, sample_word) for part in answer.parts]
    open_ends = first.kind != OFFICIAL and undecided(answer)
    name = tr("official score") if first.kind == OFFICIAL else tr("projected, whole")
    tints = [part_tint(part.seconds, answer, catalog) for part in answer.parts]
    rows.append(_whole_row(name, answer, (first.time_s, second.time_s), unit, open_ends))
    if SCALE in [part.key for part in answer.parts] and first.measured_s is not None and second.measured_s is not None:
        measured = (first.measured_s, second.measured_s)
        rows.append((*_whole_row(tr("measured time, not official"), answer, measured, unit, False)[:-1], Cell("")))
    return TableSpec(columns, tuple(rows), (*tints, *(NEUTRAL for _ in rows[len(tints) :])))


def _part_row(answer: Attribution, part: Part, unit: TimeUnit, sample_word: str) -> tuple[Cell, ...]:
    key = part_key(part.key)
    word = {"samples/s": f"{tr(sample_word)}/s", "samples": tr(sample_word), "1": ""}.get(part.unit, part.unit)
    return (
        Cell(part_name(part.key, answer.before.kind), key=key),
        _factor_cell(part.before, part.unit, key),
        _factor_cell(part.after, part.unit, key),
        Cell(word, key=key),
        _percent_cell(part.before, part.after, key),
        _signed_cell(part.seconds / unit.seconds, key),
        Cell(NO_CHANGE, key=key)
        if part.share is None
        else Cell(minus(format_number(100.0 * part.share, 3)), 100.0 * part.share, key),
    )


def _whole_row(
    name: str, answer: Attribution, times: tuple[float, float], unit: TimeUnit, open_: bool
) -> tuple[Cell, ...]:
    """A time at both ends. No relative change where the ends cannot be told apart."""
    keys = [end_key(answer, end) for end in (answer.before, answer.after)]
    before, after = (seconds / unit.seconds for seconds in times)
    official = answer.before.kind == OFFICIAL and unit == MINUTES
    cells = [
        score_cell(seconds, key) if official else amount_cell(seconds / unit.seconds, key)
        for seconds, key in zip(times, keys, strict=True)
    ]
    return (
        Cell(name),
        *cells,
        Cell(unit.symbol),
        Cell(NO_CHANGE) if open_ else _percent_cell(*times, ""),
        _signed_cell(after - before, ""),
        Cell("100", 100.0),
    )


def _factor_cell(value: float, unit: str, key: str) -> Cell:
    shown = round(value) if unit == "samples" else value
    return Cell(format_number(shown, 5 if unit == "samples/s" else 3 if unit == "s" else None), float(shown), key)


def _percent_cell(before: float, after: float, key: str) -> Cell:
    text = change_number(before, after)
    return Cell(text, key=key) if before == 0 else Cell(text, 100.0 * (after / before - 1.0), key)


def _signed_cell(value: float, key: str) -> Cell:
    return Cell(minus(f"{value:+.2f}"), value, key)


def _notices(answer: Attribution, settings: Sequence[Said]) -> Iterator[str]:
    if settings:
        yield tr("Set at the second end: {settings}.", settings=listed(settings))
    if note := scatter_note(answer):
        yield sentence(note)
    yield from (sentence(note) for note in answer.notes)
    yield tr("What a part takes hangs on the order in which factors change; each is the mean over all orders.")


def _end_why(answer: Attribution, end: End, catalog: Catalog) -> Why:
    if end.official is not None:
        return official_why(end.official, end_system(end, catalog), catalog)
    assert end.projection is not None
    return replace(projection_why(end.projection), key=end_key(answer, end))


def _part_why(answer: Attribution, part: Part, sample_word: str) -> Why:
    """A factor at both ends, what its change does to the time, and where the figures are from."""
    texts = [factor_text(part.key, value, sample_word) for value in (part.before, part.after)]
    change = change_text(part.before, part.after)
    share = NO_CHANGE if part.share is None else tr("{share} %", share=minus(format_number(100.0 * part.share, 3)))
    ends = tuple(
        WhyRow(end_title(end), end_time(end), _source(end), None if end.official is None else end.official.origin)
        for end in (answer.before, answer.after)
    )
    return Why(
        key=part_key(part.key),
        title=part_name(part.key, answer.before.kind),
        value=signed_time(part.seconds),
        summary=tr("The mean of what this change does to the time, over every order in which the factors may change."),
        sections=(
            WhySection(
                tr("Factor"),
                (
                    WhyRow(tr("Before"), texts[0]),
                    WhyRow(tr("After"), texts[1]),
                    WhyRow(tr("Change"), change),
                    WhyRow(tr("Share of the change of the time"), share),
                ),
            ),
            WhySection(tr("Between"), ends),
        ),
    )


def _source(end: End) -> str:
    if end.official is not None:
        return tr("the factor is derived from its log: no official metric")
    return tr("projected, no official result")
