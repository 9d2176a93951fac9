"""Plain answers to the questions: what `project`, `compare` and `scaling` return, and nothing drawn yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from ipuwhatif.catalog.types import Layout, OfficialResult, Origin, SystemChoice
from ipuwhatif.model.case import Case

CALIBRATED, EXTRAPOLATED, STATED = "calibrated", "extrapolated", "stated"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A projected figure: the model at the central parameters, and the interval of its draws."""

    median: float
    low: float
    high: float
    level: float = 0.8


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a projection, for the reply to "where does that number come from?"."""

    name: str  # "Peak arithmetic rate, GC200"
    value: str  # printed with its unit
    origin: Origin


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the formula with its value at the central parameters."""

    key: str  # a key of Projection.breakdown_s, or "throughput", "samples_to_target", "step_time"
    name: str
    equation: str  # plain text: "samples to target / throughput"
    value: str  # printed with its unit


@dataclass(frozen=True, slots=True)
class Projection:
    """One projection with everything needed to defend it. Times in seconds."""

    case: Case
    choice: SystemChoice
    name: str  # "IPU-POD64 (64 IPUs)"
    family: str
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
    terms: tuple[Term, ...]
    inputs: tuple[Input, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A system that cannot run the job, and why."""

    choice: SystemChoice
    name: str  # "IPU-M2000 (4 IPUs)"
    family: str
    reason: str  # one line: what does not fit, and the smallest that does


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several systems on one workload. `baseline` is the same without levers, or None when none is moved."""

    projections: tuple[Projection, ...]
    baseline: tuple[Projection, ...] | None
    reference: int  # index of the reference system in `projections`
    settings: tuple[str, ...] = ()  # every moved lever in words: "IPU compute gain 1.30 ×"
    missing: tuple[Missing, ...] = ()  # systems of the question that cannot run the job
    assumed: tuple[Projection, ...] | None = None  # the baseline under changed assumptions, where they are changed


@dataclass(frozen=True, slots=True)
class ScalingCurve:
    """One system family over chip counts; arrays as tuples of equal length, seconds."""

    system: str
    name: str
    family: str
    chips: tuple[int, ...]
    median: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    sourced: bool  # False where a figure of the data sheet was only recalled
    calibrated: tuple[bool, ...]
    beyond: tuple[tuple[str, ...], ...]  # axes along which each point leaves the evidence
    batches: tuple[int, ...]  # global batch of each point's layout
    baseline_median: tuple[float, ...] | None
    official: tuple[OfficialResult, ...]  # of this system, workload, recipe and release


@dataclass(frozen=True, slots=True)
class Scaling:
    """Time-to-train along the chip count, a curve per system family."""

    workload: str
    recipe: str
    release: str
    curves: tuple[ScalingCurve, ...]
    notes: tuple[str, ...]
    settings: tuple[str, ...] = ()  # every moved lever in words
    samples: float | None = None  # amount of work that was stated; None: the workload's default
