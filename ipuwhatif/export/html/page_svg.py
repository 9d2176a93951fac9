"""A chart as SVG elements of a page: real text, colours as variables that follow the reader's theme, values on hover.

It draws what the painter draws, from the same frozen chart; nothing here ranges, rounds or chooses a place.
"""

from collections.abc import Iterator, Mapping

from ipuwhatif.charts import geometry, palette
from ipuwhatif.charts.geometry import Frame, bar_span, guide_end, hatching, leader, plot_frame, strip_span
from ipuwhatif.charts.labels import LEGEND_GAP, LEGEND_SAMPLE, LEGEND_STEP, legend_places
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import (
    ASSUMED,
    BAR,
    CROSSING,
    GHOST,
    OFFICIAL,
    OWN,
    PAIR,
    PROJECTED,
    TARGET,
    ZONE,
    Band,
    ChartSpec,
    LegendEntry,
    Why,
)
from ipuwhatif.charts.styles import (
    BAND_ALPHA,
    BAR_ALPHA,
    CROSSING_SIZE,
    DASHED,
    DASHES,
    DIAMOND,
    GHOST_ALPHA,
    GHOST_EXTRA,
    LEADER_ALPHA,
    LEADER_WIDTH,
    LINE_WIDTH,
    MARK_SIZE,
    MEDIAN_WIDTH,
    OWN_SIZE,
    PAIR_SIZE,
    THIN_WIDTH,
    ZONE_ALPHA,
)
from ipuwhatif.export.html.page_shapes import (
    MUTED,
    Inks,
    Point,
    circle,
    dashing,
    lettering,
    polygon,
    rectangle,
    said,
    stroke,
    titled,
)
from ipuwhatif.figures.tips import point_tips, reading_tip, tip_of, told_in_lines

_REACH = 7.0  # how near a pointer must come to a point of a curve, in logical pixels
_HALO = "paint-order:stroke;stroke:var(--background);stroke-width:4;stroke-linejoin:round;"


def chart_svg(chart: ChartSpec, whys: Mapping[str, Why], inks: Inks) -> str:
    """The chart as one `svg` element; `whys` by key name what its marks stand for."""
    frame = plot_frame(chart)
    parts = (
        _zones(chart, frame, inks),
        _grid(chart, frame),
        _bands(chart, frame, inks),
        _bars(chart, frame, whys, inks),
        _strips(chart, frame, inks),
        _intervals(chart, frame, whys, inks),
        _lines(chart, frame, whys, inks),
        _marks(chart, frame, whys, inks),
        _axes(frame),
        _labels(chart, frame, inks),
        _titles(chart),
        _legend(chart, inks),
    )
    name = said(f"{chart.title}. {chart.subtitle}")
    head = f'<svg class="drawing" viewBox="0 0 {chart.width} {chart.height}" role="img" aria-label="{name}">'
    return "\n".join([head, *(element for part in parts for element in part), "</svg>"])


def _zones(chart: ChartSpec, frame: Frame, inks: Inks) -> Iterator[str]:
    for zone in chart.zones:
        left, width = frame.x(zone.x0), frame.x(zone.x1) - frame.x(zone.x0)
        style = f"fill:{inks.of(zone.tint)};fill-opacity:{ZONE_ALPHA}"
        yield rectangle(left, frame.top, width, frame.height, style, zone.text)


def _grid(chart: ChartSpec, frame: Frame) -> Iterator[str]:
    style = "stroke:var(--grid)"
    for tick in frame.x_axis.ticks:
        yield stroke([(frame.x(tick.value), frame.top), (frame.x(tick.value), frame.bottom)], style)
    for tick in frame.y_axis.ticks:
        right = guide_end(chart, frame, tick.value)
        yield stroke([(frame.left, frame.y(tick.value)), (right, frame.y(tick.value))], style)


def _bands(chart: ChartSpec, frame: Frame, inks: Inks) -> Iterator[str]:
    for band in chart.bands:
        ink = inks.of(band.tint)
        points = _outline(band, frame)
        if len(band.x) == 1:  # one chip count: its band has no width, so it is a stroke
            yield stroke(points, f"stroke:{ink};stroke-opacity:{BAND_ALPHA};stroke-width:{MARK_SIZE}")
        else:
            yield polygon(points, f"fill:{ink};fill-opacity:{BAND_ALPHA}")


def _outline(band: Band, frame: Frame) -> list[Point]:
    upper = [(frame.x(x), frame.y(y)) for x, y in zip(band.x, band.high, strict=True)]
    return upper + [(frame.x(x), frame.y(y)) for x, y in zip(band.x[::-1], band.low[::-1], strict=True)]


