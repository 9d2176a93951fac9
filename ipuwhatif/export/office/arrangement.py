"""Where table and chart of a slide stand: a table under few bars, beside curves, and with the dots in its rows."""

from ipuwhatif.charts.labels import Box
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.office.native.native import native_chart
from ipuwhatif.export.office.native.native_series import BARS, DOTS, POINTS, STACK, TORNADO, NativeChart
from ipuwhatif.export.office.slide_chart import CHART_TEXT, Rows
from ipuwhatif.export.office.slide_table import Laid, chosen_rows, laid_table
from ipuwhatif.export.office.workbook.workbook_layout import under_plot
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import one_line, tr

_GAP = 8.0
#: The most that a table beside curves takes of the width, beside bars, and with dots in its rows.
_BESIDE, _BESIDE_BARS, _WITH_DOTS = 0.48, 0.56, 0.64
_FEW_COLUMNS = 6  # of a table beside curves that keep the larger part
#: What a chart over a table keeps of the height.
_LEAST_CHART = 0.58
#: What a bar with its number, and what lies between two systems, takes of the height at least, in points.
_BAR, _BETWEEN = 10.5, 5.0
#: Rows of a table that stand under a chart; more of them stand beside it.
_ROWS_BELOW = 6
#: What a bar with the room around it takes at most, in points.
_TALLEST_BAR = 72.0
#: The tallest row of a table with dots, and the least of dots with their names, in points.
_TALLEST_ROW, _LEAST_ROW = 40.0, 14.0
#: The tallest bar of those that share a row, in points.
_TALLEST_LANE = 18.0
#: What a chart keeps of its height where footnotes take some of it.
_HARDLY = 0.85
#: Charts that print their own numbers.
_TOLD = (
    "article",
    "attribution",
    "evidence",
    "finish",
    "probabilities",
    "roofline",
    "sensitivity",
    "track-record",
)


class Arrangement(Record, frozen=True):
    """`corner` is the table's left and top, `rows` top and height of its rows, where the chart's dots stand in them.

    `native` is None for a picture. `shown` are the rows that stand there, of how many, where that is not all of them.
    """

    native: NativeChart | None
    chart: Box
    table: Laid | None = None
    corner: tuple[float, float] = (0.0, 0.0)
    rows: Rows = None
    shown: tuple[int, int] | None = None

    def is_as_good_as(self, other: "Arrangement") -> bool:
        """Whether it has the same table, and a chart that is hardly lower."""
        if (self.table is None) != (other.table is None) or self.shown != other.shown:
            return False
        if self.table is not None and other.table is not None:
            mine, theirs = (each.size * each.row_height for each in (self.table, other.table))
            if mine < _HARDLY * theirs:
                return False
        return self.chart.bottom - self.chart.top >= _HARDLY * (other.chart.bottom - other.chart.top)


def arrangement(figure: Figure, native: NativeChart | None, plot: Box, fonts: float) -> Arrangement:
    """Chart and table in the room `plot`, in points; a chart that prints its numbers, or a picture, has it alone.

    fonts: how wide letters may be, in those that widths of texts are estimated for.
    """
    native = None if native is None else _named(native, figure)
    stated = figure.chart.kind == "evidence" and native is not None and native.shape == TORNADO
    if native is None or (not stated and (native.shape == TORNADO or figure.chart.kind in _TOLD)):
        return Arrangement(native, plot if native is None else _no_taller(native, plot))
    wide, tall = plot.right - plot.left, plot.bottom - plot.top
    if native.shape == DOTS:
        return _with_dots(figure, native, plot, fonts)
    if native.shape in (STACK, TORNADO) or (native.shape != POINTS and len(figure.table.rows) <= _ROWS_BELOW):
        laid = laid_table(figure, wide, tall - _needed(native, wide, tall), fonts)
        if laid is not None and len(laid.rows) == len(figure.table.rows):
            room = _no_taller(native, replace(plot, bottom=plot.bottom - laid.height - _GAP / 2))
            return Arrangement(native, room, laid, (plot.left, room.bottom + _GAP / 2))
    if native.shape == BARS:
        found = _with_bars(figure, native, plot, fonts)
        if found is not None:
            return found
    share = _BESIDE_BARS if native.shape != POINTS or len(figure.table.columns) > _FEW_COLUMNS else _BESIDE
    laid = laid_table(figure, share * wide, tall - _GAP, fonts)
    if laid is None:
        return Arrangement(native, _no_taller(native, plot))
    left = plot.right - laid.width
    room = _no_taller(native, replace(plot, right=left - _GAP))
    return Arrangement(native, room, laid, (left, plot.top + _GAP), shown=_shown(len(laid.rows), figure))


