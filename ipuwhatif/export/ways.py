"""The ways in which a page shows one chart: under each scenario, and with a logarithmic time axis or not."""

from collections.abc import Callable

from ipuwhatif.charts.spec import Axis, ChartSpec, Figure
from ipuwhatif.records import Record


class Way(Record, frozen=True):
    """One of them. The first of a chart is shown first; figures of one scenario differ in their chart alone."""

    figure: Figure
    scenario: str = ""  # what it is called, "B: faster"; empty where there is one
    scale: str = ""  # "log" or "linear"; empty where there is no choice


def time_axis(name: str, chart: ChartSpec) -> Axis | None:
    """The axis of a chart, by the name that it is asked for by, that can be logarithmic or not."""
    return {"compare": chart.x_axis, "scaling": chart.y_axis}.get(name)


def scaled_ways(name: str, figure: Figure, again: Callable[[str], Figure], scenario: str = "") -> tuple[Way, ...]:
    """The figure as it is, and drawn again on the other scale of its time axis where it has one."""
    axis = time_axis(name, figure.chart)
    if axis is None:
        return (Way(figure, scenario),)
    other = "linear" if axis.scale == "log" else "log"
    return Way(figure, scenario, axis.scale), Way(again(other), scenario, other)
