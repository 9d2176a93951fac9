"""Why a document, a table or a chip of one's own is refused, as values. Worded in `figures/refusals/resources.py`."""

from enum import StrEnum, auto

from ipuwhatif.records import Record
from ipuwhatif.units import Said

# where it is wrong


class InFile(Record, frozen=True):
    """What is wrong at a place of a file: a line, a key."""

    file: str
    place: Said
    reason: Said


class Within(Record, frozen=True):
    """A place within another one of a document."""

    place: Said
    path: str


class AtLine(Record, frozen=True):
    line: int


class AtByte(Record, frozen=True):
    position: int


# what is wrong


class Flaw(StrEnum):
    """What is wrong; of which name and value is said by `Flawed`."""

    # a document
    NOT_UTF8 = auto()
    BROKEN_JSON = auto()
    NESTED_TOO_DEEPLY = auto()
    NO_OBJECT = auto()
    NO_CONSTANT = auto()  # NaN, Infinity
    # its keys
    DUPLICATE = auto()
    KEY_MISSING = auto()
    KEY_UNKNOWN = auto()
    KEY_OF_NO_MEMBER = auto()
    KEY_NOT_ABOVE_0 = auto()
    NO_TEXT = auto()
    NO_NUMBER = auto()
    NO_WHOLE_NUMBER = auto()
    NO_FLAG = auto()
    NO_TEXTS = auto()
    NO_WHOLE_NUMBERS = auto()
    NO_CHILD = auto()
    NO_CHILDREN = auto()
    VALUE_UNKNOWN = auto()
    NAME_UNKNOWN = auto()
    # a table
    RAGGED = auto()
    COLUMN_MISSING = auto()
    COLUMN_TWICE = auto()
    COLUMN_EMPTY = auto()
    COLUMN_UNKNOWN = auto()
    CELL_UNKNOWN = auto()
    CELL_NO_NUMBER = auto()
    CELL_NO_COUNT = auto()
    CELL_NOT_ABOVE_0 = auto()
    NOT_FINITE = auto()
    # an origin
    NO_NOTE = auto()
    NO_RULE = auto()
    NO_PRODUCER = auto()
    NOT_WHO_AND_WHEN = auto()
    ORIGIN_EMPTY = auto()
    ORIGIN_KIND_UNKNOWN = auto()
    BROKEN_TEMPLATE = auto()
    # a figure
    NEGATIVE = auto()
    NO_SINGLE_NUMBER = auto()
    SAME_SOURCE_TWICE = auto()
    ATTRIBUTE_UNKNOWN = auto()
    ENTRY_UNKNOWN = auto()
    ROW_UNKNOWN = auto()
    UNIT_UNKNOWN = auto()
    UNIT_OF_NO_SPEED = auto()
    UNIT_ELSE = auto()
    RATIO_OF_UNITS = auto()
    PATTERN_BROKEN = auto()
    PATTERN_FITS_NOT = auto()
    # machines
    SYSTEM_MISSING = auto()
    SYSTEM_UNKNOWN = auto()
    SYSTEM_KEY_UNKNOWN = auto()
    CHIP_UNKNOWN = auto()
    FAMILY_UNKNOWN = auto()
    MINIMUM_ABOVE_MAXIMUM = auto()
    CHIPS_OUT_OF_RANGE = auto()
    NO_RULE_WITHOUT_PATTERN = auto()
    TWO_SYSTEMS = auto()
    NO_CHIP_OF_NAME = auto()
    # prices and what machines need
    SAYS_NOTHING_OF = auto()
    IN_NO_ROW = auto()
    MACHINES_OR_CHIPS = auto()
    GIVEN_OR_UNKNOWN = auto()
    NAME_NOT_ABOVE_0 = auto()
    # jobs and their entries
    SAME_BENCHMARK = auto()
    BATCH_IN_TWO_FAMILIES = auto()
    BATCH_IN_NO_FAMILY = auto()
    NO_RECIPE = auto()
    NO_STATEMENT = auto()
    CLAIM_UNKNOWN = auto()
    CLAIM_NO_RATIO = auto()
    NO_ENTRY_OF_LAYOUT = auto()
    NO_FIRST_ENTRY = auto()
    LAYOUT_NOT_THE_BATCH = auto()
    BATCH_NOT_IN_STEPS = auto()
    SETTINGS_BROKEN = auto()
    SETTINGS_NO_COUNT = auto()
    # priors
    ANCHORS = auto()
    OFF_SCALE = auto()
    # a chip of one's own
    TOO_LARGE = auto()
    NO_TOML = auto()
    NO_DATE = auto()
    NO_KEY = auto()
    NO_NAME = auto()
    SHIPPED_ALREADY = auto()
    MACHINE_ABOVE_MAXIMUM = auto()
    ABSURD_COUNT = auto()
    FIGURE_MISSING = auto()
    NETWORK_MISSING = auto()
    NO_ORIGIN = auto()
    ORIGIN_UNKNOWN = auto()
    # a system as it is typed
    COUNT_MISSING = auto()
    COUNT_TWICE = auto()


class Flawed(Record, frozen=True):
    """A flaw of a name (a key, a column) and a value, each as it is written; `nearest`: what would be read."""

    flaw: Flaw
    name: str | int = ""
    value: str | int = ""
    nearest: str | None = None


class Absurd(Record, frozen=True):
    """A figure that nothing that was ever built comes near."""

    value: float
    unit: str
    low: float  # [base]
    high: float  # [base]
    base: str


class ChipsOutside(Record, frozen=True):
    """A system with a chip count that it cannot have."""

    text: str  # as typed
    system: str
    low: int
    high: int
    nearest: int | None  # None where no number was typed
    usual: int  # of one machine
