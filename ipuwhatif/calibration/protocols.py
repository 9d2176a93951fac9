"""What a back-test answers: one entry predicted without having been seen, and all entries of one way of leaving out.

Plain values, so that the record can be read and shown where nothing is fitted.
"""

from collections.abc import Mapping

from ipuwhatif.calibration.shapes import NORMAL, Shape
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.records import Record, field

IN_SAMPLE = "in-sample"  # key of the protocol that leaves nothing out


class Rival(Record, frozen=True):
    """What a constant share of the peak and the nearest entry say of one quantity; None where neither knows the job.

    half_width: of the interval around the nearest, of its logarithm.
    """

    constant: float | None
    nearest: float | None
    half_width: float | None


class Prediction(Record, frozen=True):
    """One row as predicted without it: predicted, low, high and measured values by quantity, and the rival's."""

    entry: OfficialResult
    predicted: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    measured: dict[str, float]
    naive: dict[str, float | None]
    time_with_true_samples: float
    time_with_searched_layout: float  # layout and batch searched as for a user, instead of given
    rivals: Mapping[str, Rival] = field(default_factory=dict)  # further ones, by quantity
    shape: Shape = NORMAL  # of the scatter of the time, that low and high of it are told by

    def error(self, quantity: str) -> float:
        """Relative error, predicted over measured minus one."""
        return self.predicted[quantity] / self.measured[quantity] - 1.0


class Protocol(Record, frozen=True):
    """One way of leaving rows out, with its answers and the rows that it cannot answer."""

    key: str
    title: str
    answers: tuple[Prediction, ...]
    unanswered: tuple[tuple[OfficialResult, str], ...]
