"""How far levers and assumptions move a time: the tornado of one system as data."""

from ipuwhatif.analysis.results import Projection
from ipuwhatif.catalog.priors.priors import Prior
from ipuwhatif.model.case import Case
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.units import Said

SCATTER = "scatter"


class Part(Record, frozen=True):
    """One parameter of an assumption: its central value and where 80 % of its own draws lie."""

    parameter: Prior
    center: float
    low: float
    high: float


class Swing(Record, frozen=True):
    """What one lever or assumption does to the time. `low_s` belongs to its low setting, `high_s` to its high one.

    The settings of a lever are its values; those of an assumption are the draws that make the job fast and slow.
    """

    key: str  # "ipu.compute_gain", "assumption/memory", "scatter"
    kind: str  # LEVER, ASSUMPTION or SCATTER
    low_s: float
    high_s: float
    lever: Lever | None = None
    values: tuple[float, float] | None = None  # of a lever
    asked: tuple[float, float] | None = None  # the values to be tried; where one differs, the job does not fit with it
    parts: tuple[Part, ...] = ()  # of an assumption
    drawn: tuple[float, float] | None = None  # of an assumption with one part: its values at both ends

    @property
    def refused(self) -> bool:
        """Whether the job does not fit at one of the settings; the time there is the present one."""
        return self.asked != self.values

    @property
    def fits(self) -> tuple[bool, bool]:
        """Whether the job fits at the low and at the high setting."""
        if self.asked is None or self.values is None:
            return True, True
        return self.asked[0] == self.values[0], self.asked[1] == self.values[1]

    def size(self, center_s: float) -> float:
        """Seconds from the least to the most of its two times and the centre."""
        return max(self.low_s, self.high_s, center_s) - min(self.low_s, self.high_s, center_s)


class Together(Record, frozen=True):
    """All levers, or all assumptions, moved at once to the side that is fast (or slow), against the sum of each alone.

    Changes in seconds against the centre.
    """

    kind: str
    fast_s: float
    fast_sum_s: float
    slow_s: float
    slow_sum_s: float

    @property
    def interaction(self) -> float:
        """How far the sum misses the change of all together, as a part of it: the larger of both sides."""
        pairs = ((self.fast_s, self.fast_sum_s), (self.slow_s, self.slow_sum_s))
        return max((abs(total - sum_) / abs(total) for total, sum_ in pairs if total), default=0.0)


class Swings(Record, frozen=True):
    """The tornado of one system, the largest swing first. `center_s` is the time with nothing moved."""

    case: Case
    center_s: float
    swings: tuple[Swing, ...]
    together: tuple[Together, ...]


class Sensitivity(Record, frozen=True):
    """The tornado with the projection that it is of."""

    projection: Projection
    swings: Swings
    settings: tuple[Said, ...]  # levers that were moved before, in words
    letter: str = ""  # of its scenario, where a second one stands beside it
    beside: "Sensitivity | None" = None  # the same system under that second scenario
