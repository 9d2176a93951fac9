"""Which chip counts of a curve are told one by one: in a table, in its why, and by a headline."""

from ipuwhatif.analysis.results import ScalingCurve

#: Rows of a curve beyond which the scaling table keeps powers of two and official chip counts only.
_ROWS_PER_CURVE = 12
#: How far a chip count lies from the end of a curve at least, as a factor.
_TWIN = 1.1


def shown_points(curve: ScalingCurve) -> tuple[int, ...]:
    """Indices of the chip counts that a table lists: all of a short curve, else powers of two, officials and ends.

    A power of two just before the end would say the same twice.
    """
    if len(curve.chips) <= _ROWS_PER_CURVE:
        return tuple(range(len(curve.chips)))
    official = {result.chips for result in curve.official}
    ends = {curve.chips[0], curve.chips[-1]}
    powers = {chips for chips in curve.chips if chips & (chips - 1) == 0 and chips * _TWIN < curve.chips[-1]}
    kept = official | ends | powers
    return tuple(index for index, chips in enumerate(curve.chips) if chips in kept)
