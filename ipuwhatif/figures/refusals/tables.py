"""Where a table is not as it is read, and what it is read as, in words."""

from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.importers.tables.reasons import (
    AtCell,
    Beyond,
    BrokenLine,
    ColumnFault,
    EitherDecimal,
    FieldFault,
    FileFault,
    Merged,
    NoStoredValue,
    NoTable,
    NotRead,
    NotUtf8Csv,
    OfColumn,
    OfField,
    ReadAs,
    RowKind,
    RowOf,
    SheetOf,
    TableFault,
    TooMany,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import quoted, told

# places

phrase(
    RowOf,
    {RowKind.ROW: marked("{file}, row {row}"), RowKind.ENTRY: marked("{file}, entry {row}")},
    counts=("row",),
)
phrase(SheetOf, marked("{file}, sheet {sheet}"), "sheet")

# files

phrases(
    TableFault,
    {
        TableFault.EMPTY: marked("the table is empty"),
        TableFault.NO_ROW: marked("no row follows the head"),
        TableFault.OTHER_COUNT_OF_CELLS: marked("the row has not as many cells as the head"),
        TableFault.NO_PYARROW: marked(
            "Parquet files are read by pyarrow, which is not installed: pip install ipuwhatif[parquet]"
        ),
    },
)
phrase(
    NoTable,
    {
        FileFault.EMPTY: marked("{file} is empty"),
        FileFault.NO_WORKBOOK: marked("{file} is no workbook that can be read; save it as .xlsx again"),
        FileFault.NO_PARQUET: marked("{file} is no Parquet file that can be read"),
        FileFault.TOO_LARGE_UNPACKED: marked(
            "{file} unpacks to {size} bytes, more than {most}; keep the sheet of results alone"
        ),
    },
    "file",
    counts=("size", "most"),
)
phrase(
    TooMany,
    {
        Beyond.COLUMNS: marked("{file} has more than {most} columns"),
        Beyond.ROWS: marked("{file} has more than {most} rows"),
        Beyond.ROWS_OF_RESULTS: marked("{file} has more than {most} rows; keep those that are results"),
    },
    counts=("most",),
)
phrase(NotUtf8Csv, marked("byte {position} is not UTF-8 text; save the file as CSV UTF-8"), counts=("position",))
phrase(
    NoStoredValue,
    marked(
        "{sheet}, cell {cell}: a formula without a stored value; open the workbook in a spreadsheet program and save "
        "it, or write the value"
    ),
)
phrase(Merged, marked("cells {region} are merged, so that all but one are empty; unmerge them and fill each"))


@told.register
def _(said: BrokenLine) -> str:
    return f"{said.file}, {tr('line {line}', line=said.line)}: {said.reason}"


# columns

phrase(
    OfColumn,
    {
        ColumnFault.UNKNOWN_FIELD: marked("{column} is no column that is read; nearest: {nearest}"),
        ColumnFault.UNKNOWN_HEAD: marked("no column is called {column}; nearest: {cell}"),
        ColumnFault.MISSING: marked("column {column} is missing"),
        ColumnFault.EMPTY: marked("column {column} is empty"),
        ColumnFault.NO_UNIT: marked("column {column} says no unit; write it in the head or say it (--unit {example})"),
        ColumnFault.NOT_WHOLE: marked("column {column}: {cell} is not a whole number"),
        ColumnFault.NOT_WHOLE_ABOVE_0: marked("column {column}: {cell} is not a whole number above 0"),
        ColumnFault.NOT_ABOVE_0: marked("column {column}: {cell} is not a number above 0"),
        ColumnFault.NO_COUNT: marked("column {column}: {cell} is not a count"),
        ColumnFault.NO_MINUTES: marked("column {column}: {cell} is no number of minutes"),
    },
    "column",
    "cell",
)
phrase(AtCell, marked("cell {cell}: {fault}"))
phrase(
    EitherDecimal,
    marked("row {row}: {text} may be thousands or decimals; say which (--decimal comma or point)"),
    "text",
)


@told.register
def _(said: OfField) -> str:
    first, second = (*map(quoted, said.heads), "–", "–")[:2]
    return tr(
        {
            FieldFault.NO_HEAD: marked("no column is the {field} among {heads}; say which (--column {example})"),
            FieldFault.TWO_HEADS: marked(
                "columns {first} and {second} may both be the {field}; say which (--column {example})"
            ),
        }[said.fault],
        first=first,
        second=second,
        field=tr(said.word),
        heads=", ".join(map(quoted, said.heads)) or "–",
        example=quoted(f"{said.field}={said.heads[0] if said.heads else 'Name'}"),
    )


@told.register
def _(said: ReadAs) -> str:
    columns = (f"{tr(word)} = {quoted(head)}{f' [{unit}]' if unit else ''}" for word, head, unit in said.columns)
    return tr("Read as: {columns}", columns="; ".join(columns))


@told.register
def _(said: NotRead) -> str:
    return tr("Not read: {columns}", columns=", ".join(map(quoted, said.columns)))
