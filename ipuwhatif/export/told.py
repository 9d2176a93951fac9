"""Which columns of a table go onto paper: those that say something of a row at least."""

from collections.abc import Sequence

from ipuwhatif.charts.spec import TableSpec
from ipuwhatif.figures.compare.ratios import NOT_MEASURED, NOT_SOURCED, no_ratio_words
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line, tr

#: Rows from which on a text that all of them share is said once.
_MANY = 4
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
    return _part(table, told_columns(table))


def without_alike(table: TableSpec) -> tuple[TableSpec, list[str]]:
    """The table without columns of one text throughout, and what each of them says: "Attributed to: Graphcore"."""
    alike: dict[int, str] = {}
    for index, column in enumerate(table.columns):
        texts = {row[index].text for row in table.rows}
        if index and len(texts) == 1 and len(table.rows) >= _MANY and column.align != "decimal":
            alike[index] = tr("{title}: {value}", title=column.title, value=texts.pop())
    kept = [index for index in range(len(table.columns)) if index not in alike]
    return _part(table, kept), list(alike.values())


def _part(table: TableSpec, kept: Sequence[int]) -> TableSpec:
    columns = tuple(table.columns[index] for index in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[index] for index in kept) for row in table.rows))
