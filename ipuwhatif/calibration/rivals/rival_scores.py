"""The model beside its rivals on the same left-out rows: errors of each, and interval scores of the two with intervals.

An interval is scored by its width and by ten times what a row lies outside of it, both of the logarithm: narrow ones
that hold too few rows lose as wide ones do (Winkler 1972, "A Decision-Theoretic Approach to Interval Estimation", JASA
67; the mean is that of Gneiting and Raftery 2007, JASA 102, equation 43, at a level of 80 %).
"""

from collections.abc import Sequence
from math import exp, log

import numpy as np

from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.calibration.entries import architecture
from ipuwhatif.calibration.protocols import IN_SAMPLE, Prediction, Protocol
from ipuwhatif.calibration.scores import GROUPS
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import Record


class RivalScore(Record, frozen=True):
    """Over the rows of one group that all rivals answer: mean absolute errors, mean interval scores of logarithms."""

    title: str  # of the group
    quantity: str
    rows: int
    model: float
    constant: float
    naive: float
    nearest: float
    interval: float
    nearest_interval: float

    @property
    def is_won(self) -> bool:
        """Whether the model is nearer than each rival, and its intervals score better than the nearest row's."""
        return self.model < min(self.constant, self.naive, self.nearest) and self.interval < self.nearest_interval


def rival_scores(protocol: Protocol, catalog: Catalog, quantities: Sequence[str]) -> tuple[RivalScore, ...]:
    """By group, those whose rows are all of a group before them left out; none where nothing was left out."""
    found: dict[tuple[str, ...], tuple[RivalScore, ...]] = {}
    for group in GROUPS if protocol.key != IN_SAMPLE else ():
        held = [each for each in protocol.answers if group.holds(each.entry, architecture(each.entry, catalog))]
        keys = tuple(each.entry.key for each in held)
        if held and keys not in found:
            scores = (rival_score(group.title, held, quantity) for quantity in quantities)
            found[keys] = tuple(each for each in scores if each is not None)
    return tuple(each for scores in found.values() for each in scores)


def rival_score(title: str, answers: Sequence[Prediction], quantity: str) -> RivalScore | None:
    """One quantity; None where a rival answers for no row."""
    rows = [_row(each, quantity) for each in answers]
    told = np.array([row for row in rows if row is not None])
    if not len(told):
        return None
    return RivalScore(title, quantity, len(told), *(float(mean) for mean in told.mean(axis=0)))


def interval_score(low: float, high: float, measured: float) -> float:
    """Of the logarithm: the width of an interval, and 2 / (1 - LEVEL) times what a value lies outside of it."""
    outside = max(log(low / measured), log(measured / high), 0.0)
    return log(high / low) + 2.0 / (1.0 - LEVEL) * outside


def _row(answer: Prediction, quantity: str) -> tuple[float, ...] | None:
    rival, naive, measured = answer.rivals.get(quantity), answer.naive[quantity], answer.measured[quantity]
    if rival is None or naive is None or rival.constant is None or rival.nearest is None or rival.half_width is None:
        return None
    ends = rival.nearest * exp(-rival.half_width), rival.nearest * exp(rival.half_width)
    return (
        *(abs(each / measured - 1.0) for each in (answer.predicted[quantity], rival.constant, naive, rival.nearest)),
        interval_score(answer.low[quantity], answer.high[quantity], measured),
        interval_score(*ends, measured),
    )