def _bars(chart: ChartSpec, frame: Frame, whys: Mapping[str, Why], inks: Inks) -> Iterator[str]:
    for bar in chart.bars:
        left, top, right, bottom = bar_span(frame, bar)
        box, ink, tip = (
            (left, top, right - left, bottom - top),
            inks.of(bar.tint),
            told_in_lines(tip_of(chart, bar, whys)),
        )
        if not bar.hatched:
            yield rectangle(*box, f"fill:{ink}", tip)
            continue
        pen = f"stroke:{ink};stroke-width:{THIN_WIDTH}"
        yield rectangle(*box, f"fill:transparent;{pen}", tip)
        yield from (stroke(ends, pen) for ends in hatching(frame, bar))


def _strips(chart: ChartSpec, frame: Frame, inks: Inks) -> Iterator[str]:
    for strip in chart.strips:
        top, bottom = strip_span(frame, strip)
        left, width = frame.x(strip.x0), frame.x(strip.x1) - frame.x(strip.x0)
        yield rectangle(left, top, width, bottom - top, f"fill:{inks.of(strip.tint)}", strip.tip or strip.text)


def _intervals(chart: ChartSpec, frame: Frame, whys: Mapping[str, Why], inks: Inks) -> Iterator[str]:
    for each in chart.intervals:
        half = frame.bar_height / 2 + (GHOST_EXTRA if each.style in (GHOST, ASSUMED) else 0.0)
        left, top = frame.x(each.low), frame.y(each.row) - half
        box = (left, top, max(frame.x(each.high) - left, 1.0), 2 * half)
        yield _span(box, each.style, frame.x(each.median), inks.of(each.tint), told_in_lines(tip_of(chart, each, whys)))


def _span(box: tuple[float, float, float, float], style: str, x: float, ink: str, tip: str = "") -> str:
    """The bar of an interval with the line of its median at `x`: a ghost is pale, an assumed one an outline."""
    width = THIN_WIDTH if style in DASHES else MEDIAN_WIDTH
    pen = f"stroke:{ink};stroke-width:{width}{dashing(DASHES.get(style, ()), width)}"
    alpha = GHOST_ALPHA if style == GHOST else BAR_ALPHA
    bar = f"fill:transparent;{pen}" if style == ASSUMED else f"fill:{ink};fill-opacity:{alpha}"
    median = stroke([(x, box[1]), (x, box[1] + box[3])], pen)
    return f"<g>{titled(tip)}{rectangle(*box, bar)}{median}</g>"


def _lines(chart: ChartSpec, frame: Frame, whys: Mapping[str, Why], inks: Inks) -> Iterator[str]:
    for line in chart.lines:
        points = [(frame.x(x), frame.y(y)) for x, y in zip(line.x, line.y, strict=True)]
        if len(points) == 1:
            x, y = points[0]
            points = [(x - MARK_SIZE / 2, y), (x + MARK_SIZE / 2, y)]
        yield stroke(
            points, _line_style(line.style, inks.of(line.tint), line.dashed), told_in_lines(tip_of(chart, line, whys))
        )
    for line in chart.lines:
        for x, y, tip in zip(line.x, line.y, point_tips(chart, line, whys), strict=False):
            yield circle(frame.x(x), frame.y(y), _REACH, "fill:transparent", told_in_lines(tip))
    for each in chart.readings:
        at = frame.x(each.x), frame.y(each.value)
        yield circle(*at, _REACH, "fill:transparent", told_in_lines(reading_tip(chart, each)))


def _line_style(style: str, ink: str, dashed: bool = False) -> str:
    width = THIN_WIDTH if style in DASHES else LINE_WIDTH
    dashes = dashing(DASHES.get(style, DASHED if dashed else ()), width)
    return f"stroke:{ink};stroke-width:{width};stroke-linejoin:round{dashes}"


def _marks(chart: ChartSpec, frame: Frame, whys: Mapping[str, Why], inks: Inks) -> Iterator[str]:
    for mark in chart.marks:
        tip = told_in_lines(tip_of(chart, mark, whys))
        yield _mark(frame.x(mark.x), frame.y(mark.y), mark.style, inks.of(mark.tint), mark.size, tip)


