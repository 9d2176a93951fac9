"""The model beside its rivals on the same left-out rows: errors of each, and interval scores of the two with intervals.

An interval is scored by its width and by ten times what a row lies outside of it, both of the logarithm: narrow ones
that hold too few rows lose as wide ones do (Winkler 1972, "A Decision-Theoretic Approach to Interval Estimation", JASA
67; the mean is that of Gneiting and Raftery 2007, JASA 102, equation 43, at a level of 80 %).
"""

from collections.abc import Sequence
from math import exp, log, nan

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
    naive: float | None  # None where it answers for no row, and the others are compared without it
    nearest: float
    interval: float
    nearest_interval: float

    @property
    def is_won(self) -> bool:
        """Whether the model is nearer than each rival, and its intervals score better than the nearest row's."""
        rivals = [each for each in (self.constant, self.naive, self.nearest) if each is not None]
        return self.model < min(rivals) and self.interval < self.nearest_interval


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
    """One quantity; None where the nearest entry and the share of the peak answer for no row."""
    answered = [each for each in answers if each.rivals and each.rivals[quantity].nearest is not None]
    with_naive = [each for each in answered if each.naive[quantity] is not None]
    rows = [_row(each, quantity) for each in with_naive or answered]
    if not rows:
        return None
    model, constant, naive, nearest, *scores = (float(mean) for mean in np.mean(rows, axis=0))
    return RivalScore(
        title, quantity, len(rows), model, constant, naive if with_naive else None, nearest, scores[0], scores[1]
    )


def interval_score(low: float, high: float, measured: float) -> float:
    """Of the logarithm: the width of an interval, and 2 / (1 - LEVEL) times what a value lies outside of it."""
    outside = max(log(low / measured), log(measured / high), 0.0)
    return log(high / low) + 2.0 / (1.0 - LEVEL) * outside


def _row(answer: Prediction, quantity: str) -> tuple[float, ...]:
    """Absolute errors of the model and its rivals, not a number for one that does not answer, and interval scores."""
    rival, measured = answer.rivals[quantity], answer.measured[quantity]
    nearest, half_width = rival.nearest or nan, rival.half_width or 0.0
    told = (answer.predicted[quantity], rival.constant, answer.naive[quantity], nearest)
    return (
        *(nan if each is None else abs(each / measured - 1.0) for each in told),
        interval_score(answer.low[quantity], answer.high[quantity], measured),
        interval_score(nearest * exp(-half_width), nearest * exp(half_width), measured),
    )
