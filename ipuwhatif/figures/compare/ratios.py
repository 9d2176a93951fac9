"""What two systems are compared by, and whether a ratio of them may be stated: one rule for headlines and tables.

A system has one number: its official score while nothing acts on it, else its projection. Two scores of one benchmark,
round and division are compared with each other; any other pair is compared projection to projection.
"""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.results import CALIBRATED, Comparison, Projection, Quantity, Scaling, ScalingCurve
from ipuwhatif.analysis.solving.first_runs import is_before_first_run
from ipuwhatif.calibration.support.spreads import GENERATION, OWN_CHIP
from ipuwhatif.catalog.types import Catalog, OfficialResult, SystemChoice
from ipuwhatif.figures.job_titles import is_stated
from ipuwhatif.figures.phrasing import key_of, may_compare, overlap, point_key, point_name, score_range
from ipuwhatif.model.parameters import anchor_release
from ipuwhatif.records import Record
from ipuwhatif.texts import tr

#: Axes along which a job without a quality target has never been measured: such times make no ratio to stand up for.
UNMEASURED = ("workload", GENERATION, OWN_CHIP, "chips", "micro-batch")
#: Times that one global batch is another from which on they are named.
FAR_BATCHES = 4
#: Why no ratio is stated.
NOT_SOURCED, OLD_SOFTWARE, NOT_MEASURED, BATCHES, OVERLAP = "sources", "software", "measured", "batches", "overlap"
SAME = "same"
#: Those of them that a headline ends with.
ENDINGS = (SAME, OVERLAP, OLD_SOFTWARE, BATCHES)
#: How far two times of one system are apart at least, in the log, to be two.
LEAST_CHANGE = 5e-4


class Side(Record, frozen=True):
    """One side of a ratio: a projection, or a point of a curve."""

    name: str  # "IPU-POD64 (64 IPUs)"
    key: str  # what a click on its projected number asks the why of
    quantity: Quantity
    catalog: Catalog
    workload: str
    release: str
    choice: SystemChoice
    inside: bool  # the data
    beyond: tuple[str, ...]
    sourced: bool
    global_batch: int
    official: OfficialResult | None = None  # the score, where that is its number


class Verdict(Record, frozen=True):
    """What is said of two sides: their ratio, or why there is none."""

    ratio: float | None
    reason: str = ""  # one of those above
    rough: bool = False  # told with two digits and "about": a side lies beyond the data
    official: bool = False  # of two official scores


def score_of(comparison: Comparison, row: int, official_shown: bool) -> OfficialResult | None:
    """The official score of one of the projections, where that is its number: on show, and nothing acts on it.

    Under two scenarios a system's numbers are of one kind: both official, or both projected.
    """
    rows = [row, *(other for other in (comparison.partner(row),) if other is not None)]
    projected = any(comparison.is_moved(each) or comparison.projections[each].official is None for each in rows)
    return comparison.projections[row].official if official_shown and not projected else None


def row_side(comparison: Comparison, row: int, official_shown: bool) -> Side:
    """One of the projections with its number."""
    return side_of(comparison.projections[row], official=score_of(comparison, row, official_shown))


def side_of(projection: Projection, quantity: Quantity | None = None, official: OfficialResult | None = None) -> Side:
    """A projection as a side, by its time or by a quantity that was derived from it."""
    case = projection.case
    return Side(
        name=projection.name,
        key=key_of(projection),
        quantity=quantity or projection.time_to_train_s,
        catalog=projection.world.catalog,
        workload=case.workload,
        release=case.release,
        choice=projection.choice,
        inside=projection.basis == CALIBRATED,
        beyond=projection.beyond,
        sourced=projection.sourced,
        global_batch=projection.layout.global_batch,
        official=official,
    )


def side_of_point(scaling: Scaling, curve: ScalingCurve, chips: int, official_shown: bool = False) -> Side:
    """A point of a curve as a side."""
    index = curve.chips.index(chips)
    moved = curve.baseline_median is not None or not official_shown
    return Side(
        name=point_name(curve, chips),
        key=point_key(curve, chips),
        quantity=Quantity(curve.median[index], curve.low[index], curve.high[index]),
        catalog=scaling.world.catalog,
        workload=scaling.workload,
        release=scaling.release,
        choice=SystemChoice(curve.system, chips),
        inside=curve.calibrated[index],
        beyond=curve.beyond[index],
        sourced=curve.sourced,
        global_batch=curve.layouts[index].global_batch,
        official=None if moved else next((each for each in curve.official if each.chips == chips), None),
    )


