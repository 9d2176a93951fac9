"""What is said and refused of networks that users set or bring, as values. Worded in `figures/networks/phrases.py`."""

from enum import StrEnum, auto

from ipuwhatif.catalog.notes import Name
from ipuwhatif.records import Record


class Size(StrEnum):
    """The sizes of a decoder, by their names."""

    LAYERS = auto()
    HIDDEN = auto()
    HEADS = auto()
    KEY_VALUE_HEADS = auto()
    FEED_FORWARD = auto()
    VOCABULARY = auto()
    TOKENS = auto()
    HEAD_WIDTH = auto()
    MATRICES = auto()
    FORM = auto()
    ADAPTER = auto()


class SizeFault(StrEnum):
    BEYOND = auto()
    LAYER_BEYOND = auto()
    WIDTH_BY_HEADS = auto()  # the first does not divide by the second
    WIDTH_BY_HEADS_ALONE = auto()
    HEADS_BY_KEY_VALUE_HEADS = auto()
    TOKENS_BEYOND_POSITIONS = auto()
    PATCH_BEYOND_IMAGE = auto()


class OfSize(Record, frozen=True):
    """A size that cannot be, and the largest or the other one that it does not go with."""

    fault: SizeFault
    value: int
    other: int
    nearest: int = 0
    name: Size | None = None


class SizeCount(Record, frozen=True):
    """Not as many sizes as have names."""

    count: int
    wanted: int
    names: tuple[Size, ...]


class LayerCount(Record, frozen=True):
    """Too few layer sizes, or too many."""

    count: int
    fewest: int
    most: int
    nearest: int


class OpsFault(StrEnum):
    NO_PRODUCT = auto()
    TOO_MANY = auto()
    NO_OP = auto()


class OfOps(Record, frozen=True):
    fault: OpsFault
    most: int = 0
    line: int = 0
    columns: str = ""


class TextFault(StrEnum):
    NO_LINE = auto()
    NO_SHARE = auto()


class OfKey(Record, frozen=True):
    """What is wrong with a value in the text of a network."""

    fault: TextFault
    key: str
    most: int = 0  # letters


class JobNote(StrEnum):
    """What a job is called, and titles and notes of where its figures are from."""

    OWN_NAME = auto()
    MARKED_NAME = auto()  # which another job has too
    DEFINITION = auto()
    DEFAULT_AMOUNT = auto()
    SAMPLES = auto()
    TOKENS = auto()
    ASSUMPTION = auto()
    LAYOUT = auto()
    LAYOUT_OF_KIN = auto()


class OfJob(Record, frozen=True):
    note: JobNote
    name: Name = ""
    mark: str = ""
    tokens: int = 0  # of a sequence
    micro: int = 0
    batch: int = 0
