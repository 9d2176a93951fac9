"""Two charts that hold every kind of element there is, and each of them without one kind after the other."""

from collections.abc import Callable
from typing import Any

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
    TARGET_KEY,
    ZONE,
    Axis,
    Band,
    Bar,
    ChartSpec,
    Interval,
    Label,
    LegendEntry,
    Line,
    Mark,
    Strip,
    Tick,
    Tint,
    Zone,
)
from ipuwhatif.records import replace

WIDTH, HEIGHT = 640, 420
IPU, GPU, OTHER, GREY = Tint("ipu", 0.2), Tint("gpu", 0.2), Tint("other", 0.3), Tint("neutral", 0.5)
#: What a chart has many of.
PARTS = ("intervals", "bands", "lines", "marks", "labels", "legend", "bars", "zones", "strips")
_MINUTES = (1.0, 3.0, 10.0, 30.0, 100.0)
_CHIPS = (8.0, 16.0, 32.0, 64.0, 128.0, 256.0)


def _axis(title: str, values: tuple[float, ...], ends: tuple[float, float]) -> Axis:
    return Axis(title, "log", *ends, tuple(Tick(value, f"{value:g}") for value in values))


def _line(y: tuple[float, float], tint: Tint, style: str, dashed: bool = False) -> Line:
    return Line((8.0, 30.0, 256.0), (y[0], (y[0] * y[1]) ** 0.5, y[1]), tint, style, dashed, style)


#: Compare's, Breakdown's and Sensitivity's elements, in rows.
ROWS = ChartSpec(
    kind="compare",
    title="Time to train ResNet-50",
    subtitle="to 75.9 % top-1\nMLPerf® Training v1.1",
    x_axis=_axis("minutes", _MINUTES, (1.0, 110.0)),
    y_axis=Axis("", "rows", -0.5, 7.5, tuple(Tick(float(row), f"system {row}") for row in range(8))),
    intervals=(
        Interval(0.0, 6.0, 10.0, 20.0, GREY, GHOST, "ghost/0"),
        Interval(0.0, 4.0, 7.0, 14.0, IPU, PROJECTED, "projection/0"),
        Interval(1.0, 12.0, 20.0, 40.0, GREY, ASSUMED, "assumed/1"),
        Interval(1.0, 5.0, 8.0, 17.0, GPU, PROJECTED, "projection/1"),
    ),
    lines=(Line((55.0, 55.0), (-0.5, 7.5), GREY, TARGET, False, TARGET_KEY),),
    marks=(
        Mark(8.5, 0.0, IPU, OFFICIAL, "official/0"),
        Mark(11.0, 1.0, GPU, OFFICIAL, "official/1"),
        Mark(25.0, 0.0, IPU, OWN, "own/0"),
    ),
    labels=(
        Label(14.0, 0.0, "7.0 min", IPU, dx=40.0),
        Label(2.0, 4.0, "compute", OTHER, anchor="center", on_bar=True),
        Label(40.0, 1.0, "8.0 min", GPU, dx=8.0, bold=True),
    ),
    legend=(LegendEntry(PROJECTED, "projected"), LegendEntry(OFFICIAL, "official")),
    width=WIDTH,
    height=HEIGHT,
    margin_left=120,
    margin_right=60,
    margin_top=84,
    bars=(
        Bar(4.0, 1.0, 6.0, IPU, "part/compute"),
        Bar(4.0, 6.0, 30.0, OTHER, "part/collective"),
        Bar(5.0, 3.0, 40.0, GPU, "stated/0", hatched=True),
    ),
)
#: Scaling's, Roofline's and the track record's, over two quantities.
CURVES = ChartSpec(
    kind="scaling",
    title="Time to train BERT-Large",
    subtitle="to 72.0 % accuracy",
    x_axis=_axis("chips", _CHIPS, (8.0, 256.0)),
    y_axis=_axis("time to train (minutes)", _MINUTES, (0.5, 110.0)),
    bands=(
        Band(_CHIPS, (30, 17, 10, 6, 4, 3), (60, 32, 18, 11, 7, 5), IPU, "band/ipu"),
        Band((90.0,), (30.0,), (60.0,), GPU, "band/point"),
    ),
    lines=(
        _line((40.0, 4.0), IPU, PROJECTED),
        _line((20.0, 3.0), GPU, PROJECTED, dashed=True),
        _line((70.0, 7.0), GREY, GHOST),
        _line((90.0, 9.5), GREY, ASSUMED),
        Line((8.0, 256.0), (2.0, 2.0), GREY, TARGET, False, TARGET_KEY),
        Line((90.0,), (45.0,), GPU, PROJECTED, False, "point"),
    ),
    marks=(
        Mark(16.0, 25.0, IPU, OFFICIAL, "official/ipu"),
        Mark(64.0, 8.0, GPU, OFFICIAL, "official/gpu", 1.2),
        Mark(20.0, 50.0, OTHER, PAIR, "pair/0"),
        Mark(40.0, 60.0, OTHER, PAIR, "pair/1"),
        Mark(130.0, 5.0, GREY, CROSSING, "crossing"),
        Mark(64.0, 90.0, IPU, OWN, "own"),
    ),
    labels=(
        Label(256.0, 4.0, "IPU-POD", IPU, dx=8.0, bold=True),
        Label(30.0, 9.0, "DGX A100", GPU, anchor="right", dx=-6.0),
        Label(64.0, 90.0, "30 min", IPU, anchor="center", dy=-14.0),
    ),
    legend=(LegendEntry(PROJECTED, "projected"), LegendEntry(OFFICIAL, "official")),
    width=WIDTH,
    height=HEIGHT,
    margin_left=70,
    margin_right=90,
    zones=(Zone(8.0, 100.0, "evidence reaches", IPU), Zone(16.0, 200.0, "evidence reaches", GPU)),
    strips=(
        Strip(8.0, 60.0, 0, Tint("compute"), "arithmetic", "arithmetic", "strip/0"),
        Strip(60.0, 256.0, 0, Tint("collective"), "links", "links", "strip/1"),
        Strip(8.0, 128.0, 1, Tint("memory"), "", "memory", "strip/2"),
    ),
)


