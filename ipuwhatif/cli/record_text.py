"""What `attribute` and `claims` print: a change as a table of its parts, and one block a statement."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from ipuwhatif.analysis.article.claims import Reading, Verdict
from ipuwhatif.analysis.article.expressions import PUBLISHED, Source, distinct
from ipuwhatif.analysis.attribution.attribution import OFFICIAL, SCALE, Attribution
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.cli.text import WIDTH
from ipuwhatif.export.source_lines import origin_line
from ipuwhatif.export.terminal import columns_of, padded
from ipuwhatif.figures.article.article import claim_officials, counts_text, signed
from ipuwhatif.figures.article.article_words import (
    computed_text,
    reading_text,
    reason_text,
    source_origin,
    subject_text,
)
from ipuwhatif.figures.attribution.attribution import scatter_note
from ipuwhatif.figures.attribution.attribution_words import (
    change_text,
    end_time,
    end_title,
    factor_text,
    minus,
    part_name,
    signed_time,
    undecided,
)
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references
from ipuwhatif.texts import one_line, tr
from ipuwhatif.units import Said, format_duration, format_minutes, format_number, told

_GAP = "  "


def attribution_text(attribution: Attribution, catalog: Catalog, settings: Sequence[Said] = ()) -> str:
    """The change in a sentence, its parts as a table that ends with their sum, notes and footnotes.

    settings: levers of the second end that are moved, in words.
    """
    before, after = attribution.before, attribution.after
    workload = catalog.workloads[attribution.workload]
    officials = [end.official for end in (before, after) if end.official is not None]
    scatter = scatter_note(attribution)
    notes = [
        tr("Note: {note}", note=note) for note in (*((scatter,) if scatter else ()), *map(told, attribution.notes))
    ]
    blocks = (
        _wrapped(
            tr(
                "{workload}: {before} → {after}",
                workload=workload.name,
                before=end_title(before),
                after=end_title(after),
            )
        ),
        _wrapped(tr("Set at the second end: {settings}", settings=tr("; ").join(map(told, settings))))
        if settings
        else "",
        _wrapped(_sentence(attribution, references(officials, footnote_numbers(officials)))),
        _table(_part_rows(attribution, workload.sample_word)),
        "\n".join(map(_wrapped, notes)),
        *(_wrapped(note.text) for note in footnotes(officials, catalog)),
    )
    return "\n\n".join(block for block in blocks if block)


def claims_text(verdicts: Sequence[Verdict], catalog: Catalog) -> str:
    """One block a statement: stated, computed, verdict, condition, and what it rests on; then footnotes and sources."""
    officials = claim_officials(verdicts)
    numbers = footnote_numbers(officials)
    said = {verdict.claim.origin.note: origin_line(verdict.claim.origin) for verdict in verdicts}
    published = distinct(source for verdict in verdicts for source in verdict.sources if source.kind == PUBLISHED)
    lines = dict.fromkeys((*said.values(), *(origin_line(source_origin(source)) for source in published)))
    blocks = (
        "\n".join((_wrapped(counts_text(verdicts)), *(_wrapped(tr("Statements: {who}", who=who)) for who in said))),
        *("\n".join(_claim_lines(verdict, numbers)) for verdict in verdicts),
        _wrapped(tr("Throughput, samples and measured times are derived from the logs: they are no official metrics.")),
        *(_wrapped(note.text) for note in footnotes(officials, catalog)),
        "\n".join((tr("Sources"), *(_wrapped(f"- {line}") for line in lines))) if lines else "",
    )
    return "\n\n".join(block for block in blocks if block)


def _sentence(attribution: Attribution, marks: str) -> str:
    before, after = attribution.before, attribution.after
    times = {
        "before": end_time(before),
        "after": end_time(after),
        "seconds": format_duration(abs(attribution.change_s)),
        "less": tr("less") if attribution.change_s < 0 else tr("more"),
    }
    if before.kind == OFFICIAL:
        return tr("Official score: {before} → {after}, {seconds} {less} {marks}", marks=marks, **times)
    return tr("Projected: {before} → {after}, {seconds} {less}", **times)


def _part_rows(attribution: Attribution, sample_word: str) -> list[tuple[str, ...]]:
    before, after = attribution.before, attribution.after
    head = (tr("part"), tr("before"), tr("after"), tr("change"), tr("of the time"), tr("share"))
    rows = [
        (
            part_name(part.key, before.kind),
            factor_text(part.key, part.before, sample_word),
            factor_text(part.key, part.after, sample_word),
            change_text(part.before, part.after),
            signed_time(part.seconds),
            "–" if part.share is None else tr("{percent} %", percent=minus(format_number(100.0 * part.share, 3))),
        )
        for part in attribution.parts
    ]
    whole = tr("official score") if before.kind == OFFICIAL else tr("time to train")
    seconds = signed_time(attribution.change_s)
    change = "–" if before.kind != OFFICIAL and undecided(attribution) else change_text(before.time_s, after.time_s)
    total = (whole, end_time(before), end_time(after), change, seconds, tr("100 %"))
    if SCALE not in [part.key for part in attribution.parts]:
        return [head, *rows, total]
    assert before.measured_s is not None and after.measured_s is not None
    measured = (
        tr("measured time"),
        format_minutes(before.measured_s),
        format_minutes(after.measured_s),
        change_text(before.measured_s, after.measured_s),
        signed_time(after.measured_s - before.measured_s),
        "",
    )
    return [head, *rows, total, measured]


def _claim_lines(verdict: Verdict, numbers: Mapping[str, int]) -> Iterator[str]:
    claim = verdict.claim
    yield _wrapped(f"{claim.key}: {subject_text(claim)}")
    rows = (
        (tr("stated"), told(claim.stated)),
        (tr("computed"), computed_text(verdict) or tr("nothing")),
        (tr("verdict"), tr("{verdict} ({reason})", verdict=told(verdict.verdict), reason=reason_text(verdict))),
        (tr("condition"), told(claim.condition)),
        (tr("cases"), _listed(verdict.cases) if len(verdict.cases) > 1 else ""),
        (tr("beside it"), _listed(verdict.beside)),
        (tr("note"), tr("; ").join(map(told, verdict.notes))),
        (tr("from"), tr("; ").join(_source(source, numbers) for source in verdict.sources)),
    )
    width = max(columns_of(name) for name, _ in rows)
    for name, value in rows:
        if value:
            yield _wrapped(f"{_GAP}{padded(name, width)}{_GAP}{signed(value)}", width + 2 * len(_GAP))


def _listed(readings: Sequence[Reading]) -> str:
    return tr("; ").join(tr("{name} {value}", name=reading.name, value=reading_text(reading)) for reading in readings)


def _source(source: Source, numbers: Mapping[str, int]) -> str:
    if source.official is not None:
        return f"{source.key} {references([source.official], numbers)}"
    return tr("{key} ({producer})", key=source.key, producer=source_origin(source).producer)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Columns with a rule under their titles; all but the first are set flush right."""
    columns = []
    for index, (title, *texts) in enumerate(zip(*rows, strict=True)):
        width = max(map(columns_of, (title, *texts)))
        cells = (title, "─" * width, *texts)
        columns.append([padded(cell, width, index > 0) for cell in cells])
    return "\n".join(_GAP.join(line).rstrip() for line in zip(*columns, strict=True))


def _wrapped(line: str, indent: int = 4) -> str:
    return textwrap.fill(
        one_line(line), WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
