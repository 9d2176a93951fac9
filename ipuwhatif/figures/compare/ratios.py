"""Whether a ratio of two projections may be stated, and why not where it may not: one rule for headlines and tables."""

from ipuwhatif.analysis.results import CALIBRATED, Projection, Quantity, Scaling, ScalingCurve
from ipuwhatif.analysis.solving.first_runs import is_before_first_run
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.jobs import is_stated
from ipuwhatif.figures.words import overlap
from ipuwhatif.model.parameters import anchor_release
from ipuwhatif.records import dataclass
from ipuwhatif.texts import tr

#: Axes along which a job without a quality target has never been measured: such times make no ratio to stand up for.
UNMEASURED = ("workload", "chip generation", "chips", "micro-batch")
#: Times that one global batch is another from which on they are named.
FAR_BATCHES = 4
#: Why no ratio is stated.
NOT_SOURCED, OLD_SOFTWARE, NOT_MEASURED, BATCHES, OVERLAP = "sources", "software", "measured", "batches", "overlap"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a ratio: a projection, or a point of a curve."""

    quantity: Quantity
    workload: str
    release: str
    choice: SystemChoice
    inside: bool  # the data
    beyond: tuple[str, ...]
    sourced: bool
    global_batch: int


def side_of(projection: Projection, quantity: Quantity | None = None) -> Side:
    """A projection as a side, by its time or by a quantity that was derived from it."""
    case = projection.case
    return Side(
        quantity=quantity or projection.time_to_train_s,
        workload=case.workload,
        release=case.release,
        choice=projection.choice,
        inside=projection.basis == CALIBRATED,
        beyond=projection.beyond,
        sourced=projection.sourced,
        global_batch=projection.layout.global_batch,
    )


def side_of_point(scaling: Scaling, curve: ScalingCurve, chips: int) -> Side:
    """A point of a curve as a side."""
    index = curve.chips.index(chips)
    return Side(
        quantity=Quantity(curve.median[index], curve.low[index], curve.high[index]),
        workload=scaling.workload,
        release=scaling.release,
        choice=SystemChoice(curve.system, chips),
        inside=curve.calibrated[index],
        beyond=curve.beyond[index],
        sourced=curve.sourced,
        global_batch=curve.layouts[index].global_batch,
    )


def why_no_ratio(first: Side, second: Side) -> str:
    """NOT_SOURCED, OLD_SOFTWARE, NOT_MEASURED, BATCHES or OVERLAP; "" where a ratio may be stated."""
    sides = first, second
    stated = is_stated(first.workload)
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
        NOT_MEASURED: tr("not measured"),
        BATCHES: tr("global batches differ"),
        OVERLAP: tr("intervals overlap"),
    }[reason]


def no_ratio_ending(projected: str, reason: str) -> str:
    """How a headline ends that states no ratio; `projected` is its "projected beyond the data".

    What nobody measured is said by those words, and by the notices.
    """
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
    return side.release < anchor_release() and is_before_first_run(load_world().catalog, side.choice, side.release)
