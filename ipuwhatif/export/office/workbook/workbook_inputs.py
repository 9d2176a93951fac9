"""The sheet of inputs: what each projected figure is computed from, where that comes from, and figures as formulas."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.analysis.cost.economics import Bill
from ipuwhatif.analysis.results import Projection, Quantity
from ipuwhatif.export.office.workbook.workbook_cells import Formats, cell_text, height_of
from ipuwhatif.export.source_lines import origin_line
from ipuwhatif.figures.phrasing import short_basis
from ipuwhatif.figures.why.term_words import input_origin, term_equation, term_name, term_value
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import told

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Parts of a time that are not training, as keys of `Projection.breakdown_s`; 0 where a projection has none.
OVERHEADS = ("start_up", "evaluation", "checkpoint")
_FIRST = 4  # row of the first system
_HOUR = 3600.0
_WIDTHS = (30, 34, 24)  # of the first columns, in characters
#: Letters of the columns that formulas name.
_TIME, _DOWN, _UP = "G", "L", "M"

Computed = Projection | Bill


class Linked(Record, frozen=True):
    """A figure of a system on the sheet: its cell, what the figure is, and the cells of the ends of its interval."""

    quantity: Quantity
    median: str
    down: str  # the low end in parts of the median
    up: str


class _Column(Record, frozen=True):
    """A column about costs: an input, or a formula of the row's letters and number."""

    letter: str
    title: str
    value: Callable[[Bill], float | None]
    formula: str = ""


def projection_of(each: Computed) -> Projection:
    """The projection that a figure belongs to."""
    return each.projection if isinstance(each, Bill) else each


def write_inputs(workbook: "Workbook", name: str, computed: Sequence[Computed], formats: Formats) -> None:
    """Add the sheet: a row a system with its inputs, its time and its costs, then the origin of each input."""
    sheet = workbook.add_worksheet(name)
    projections = [projection_of(each) for each in computed]
    sheet.write_string(0, 0, tr("What the projected times are computed from"), formats.get(bold=True, font_size=14))
    explained = tr("Time = samples to target / throughput + start-up + evaluation + checkpoint. Medians of the model.")
    sheet.write_string(1, 0, explained)
    moves = tr("Change a number that is no formula, and the charts of projections move; tables keep the saved answer.")
    sheet.write_string(2, 0, moves)
    for column, title in enumerate(_heads()):
        sheet.write_string(_FIRST - 1, column, title, formats.head())
    sheet.set_row(_FIRST - 1, 54)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(3, 30, 14)
    for row, projection in enumerate(projections, start=_FIRST):
        _write_time(sheet, row, projection, formats)
    _write_costs(sheet, computed, formats)
    _write_origins(sheet, _FIRST + len(projections) + 1, projections, formats)
    sheet.freeze_panes(_FIRST, 1)
    sheet.set_landscape()
    sheet.repeat_columns(0)
    sheet.fit_to_pages(2, 0)


def _write_time(sheet: "Worksheet", row: int, projection: Projection, formats: Formats) -> None:
    count, rate, seconds = formats.number("#,##0"), formats.number("#,##0.0"), formats.number("#,##0.00")
    time, line = projection.time_to_train_s, row + 1
    parts = [projection.breakdown_s.get(part, 0.0) for part in OVERHEADS]
    sheet.write_string(row, 0, cell_text(projection.name))
    sheet.write_number(row, 1, projection.samples_to_target.median, count)
    sheet.write_number(row, 2, projection.throughput_samples_per_s.median, rate)
    for column, value in enumerate(parts, start=3):
        sheet.write_number(row, column, value, seconds)
    sheet.write_formula(row, 6, f"=B{line}/C{line}+D{line}+E{line}+F{line}", seconds, time.median)
    minutes = formats.get(num_format="#,##0.00", bold=True)
    sheet.write_formula(row, 7, f"={_TIME}{line}/60", minutes, time.median / 60.0)
    for column, letter, end in ((8, _DOWN, time.low), (9, _UP, time.high)):
        sheet.write_formula(row, column, f"={_TIME}{line}*{letter}{line}", seconds, end)
        sheet.write_number(row, column + 3, end / time.median, formats.number("0.000"))
    basis = short_basis(projection.basis, projection.beyond, projection.sourced)
    sheet.write_string(row, 10, basis, formats.get(text_wrap=True, valign="top", indent=1))


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
        tr("Low end of the interval / median"),
        tr("High end of the interval / median"),
    )


