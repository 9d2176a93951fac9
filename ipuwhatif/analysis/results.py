"""Plain answers to the questions: what `project`, `compare` and `scaling` return, and nothing drawn yet."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ipuwhatif.analysis.reasons import Fitted
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import OfficialResult, SystemChoice, Workload
from ipuwhatif.model.case import Case, Gains, is_pinned
from ipuwhatif.records import Record
from ipuwhatif.units import Said

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World

CALIBRATED, EXTRAPOLATED, STATED = "calibrated", "extrapolated", "stated"


class Quantity(Record, frozen=True):
    """A projected figure: the model at the central parameters, and the interval of its draws."""

    median: float
    low: float
    high: float
    level: float = 0.8


class Input(Record, frozen=True):
    """One input of a projection, for the reply to "where does that number come from?"."""

    what: Said  # a peak arithmetic rate of a chip
    value: Said
    origin: Origin | Fitted


class Term(Record, frozen=True):
    """One term of the formula with its value at the central parameters."""

    key: str  # a key of Projection.breakdown_s, or "throughput", "samples_to_target", "step_time"
    value: float
    unit: str  # of the value: "s", "samples", "samples/s", "1"
    stated: bool  # of a job without a quality target
    language: bool  # of a language model
    count: float = 0.0  # the global batch of the samples, the micro-batches of a step
    work: Said = ""  # the amount of work of a job without a quality target


class Projection(Record, frozen=True):
    """One projection with everything needed to defend it. Times in seconds."""

    case: Case
    choice: SystemChoice
    name: str  # "IPU-POD64 (64 IPUs)"
    family: str
    chip_word: str  # of one chip: "IPU"
    time_to_train_s: Quantity
    throughput_samples_per_s: Quantity
    samples_to_target: Quantity
    layout: Layout
    breakdown_s: Mapping[str, float]  # adds up to time_to_train_s.median
    basis: str
    beyond: tuple[str, ...]  # axes along which the projection leaves the evidence
    sourced: bool  # False where a figure of the data sheet was only recalled
    official: OfficialResult | None
    evidence: tuple[OfficialResult, ...]  # nearest first
    terms: Sequence[Term]  # these three are told when they are asked for: a drag asks for few of them
    inputs: Sequence[Input]
    notes: Sequence[Said]
    world: "World"  # that it was projected in
    scenario: str = ""  # letter of a scenario beside the one that is looked at

    @property
    def job(self) -> Workload:
        """What is trained."""
        return self.world.catalog.workloads[self.case.workload]


class Missing(Record, frozen=True):
    """A system that cannot run the job, and why."""

    choice: SystemChoice
    name: str  # "IPU-M2000 (4 IPUs)"
    family: str
    reason: Said  # what does not fit, and the smallest that does


class Factor(Record, frozen=True):
    """What a projected time is multiplied by; `value` is None where that is not known."""

    value: float | None
    words: Said  # "4 × IPU-M2000, at most 1.5 kW each"; without a value what to state, or why there is none
    origin: Origin | None = None
    leaves_out: Said = ""  # what is not in it: "host servers and switches"
    unit: str = ""  # the currency of a price


class Comparison(Record, frozen=True):
    """Several systems on one workload. `baseline` is the same without levers, or None when none is moved."""

    projections: tuple[Projection, ...]
    baseline: tuple[Projection, ...] | None
    reference: int  # index of the reference system in `projections`
    settings: tuple[Said, ...] = ()  # every moved lever
    missing: tuple[Missing, ...] = ()  # systems of the question that cannot run the job
    assumed: tuple[Projection, ...] | None = None  # the baseline under changed assumptions, where they are changed
    units: tuple[Factor, ...] = ()  # of each projection, of what systems are compared by; empty: they as they are
    #: Where two scenarios stand side by side: of each row that of the same system under the first, None for the first.
    pairs: tuple[int | None, ...] = ()
    first: str = ""  # letter of the first of them
    subject: str = ""  # key of the system that is spoken of; empty: the first beside the reference

    def is_moved(self, row: int) -> bool:
        """Whether a lever, an assumption or a pin acts on one of the projections: then it asks what if."""
        found = self.projections[row]
        before = found if self.baseline is None else self.baseline[row]
        learnt = found.throughput_samples_per_s != before.throughput_samples_per_s  # from what the user measured
        return found.case != before.case or learnt or is_pinned(found.case) or found.case.gains != Gains()

    def partner(self, row: int) -> int | None:
        """The row of the same system under the other of two scenarios."""
        if not self.pairs:
            return None
        before = self.pairs[row]
        return before if before is not None else next((each for each, of in enumerate(self.pairs) if of == row), None)


class ScalingCurve(Record, frozen=True):
    """One system family over chip counts; arrays as tuples of equal length, seconds."""

    system: str
    name: str
    family: str
    chip_word: str
    chips: tuple[int, ...]
    median: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    sourced: bool  # False where a figure of the data sheet was only recalled
    calibrated: tuple[bool, ...]
    beyond: tuple[tuple[str, ...], ...]  # axes along which each point leaves the evidence
    layouts: tuple[Layout, ...]  # of each point
    baseline_median: tuple[float, ...] | None
    official: tuple[OfficialResult, ...]  # of this system, workload, recipe and release
    assumed_median: tuple[float, ...] | None = None  # the baseline under changed assumptions, where they are changed
    binding: tuple[str, ...] = ()  # the part, a key of Projection.breakdown_s, that takes most of each point's time


class Scaling(Record, frozen=True):
    """Time-to-train along the chip count, a curve per system family."""

    workload: str
    recipe: str
    release: str
    curves: tuple[ScalingCurve, ...]
    notes: tuple[Said, ...]
    world: "World"  # that they were projected in
    settings: tuple[Said, ...] = ()  # every moved lever
    samples: float | None = None  # amount of work that was stated; None: the workload's default
    software: str = ""  # published software that GPUs run; empty: that of the release
    beside: tuple[ScalingCurve, ...] = ()  # of another scenario that stands beside this one
    beside_letter: str = ""  # of that scenario
    letter: str = ""  # of this one, where another stands beside it

    @property
    def job(self) -> Workload:
        """What is trained."""
        return self.world.catalog.workloads[self.workload]
