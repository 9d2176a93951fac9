"""What can be read off the curves of Scaling at a chip count: every curve's time there, with interval and basis."""

from collections.abc import Iterator, Sequence

from ipuwhatif.analysis.results import CALIBRATED, Scaling, ScalingCurve
from ipuwhatif.charts.palette import NEUTRAL, system_tint
from ipuwhatif.charts.spec import Reading, Tint
from ipuwhatif.figures.phrasing import point_basis, point_key, short_basis
from ipuwhatif.figures.scaling.scaling_labels import curve_tint
from ipuwhatif.texts import tr


def readings(scaling: Scaling, baselines_of: Sequence[ScalingCurve]) -> tuple[Reading, ...]:
    """Of every curve, of the scenario beside it, and of the baselines that are drawn: those of `baselines_of`."""
    found = [each for curve in scaling.curves for each in _of_curve(curve, curve_tint(curve, scaling.curves))]
    for curve in scaling.beside:
        name = tr("{name}, scenario {letter}", name=curve.name, letter=scaling.beside_letter)
        found += _of_ghost(curve, curve.median, name, system_tint(curve.family, 4, curve.system))
    for curve in baselines_of:
        for median, words in (
            (curve.baseline_median, tr("{name}, no lever moved", name=curve.name)),
            (curve.assumed_median, tr("{name}, baseline under your assumptions", name=curve.name)),
        ):
            found += _of_ghost(curve, median or (), words, NEUTRAL)
    return tuple(found)


def _of_curve(curve: ScalingCurve, tint: Tint) -> Iterator[Reading]:
    for index, chips in enumerate(curve.chips):
        basis, beyond = point_basis(curve, index)
        told = "" if basis == CALIBRATED else short_basis(basis, beyond)
        ends = curve.low[index], curve.high[index]
        yield Reading(float(chips), curve.median[index], ends, curve.name, told, tint, point_key(curve, chips))


def _of_ghost(curve: ScalingCurve, median: Sequence[float], name: str, tint: Tint) -> Iterator[Reading]:
    for chips, value in zip(curve.chips, median, strict=False):
        yield Reading(float(chips), value, None, name, "", tint, "")