def _no_taller(native: NativeChart, plot: Box) -> Box:
    """The room without what few bars have no use for: they would be beams."""
    if native.shape in (POINTS, DOTS):
        return plot
    most = _TALLEST_BAR * len(native.categories) + under_plot(native, plot.right - plot.left, CHART_TEXT)
    return replace(plot, bottom=min(plot.bottom, plot.top + most))


def _needed(native: NativeChart, width: float, height: float) -> float:
    """What bars over a table need of the height: more than half, and room for the number of each."""
    lanes = 1 if native.shape in (STACK, TORNADO) else len(native.series)
    bars = len(native.categories) * (_BAR * lanes + _BETWEEN)
    return max(_LEAST_CHART * height, bars + under_plot(native, width, CHART_TEXT))


def _with_dots(figure: Figure, native: NativeChart, plot: Box, fonts: float) -> Arrangement:
    """The table on the left, each dot at the height of its row; of too many rows those that matter most."""
    wide, tall, count = plot.right - plot.left, plot.bottom - plot.top, len(native.categories)
    under = under_plot(native, (1.0 - _WITH_DOTS) * wide, CHART_TEXT)
    laid = laid_table(figure, _WITH_DOTS * wide, tall - under, fonts)
    most = max(2, int((tall - under) / _LEAST_ROW))
    chosen = chosen_rows(figure, most) if laid is None else laid.rows
    systems = [row for row in chosen if row < count]  # after them stands what cannot run the job
    if len(systems) < count:
        part = native_chart(figure, systems)
        assert part is not None  # it is the same chart
        native = _named(part, figure)
    if laid is None:
        return Arrangement(native, plot, shown=_shown(len(chosen), figure))
    room = (tall - under - laid.head_height) / len(laid.rows)
    laid = replace(laid, row_height=max(laid.row_height, min(_TALLEST_ROW, room)))
    rows = laid.row_height * len(systems)
    chart = Box(plot.left + laid.width + _GAP, plot.top, plot.right, plot.top + laid.head_height + rows + under)
    shown = _shown(len(laid.rows), figure)
    return Arrangement(native, chart, laid, (plot.left, plot.top), (laid.head_height, rows), shown)


def _shown(rows: int, figure: Figure) -> tuple[int, int] | None:
    count = len(figure.table.rows)
    return (rows, count) if rows < count else None


def _with_bars(figure: Figure, native: NativeChart, plot: Box, fonts: float) -> Arrangement | None:
    """The table on the left and the bars of each system in its row; None where not every row has the room."""
    wide, tall, count = plot.right - plot.left, plot.bottom - plot.top, len(native.categories)
    under = under_plot(native, (1.0 - _WITH_DOTS) * wide, CHART_TEXT)
    laid = laid_table(figure, _WITH_DOTS * wide, tall - under, fonts)
    if laid is None or len(laid.rows) < len(figure.table.rows):
        return None
    room = (tall - under - laid.head_height) / len(laid.rows)
    tallest = max(_TALLEST_ROW, _TALLEST_LANE * len(native.series))
    laid = replace(laid, row_height=max(laid.row_height, min(tallest, room)))
    rows = laid.row_height * count
    chart = Box(plot.left + laid.width + _GAP, plot.top, plot.right, plot.top + laid.head_height + rows + under)
    return Arrangement(native, chart, laid, (plot.left, plot.top), (laid.head_height, rows))


def _named(native: NativeChart, figure: Figure) -> NativeChart:
    """The chart with the short texts of its legend, as the caption says the rest, and with the time of a whole bar."""
    short = {one_line(entry.text): entry.short for entry in figure.chart.legend if entry.short}
    whole = {round(label.y): one_line(label.text) for label in figure.chart.labels if label.bold}
    if figure.chart.kind == "memory":  # a bar that is cut off does not say how long it would be
        high = figure.chart.x_axis.high
        cut = {round(bar.row) for bar in figure.chart.bars if bar.end >= high}
        whole = {row: text for row, text in whole.items() if row in cut and high > 1.0}
    if figure.chart.kind in ("breakdown", "memory"):
        names = (
            tr("{title}: {value}", title=name, value=whole[row]) if row in whole else name
            for row, name in enumerate(native.categories)
        )
        native = replace(native, categories=tuple(names))
    return replace(native, series=tuple(replace(each, name=short.get(each.name, each.name)) for each in native.series))
