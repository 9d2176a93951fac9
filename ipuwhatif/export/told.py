"""Which columns of a table go onto paper: those that say something of a row at least."""

from ipuwhatif.charts.spec import TableSpec
from ipuwhatif.export.plain import one_line
from ipuwhatif.figures.compare.ratios import NOT_MEASURED, NOT_SOURCED, no_ratio_words
from ipuwhatif.records import replace
from ipuwhatif.texts import tr

_NOTHING = ("", "\u2013")  # texts of cells that say nothing


def told_columns(table: TableSpec) -> tuple[int, ...]:
    """Indices of the columns that tell something; the first names the rows.

    Against the reference nothing is told where no row has a ratio: that nobody measured the job, or that a figure has
    no source, is said by notices.
    """
    against = {tr("reference"), no_ratio_words(NOT_SOURCED), no_ratio_words(NOT_MEASURED)}

    def tells(index: int) -> bool:
        texts = {one_line(row[index].text) for row in table.rows} - set(_NOTHING)
        return bool(texts - against) if tr("reference") in texts else bool(texts)

    return tuple(index for index in range(len(table.columns)) if index == 0 or tells(index))


def told_table(table: TableSpec) -> TableSpec:
    """The table of those columns."""
    kept = told_columns(table)
    columns = tuple(table.columns[index] for index in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[index] for index in kept) for row in table.rows))
