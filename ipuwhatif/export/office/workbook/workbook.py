"""Figures as an Excel workbook: typed numbers, charts that follow them, the time as a formula, sources and notes."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.notes import made_by
from ipuwhatif.export.office.slide_explicit import explicit
from ipuwhatif.export.office.slide_package import with_edited
from ipuwhatif.export.office.workbook.workbook_cells import FIXED_DATE, OPTIONS, Formats, cell_text, height_of
from ipuwhatif.export.office.workbook.workbook_inputs import Computed, links_of, projection_of, write_inputs
from ipuwhatif.export.office.workbook.workbook_sheets import write_figure
from ipuwhatif.export.office.workbook.workbook_table import write_table
from ipuwhatif.export.office_properties import office_with
from ipuwhatif.export.source_lines import origins
from ipuwhatif.figures.why.term_words import input_origin
from ipuwhatif.files import write_atomic
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

#: Most figures of a workbook, and the width of a note in characters.
MOST_FIGURES, _NOTE_WIDTH = 50, 130


def write_workbook(
    path: Path,
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    data_version: str = "",
    projections: Sequence[Computed] = (),
) -> tuple[Path, ...]:
    """Write the figures, the first of them as the answer, all or nothing; returns the path.

    content: the scenario that travels inside. data_version: of the evidence. projections: of the sheet of
    inputs, or bills where it has costs too. Raises InputError when the file cannot be written or there is nothing to
    write.
    """
    write_atomic(path, workbook_bytes(figures, content, theme, data_version, projections))
    return (path,)


def workbook_bytes(
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    data_version: str = "",
    projections: Sequence[Computed] = (),
) -> bytes:
    """What `write_workbook` writes; the same bytes for the same figures."""
    if not 1 <= len(figures) <= MOST_FIGURES:
        raise InputError(tr("a workbook holds 1 to {most} figures, not {count}", most=MOST_FIGURES, count=len(figures)))
    from xlsxwriter import Workbook

    target = io.BytesIO()
    workbook = Workbook(target, dict(OPTIONS))
    workbook.set_properties(
        {
            "title": cell_text(figures[0].headline.text)[:250],
            "subject": cell_text(figures[0].chart.title)[:250],
            "author": "IPU What-If",
            "comments": made_by(data_version),
            "created": FIXED_DATE,
        }
    )
    formats = Formats(workbook)
    links = links_of(tr("Inputs"), projections)
    for number, (name, figure) in enumerate(zip(sheet_names(figures), figures, strict=True), start=1):
        write_table(workbook, tr("{sheet}, table", sheet=name), number, figure, formats)
        write_figure(workbook, name, figure, formats, theme, links)
    if projections:
        write_inputs(workbook, tr("Inputs"), projections, formats)
    _write_sources(workbook, figures, projections, formats)
    _write_notes(workbook, figures, data_version, formats)
    workbook.close()
    data = with_edited(target.getvalue(), r"xl/charts/chart\d+\.xml", explicit)
    return data if content is None else office_with(data, content)


def sheet_names(figures: Sequence[Figure]) -> tuple[str, ...]:
    """ "Answer" for the first figure, then each by its kind: "Scaling", "Breakdown", "Compare 2"."""
    names = [tr("Answer")]
    kinds = {
        "compare": tr("Compare"),
        "scaling": tr("Scaling"),
        "breakdown": tr("Breakdown"),
        "memory": tr("Memory"),
        "finish": tr("Finish"),
        "probabilities": tr("Probabilities"),
        "sensitivity": tr("Sensitivity"),
        "track-record": tr("Track record"),
        "attribution": tr("Attribution"),
        "roofline": tr("Roofline"),
        "article": tr("Article check"),
        "evidence": tr("Evidence"),
    }
    for figure in figures[1:]:
        base = tr("Cost") if _is_of_cost(figure) else kinds.get(figure.chart.kind, tr("Figure"))
        number = 1 + sum(name == base or name.startswith(f"{base} ") for name in names)
        names.append(base if number == 1 else f"{base} {number}")
    return tuple(names)


def _is_of_cost(figure: Figure) -> bool:
    """Whether a chart of rows is of money, energy or carbon, and not of times."""
    return any(part.key.startswith("cost/") for part in figure.headline.parts)


def _write_sources(
    workbook: "Workbook", figures: Sequence[Figure], projections: Sequence[Computed], formats: Formats
) -> None:
    """Every source of the figures and of the inputs, once."""
    sheet = workbook.add_worksheet(tr("Sources"))
    heads = (
        (tr("Source"), 20),
        (tr("Title"), 60),
        (tr("Locator"), 70),
        (tr("Published"), 12),
        (tr("Read"), 12),
        (tr("Kind"), 10),
        (tr("Note"), 50),
    )
    for column, (text, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, formats.head())
    found: dict[tuple[str, str, str | None], Origin] = {}
    listed = [origin for figure in figures for origin in origins(figure)]
    listed += [input_origin(each) for computed in projections for each in projection_of(computed).inputs]
    for origin in listed:
        found.setdefault((origin.producer, origin.title, origin.locator), origin)
    for row, origin in enumerate(found.values(), start=1):
        fields = (
            origin.producer,
            origin.title,
            origin.locator or "",
            origin.published or "",
            origin.read or "",
            tr(origin.kind),
            told(origin.note),
        )
        for column, field in enumerate(fields):
            if field:
                sheet.write_string(row, column, cell_text(field), formats.get(text_wrap=True, valign="top"))
        sheet.set_row(row, height_of(zip(fields, (width for _, width in heads), strict=True)))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_notes(workbook: "Workbook", figures: Sequence[Figure], data_version: str, formats: Formats) -> None:
    """Notices and footnotes of every figure as text, and which version made them."""
    sheet = workbook.add_worksheet(tr("Notes"))
    sheet.set_column(0, 0, _NOTE_WIDTH)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    wrapped, row = formats.get(text_wrap=True, valign="top"), 0
    for name, figure in zip(sheet_names(figures), figures, strict=True):
        sheet.write_string(
            row, 0, tr("{sheet}: {title}", sheet=name, title=cell_text(figure.chart.title)), formats.head()
        )
        row += 1
        for text in (*figure.notices, *(note.text for note in figure.footnotes)):
            sheet.write_string(row, 0, cell_text(text), wrapped)
            sheet.set_row(row, height_of([(text, _NOTE_WIDTH)]))
            row += 1
        row += 1
    sheet.write_string(row, 0, made_by(data_version), wrapped)
