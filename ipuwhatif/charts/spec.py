"""Answers as data that can be drawn: a frozen chart, table, headline and footnotes.

Every tick, label place and printed number is decided here; the screen and the painter only draw.
Coordinates are data values on the axes of the chart (log axes take the value itself, not its logarithm),
label offsets are logical pixels. Colours are names (`hue` and `shade`) that a theme turns into paint.
"""

from collections.abc import Sequence

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.records import Record

# How a mark is painted; the same words on screen and in every export.
# A pair is an official result against what was predicted for it.
PROJECTED, OFFICIAL, GHOST, PAIR = "projected", "official", "ghost", "pair"
ASSUMED = "assumed"  # the baseline under changed assumptions: a ghost with an outline of its own
#: A point that no result stands at: where two curves cross.
CROSSING = "crossing"
#: A time that the user has measured: neither an official result nor a projection.
OWN = "own"
#: The arrow from a number under one scenario to that under another.
DIFFERENCE = "difference"
#: A line across the plot at the time that is sought; on a canvas it can be dragged.
TARGET = "target"
BAR = "bar"  # of a legend entry: a piece of a bar in the entry's own tint
ZONE = "zone"  # of a legend entry: the shade behind the plot where evidence reaches
TARGET_KEY = "target"  # what a click on the target line asks for


class Tint(Record, frozen=True):
    """One hue per family, lightness by size: `shade` runs from 0 (darkest, largest system) to 1 (lightest).

    `variety` tells systems of a family apart that are of one size: a place in the palette's turns around its hue.
    """

    hue: str  # "ipu", "bow", "gpu", "cpu", "other", "neutral", or the key of a part of the time
    shade: float = 0.5
    variety: int = 0


class Tick(Record, frozen=True):
    value: float
    text: str


class Axis(Record, frozen=True):
    """`title` names the quantity with its unit. `low` and `high` bound the plot; a log axis has both above 0."""

    title: str
    scale: str  # "linear", "log" or "rows" (rows: integer positions from 0 at the top, texts in ticks)
    low: float
    high: float
    ticks: tuple[Tick, ...]
    per_unit: float = 0.0  # what 1 on the ticks stands for, in data values; 0: they print no quantity
    unit: str = ""  # that the ticks are printed in: "min", "%"; empty: a count or a ratio


class Interval(Record, frozen=True):
    """A horizontal interval with its median: one row of Compare. A translucent bar with a line at the median."""

    row: float
    low: float
    median: float
    high: float
    tint: Tint
    style: str  # PROJECTED, GHOST or ASSUMED
    key: str  # what a click asks the why of: "projection/ipu-pod:64"


class Bar(Record, frozen=True):
    """A filled piece of a row, from `start` to `end`: one part of a stack, or one side of a tornado."""

    row: float
    start: float
    end: float
    tint: Tint
    key: str  # what a click asks the why of
    #: Pairs of (value on the x axis, value of the lever) along the range that a hand can drag this end of the bar
    #: through, both rising or falling; empty where nothing can be dragged.
    drag: tuple[tuple[float, float], ...] = ()
    hatched: bool = False  # what somebody stated: neither measured nor projected


class Zone(Record, frozen=True):
    """A light shade from `x0` to `x1` over the height of the plot, behind everything; `text` says what it means."""

    x0: float
    x1: float
    text: str
    tint: Tint


class Strip(Record, frozen=True):
    """A piece of a ribbon along the bottom of the plot, from `x0` to `x1`; lane 0 is the lowest.

    `text` is set in it, and is empty where that has no room; `tip` says it in full.
    """

    x0: float
    x1: float
    lane: int
    tint: Tint
    text: str
    tip: str
    key: str  # what a click asks the why of


class Band(Record, frozen=True):
    """An interval along x, behind its line."""

    x: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    tint: Tint
    key: str


