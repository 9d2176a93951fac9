"""Where a table is not as it is read, and what it is read as, as values. Worded in `figures/refusals/tables.py`."""

from enum import StrEnum, auto

from ipuwhatif.records import Record
from ipuwhatif.units import Said

# places


class RowKind(StrEnum):
    ROW = auto()
    ENTRY = auto()  # of a text file


class RowOf(Record, frozen=True):
    """Where a row is: "results.csv, row 7"."""

    kind: RowKind
    file: Said
    row: int


class SheetOf(Record, frozen=True):
    file: str
    sheet: str


# files


class TableFault(StrEnum):
    EMPTY = auto()
    NO_ROW = auto()
    OTHER_COUNT_OF_CELLS = auto()
    NO_PYARROW = auto()


class FileFault(StrEnum):
    EMPTY = auto()
    NO_WORKBOOK = auto()
    NO_PARQUET = auto()
    TOO_LARGE_UNPACKED = auto()


class NoTable(Record, frozen=True):
    fault: FileFault
    file: str
    size: int = 0  # bytes
    most: int = 0


class Beyond(StrEnum):
    COLUMNS = auto()
    ROWS = auto()
    ROWS_OF_RESULTS = auto()


class TooMany(Record, frozen=True):
    of: Beyond
    file: Said
    most: int


class NotUtf8Csv(Record, frozen=True):
    position: int  # of the byte


class BrokenLine(Record, frozen=True):
    file: str
    line: int
    reason: str


class NoStoredValue(Record, frozen=True):
    """A formula that was never computed."""

    sheet: Said
    cell: str


class Merged(Record, frozen=True):
    region: str


# columns


class FieldFault(StrEnum):
    NO_HEAD = auto()
    TWO_HEADS = auto()


class OfField(Record, frozen=True):
    """A field that none of the heads names, or each of the first two; `word` is what it is called, marked."""

    fault: FieldFault
    field: str
    word: str
    heads: tuple[str, ...]


class ColumnFault(StrEnum):
    UNKNOWN_FIELD = auto()
    UNKNOWN_HEAD = auto()
    MISSING = auto()
    EMPTY = auto()
    NO_UNIT = auto()
    NOT_WHOLE = auto()
    NOT_WHOLE_ABOVE_0 = auto()
    NOT_ABOVE_0 = auto()
    NO_COUNT = auto()
    NO_MINUTES = auto()


class OfColumn(Record, frozen=True):
    """What is wrong with a column, or with one cell of it."""

    fault: ColumnFault
    column: str
    cell: str = ""  # as it stands; of an unknown head the nearest
    nearest: str = ""
    example: str = ""


class AtCell(Record, frozen=True):
    cell: str  # "D57"
    fault: Said


class EitherDecimal(Record, frozen=True):
    row: int
    text: str


class ReadAs(Record, frozen=True):
    """Which column is read as what: what it is called, marked, its head, and its unit or ""."""

    columns: tuple[tuple[str, str, str], ...]


class NotRead(Record, frozen=True):
    columns: tuple[str, ...]
