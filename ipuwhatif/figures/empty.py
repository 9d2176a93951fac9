"""A chart without a mark: its axis, and the reason why there is nothing on it."""

import math

from ipuwhatif.charts.labels import EDGE, fit
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL, TITLE_SIZE
from ipuwhatif.charts.spec import Axis, ChartSpec, Footnote, Label
from ipuwhatif.texts import tr

_MARGIN = 28


def empty_chart(title: str, text: str, x_axis: Axis, notes: tuple[Footnote, ...], size: tuple[int, int]) -> ChartSpec:
    """A chart of nothing that says why."""
    width, height = size
    nothing = Axis("", "linear", 0.0, 1.0, ())
    middle = math.sqrt(x_axis.low * x_axis.high) if x_axis.scale == "log" else (x_axis.low + x_axis.high) / 2.0
    told = Label(middle, 0.5, fit(text, LABEL_SIZE, width - 4 * EDGE), NEUTRAL, "center")
    return ChartSpec(
        kind="evidence",
        title=fit(title, TITLE_SIZE, width - 2 * EDGE, bold=True),
        subtitle=tr("Nothing to draw"),
        x_axis=x_axis,
        y_axis=nothing,
        labels=(told,),
        footnotes=notes,
        width=width,
        height=height,
        margin_left=_MARGIN,
        margin_right=_MARGIN,
    )
