"""Times as people say them, and axes of times and amounts with their titles."""

from collections.abc import Sequence

from ipuwhatif.charts import ticks
from ipuwhatif.charts.spec import Axis
from ipuwhatif.charts.ticks import YEARS, YEARS_FROM, TimeName, TimeUnit
from ipuwhatif.figures.phrase import phrases
from ipuwhatif.records import replace
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_duration, format_number

phrases(
    TimeName,
    {
        TimeName.MILLISECONDS: "ms",  # the same in every language
        TimeName.SECONDS: marked("s"),
        TimeName.MINUTES: marked("min"),
        TimeName.HOURS: marked("h"),
        TimeName.DAYS: marked("days"),
        TimeName.YEARS: marked("years"),
    },
)


def time_text(seconds: float, digits: int = 3) -> str:
    """A time as people say it, from "3.20 ms" to "28.3 min", "20.7 h", "2.94 days" and "4.10 years"."""
    if seconds < YEARS_FROM:
        return format_duration(seconds, digits)
    return tr("{number} years", number=format_number(seconds / YEARS.seconds, digits))


def time_axis(
    seconds: Sequence[float], scale: str | None = None, timed: str = "time to train", scored: bool = False
) -> tuple[Axis, TimeUnit]:
    """The axis of `charts.ticks` that holds all times, with its title, and its unit.

    timed: what the time is of, "time to train" or "time for 350 epochs".
    """
    axis, unit = ticks.time_axis(seconds, scale, scored)
    title = tr("{timed} ({unit})", timed=timed[:1].upper() + timed[1:], unit=unit.symbol)
    return _titled(axis, title), unit


def amount_axis(values: Sequence[float], title: str, unit: TimeUnit, scale: str | None = None) -> Axis:
    """The axis of `charts.ticks` that holds all values, with its title."""
    return _titled(ticks.amount_axis(values, unit, scale), title)


def _titled(axis: Axis, title: str) -> Axis:
    return replace(axis, title=tr("{title}, logarithmic", title=title) if axis.scale == "log" else title)