def are_official(*sides: Side) -> bool:
    """Whether official scores of one benchmark, round and division are the numbers of all of them."""
    scores = [side.official for side in sides if side.official is not None]
    return len(scores) == len(sides) > 0 and all(may_compare(scores[0], each) for each in scores)


def have_scores(*sides: Side) -> bool:
    """Whether official scores are the numbers of all of them, of one round or not."""
    return all(side.official is not None for side in sides)


def verdict(mine: Side, theirs: Side) -> Verdict:
    """What may be said of a pair."""
    if mine.official is not None and theirs.official is not None and are_official(mine, theirs):
        if mine.official == theirs.official:
            return Verdict(None, SAME, official=True)
        if overlap(score_range(mine.official), score_range(theirs.official)):
            return Verdict(None, OVERLAP, official=True)
        return Verdict(mine.official.score_s / theirs.official.score_s, official=True)
    reason = why_no_ratio(mine, theirs)
    if mine.choice == theirs.choice and reason in ("", OVERLAP):  # one system: both share the errors of one model
        apart = abs(math.log(mine.quantity.median / theirs.quantity.median)) >= LEAST_CHANGE
        reason = "" if apart else SAME
    if reason:
        return Verdict(None, reason)
    return Verdict(mine.quantity.median / theirs.quantity.median, rough=is_rough(mine, theirs))


def spoken_of(keys: Sequence[str], sourced: Sequence[bool], reference: int, subject: str) -> tuple[int, ...]:
    """Rows that a headline speaks of: that of the subject, then that of the reference.

    The subject is the one whose key is given, else the first beside the reference. Rows whose figures are not sourced
    are left out: without the reference two others stand there.
    """
    others = [row for row in range(len(keys)) if row != reference and sourced[row]]
    others.sort(key=lambda row: keys[row] != subject)
    return (*others[:1], reference) if sourced[reference] else tuple(others[:2])


def why_no_ratio(first: Side, second: Side) -> str:
    """NOT_SOURCED, OLD_SOFTWARE, NOT_MEASURED, BATCHES or OVERLAP; "" where a ratio may be stated."""
    sides = first, second
    stated = is_stated(first.catalog.workloads[first.workload])
    if not all(side.sourced for side in sides):
        return NOT_SOURCED
    if any(_is_old(side) for side in sides):
        return OLD_SOFTWARE
    if stated and any(axis in UNMEASURED for side in sides for axis in side.beyond):
        return NOT_MEASURED
    if stated and far_batches([side.global_batch for side in sides]):
        return BATCHES
    return OVERLAP if overlap(first.quantity, second.quantity) else ""


def no_ratio_words(reason: str) -> str:
    """Why there is no ratio, short enough for a table's cell."""
    return {
        NOT_SOURCED: tr("not sourced"),
        OLD_SOFTWARE: tr("no run with software that old"),
        NOT_MEASURED: tr("no ratio: never measured"),
        BATCHES: tr("global batches differ"),
        OVERLAP: tr("intervals overlap"),
        SAME: tr("no difference"),
    }[reason]


def no_ratio_ending(projected: str, reason: str) -> str:
    """How a headline ends that states no ratio; `projected` is its "projected beyond the data".

    What nobody measured is said by those words, and by the notices.
    """
    if reason == SAME:
        return tr("{projected}: no difference", projected=projected)
    if reason == OVERLAP:
        return tr("{projected}: not to be told apart, the intervals overlap", projected=projected)
    if reason in (OLD_SOFTWARE, BATCHES):
        return tr("{projected}: no ratio, {reason}", projected=projected, reason=no_ratio_words(reason))
    return projected


def is_rough(first: Side, second: Side) -> bool:
    """Whether a ratio of them is told with two digits and "about": one of them lies beyond the data."""
    return not (first.inside and second.inside)


def far_batches(batches: list[int]) -> bool:
    """Whether global batches are so far apart that they are named where no target tells what that costs."""
    return max(batches) >= FAR_BATCHES * min(batches)


def _is_old(side: Side) -> bool:
    """From the anchor on no software counts as too old for a ratio: the model's efficiencies are stated for it."""
    return side.release < anchor_release() and is_before_first_run(side.catalog, side.choice, side.release)
