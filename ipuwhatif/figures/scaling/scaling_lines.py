"""A curve of Scaling as lines: ghosts, and the projection in stretches; and its band."""

from collections.abc import Sequence

from ipuwhatif.analysis.results import ScalingCurve
from ipuwhatif.charts.palette import NEUTRAL, system_tint
from ipuwhatif.charts.spec import (
    ASSUMED,
    GHOST,
    PROJECTED,
    Band,
    Line,
)
from ipuwhatif.figures.phrasing import curve_key
from ipuwhatif.figures.scaling.scaling_labels import (
    curve_tint,
)


def curve_band(curve: ScalingCurve, curves: Sequence[ScalingCurve]) -> Band:
    return Band(tuple(map(float, curve.chips)), curve.low, curve.high, curve_tint(curve, curves), curve_key(curve))


def line_beside(curve: ScalingCurve) -> Line:
    """The median of a curve of the scenario beside this one."""
    return Line(
        tuple(map(float, curve.chips)), curve.median, system_tint(curve.family, 4, curve.system), GHOST, False, ""
    )


def curve_lines(curve: ScalingCurve, curves: Sequence[ScalingCurve], looked_at: bool) -> list[Line]:
    """The ghosts, then the projection in stretches: solid between calibrated points, dashed elsewhere."""
    key, tint = curve_key(curve), curve_tint(curve, curves)
    chips = tuple(float(count) for count in curve.chips)
    lines: list[Line] = []
    for median, style in ((curve.baseline_median, GHOST), (curve.assumed_median, ASSUMED)):
        if looked_at and median is not None:
            lines.append(Line(chips, median, NEUTRAL, style, False, key))
    if len(chips) == 1:
        return [*lines, Line(chips, curve.median, tint, PROJECTED, not curve.calibrated[0], key)]
    solid = [curve.calibrated[index] and curve.calibrated[index + 1] for index in range(len(chips) - 1)]
    start = 0
    for index in range(1, len(chips)):
        if index == len(solid) or solid[index] != solid[start]:
            stretch = slice(start, index + 1)
            lines.append(Line(chips[stretch], curve.median[stretch], tint, PROJECTED, not solid[start], key))
            start = index
    return lines