def _columns() -> tuple[_Column, ...]:
    return (
        _Column("N", tr("Price of an hour"), _hourly),
        _Column("P", tr("Power (kW)"), lambda bill: bill.power.value),
        _Column("Q", tr("Cooling overhead"), _cooling),
        _Column("R", tr("Price of electricity (per kWh)"), _electricity_price),
        _Column("S", tr("Carbon (kg CO2e/kWh)"), _carbon),
        _Column("T", tr("Money"), lambda bill: _median(bill.money), "=N{row}*G{row}/3600"),
        _Column(
            "U", tr("Energy (kWh)"), lambda bill: _median(bill.energy_kwh), f"=P{{row}}*Q{{row}}*{_TIME}{{row}}/3600"
        ),
        _Column("V", tr("Electricity"), lambda bill: _median(bill.electricity), "=U{row}*R{row}"),
        _Column("W", tr("Carbon (kg CO2e)"), lambda bill: _median(bill.carbon_kg), "=U{row}*S{row}"),
    )


def _median(quantity: Quantity | None) -> float | None:
    return None if quantity is None else quantity.median


def _hourly(bill: Bill) -> float | None:
    return None if bill.money is None else bill.money.median * _HOUR / bill.projection.time_to_train_s.median


def _cooling(bill: Bill) -> float | None:
    return None if bill.energy_kwh is None else bill.settings.get("cooling_overhead", 1.0)


def _electricity_price(bill: Bill) -> float | None:
    return None if bill.electricity is None else bill.settings.get("electricity_price")


def _carbon(bill: Bill) -> float | None:
    if bill.carbon_kg is None or bill.energy_kwh is None:
        return None
    return bill.carbon_kg.median / bill.energy_kwh.median


def _write_costs(sheet: "Worksheet", computed: Sequence[Computed], formats: Formats) -> None:
    """The columns about costs that any system has a figure in; the others are not there."""
    bills = [(row, each) for row, each in enumerate(computed, start=_FIRST) if isinstance(each, Bill)]
    for column in _columns():
        place = _place(column.letter)
        values = {row: value for row, bill in bills if (value := column.value(bill)) is not None}
        if values:
            sheet.write_string(_FIRST - 1, place, column.title, formats.head())
        for row, value in values.items():
            if column.formula:
                sheet.write_formula(row, place, column.formula.format(row=row + 1), formats.number("#,##0.00"), value)
            else:
                sheet.write_number(row, place, value, formats.number("#,##0.####"))
    currencies = {row: bill.currency for row, bill in bills if bill.currency}
    if currencies:
        sheet.write_string(_FIRST - 1, _place("O"), tr("Currency"), formats.head())
    for row, currency in currencies.items():
        sheet.write_string(row, _place("O"), cell_text(currency))


def _place(letter: str) -> int:
    return ord(letter) - ord("A")


def links_of(name: str, computed: Sequence[Computed]) -> Mapping[str, Sequence[Linked]]:
    """The figures of each system that stand on the sheet of this name, by the name of the system."""
    quoted = "'{}'!".format(name.replace("'", "''"))
    found: dict[str, list[Linked]] = {}
    for line, each in enumerate(computed, start=_FIRST + 1):
        for letter, quantity in _quantities(each):
            if quantity is not None:
                cells = (f"{quoted}{column}{line}" for column in (letter, _DOWN, _UP))
                found.setdefault(projection_of(each).name, []).append(Linked(quantity, *cells))
    return MappingProxyType(found)


def _quantities(each: Computed) -> Iterator[tuple[str, Quantity | None]]:
    yield _TIME, projection_of(each).time_to_train_s
    if isinstance(each, Bill):
        yield from (("T", each.money), ("U", each.energy_kwh), ("V", each.electricity), ("W", each.carbon_kg))


def _write_origins(sheet: "Worksheet", row: int, projections: Sequence[Projection], formats: Formats) -> None:
    """The term of the model behind each number above, then the data-sheet figures that the model was given."""
    for column, title in enumerate((tr("System"), tr("Input"), tr("Value"), tr("Where it comes from"))):
        sheet.write_string(row, column, title, formats.head())
    sheet.set_row(row, 30)
    wrapped = formats.get(text_wrap=True, valign="top")
    for projection in projections:
        terms = {term.key: term for term in projection.terms}
        for key in ("samples_to_target", "throughput", *OVERHEADS):
            if key in terms:
                term = terms[key]
                origin = tr("model: {equation}", equation=term_equation(term))
                row = _write_origin(sheet, row, (projection.name, term_name(term), term_value(term), origin), wrapped)
        for each in projection.inputs:
            source = origin_line(input_origin(each))
            row = _write_origin(sheet, row, (projection.name, told(each.what), told(each.value), source), wrapped)


def _write_origin(sheet: "Worksheet", row: int, texts: Sequence[str], wrapped: "Format") -> int:
    """A row whose last text runs on over the columns behind it."""
    for column, text in enumerate(texts[:-1]):
        sheet.write_string(row + 1, column, cell_text(text), wrapped)
    sheet.write_string(row + 1, len(texts) - 1, cell_text(texts[-1]))
    sheet.set_row(row + 1, height_of(zip(texts[:-1], _WIDTHS, strict=True)))
    return row + 1
