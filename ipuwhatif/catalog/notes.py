"""What the catalog says beside its figures, as values. Worded in `figures/evidence/note_words.py`."""

from enum import StrEnum, auto

from ipuwhatif.records import Record
from ipuwhatif.units import Said, told


class Text(Record, frozen=True):
    """What a file of the catalog says, in English; it is told in the language of whoever reads it."""

    text: str

    def __str__(self) -> str:
        return told(self)


#: What a job is called: by a file of the catalog, or by its user.
Name = Text | str


class Target(Record, frozen=True):
    """The quality that a job trains to: "75.9 % top-1"."""

    share: float  # 0 where the words say it all
    words: str  # in English


class Notes(Record, frozen=True):
    """Several notes, one after the other."""

    notes: tuple[Said, ...]


def text_of(text: str) -> Name:
    """What a file says; what is empty stays so."""
    return Text(text) if text else ""


def together(*notes: Said) -> Said:
    """Those of the notes that are not empty, as one."""
    found = tuple(note for note in notes if note)
    return Notes(found) if len(found) > 1 else next(iter(found), "")


def says(note: Said, word: str) -> bool:
    """Whether a note from a file holds a word, whatever the language that it is told in."""
    return isinstance(note, Text) and word in note.text


class Remark(StrEnum):
    """How a layout or a figure was found."""

    NO_CONFIGURATION = auto()
    NOT_DIVIDED = auto()
    ONE_REPLICA_A_CHIP = auto()
    ONE_REPLICA_A_CHIP_GRAPHS = auto()
    FROM_PRINTED_TIME = auto()


class SoftwareClass(StrEnum):
    """Software that is chosen by no name of its own."""

    BY_RELEASE = auto()
    VENDOR = auto()
    FRAMEWORK = auto()


class LayoutAt(Record, frozen=True):
    """Where the layout of an entry was read."""

    address: str


class Counts(Record, frozen=True):
    """What a printed time is of: "90 ep"."""

    what: str


class TimeToTrain(Record, frozen=True):
    """The time that a source prints beside a throughput, as printed."""

    time: str
    unit: str


class RateOfChip(Record, frozen=True):
    value: str
    unit: str


class SamplesOf(Record, frozen=True):
    """A rate as printed, and the tokens of a sample that it was turned into."""

    printed: Said
    tokens: int


class Tokens(Record, frozen=True):
    tokens: str
