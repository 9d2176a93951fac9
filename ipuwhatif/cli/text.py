"""Answers as plain text that are no figure: lists of what can be asked, and one projection with all behind it."""

import textwrap
from collections.abc import Iterator, Sequence

from ipuwhatif.catalog.software import software_choices, software_name
from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES
from ipuwhatif.catalog.types import STATED, Catalog, Workload
from ipuwhatif.charts.spec import Figure, Why, WhyRow
from ipuwhatif.export.source_lines import origin_line, origins
from ipuwhatif.export.terminal import columns_of, padded
from ipuwhatif.figures.compare.goal import GoalCard
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.scenarios.amounts import amount_text
from ipuwhatif.figures.scenarios.lever_words import range_text, value_text
from ipuwhatif.figures.statement import StatementCard
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.texts import one_line, tr
from ipuwhatif.units import Said, format_number, told

WIDTH = 110  # of running text, in characters
_GAP = "  "
_NARROWEST = 40  # of a column of running text; below it the text goes on lines of its own


def projection_text(figure: Figure, key: str, settings: Sequence[Said]) -> str:
    """Everything behind the one projection of a figure: its value, formula, parts, inputs, evidence and sources.

    settings: every moved lever and pinned part of the layout, in words.
    """
    why = next(why for why in figure.why if why.key == key)
    # figures of one scenario differ in their notes only: the scenario is named once
    sources = dict.fromkeys(f"- {origin_line(origin)}" for origin in origins(figure))
    blocks = (
        _wrapped(figure.headline.text),
        _wrapped(figure.chart.title),
        *([_wrapped(tr("Set: {settings}", settings=tr("; ").join(map(told, settings))))] if settings else []),
        *_why_blocks(why),
        *(_wrapped(note.text) for note in figure.footnotes),
        "\n".join((tr("Sources"), *(_wrapped(source) for source in sources))),
    )
    return "\n\n".join(blocks)


def workloads_text(catalog: Catalog) -> str:
    titles = (tr("workload"), tr("name"), tr("sector"), tr("kind"), tr("recipes"), tr("target or amount of work"))
    rows = [
        (each.key, told(each.name), each.sector, each.kind, ", ".join(each.recipes), _aim(each))
        for each in catalog.workloads.values()
    ]
    how = tr(
        "target: trains to a quality target. stated: an amount of work that you can set with --epochs, --tokens or "
        "--samples. relative: your own time over a ratio that somebody stated, with project --baseline-time."
    )
    return _table(titles, rows) + "\n\n" + _wrapped(how, 0)


def _aim(workload: Workload) -> str:
    """What a job runs to: its target quality, its default amount of work, or the ratios that were stated of it."""
    if workload.kind == STATED:
        return amount_text(workload, None)
    return told(workload.target) or ", ".join(
        tr("{ratio} × over {baseline}", ratio=format_number(each.ratio), baseline=each.baseline)
        for each in workload.statements
    )


def software_text(catalog: Catalog) -> str:
    titles = (tr("software"), tr("name"), tr("date"), tr("workloads"))
    keys = (
        *SOFTWARE_CLASSES,
        *(key for key, each in catalog.software.items() if each.framework not in SOFTWARE_CLASSES),
    )
    rows = [
        (
            key,
            told(software_name(catalog, key)),
            catalog.software[key].date if key in catalog.software else tr("by the release"),
            ", ".join(job.key for job in catalog.workloads.values() if key in software_choices(job, catalog)),
        )
        for key in keys
    ]
    how = tr("GPUs run what entries ran, and a vendor's software where there are none, unless --stack names another.")
    return _table(titles, rows) + "\n\n" + how


def statement_text(card: StatementCard) -> str:
    """A stated ratio applied to the user's own time."""
    blocks = (
        _wrapped(card.title),
        "\n".join(_wrapped(f"{_GAP}{row.name}: {row.value}") for row in card.rows),
        _wrapped(card.attribution),
        *(_wrapped(tr("Note: {note}", note=sentence(note))) for note in card.notes),
        "\n".join((tr("Sources"), _wrapped(f"- {origin_line(card.origin)}"))),
    )
    return "\n\n".join(blocks)


