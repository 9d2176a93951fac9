"""Marks of Scaling: official results, and what the user measured on systems of a curve."""

from collections.abc import Mapping, Sequence

from ipuwhatif.analysis.results import ScalingCurve
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import OFFICIAL, OWN, Mark
from ipuwhatif.figures.phrasing import curve_key, official_key
from ipuwhatif.scenario.measurements import TIME, Measurement


def official_marks(curves: Sequence[ScalingCurve], officials: Sequence[OfficialResult]) -> list[Mark]:
    """The results that are shown, in the tint of their curve."""
    return [
        Mark(
            float(official.chips),
            official.score_s,
            system_tint(curve.family, official.chips, curve.system),
            OFFICIAL,
            official_key(official),
        )
        for curve in curves
        for official in curve.official
        if official in officials
    ]


def own_marks(curves: Sequence[ScalingCurve], measurements: Mapping[str, Measurement]) -> list[Mark]:
    """Times that the user measured within the range of a curve, by the key of their system; a throughput is none."""
    found = []
    for curve in curves:
        for key, measurement in measurements.items():
            system, _, chips = key.partition(":")
            drawn = system == curve.system and min(curve.chips) <= int(chips) <= max(curve.chips)
            if drawn and measurement.quantity == TIME:
                tint = system_tint(curve.family, int(chips), curve.system)
                found.append(Mark(float(chips), measurement.value, tint, OWN, curve_key(curve)))
    return found
