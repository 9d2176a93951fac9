"""What is told and refused of network files, as values. Worded in `figures/networks/file_phrases.py`."""

from enum import StrEnum, auto

from ipuwhatif.records import Record
from ipuwhatif.units import Said

# what a sample is


class Sequence(Record, frozen=True):
    tokens: int


class Image(Record, frozen=True):
    size: int  # pixels


class Inputs(Record, frozen=True):
    """The inputs of a graph with their shapes, "image 1 × 3 × 224 × 224"."""

    shapes: tuple[str, ...]


# a file, whatever its format


class OfFile(Record, frozen=True):
    file: str
    reason: Said


class NoNetworkFile(Record, frozen=True):
    name: str
    suffixes: tuple[str, ...]  # that are read


class NamesNoDimension(Record, frozen=True):
    """A file whose inputs have no names to state sizes of."""

    name: str
    sizes: tuple[str, ...]


# configurations


class Strange(StrEnum):
    """What a key makes of a network that is not counted."""

    MIXTURE = auto()
    STATE_SPACE = auto()
    SEVERAL_PARTS = auto()
    COMPRESSED_ATTENTION = auto()
    READS_ENCODER = auto()
    ATTENTION_BIASES = auto()
    FEED_FORWARD_BIASES = auto()
    FEED_FORWARD_PIECES = auto()


class ConfigurationFault(StrEnum):
    FAMILY = auto()
    STRANGE_FAMILY = auto()
    STRANGE = auto()
    ARCHITECTURE = auto()
    LAYERS = auto()
    WIDER_POOLER = auto()


class OfConfiguration(Record, frozen=True):
    """What is not read or not counted: a kind, or what a key makes of it."""

    fault: ConfigurationFault
    kind: str = ""
    key: str = ""
    what: Strange | None = None
    known: tuple[str, ...] = ()


class ConfigurationNote(StrEnum):
    QUANTIZED = auto()
    LENGTH_OF_POSITIONS = auto()
    LENGTH_ASSUMED = auto()
    COUNTED_AS_TRAINED = auto()  # with another head


class Counted(Record, frozen=True):
    """What was assumed of a configuration, or is counted otherwise than it says."""

    note: ConfigurationNote
    tokens: int = 0  # of a sequence
    most: int = 0  # that the file allows
    name: str = ""


class KeysNotUnderstood(Record, frozen=True):
    keys: tuple[str, ...]


class Part(StrEnum):
    PREDICTED = auto()  # of the tokens in training, where all are counted
    BEYOND_WINDOW = auto()  # of the FLOPs: attention that is counted and that a window leaves out


class Share(Record, frozen=True):
    of: Part
    share: float


# ONNX


class OnnxFault(StrEnum):
    NO_PACKAGE = auto()
    NO_MODEL = auto()
    NO_NODE = auto()
    BUILT_OTHERWISE = auto()
    NODE_BUILT_OTHERWISE = auto()
    TOO_MANY_NODES = auto()
    TOO_MANY_VALUES = auto()
    NESTED_TOO_DEEP = auto()
    CALLS_ITSELF = auto()
    WEIGHTS_OUTSIDE = auto()  # of the folder of their file
    NO_SHAPES = auto()


class OfModel(Record, frozen=True):
    fault: OnnxFault
    name: str = ""
    kind: str = ""  # of a node
    most: int = 0
    place: str = ""
    reason: str = ""  # as the package says


class ShapeUnknown(Record, frozen=True):
    """A value whose shape a node needs; behind: an op that is not understood and may hide it."""

    file: str
    name: str
    kind: str
    behind: str = ""


class DimensionNote(StrEnum):
    UNKNOWN = auto()
    NO_SIZE = auto()
    NO_SIZE_NO_NAME = auto()
    ONE_SAMPLE = auto()
    FIRST_ONE_SAMPLE = auto()  # which has no name


class OfDimension(Record, frozen=True):
    """What is refused or assumed of a dimension of an input."""

    note: DimensionNote
    name: str = ""
    input: str = ""
    place: int = 0  # from 1
    file: str = ""
    known: tuple[str, ...] = ()


class OpNotUnderstood(Record, frozen=True):
    kind: str
    count: int
    share: float  # of the FLOPs that its weights may stand for


class BodyCountedOnce(Record, frozen=True):
    kind: str
    count: int


class Tied(Record, frozen=True):
    count: int


class VectorsUsedAgain(Record, frozen=True):
    count: int


class TablesOfConstants(Record, frozen=True):
    values: tuple[tuple[str, int], ...]  # by name