def goal_text(card: GoalCard) -> str:
    """A goal seek: the question, the answer in a sentence, what lies behind it, and its sources."""
    blocks = (
        _wrapped(card.title),
        _wrapped(card.answer),
        "\n".join(_rows(card.rows)),
        *(_wrapped(tr("Note: {note}", note=note)) for note in card.notes),
        *(_wrapped(note.text) for note in card.footnotes),
    )
    return "\n\n".join(blocks)


def systems_text(catalog: Catalog) -> str:
    titles = (tr("system"), tr("name"), tr("chip"), tr("chips"), tr("presets"))
    rows = [
        (
            each.key,
            each.name,
            catalog.chips[each.chip].name,
            tr("{low} to {high}", low=format_number(each.minimum_chips), high=format_number(each.maximum_chips)),
            ", ".join(name for name, choice in catalog.presets.items() if choice.system == each.key),
        )
        for each in catalog.systems.values()
        if each.listed
    ]
    return _table(titles, rows) + "\n\n" + tr("Any chip count between them: ipu-pod:48, dgx-a100:512.")


def releases_text(catalog: Catalog) -> str:
    rows = [
        (
            each.key,
            f"MLPerf® Training {each.mlperf_round}"
            if each.mlperf_round
            else tr("to come: {note}", note=told(each.origin.note)),
        )
        for each in catalog.releases.values()
    ]
    return _table((tr("release"), tr("round")), rows)


def levers_text(levers: Levers) -> str:
    titles = (tr("lever"), tr("families"), tr("range"), tr("default"), tr("effect"))
    rows = [
        (
            each.key,
            ", ".join(each.families),
            range_text(each),
            tr("by the layout") if each.default is None else value_text(each, each.default),
            tr(each.effect),
        )
        for each in levers.values()
    ]
    how = tr("Write whose lever it is: ipu.compute_gain=1.3 for a family, ipu-pod:64.global_batch=3200 for one system.")
    return _table(titles, rows) + "\n\n" + how


def _why_blocks(why: Why) -> Iterator[str]:
    yield f"{_wrapped(f'{why.title}: {why.value}')}\n{_wrapped(why.summary)}"
    for section in why.sections:
        yield "\n".join((section.title, *_rows(section.rows)))


def _rows(rows: Sequence[WhyRow]) -> Iterator[str]:
    """Names and values in columns, details in a third one, or under their rows where no room is left beside them."""
    if not any(row.value or row.detail for row in rows):
        yield from (_wrapped(f"{_GAP}{row.name}") for row in rows)
        return
    names = max(columns_of(row.name) for row in rows)
    values = max(columns_of(row.value) for row in rows)
    beside = len(_GAP) * 3 + names + values
    for row in rows:
        start = _GAP + padded(row.name, names) + _GAP + padded(row.value, values)
        if not row.detail:
            yield _wrapped(start.rstrip())
        elif WIDTH - beside >= _NARROWEST:
            yield _wrapped(f"{start}{_GAP}{row.detail}", beside)
        else:
            yield _wrapped(start.rstrip())
            yield _wrapped(f"{_GAP * 3}{row.detail}", len(_GAP) * 3)


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    columns = []
    for title, *texts in zip(titles, *rows, strict=True):
        width = max(map(columns_of, (title, *texts)))
        columns.append([padded(text, width) for text in (title, "─" * width, *texts)])
    return "\n".join(_GAP.join(line).rstrip() for line in zip(*columns, strict=True))


def _wrapped(line: str, indent: int | None = None) -> str:
    """One line broken at WIDTH, its later parts indented, by default by 4 more than the first."""
    spaces = " " * (len(line) - len(line.lstrip()) + 4 if indent is None else indent)
    return textwrap.fill(
        one_line(line), WIDTH, subsequent_indent=spaces, break_long_words=False, break_on_hyphens=False
    )
