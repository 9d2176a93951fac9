"""What stands behind a projected time and must be said beside it: as data, worded in `figures/why/phrases.py`."""

from enum import StrEnum

from ipuwhatif.catalog.notes import Name
from ipuwhatif.records import Record


class PartOfTime(Record, frozen=True):
    """A part of a time, a key of `Projection.breakdown_s`, to be named."""

    key: str


class DataSheet(Record, frozen=True):
    """A figure of a chip or a system, by the attribute that the model reads and the name of its owner."""

    attribute: str  # "peak_flops"
    owner: str


class OfWorkload(Record, frozen=True):
    """A figure of a workload, by its name and the key of the datum."""

    workload: Name
    key: str


class ConvergencePoints(Record, frozen=True):
    """The reference convergence points of an MLPerf round."""

    mlperf_round: str


class PrintedFor(Record, frozen=True):
    """What was printed of a platform with so many chips."""

    platform: str
    chips: int


class InputName(StrEnum):
    """Inputs of which there is one."""

    LAYOUT = "layout"  # as published or assumed
    CALIBRATION = "calibration"


class Figure(Record, frozen=True):
    """A figure with its base unit, and what else was printed of the same."""

    value: float
    unit: str
    others: tuple[tuple[float, str], ...] = ()


class PointsUsed(Record, frozen=True):
    """How many reference points, from which global batch to which, and the curve through them, where one is drawn."""

    count: int
    low: int
    high: int
    curve: str | None = None


class MicroBatch(Record, frozen=True):
    """The micro-batch and the pipeline stages of a layout."""

    micro_batch: int
    stages: int


class PrintedFigure(Record, frozen=True):
    """A figure as its source prints it: a bound such as ">", value and unit, and the software."""

    bound: str
    value: float
    unit: str
    software: str


class Draws(Record, frozen=True):
    """The draws of the calibration."""

    count: int


class Fitted(Record, frozen=True):
    """Where fitted parameters are from: entries up to a round, and the evidence by its hash."""

    last_round: str
    evidence_hash: str


class ProjectionNote(StrEnum):
    """What must be said beside some projections, without a figure in it."""

    AT_LEAST_THE_REFERENCE = "at least the reference"  # of samples to target
    AS_SUBMITTED = "as submitted"
    AS_SUBMITTED_BUT_PINNED = "as submitted but pinned"


class ChipOfYourOwn(Record, frozen=True):
    """A chip that the user brought in: its name and the hash of its file."""

    chip: str
    hash: str


class FromMemory(Record, frozen=True):
    """Figures of a system, by key of the datum, that are in no source that was read."""

    keys: tuple[str, ...]
    system: str
