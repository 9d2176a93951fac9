"""What lies behind a row of Compare: the same system with no lever moved, and without the user's own results."""

from ipuwhatif.analysis.results import Comparison, Projection
from ipuwhatif.charts.spec import ASSUMED, GHOST
from ipuwhatif.texts import tr

_NOTHING = 1e-9  # a relative change that is none
_ENDS = ("low", "median", "high")


def ghosts_of(comparison: Comparison, row: int) -> list[tuple[str, Projection]]:
    """The row's baselines that differ from it and from each other: as found, and under changed assumptions."""
    now, found = comparison.projections[row], []
    plain = now if comparison.baseline is None else comparison.baseline[row]
    if plain.case != now.case or _is_learnt(plain, now):
        found.append((GHOST, plain))
    believed = plain if comparison.assumed is None else comparison.assumed[row]
    if believed.case not in (now.case, plain.case):
        found.append((ASSUMED, believed))
    return found


def _is_learnt(before: Projection, now: Projection) -> bool:
    """Whether the user's own results have moved a projection, by more than the last digits of a float."""
    pairs = ((getattr(now.time_to_train_s, end), getattr(before.time_to_train_s, end)) for end in _ENDS)
    return before.case == now.case and any(abs(new / old - 1.0) > _NOTHING for new, old in pairs)


def baseline_words(comparison: Comparison) -> str:
    """What a ghost is, where it is not only without the levers; "" for the usual words."""
    rows = zip(comparison.baseline or (), comparison.projections, strict=False)
    if not any(_is_learnt(before, now) for before, now in rows):
        return ""
    return tr("baseline: no lever moved, without your own results")
