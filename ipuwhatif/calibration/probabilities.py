"""How often the official time lay below what a back-test calls probable: whether a date with a probability holds.

The record keeps of each prediction its middle and the ends of its 80 % interval. Between and beyond them the logarithm
of the time is taken as normal on either side of the middle, each side with the width that its end tells.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.calibration.entries import architecture
from ipuwhatif.calibration.protocols import Answer, Protocol
from ipuwhatif.calibration.scores import GROUPS, SMALLEST_COVERAGE_TEST
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import Record

#: Probabilities that are held against the record: of central intervals, and of the date that a run is done by.
LEVELS = (0.5, 0.8, 0.95)
#: A standard normal stays below this with a probability of (1 + LEVEL) / 2.
_END = 1.2815515655446004
_LEAST_WIDTH = 1e-6  # of the logarithm: an interval without any width would divide by 0
assert LEVEL == 0.8  # _END is of it


class ProbabilityScore(Record, frozen=True):
    """Some answers of a back-test. CRPS of the logarithm of the time: about a relative error, the less the better."""

    title: str
    rows: int
    inside: Mapping[float, float]  # share of the official times in the central interval of each of LEVELS
    within: Mapping[float, float]  # share of them up to the time of that probability: of dates that held
    crps: float
    naive_crps: float | None  # of `a/n + b` on the rows that it answers, which tells one time and no spread
    crps_where_naive: float | None  # of the model on the same rows

    @property
    def dates_off(self) -> float:
        """By how much the worst of the dates misses its probability, with its sign."""
        return max((self.within[level] - level for level in LEVELS), key=abs)

    @property
    def intervals_off(self) -> float:
        """The same of the intervals."""
        return max((self.inside[level] - level for level in LEVELS), key=abs)


def standing(answer: Answer) -> float:
    """The probability that the prediction put on times up to the official one, from 0 to 1: its PIT."""
    distance, _, _ = _placed(answer)
    return _below(distance)


def crps(answer: Answer) -> float:
    """Continuous ranked probability score of the logarithm of the time.

    .. math:: \\int (F(x) - [x \\ge y])^2 dx

    Gneiting and Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", JASA 102 (2007) 359; here in
    closed form, the side of the middle that the official time lies on and the other one with their own widths.
    """
    distance, own, other = _placed(answer)
    far = abs(distance)
    return other * _squared(0.0) + own * (_squared(far) - _squared(0.0) + _squared(-far))


def _squared(distance: float) -> float:
    """Integral of the squared probability that a standard normal stays below, up to so many standard deviations."""
    below, density = _below(distance), math.exp(-distance * distance / 2.0) / math.sqrt(2.0 * math.pi)
    return distance * below * below + 2.0 * below * density - _below(math.sqrt(2.0) * distance) / math.sqrt(math.pi)


def probability_scores(protocol: Protocol, catalog: Catalog) -> tuple[ProbabilityScore, ...]:
    """The groups of a back-test with as many rows as coverage can be told of, the whole of it first."""
    found = {tuple(each.entry.key for each in protocol.answers): ("", protocol.answers)}
    for group in GROUPS:
        answers = tuple(
            answer for answer in protocol.answers if group.holds(answer.entry, architecture(answer.entry, catalog))
        )
        if len(answers) >= SMALLEST_COVERAGE_TEST:
            found.setdefault(tuple(each.entry.key for each in answers), (group.title, answers))
    return tuple(probability_score(answers, title) for title, answers in found.values() if answers)


def probability_score(answers: Sequence[Answer], title: str = "") -> ProbabilityScore:
    """The score of one answer or more; an empty title is that of all."""
    stands = np.array([standing(answer) for answer in answers])
    scores = [crps(answer) for answer in answers]
    rivals = [answer.naive["time"] for answer in answers]
    pairs = [
        (own, abs(math.log(rival / answer.measured["time"])))
        for own, rival, answer in zip(scores, rivals, answers, strict=True)
        if rival is not None
    ]
    return ProbabilityScore(
        title,
        len(answers),
        {level: float(np.mean(np.abs(stands - 0.5) <= level / 2.0)) for level in LEVELS},
        {level: float(np.mean(stands <= level)) for level in LEVELS},
        float(np.mean(scores)),
        float(np.mean([naive for _, naive in pairs])) if pairs else None,
        float(np.mean([own for own, _ in pairs])) if pairs else None,
    )


def as_json(protocols: Sequence[Protocol], catalog: Catalog) -> dict[str, list[dict[str, Any]]]:
    """The scores by back-test, a group each, the whole of it first; levels are in percent."""

    def shares(found: Mapping[float, float]) -> dict[str, float]:
        return {f"{100.0 * level:.0f}": share for level, share in found.items()}

    return {
        protocol.key: [
            {
                "group": score.title or None,
                "rows": score.rows,
                "inside": shares(score.inside),
                "within": shares(score.within),
                "crps": score.crps,
                "crps_where_naive": score.crps_where_naive,
                "naive_crps": score.naive_crps,
            }
            for score in probability_scores(protocol, catalog)
        ]
        for protocol in protocols
    }


def _placed(answer: Answer) -> tuple[float, float, float]:
    """Standard deviations from the middle to the official time, and the width of that side and of the other.

    Widths are standard deviations of the logarithm of the time.
    """
    low, middle, high = (math.log(ends["time"]) for ends in (answer.low, answer.predicted, answer.high))
    widths = max((middle - low) / _END, _LEAST_WIDTH), max((high - middle) / _END, _LEAST_WIDTH)
    away = math.log(answer.measured["time"]) - middle
    own, other = widths if away < 0.0 else widths[::-1]
    return away / own, own, other


def _below(distance: float) -> float:
    """Probability that a standard normal stays below."""
    return 0.5 * math.erfc(-distance / math.sqrt(2.0))
