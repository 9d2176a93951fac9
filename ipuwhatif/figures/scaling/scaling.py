"""The Scaling figure: time-to-train along the chip count, a curve with its band per system family."""

from ipuwhatif.analysis.crossings import crossings
from ipuwhatif.analysis.results import Scaling
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.spec import (
    Figure,
)
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references
from ipuwhatif.figures.headline import scaling_headline
from ipuwhatif.figures.job_titles import time_words
from ipuwhatif.figures.notices import own_notices, scaling_notices
from ipuwhatif.figures.scaling.scaling_chart import Asked, scaling_chart, with_ribbon
from ipuwhatif.figures.scaling.scaling_layers import (
    layer_whys,
)
from ipuwhatif.figures.scaling.scaling_marks import own_marks
from ipuwhatif.figures.table import scaling_table
from ipuwhatif.figures.why.why import curve_whys
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError


def scaling_figure(
    scaling: Scaling,
    scenario: Scenario,
    width: int = 960,
    height: int = 540,
    selection: SystemChoice | None = None,
    scale: str = "",
) -> Figure:
    """Everything Scaling shows, laid out for a chart of `width` × `height` logical pixels; many curves make it taller.

    With a selection on one of the curves, baseline, ribbon and the reach of the evidence are those of its curve alone.
    `scale` is that of the axis of time, "log" or "linear"; without it the scenario's.
    Raises InputError when there is no curve or a curve without a point.
    """
    if not scaling.curves or not all(curve.chips for curve in scaling.curves):
        raise InputError(tr("no chip count fits; choose a larger range of chips"))
    shown = scenario.show_official
    officials = [official for curve in scaling.curves for official in curve.official] if shown else []
    numbers = footnote_numbers(officials)
    notes = footnotes(officials, scaling.world.catalog)
    looked_at = tuple(one for one in scaling.curves if selection and one.system == selection.system) or scaling.curves
    crossed = crossings(scaling.curves)
    measured = own_marks(scaling.curves, scenario.measurements)
    scale = scale or scenario.scales.get("scaling", "log")
    asked = Asked(scaling, looked_at, officials, crossed, scenario.target_s, scale, measured)
    timed = time_words(scaling.job, scaling.samples)
    return Figure(
        headline=scaling_headline(scaling, scenario, numbers),
        chart=scaling_chart(asked, references(officials, numbers), notes, page_size(width, height)),
        table=scaling_table(scaling, bool(officials)),
        footnotes=notes,
        why=Lazy(
            lambda: (
                *curve_whys(scaling.curves, timed, scaling.world.catalog),
                *layer_whys(scaling.curves, with_ribbon(looked_at), crossed),
            )
        ),
        notices=Lazy(
            lambda: (
                *own_notices(scenario, scaling.world.catalog, [curve.system for curve in scaling.curves]),
                *scaling_notices(scaling, officials),
            )
        ),
    )