def _mark(x: float, y: float, style: str, ink: str, times: float = 1.0, tip: str = "") -> str:
    if style == CROSSING:
        size = times * CROSSING_SIZE
        corners = [(x + size * dx, y + size * dy) for dx, dy in DIAMOND]
        return polygon(corners, f"fill:var(--background);stroke:{ink};stroke-width:1.75", tip)
    if style == OWN:
        side = times * OWN_SIZE
        paint = f"fill:var(--background);stroke:{ink};stroke-width:1.75"
        return rectangle(x - side / 2, y - side / 2, side, side, paint, tip)
    size, outline = (PAIR_SIZE, 1.0) if style == PAIR else (MARK_SIZE, 1.75)
    paint = f"fill:{ink};stroke:var(--background);stroke-width:{outline}"
    return circle(x, y, times * size / 2, paint, tip)


def _axes(frame: Frame) -> Iterator[str]:
    rows = frame.y_axis.scale == "rows"
    corner, end = (frame.left, frame.bottom), (frame.left, frame.top) if rows else (frame.right, frame.bottom)
    yield stroke([corner, end], "stroke:var(--axis)")
    for tick in frame.x_axis.ticks:
        yield lettering(tick.text, frame.x(tick.value), frame.bottom + geometry.TICK_DROP, palette.TICK_SIZE, "center")
    for tick in frame.y_axis.ticks:
        ink = "var(--text)" if rows else MUTED
        yield lettering(tick.text, frame.left - 10, frame.y(tick.value), palette.TICK_SIZE, "right", ink)
    below, above = frame.bottom + geometry.X_TITLE_DROP, frame.top - geometry.Y_TITLE_RISE
    yield lettering(frame.x_axis.title, frame.right, below, palette.TICK_SIZE, "right")
    yield lettering(frame.y_axis.title, geometry.TITLE_LEFT, above, palette.TICK_SIZE)


def _labels(chart: ChartSpec, frame: Frame, inks: Inks) -> Iterator[str]:
    for label in chart.labels:
        ends = leader(label, frame)
        if ends is not None:
            yield stroke(
                ends, f"stroke:{inks.of(label.tint)};stroke-opacity:{LEADER_ALPHA};stroke-width:{LEADER_WIDTH}"
            )
    for label in chart.labels:
        x, y = frame.x(label.x) + label.dx, frame.y(label.y) + label.dy
        ink = "var(--background)" if label.on_bar else inks.of(label.tint)
        style = "" if label.on_bar else _HALO
        yield lettering(label.text, x, y, palette.LABEL_SIZE, label.anchor, ink, label.bold, style)
    for strip in chart.strips:
        top, bottom = strip_span(frame, strip)
        x = (frame.x(strip.x0) + frame.x(strip.x1)) / 2
        yield lettering(strip.text, x, (top + bottom) / 2, palette.FOOTNOTE_SIZE, "center", "var(--background)")


def _titles(chart: ChartSpec) -> Iterator[str]:
    left = geometry.TITLE_LEFT
    yield lettering(chart.title, left, geometry.TITLE_LINE, palette.TITLE_SIZE, ink="var(--text)", bold=True)
    for number, line in enumerate(chart.subtitle.split("\n")):
        y = geometry.SUBTITLE_LINE + geometry.SUBTITLE_STEP * number
        yield lettering(line, left, y, palette.SUBTITLE_SIZE)


def _legend(chart: ChartSpec, inks: Inks) -> Iterator[str]:
    for left, middle, entry in legend_places(chart):
        yield from _sample(chart.kind, entry, left, middle, inks)
        for number, line in enumerate(entry.text.split("\n")):
            x, y = left + LEGEND_SAMPLE + LEGEND_GAP, middle + LEGEND_STEP * number
            yield lettering(line, x, y, palette.LEGEND_SIZE)


def _sample(kind: str, entry: LegendEntry, left: float, middle: float, inks: Inks) -> Iterator[str]:
    """How a style looks on this kind of chart, from `left` on around `middle`."""
    style, ink = entry.style, inks.of(entry.tint or NEUTRAL)
    box, center = (left, middle - 6, LEGEND_SAMPLE, 12.0), left + LEGEND_SAMPLE / 2
    if style in (BAR, ZONE):
        yield rectangle(*box, f"fill:{ink};fill-opacity:{1 if style == BAR else 2 * ZONE_ALPHA}")
    elif style in (OFFICIAL, PAIR, CROSSING, OWN):
        yield _mark(center, middle, style, ink)
    elif kind == "compare" and style != TARGET:
        yield _span(box, style, center, ink)
    else:
        if kind == "scaling" and style == PROJECTED:
            yield rectangle(*box, f"fill:{ink};fill-opacity:{BAR_ALPHA}")
        yield stroke([(left, middle), (left + LEGEND_SAMPLE, middle)], _line_style(style, ink))
