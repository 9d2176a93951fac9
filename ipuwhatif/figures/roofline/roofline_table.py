"""The table of Roofline: every op of every chip with its work, its rate and what binds it."""

from collections.abc import Sequence

from ipuwhatif.analysis.roofline_points import ChipRoofline, OpPoint, Roofline
from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint
from ipuwhatif.figures.cells import amount_cell
from ipuwhatif.figures.roofline.op_names import op_text
from ipuwhatif.figures.roofline.roofline_words import bound_name, class_name, op_key, percent
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, rounded


def roofline_table(answer: Roofline, tints: Sequence[Tint]) -> TableSpec:
    """One row a chip and op, the largest share first; `tints`: one a chip."""
    columns = (
        Column(tr("Chip")),
        Column(tr("Class")),
        Column(tr("Op")),
        Column(tr("Count"), "decimal"),
        Column(tr("GFLOP"), "decimal"),
        Column(tr("MB"), "decimal"),
        Column(tr("FLOP/byte"), "decimal"),
        Column(tr("TFLOP/s"), "decimal"),
        Column(tr("Share of a step (%)"), "decimal"),
        Column(tr("Bound by")),
    )
    rows = tuple(_row(chip, op) for chip in answer.chips for op in chip.ops)
    shades = tuple(tint for chip, tint in zip(answer.chips, tints, strict=True) for _ in chip.ops)
    return TableSpec(columns, rows, shades)


def _row(chip: ChipRoofline, op: OpPoint) -> tuple[Cell, ...]:
    key = op_key(chip, op)
    rates = (op.flops / 1e9, op.moved / 1e6, op.intensity, op.rate / 1e12)
    return (
        Cell(chip.chip, key=key),
        Cell(class_name(op.op_class), key=key),
        Cell(op_text(op.name), key=key),
        Cell(format_number(op.count), float(op.count), key),
        *(_number(value, key) for value in rates),
        Cell(percent(op.share), rounded(100.0 * max(op.share, 0.0), 2), key),
        Cell(bound_name(op.bound), key=key),
    )


def _number(value: float, key: str) -> Cell:
    """Three digits; what is not counted is 0."""
    return amount_cell(value, key) if value else Cell("0", 0.0, key)
