"""Figures as one HTML file that needs nothing else: charts, tables, footnotes, sources, and the scenario inside.

It reads on a phone and on paper, follows the reader's light or dark, runs no program and fetches nothing.
"""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from ipuwhatif import __version__
from ipuwhatif.catalog.types import Origin
from ipuwhatif.charts.spec import Figure, TableSpec
from ipuwhatif.export.carried import html_script
from ipuwhatif.export.html.page_shapes import Inks, said
from ipuwhatif.export.html.page_style import style_sheet
from ipuwhatif.export.html.page_svg import chart_svg
from ipuwhatif.export.notes import made_by
from ipuwhatif.export.plain import origin_line, origins
from ipuwhatif.figures.table import column_texts
from ipuwhatif.files import write_atomic
from ipuwhatif.texts import language, tr
from ipuwhatif.units import InputError

#: What the page may load: nothing. Its own styles and drawings stand in it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_FOLLOWED = ("http://", "https://")


def write_page(
    path: Path,
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    data_version: str = "",
) -> tuple[Path, ...]:
    """Write the page, all or nothing, and return its path. InputError when it cannot be written."""
    write_atomic(path, page_bytes(figures, content, theme, data_version))
    return (path,)


def page_bytes(
    figures: Sequence[Figure], content: bytes | None = None, theme: str = "light", data_version: str = ""
) -> bytes:
    """What `write_page` writes. The reader's own light or dark goes before `theme`; paper is always light."""
    if not figures:
        raise InputError(tr("there is nothing to draw; ask for at least one figure"))
    inks = Inks()
    sections = [_section(figure, number, inks) for number, figure in enumerate(figures, start=1)]
    title = said(figures[0].headline.text)
    parts = (
        "<!DOCTYPE html>",
        f'<html lang="{language().replace("_", "-")}">',  # the language that the texts are in
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f'<meta name="generator" content="ipuwhatif {said(__version__)}">',
        f"<title>{title}</title>",
        f"<style>{style_sheet(inks, theme)}</style>",
        "</head>",
        "<body>",
        "<main>",
        *(_contents(figures) if len(figures) > 1 else ()),
        *sections,
        "</main>",
        *_foot(content, data_version),
        "</body>",
        "</html>",
    )
    return ("\n".join(parts) + "\n").encode()


def _contents(figures: Sequence[Figure]) -> Iterator[str]:
    yield f'<nav aria-label="{said(tr("Contents"))}">'
    yield "<ol>"
    for number, figure in enumerate(figures, start=1):
        yield f'<li><a href="#figure-{number}">{said(figure.chart.title)}</a></li>'
    yield "</ol>"
    yield "</nav>"


def _section(figure: Figure, number: int, inks: Inks) -> str:
    """One figure: headline, chart, notices, table, footnotes and sources."""
    heading = "h1" if number == 1 else "h2"
    whys = {why.key: why for why in figure.why}
    parts = (
        f'<section id="figure-{number}" aria-labelledby="headline-{number}">',
        f'<{heading} id="headline-{number}">{said(figure.headline.text)}</{heading}>',
        f'<p class="sideways">{said(tr("Swipe sideways for the rest of the chart and of the table."))}</p>',
        f'<div class="chart" role="region" tabindex="0" aria-label="{said(figure.chart.title)}">',
        chart_svg(figure.chart, whys, inks),
        "</div>",
        *_texts(figure.notices, "notices"),
        *_table(figure.table, figure.chart.title, inks),
        *_texts([note.text for note in figure.footnotes], "footnotes"),
        *_sources(origins(figure)),
        "</section>",
    )
    return "\n".join(parts)


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
        yield f'<tr><th scope="row">{_cell(columns[0][row], swatch)}</th>'
        for texts, kind in zip(columns[1:], kinds[1:], strict=True):
            yield f"<td{kind}>{said(texts[row]) if kind else _cell(texts[row])}</td>"
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


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
