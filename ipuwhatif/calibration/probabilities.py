"""How often the official time lay below what a back-test calls probable: whether a date with a probability holds.

A prediction is a middle, a width on either side of it, and a shape of the scatter that no entry of the row's own round
has told: what `shapes` does to the draws of a projection.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from ipuwhatif.calibration.entries import architecture
from ipuwhatif.calibration.learnt_shapes import distance_of, widths
from ipuwhatif.calibration.protocols import Prediction, Protocol
from ipuwhatif.calibration.scores import GROUPS, SMALLEST_COVERAGE_TEST, binomial_p_value
from ipuwhatif.calibration.shapes import NORMAL, Shape, score_of
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record

#: By how much a share may miss its level.
ALLOWED = 0.08
#: Chance below which an interval is said to be wrong, not unlucky.
UNLIKELY = 0.05
#: Probabilities that are held against the record: of central intervals, and of the date that a run is done by.
LEVELS = (0.5, 0.8, 0.95)


class ProbabilityScore(Record, frozen=True):
    """Some answers of a back-test. CRPS of the logarithm of the time: about a relative error, the less the better."""

    title: str
    rows: int
    inside: Mapping[float, float]  # share of the official times in the central interval of each of LEVELS
    within: Mapping[float, float]  # share of them up to the time of that probability: of dates that held
    crps: float
    naive_crps: float | None  # of `a/n + b` on the rows that it answers, which tells one time and no spread
    crps_where_naive: float | None  # of the model on the same rows
    votes: int = 0  # rows of one job, round and kind of chip are one: they miss together
    by_chance: float | None = None  # p-value of the worst interval at one vote each; None for too few votes to tell

    @property
    def dates_off(self) -> float:
        """By how much the worst of the dates misses its probability, with its sign."""
        return _worst(self.within)

    @property
    def intervals_off(self) -> float:
        """The same of the intervals."""
        return _worst(self.inside)


def _worst(shares: Mapping[float, float]) -> float:
    """The farthest that shares lie from their levels; 72 rows of 100 miss 80 % by 0.08 and not by a rounding more."""
    return max((round(shares[level] - level, 12) for level in LEVELS), key=abs)


def standing(answer: Prediction) -> float:
    """The probability that the prediction put on times up to the official one, from 0 to 1: its PIT."""
    return _below(score_of(distance_of(answer), answer.shape))


def crps(answer: Prediction) -> float:
    """Continuous ranked probability score of the logarithm of the time.

    .. math:: \\int (F(x) - [x \\ge y])^2 dx

    Gneiting and Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", JASA 102 (2007) 359; here in
    closed form: between two quantiles of its shape the distance grows in proportion to the normal score.
    """
    official = score_of(distance_of(answer), answer.shape)
    below, above = widths(answer)
    total = 0.0
    for low, high, slope in _pieces(answer.shape):
        reached = min(max(official, low), high)
        squared = _squared(reached) - _squared(low) + _squared(-reached) - _squared(-high)
        total += slope * (below if high <= 0.0 else above) * squared
    return total


def _pieces(shape: Shape) -> Iterator[tuple[float, float, float]]:
    """Normal scores from and to, and how much distance goes with each of them there."""
    yield -math.inf, NORMAL[0], shape[0] / NORMAL[0]
    for (low, high), (near, far) in zip(pairwise(NORMAL), pairwise(shape), strict=True):
        yield low, high, (far - near) / (high - low)
    yield NORMAL[-1], math.inf, shape[-1] / NORMAL[-1]


def _squared(score: float) -> float:
    """Integral of the squared probability that a standard normal stays below, from minus infinity to a score."""
    if score == -math.inf:
        return 0.0
    below, density = _below(score), math.exp(-score * score / 2.0) / math.sqrt(2.0 * math.pi)
    return score * below * below + 2.0 * below * density - _below(math.sqrt(2.0) * score) / math.sqrt(math.pi)


def probability_scores(protocol: Protocol, catalog: Catalog) -> tuple[ProbabilityScore, ...]:
    """The groups of a back-test with as many rows as coverage can be told of, the whole of it first."""
    found = {tuple(each.entry.key for each in protocol.answers): ("", protocol.answers)}
    for group in GROUPS:
        answers = tuple(
            answer for answer in protocol.answers if group.holds(answer.entry, architecture(answer.entry, catalog))
        )
        if len(answers) >= SMALLEST_COVERAGE_TEST:
            found.setdefault(tuple(each.entry.key for each in answers), (group.title, answers))
    return tuple(probability_score(answers, catalog, title) for title, answers in found.values() if answers)


def probability_score(answers: Sequence[Prediction], catalog: Catalog, title: str = "") -> ProbabilityScore:
    """The score of one answer or more; an empty title is that of all."""
    stands = np.array([standing(answer) for answer in answers])
    scores = [crps(answer) for answer in answers]
    rivals = [answer.naive["time"] for answer in answers]
    pairs = [
        (own, abs(math.log(rival / answer.measured["time"])))
        for own, rival, answer in zip(scores, rivals, answers, strict=True)
        if rival is not None
    ]
    votes, by_chance = _votes(answers, np.abs(stands - 0.5) * 2.0, catalog)
    return ProbabilityScore(
        title,
        len(answers),
        {level: float(np.mean(np.abs(stands - 0.5) <= level / 2.0)) for level in LEVELS},
        {level: float(np.mean(stands <= level)) for level in LEVELS},
        float(np.mean(scores)),
        float(np.mean([naive for _, naive in pairs])) if pairs else None,
        float(np.mean([own for own, _ in pairs])) if pairs else None,
        votes,
        by_chance,
    )


def _votes(answers: Sequence[Prediction], depths: FloatArray, catalog: Catalog) -> tuple[int, float | None]:
    """How many votes answers have, and the least p-value of the intervals by a two-sided binomial test of them.

    depths: the level of the smallest central interval that holds each answer. Entries of one job, round and kind of
    chip, near copies often, share what the model does not know of them: the share of them inside is one vote.
    """
    place: dict[tuple[str, str, str], int] = {}
    votes = [place.setdefault(_voter(answer.entry, catalog), len(place)) for answer in answers]
    sizes = np.bincount(votes)
    if len(sizes) < SMALLEST_COVERAGE_TEST:
        return len(sizes), None
    inside = {level: float((np.bincount(votes, depths <= level) / sizes).sum()) for level in LEVELS}
    return len(sizes), min(binomial_p_value(round(inside[level]), len(sizes), level) for level in LEVELS)


def _voter(entry: OfficialResult, catalog: Catalog) -> tuple[str, str, str]:
    assert entry.workload is not None and entry.choice is not None  # it was predicted
    return entry.workload, entry.release, catalog.chip_of(entry.choice).key


@cache
def chance_to_hold(rows: int) -> float:
    """How likely all of LEVELS are held within ALLOWED by so many independent rows, were each probability right."""
    counts, before = np.arange(rows + 1), 0.0
    held = np.where(counts == 0, 1.0, 0.0)  # the chance of so many rows up to the level before, all levels held so far
    for level in LEVELS:
        step = (level - before) / (1.0 - before)  # of the rows beyond the level before, the share up to this one
        reached = np.zeros(rows + 1)
        for inside in np.flatnonzero(held).tolist():
            reached[inside:] += held[inside] * _binomial(rows - inside, step)
        held = np.where(np.abs(counts / rows - level) <= ALLOWED + 1e-12, reached, 0.0)
        before = level
    return float(held.sum())


def _binomial(rows: int, share: float) -> FloatArray:
    """Chances of 0 to `rows` rows, each with a chance of `share`."""
    counts = np.arange(rows + 1)
    ways = math.lgamma(rows + 1) - np.array([math.lgamma(k + 1) + math.lgamma(rows - k + 1) for k in counts.tolist()])
    return np.asarray(np.exp(ways + counts * math.log(share) + (rows - counts) * math.log1p(-share)))


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
                "votes": score.votes,
                "by_chance": score.by_chance,
            }
            for score in probability_scores(protocol, catalog)
        ]
        for protocol in protocols
    }


def _below(distance: float) -> float:
    """Probability that a standard normal stays below."""
    return 0.5 * math.erfc(-distance / math.sqrt(2.0))