class Line(Record, frozen=True):
    """A projection along x; `dashed` where it leaves the evidence."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    tint: Tint
    style: str  # PROJECTED, GHOST, ASSUMED, TARGET or DIFFERENCE
    dashed: bool
    key: str
    tip: str = ""  # what it says, where no value on an axis does


class Reading(Record, frozen=True):
    """What one curve says at one place on the x axis: a line that follows the pointer reads it off."""

    x: float
    value: float
    ends: tuple[float, float] | None  # of the interval, where the curve has one
    name: str
    basis: str  # in words, where it is not inside the data; else empty
    tint: Tint
    key: str  # what the why of this place is asked by; empty: it has none


class Mark(Record, frozen=True):
    """A point: filled for an official result, small for a pair of official and predicted, hollow for CROSSING, OWN."""

    x: float
    y: float
    tint: Tint
    style: str
    key: str  # "official/<entry key>"
    size: float = 1.0  # diameter, times that of its style


class Label(Record, frozen=True):
    """Text at a data point, moved by (dx, dy) logical pixels, y down; `anchor` is "left", "center" or "right"."""

    x: float
    y: float
    text: str
    tint: Tint
    anchor: str = "left"
    dx: float = 0.0
    dy: float = 0.0
    bold: bool = False
    on_bar: bool = False  # set in the page's colour, on a bar of the label's tint
    rim: float = 0.0  # logical pixels from the point at which a line from the text ends; 0: none leads there


class LegendEntry(Record, frozen=True):
    """`style` is that of a line, interval or mark, BAR or ZONE; `text` has a line end where it wraps.

    `short` is enough where the page around the chart says the rest; empty: nothing less than the text is.
    """

    style: str
    text: str
    tint: Tint | None = None  # of a BAR or ZONE
    short: str = ""


class ChartSpec(Record, frozen=True):
    """One chart. It is laid out for `width` × `height` logical pixels and drawn at any scale."""

    kind: str  # "compare" (cost too), "scaling", "breakdown", "sensitivity", "attribution", "evidence", "article" ...
    title: str
    subtitle: str  # with a line end where it wraps
    x_axis: Axis
    y_axis: Axis
    intervals: tuple[Interval, ...] = ()
    bands: tuple[Band, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    labels: tuple[Label, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    footnotes: tuple["Footnote", ...] = ()
    width: int = 960
    height: int = 540
    margin_left: int = 200  # logical pixels kept for the y axis and its texts
    margin_right: int = 140
    margin_top: int = 64  # title and subtitle
    margin_bottom: int = 76  # x axis and legend
    bars: tuple[Bar, ...] = ()
    zones: tuple[Zone, ...] = ()
    strips: tuple[Strip, ...] = ()
    titled: bool = True  # title and subtitle are drawn; else the page around the chart says them
    readings: Sequence[Reading] = ()  # of every curve at every place that it has a point at; none: nothing runs on


class Cell(Record, frozen=True):
    """`number` is what a spreadsheet would hold, in the column's unit; `key` is what a click asks the why of."""

    text: str
    number: float | None = None
    key: str = ""
    ends: tuple[float, float] | None = None  # of an interval: low and high, in the column's unit
    short: str = ""  # what a slide says for the text, where other cells of the row say the rest


class Column(Record, frozen=True):
    title: str
    align: str = "left"  # "left" or "decimal"
    mixed: bool = False  # numbers in units of their own: they sort, and leave the app as the texts that name the units
    of: str = ""  # the thing that the column is about, where each column is of another; else empty
    what: str = ""  # what its numbers are then, with their unit


class TableSpec(Record, frozen=True):
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    tints: tuple[Tint, ...]  # one a row


class HeadlinePart(Record, frozen=True):
    text: str
    key: str = ""  # a part with a key can be clicked for its why


class Headline(Record, frozen=True):
    parts: tuple[HeadlinePart, ...]
    by_rule: str = ""  # what the program would say, where the user wrote the headline

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


class Footnote(Record, frozen=True):
    text: str
    origin: Origin | None = None


class WhyRow(Record, frozen=True):
    """One line of the why drawer: a term, an input or a fact. `origin` opens as a link where it has a web address."""

    name: str
    value: str
    detail: str = ""
    origin: Origin | None = None


class WhySection(Record, frozen=True):
    title: str
    rows: tuple[WhyRow, ...]
    is_formula: bool = False  # it says how the number comes about


class Why(Record, frozen=True):
    """The reply to "where does that number come from?" for one number or mark."""

    key: str
    title: str
    value: str
    summary: str
    sections: Sequence[WhySection]
    basis: str = ""  # of a projection, in words


class Figure(Record, frozen=True):
    """Everything one question shows: what the window, the command line and every export draw from."""

    headline: Headline
    chart: ChartSpec
    table: TableSpec
    footnotes: tuple[Footnote, ...]
    why: Sequence[Why]
    notices: Sequence[str]  # differences and limits that must be seen: sizes, divisions, "does not fit"
