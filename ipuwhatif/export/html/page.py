"""Figures as one HTML file that needs nothing else: charts, tables, footnotes, sources, and the scenario inside.

It reads on a phone and on paper, follows the reader's light or dark, fetches nothing, and runs nothing but its own
little script; without that everything in it can be read as well.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from ipuwhatif import __version__
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.charts.spec import Cell, Figure, TableSpec
from ipuwhatif.export.embedded_document import html_script
from ipuwhatif.export.html.page_script import SCRIPT, SCRIPT_HASH
from ipuwhatif.export.html.page_shapes import Inks, said
from ipuwhatif.export.html.page_style import style_sheet
from ipuwhatif.export.html.page_svg import chart_svg
from ipuwhatif.export.notes import made_by
from ipuwhatif.export.source_lines import origin_line, origins
from ipuwhatif.export.told import told_table
from ipuwhatif.export.ways import Way
from ipuwhatif.figures.aligned import column_texts
from ipuwhatif.files import write_atomic
from ipuwhatif.texts import language, tr
from ipuwhatif.units import InputError

#: What the page may load: nothing. Its own styles, drawings and script stand in it.
_POLICY = (
    f"default-src 'none'; script-src '{SCRIPT_HASH}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_FOLLOWED = ("http://", "https://")


def write_page(
    path: Path,
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    data_version: str = "",
    ways: Sequence[Sequence[Way]] = (),
) -> tuple[Path, ...]:
    """Write the page, all or nothing, and return its path. InputError when it cannot be written."""
    write_atomic(path, page_bytes(figures, content, theme, data_version, ways))
    return (path,)


def page_bytes(
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    data_version: str = "",
    ways: Sequence[Sequence[Way]] = (),
) -> bytes:
    """What `write_page` writes. The reader's own light or dark goes before `theme`; paper is always light.

    ways: of each chart all that can be chosen between on the page, in place of `figures`.
    """
    charts = ways or [[Way(figure)] for figure in figures]
    if not charts:
        raise InputError(tr("there is nothing to draw; ask for at least one figure"))
    inks = Inks()
    sections = [_section(each, number, inks) for number, each in enumerate(charts, start=1)]
    parts = (
        "<!DOCTYPE html>",
        f'<html lang="{language().replace("_", "-")}">',  # the language that the texts are in
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f'<meta name="generator" content="ipuwhatif {said(__version__)}">',
        f"<title>{said(charts[0][0].figure.headline.text)}</title>",
        f"<style>{style_sheet(inks, theme)}</style>",
        "</head>",
        "<body>",
        "<main>",
        sections[0],
        *(_contents([each[0].figure for each in charts]) if len(charts) > 1 else ()),
        *sections[1:],
        "</main>",
        *_foot(content, data_version),
        f"<script>{SCRIPT}</script>",
        "</body>",
        "</html>",
    )
    return ("\n".join(parts) + "\n").encode()


def _contents(figures: Sequence[Figure]) -> Iterator[str]:
    yield f'<nav aria-label="{said(tr("Contents"))}">'
    yield "<ol>"
    for number, figure in enumerate(figures, start=1):
        yield f'<li><a href="#figure-{number}">{said(figure.headline.text)}</a></li>'
    yield "</ol>"
    yield "</nav>"


def _section(ways: Sequence[Way], number: int, inks: Inks) -> str:
    """One chart with everything that belongs to it, under each scenario, and what chooses between those."""
    found = [list(group) for _, group in groupby(ways, lambda way: way.scenario)]
    parts = [f'<section id="figure-{number}" aria-labelledby="headline-{number}">']
    for place, group in enumerate(found):
        parts += _scenario(group, number, place, list(_switches(ways, group[0].scenario)), inks)
    return "\n".join([*parts, "</section>"])


def _switches(ways: Sequence[Way], shown: str) -> Iterator[str]:
    """Buttons for the scenario and the scale over a chart of one scenario; hidden where no script acts on them."""
    names, scales = list(dict.fromkeys(way.scenario for way in ways)), {way.scale for way in ways}
    if len(names) < 2 and len(scales) < 2:
        return
    yield '<div class="switches" hidden>'
    if len(names) > 1:
        yield f'<span class="scenarios" role="group" aria-label="{said(tr("Scenario"))}">'
        for name in names:
            pressed = str(name == shown).lower()
            yield f'<button type="button" data-scenario="{said(name)}" aria-pressed="{pressed}">{said(name)}</button>'
        yield "</span>"
    if len(scales) > 1:
        pressed = str(ways[0].scale == "log").lower()
        words = said(tr("Logarithmic time axis"))
        yield f'<button type="button" class="scale" aria-pressed="{pressed}">{words}</button>'
    yield "</div>"


def _scenario(ways: Sequence[Way], number: int, place: int, switches: Sequence[str], inks: Inks) -> Iterator[str]:
    """The ways under one scenario: headline, switches, the chart on each scale, notices, table, footnotes, sources."""
    figure, name = ways[0].figure, ways[0].scenario
    heading = "h1" if number == 1 and place == 0 else "h2"
    marked = f' id="headline-{number}"' if place == 0 else ""
    yield f'<div class="way" data-scenario="{said(name)}">'
    if name:
        yield f'<p class="scenario">{said(tr("Scenario {name}", name=name))}</p>'
    yield f"<{heading}{marked}>{said(figure.headline.text)}</{heading}>"
    yield f'<p class="sideways">{said(tr("Swipe sideways for the rest of the chart and of the table."))}</p>'
    yield from switches
    for way in ways:
        chart, whys = way.figure.chart, {why.key: why for why in way.figure.why}
        scale = f' data-scale="{way.scale}"' if way.scale else ""
        hidden = "" if way is ways[0] else " hidden"
        yield f'<div class="chart" role="region" tabindex="0" aria-label="{said(chart.title)}"{scale}{hidden}>'
        yield chart_svg(chart, whys, inks)
        yield "</div>"
    yield from _texts(figure.notices, "notices")
    yield from _table(told_table(figure.table), figure.chart.title, inks)
    yield from _texts([note.text for note in figure.footnotes], "footnotes")
    yield from _sources(origins(figure))
    yield "</div>"


def _texts(texts: Sequence[str], kind: str) -> Iterator[str]:
    if texts:
        yield f'<div class="{kind}">'
        yield from (f"<p>{said(text)}</p>" for text in texts)
        yield "</div>"


def _table(table: TableSpec, name: str, inks: Inks) -> Iterator[str]:
    """The rows as printed, each with the colour of its system; numbers end with their decimal points in one line."""
    columns = [column_texts(table, index) for index in range(len(table.columns))]
    kinds = [' class="decimal"' if column.align == "decimal" else "" for column in table.columns]
    yield f'<div class="table" role="region" tabindex="0" aria-label="{said(tr("Table: {name}", name=name))}">'
    yield "<table>"
    heads = (f'<th scope="col"{kind}>{said(c.title)}</th>' for c, kind in zip(table.columns, kinds, strict=True))
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for row, tint in enumerate(table.tints):
        swatch = f'<span class="swatch" style="background:{inks.of(tint)}"></span>'
        cells = table.rows[row]
        yield f'<tr><th scope="row"{_value(cells[0])}>{_cell(columns[0][row], swatch)}</th>'
        for texts, kind, cell in zip(columns[1:], kinds[1:], cells[1:], strict=True):
            yield f"<td{kind}{_value(cell)}>{said(texts[row]) if kind else _cell(texts[row])}</td>"
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _value(cell: Cell) -> str:
    """What a cell sorts by where that is a number: its own, or the low end of its interval."""
    number = cell.number if cell.number is not None else cell.ends[0] if cell.ends else None
    return "" if number is None else f' data-value="{number:.12g}"'


def _cell(text: str, before: str = "") -> str:
    """What stands in a cell, in a box of its own that keeps a very long name from widening the table."""
    return f'<div class="cell">{before}{said(text)}</div>'


def _sources(sources: Sequence[Origin]) -> Iterator[str]:
    if sources:
        yield '<details class="sources" open>'
        yield f"<summary>{said(tr('Sources'))}</summary>"
        yield "<ul>"
        yield from (f"<li>{_source(origin)}</li>" for origin in sources)
        yield "</ul>"
        yield "</details>"


def _source(origin: Origin) -> str:
    """A source as one line, its address a link where it is one of the web."""
    line, locator = said(origin_line(origin)), said(origin.locator or "")
    if not locator.startswith(_FOLLOWED) or any(letter.isspace() for letter in locator):
        return line
    link = f'<a href="{locator}" rel="noopener noreferrer">{locator}</a>'
    return link.join(line.split(locator, 1))


def _foot(content: bytes | None, data_version: str) -> Iterator[str]:
    """What made the page, and the scenario that is in it."""
    yield "<footer>"
    yield f"<p>{said(made_by(data_version))}</p>"
    if content is not None:
        yield f"<p>{escape(tr('The scenario is in this file: open it with IPU What-If to go on from here.'))}</p>"
    yield "</footer>"
    if content is not None:
        yield html_script(content)
