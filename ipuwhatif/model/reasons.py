"""Why a job cannot be laid out as asked: each kind of reason with its numbers, nothing of it in words.

Chips are counts, memory is in bytes, `chip_word` is what the system's chips are called: "IPU".
"""

from enum import StrEnum

from ipuwhatif.catalog.notes import Name
from ipuwhatif.records import Record


class Reason(Record, frozen=True, tag=True):
    """A reason that files keep, under the name of its kind."""


# the job has no layout on such a chip


class NoNetwork(Reason, frozen=True):
    """A job that is known by a stated ratio only."""

    workload: Name


class NoEntry(Reason, frozen=True):
    """No entry shows how the job is laid out on a chip of this kind."""

    workload: Name
    chip: str


class NoPublishedLayout(Reason, frozen=True):
    """No configuration of the job is published for a chip of this kind."""

    workload: Name
    chip: str


class StateTooLarge(Reason, frozen=True):
    """Weights, gradients and Adam's state are more than all chips of the system hold."""

    workload: Name
    need: float
    chip_word: str
    chips: int
    system: str
    held: float


class NoPrior(Reason, frozen=True):
    """The table of generations has no row for that of a chip."""

    generation: str
    chip: str


# what a chip lacks


class StageShortage(Reason, frozen=True):
    """What the fullest stage needs, what is free for it, and the whole memory of the chip."""

    stages: int
    need: float
    free: float
    memory: float


class LanguageShortage(Reason, frozen=True):
    """The same of a language model whose replicas share the optimizer's state."""

    need: float
    free: float
    memory: float


class FitsNowhere(Reason, frozen=True):
    """No number of chips of the system holds the job."""

    workload: Name
    system: str
    shortage: StageShortage | LanguageShortage


class TooFewChips(Reason, frozen=True):
    """More chips would do. `stages`: pinned pipeline stages that ask for them; else the shortage does."""

    workload: Name
    chip_word: str
    chips: int
    smallest: int
    stages: int | None = None
    shortage: StageShortage | LanguageShortage | None = None


# parts that the user pins


class MicroBatchTooLarge(Reason, frozen=True):
    """A pinned micro-batch that no pipeline holds, and the largest that one does."""

    workload: Name
    chip: str
    pinned: int
    largest: int


class StagesDoNotFit(Reason, frozen=True):
    """Pinned pipeline stages that do not fit, and those that do."""

    workload: Name
    chip: str
    stages: int
    possible: tuple[int, ...]


class BatchParts(Reason, frozen=True):
    """The pinned parts of a replica's batch, and what they make together."""

    micro_batch: int
    accumulation: int
    samples_per_pack: float
    product: int


class BatchNotDivisible(Reason, frozen=True):
    """The pinned parts do not go into the pinned global batch; the nearest that they go into."""

    parts: BatchParts
    batch: int
    near: int


class TooManyReplicas(Reason, frozen=True):
    """The pinned parts and the pinned global batch take more chips than there are."""

    parts: BatchParts
    batch: int
    replicas: int
    chip_word: str
    chips: int
    there: int


class CutIsForLanguage(Reason, frozen=True):
    """Tensor and context parallel, precision and recompute are pinned for a job that is no language model."""

    workload: Name


class CutPart(StrEnum):
    """A part of a cut that a user pins."""

    TENSOR = "tensor"
    CONTEXT = "context"
    STAGES = "stages"


class NoSuchCut(Reason, frozen=True):
    """A pinned part of a cut that the job on the system does not have, and the values that there are."""

    workload: Name
    system: str
    part: CutPart
    count: int
    possible: tuple[int, ...]


class CutPartsExclude(Reason, frozen=True):
    """Each pinned part exists, and no cut has all of them."""

    workload: Name


class NoRate(Reason, frozen=True):
    """The data sheet of a chip has no rate for a pinned precision."""

    chip: str
    precision: str
    possible: tuple[str, ...]


# the layout of an entry


class NoEntryOfSize(Reason, frozen=True):
    """No entry of the division ran on so many chips; the counts that entries exist with."""

    recipe: str
    release: str
    chip_word: str
    chips: int
    system: str
    counts: tuple[int, ...]


class UpdateNotModelled(Reason, frozen=True):
    """The entry trained with an update that the model does not know."""

    optimizer: str


class EntryHasOwnCut(Reason, frozen=True):
    """Parts of the cut are pinned where the layout is that of an entry, which has its own."""
