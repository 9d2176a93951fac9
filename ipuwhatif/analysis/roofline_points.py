"""What a roofline is: the ops of a job as points, the roofs of its chip, and what binds each."""

from collections.abc import Mapping

from ipuwhatif.analysis.results import Input
from ipuwhatif.catalog.datum import Datum
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import SystemChoice, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.records import Record
from ipuwhatif.units import Said

COMPUTE, MEMORY, LAUNCH = "compute", "memory", "launch"
BOUNDS = (COMPUTE, MEMORY, LAUNCH)


class OpPoint(Record, frozen=True):
    """One folded op over all its passes and instances of a micro-batch, on the most loaded pipeline stage."""

    index: int  # in the network
    name: str
    op_class: str
    count: int  # instances in the network
    flops: float  # 0 for passes over memory, whose arithmetic is not counted
    moved: float  # bytes of activations and weights
    compute_s: float  # the time is that of the side that binds, and of the launches
    memory_s: float
    launch_s: float
    share: float  # of the step's time

    @property
    def seconds(self) -> float:
        return self.compute_s + self.memory_s + self.launch_s

    @property
    def intensity(self) -> float:
        """FLOPs a byte."""
        return self.flops / self.moved if self.moved else 0.0

    @property
    def rate(self) -> float:
        """FLOP/s that the model gives the op."""
        return self.flops / self.seconds if self.seconds else 0.0

    @property
    def bound(self) -> str:
        """What most of its time goes on: COMPUTE, MEMORY or LAUNCH."""
        return max(zip((self.compute_s, self.memory_s, self.launch_s), BOUNDS, strict=True), key=lambda each: each[0])[
            1
        ]


class Roof(Record, frozen=True):
    """An attainable rate: min(peak, bandwidth · intensity). FLOP/s and B/s."""

    peak: float
    bandwidth: float

    def rate(self, intensity: float) -> float:
        return min(self.peak, self.bandwidth * intensity)

    @property
    def ridge(self) -> float:
        """The intensity from which on arithmetic binds."""
        return self.peak / self.bandwidth


class ChipRoofline(Record, frozen=True):
    """The job on one chip of one system. `calibrated` holds a roof for each class of ops that computes."""

    choice: SystemChoice
    name: str  # of the system: "IPU-POD16 (16 IPUs)"
    family: str
    chip: str  # name of the chip
    case: Case
    layout: Layout
    peak: Datum
    bandwidth: Datum
    sheet: Roof  # of the data sheet, with the hardware that the user changed
    calibrated: Mapping[str, Roof]
    efficiency: Mapping[str, float]  # share of the peak that a class reaches, by class
    memory_efficiency: float  # share of the bandwidth; above 1 where caches and fused ops keep bytes on the chip
    ops: tuple[OpPoint, ...]  # the largest share first
    calls_s: float  # what a framework launches beside the ops, a micro-batch
    micro_batch_s: float  # ops and calls
    step_s: float
    network: str  # where the op graph is described
    calibration: Input

    @property
    def passes_share(self) -> float:
        """Share of the step's time of ops whose arithmetic is not counted."""
        return sum(each.share for each in self.ops if not each.flops)


class Roofline(Record, frozen=True):
    """The job on each distinct chip of the ticked systems, in their order."""

    job: Workload
    chips: tuple[ChipRoofline, ...]
    settings: tuple[Said, ...]  # every moved lever in words
    notes: tuple[Said, ...]  # systems that cannot run the job
