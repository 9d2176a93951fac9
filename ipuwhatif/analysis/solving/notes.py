"""What must be said beside a projected time, each with its numbers, nothing of it in words.

Chips are counts, and `chip_word` is what the system's chips are called: "IPU".
"""

from enum import StrEnum

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.notes import Name
from ipuwhatif.records import Record
from ipuwhatif.scenario.amount import Amount
from ipuwhatif.units import Said

# the amount of work of a job without a quality target


class Work(Record, frozen=True):
    """An amount of work; `stated`: by the user, else it is the job's default, an assumption."""

    amount: Amount
    stated: bool


class AmountOfWork(Record, frozen=True):
    """The same as a note of its own. origin: of the default, where what it says of a sample holds."""

    amount: Amount
    stated: bool
    origin: Origin | None = None


# network, software and layout of such a job


class DenseLayers(Record, frozen=True):
    """A network of dense layers by their sizes, as they are typed."""

    sizes: str
    parameters: int


class SizedNetwork(Record, frozen=True):
    """A network by sizes that the user may set, as they are typed; `trained`: parameters of adapters; 0: all are."""

    network: str
    name: Name
    sizes: str
    parameters: int
    trained: int


class NamedNetwork(Record, frozen=True):
    """A network by its key and the name of its job."""

    network: str
    name: Name
    parameters: int


class FromNetworkFile(Record, frozen=True):
    """What the file of a network says of it."""

    note: str


class SoftwareUsed(Record, frozen=True):
    """What a projection takes the job to run on. `is_class`: software of a class that no source is named for."""

    name: str
    origin: Origin
    is_class: bool


class SoftwareAsOf(Record, frozen=True):
    """The evidence names no framework for the job."""

    release: str


class LayoutFrom(Record, frozen=True):
    """The layout that somebody published or that is assumed; where another was found from it, its micro-batch."""

    origin: Origin
    micro_batch: int | None = None
    stages: int = 1


class StatedNote(StrEnum):
    """What is said of such a job, whatever its numbers."""

    SEARCHED = "searched"  # the layout: none is in the evidence
    NOTHING_MEASURED = "nothing measured"  # of the job on this kind of chip
    THROUGHPUT_ALONE = "throughput alone"  # is in the evidence, no time of the whole job


# chips that stay idle, and batches that run otherwise than asked for


class IdleReason(StrEnum):
    """Why chips stay idle, whatever their number."""

    LONGER = "longer"  # with all of them at work the job would take longer


class ReplicaTakes(Record, frozen=True):
    """Fewer chips remain than a replica takes; `pipeline`: than its pipeline does."""

    chips: int
    pipeline: bool


class BatchTooLarge(Record, frozen=True):
    """All chips at work would make a larger global batch than the largest of the job."""

    least: int
    most: int


class NoSampleForEach(Record, frozen=True):
    """A global batch that has fewer samples than there are replicas."""

    batch: int


class NoSplit(Record, frozen=True):
    """No split over all chips comes near a pinned global batch."""

    batch: int


class IdleChips(Record, frozen=True):
    """Chips that stay idle; why, where no entry left them so."""

    idle: int
    chips: int
    chip_word: str
    reason: Said


class BatchRunsAs(Record, frozen=True):
    """A pinned global batch that runs as another one."""

    pinned: int
    batch: int
    replicas: int
    micro_batch: int
    accumulation: int


# software older than a chip


class NoRunOfChip(Record, frozen=True):
    """No run of a chip with such software is in the evidence; `first`: year and month of the first that is."""

    chip: str
    release: str
    first: str | None
