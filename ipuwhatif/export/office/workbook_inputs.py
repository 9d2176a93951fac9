"""The sheet of inputs: what each projected time is computed from, where that comes from, and the time as a formula."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipuwhatif.analysis.results import Projection
from ipuwhatif.export.office.workbook_cells import Formats, cell_text
from ipuwhatif.export.plain import origin_line
from ipuwhatif.figures.words import short_basis
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Parts of a time that are not training, as keys of `Projection.breakdown_s`; 0 where a projection has none.
OVERHEADS = ("start_up", "evaluation", "checkpoint")
_FIRST = 4  # row of the first system


def write_inputs(workbook: "Workbook", name: str, projections: Sequence[Projection], formats: Formats) -> None:
    """Add the sheet: a row a system with its inputs and its time, then the origin of each input."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    sheet = workbook.add_worksheet(name)
    sheet.write_string(0, 0, tr("What the projected times are computed from"), formats.get(bold=True, font_size=14))
    explained = tr("Time = samples to target / throughput + start-up + evaluation + checkpoint. Medians of the model.")
    sheet.write_string(1, 0, explained)
    for column, title in enumerate(_heads()):
        sheet.write_string(_FIRST - 1, column, title, formats.head())
    sheet.set_row(_FIRST - 1, 40)
    for column, width in enumerate((30, 34, 24)):
        sheet.set_column(column, column, width)
    sheet.set_column(3, len(_heads()) - 1, 14)
    count, rate, seconds = formats.number("#,##0"), formats.number("#,##0.0"), formats.number("#,##0.00")
    for row, projection in enumerate(projections, start=_FIRST):
        parts = [projection.breakdown_s.get(part, 0.0) for part in OVERHEADS]
        sheet.write_string(row, 0, cell_text(projection.name))
        sheet.write_number(row, 1, projection.samples_to_target.median, count)
        sheet.write_number(row, 2, projection.throughput_samples_per_s.median, rate)
        for column, value in enumerate(parts, start=3):
            sheet.write_number(row, column, value, seconds)
        samples, speed, start, evaluation, checkpoint, time = (xl_rowcol_to_cell(row, column) for column in range(1, 7))
        formula = f"={samples}/{speed}+{start}+{evaluation}+{checkpoint}"
        median = projection.time_to_train_s.median
        sheet.write_formula(row, 6, formula, seconds, median)
        sheet.write_formula(row, 7, f"={time}/60", formats.get(num_format="#,##0.00", bold=True), median / 60.0)
        sheet.write_number(row, 8, projection.time_to_train_s.low, seconds)
        sheet.write_number(row, 9, projection.time_to_train_s.high, seconds)
        sheet.write_string(row, 10, short_basis(projection.basis, projection.beyond, projection.sourced))
    _write_origins(sheet, _FIRST + len(projections) + 1, projections, formats)
    sheet.freeze_panes(_FIRST, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _heads() -> tuple[str, ...]:
    return (
        tr("System"),
        tr("Samples to target"),
        tr("Throughput (samples/s)"),
        tr("Start-up (s)"),
        tr("Evaluation (s)"),
        tr("Checkpoint (s)"),
        tr("Time (s)"),
        tr("Time (min)"),
        tr("80 % interval of the time (s), low"),
        tr("80 % interval of the time (s), high"),
        tr("Basis"),
    )


def _write_origins(sheet: "Worksheet", row: int, projections: Sequence[Projection], formats: Formats) -> None:
    """The term of the model behind each number above, then the data-sheet figures that the model was given."""
    for column, title in enumerate((tr("System"), tr("Input"), tr("Value"), tr("Where it comes from"))):
        sheet.write_string(row, column, title, formats.head())
    for projection in projections:
        terms = {term.key: term for term in projection.terms}
        for key in ("samples_to_target", "throughput", *OVERHEADS):
            if key in terms:
                term = terms[key]
                origin = tr("model: {equation}", equation=term.equation)
                row = _write_origin(sheet, row, (projection.name, term.name, term.value, origin))
        for each in projection.inputs:
            row = _write_origin(sheet, row, (projection.name, each.name, each.value, origin_line(each.origin)))


def _write_origin(sheet: "Worksheet", row: int, texts: Sequence[str]) -> int:
    for column, text in enumerate(texts):
        sheet.write_string(row + 1, column, cell_text(text))
    return row + 1