def bare(chart: ChartSpec) -> ChartSpec:
    """Nothing but the lines of its axes."""
    axes = {name: replace(getattr(chart, name), title="", ticks=()) for name in ("x_axis", "y_axis")}
    nothing: dict[str, Any] = dict.fromkeys(PARTS, ())
    return replace(chart, title="", subtitle="", **axes, **nothing)


def _less(chart: ChartSpec, part: str, goes: Callable[[Any], bool] = lambda _: True) -> ChartSpec:
    kept = tuple(each for each in getattr(chart, part) if not goes(each))
    assert len(kept) < len(getattr(chart, part)), f"there is none of these {part}"
    return replace(chart, **{part: kept})


def _styled(*styles: str) -> Callable[[Any], bool]:
    return lambda each: each.style in styles


def _retitled(chart: ChartSpec, axis: str, **changes: object) -> ChartSpec:
    return replace(chart, **{axis: replace(getattr(chart, axis), **changes)})


def _mute(chart: ChartSpec, axis: str) -> ChartSpec:
    """The ticks of an axis stay, their texts go."""
    return _retitled(chart, axis, ticks=tuple(replace(tick, text="") for tick in getattr(chart, axis).ticks))


def _grid(chart: ChartSpec, axis: str) -> tuple[ChartSpec, ChartSpec]:
    mute = _mute(chart, axis)
    return mute, _retitled(mute, axis, ticks=())


def _sample(kind: str, style: str) -> tuple[ChartSpec, ChartSpec]:
    chart = bare(replace(ROWS if kind == "compare" else CURVES, kind=kind))
    tint = IPU if style in (BAR, ZONE) else None
    return replace(chart, legend=(LegendEntry(style, f"what is {style}\nand how", tint),)), chart


def _samples() -> dict[str, tuple[ChartSpec, ChartSpec]]:
    styles = {
        "compare": (PROJECTED, GHOST, ASSUMED, OFFICIAL, OWN, TARGET, BAR),
        "scaling": (PROJECTED, GHOST, ASSUMED, OFFICIAL, OWN, TARGET, CROSSING, PAIR, ZONE),
    }
    return {f"legend of {kind}: {style}": _sample(kind, style) for kind, several in styles.items() for style in several}


#: By the name of a kind of element: a chart with it and the same chart without; None is an empty page.
PAIRS: dict[str, tuple[ChartSpec, ChartSpec | None]] = {
    "intervals": (ROWS, _less(ROWS, "intervals", _styled(PROJECTED))),
    "ghosts of intervals": (ROWS, _less(ROWS, "intervals", _styled(GHOST))),
    "ghosts under assumptions": (ROWS, _less(ROWS, "intervals", _styled(ASSUMED))),
    "bars": (ROWS, _less(ROWS, "bars", lambda bar: not bar.hatched)),
    "hatched bars": (ROWS, _less(ROWS, "bars", lambda bar: bar.hatched)),
    "official marks in rows": (ROWS, _less(ROWS, "marks", _styled(OFFICIAL))),
    "own marks in rows": (ROWS, _less(ROWS, "marks", _styled(OWN))),
    "the target line of rows": (ROWS, _less(ROWS, "lines")),
    "labels in rows": (ROWS, _less(ROWS, "labels", lambda label: not label.on_bar)),
    "labels on bars": (ROWS, _less(ROWS, "labels", lambda label: label.on_bar)),
    "row guides": _grid(ROWS, "y_axis"),
    "grid lines of rows": _grid(ROWS, "x_axis"),
    "names of rows": (ROWS, _mute(ROWS, "y_axis")),
    "the axis line of rows": (bare(ROWS), None),
    "a subtitle of two lines": (ROWS, replace(ROWS, subtitle="")),
    "zones": (CURVES, _less(CURVES, "zones")),
    "bands": (CURVES, _less(CURVES, "bands", lambda band: len(band.x) > 1)),
    "a band at one chip count": (CURVES, _less(CURVES, "bands", lambda band: len(band.x) == 1)),
    "lines": (CURVES, _less(CURVES, "lines", lambda line: line.key == PROJECTED and not line.dashed)),
    "dashed lines": (CURVES, _less(CURVES, "lines", lambda line: line.dashed)),
    "a line at one chip count": (CURVES, _less(CURVES, "lines", lambda line: len(line.x) == 1)),
    "ghosts of lines": (CURVES, _less(CURVES, "lines", _styled(GHOST))),
    "lines under assumptions": (CURVES, _less(CURVES, "lines", _styled(ASSUMED))),
    "the target line of curves": (CURVES, _less(CURVES, "lines", _styled(TARGET))),
    "ribbons": (CURVES, _less(CURVES, "strips")),
    "words in ribbons": (CURVES, replace(CURVES, strips=tuple(replace(each, text="") for each in CURVES.strips))),
    "official marks": (CURVES, _less(CURVES, "marks", _styled(OFFICIAL))),
    "own marks": (CURVES, _less(CURVES, "marks", _styled(OWN))),
    "crossings": (CURVES, _less(CURVES, "marks", _styled(CROSSING))),
    "pairs": (CURVES, _less(CURVES, "marks", _styled(PAIR))),
    "labels": (CURVES, _less(CURVES, "labels")),
    "upright grid lines": _grid(CURVES, "x_axis"),
    "level grid lines": _grid(CURVES, "y_axis"),
    "texts of the x axis": (CURVES, _mute(CURVES, "x_axis")),
    "texts of the y axis": (CURVES, _mute(CURVES, "y_axis")),
    "the title of the x axis": (CURVES, _retitled(CURVES, "x_axis", title="")),
    "the title of the y axis": (CURVES, _retitled(CURVES, "y_axis", title="")),
    "the axis line of curves": (bare(CURVES), None),
    "the title": (CURVES, replace(CURVES, title="")),
    "the subtitle": (CURVES, replace(CURVES, subtitle="")),
    **_samples(),
}
