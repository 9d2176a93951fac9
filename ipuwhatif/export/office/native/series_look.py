"""How each series of a native chart is painted and labelled, as XlsxWriter takes it."""

from ipuwhatif.charts.palette import contrast
from ipuwhatif.charts.spec import ASSUMED, BAR, CROSSING, DIFFERENCE, GHOST, OFFICIAL, OWN, PAIR, PROJECTED, TARGET
from ipuwhatif.export.office.look import Look, mixed, on_paint, paint
from ipuwhatif.export.office.native.native_series import (
    BARS,
    BASE,
    BESIDE_AXIS,
    DOTS,
    EDGE,
    GRID,
    HELPERS,
    LANE,
    LEADER,
    NAMES,
    NOWHERE,
    POINTS,
    REACH,
    STACK,
    STROKE,
    UNDER_AXIS,
    WHISKER,
    WORDS,
    NativeChart,
    Series,
)

_LINE, _WHISKER = 2.0, 2.5
_REACHED = 0.25  # of a system's colour in the shade where evidence reaches
_SHADED = 0.3  # of it in the bar of a projection beside an official result
#: Width of a lane in points, and the size of the words in it.
LANE_WIDTH, _LANE_TEXT = 12.0, 9.0
#: Least size of a label in points: thinner bars have none. Names of rows are never smaller than this.
_LEAST_LABEL, _LEAST_NAME, _MOST_NAME = 5.5, 8.0, 9.0
_DASHES = {GHOST: "square_dot", ASSUMED: "round_dot", OWN: "square_dot", TARGET: "long_dash_dot", PROJECTED: "dash"}
_MARKERS = {
    PROJECTED: ("circle", 8),
    GHOST: ("circle", 6),
    ASSUMED: ("circle", 6),
    OFFICIAL: ("diamond", 9),
    PAIR: ("circle", 5),
    CROSSING: ("circle", 8),
    OWN: ("square", 9),
    NAMES: ("circle", 2),
}

Options = dict[str, object]


def look_options(native: NativeChart, series: Series, look: Look, lane: float = LANE_WIDTH) -> Options:
    """Fill, line and marker of a series, and of its points where they differ; lane: width of one, in points."""
    if series.style in HELPERS:
        line: Options = {"none": True}
        if series.style in (GRID, LEADER):
            code = look.tokens.grid if series.style == GRID else paint(look, series.tint)
            line = {"color": code, "width": 0.75}
        return {"line": line, "marker": {"type": "none"}}
    if native.shape == POINTS:
        return _curve_look(series, look, lane)
    if native.shape == DOTS:
        return _marks_look(series, look) if series.style in _MARKERS else _line_look(series, look, lane)
    return _bar_look(native, series, look)


def _bar_look(native: NativeChart, series: Series, look: Look) -> Options:
    """In their system's colour: what a headline speaks of is filled, own times are dotted, baselines grey.

    Official results come first then and projections are a shade, as in the window; where levers are moved it is the
    projections that are filled, and official results are outlined.
    """
    tokens = look.tokens
    own = series.style not in (PROJECTED, OFFICIAL, OWN)
    neutral = paint(look, series.tint) if own else tokens.muted_text

    def painted(code: str) -> Options:
        if series.style == BASE:
            return {"fill": {"none": True}, "border": {"none": True}}
        if series.style == OFFICIAL and not _leads(native):
            return {"fill": {"color": tokens.background}, "border": {"color": code, "width": 1.75}}
        if _is_shade(native, series):
            return {"fill": {"color": _shade(look, code)}, "border": {"color": code, "width": 1.0}}
        if series.style in (GHOST, ASSUMED, OWN):
            filled = tokens.background if series.style == OWN else tokens.grid
            border = {"color": code, "width": 1.0, "dash_type": _DASHES[series.style]}
            if series.dashed:  # an outline over other bars
                return {"fill": {"none": True}, "border": border | {"color": tokens.text, "width": 1.5}}
            return {"fill": {"color": filled}, "border": border}
        if series.dashed:  # stated, neither measured nor projected
            hatch = {"pattern": "wide_upward_diagonal", "fg_color": code, "bg_color": tokens.background}
            return {"pattern": hatch, "border": {"color": code, "width": 1.0}}
        return {"fill": {"color": code}, "border": {"none": True}}

    options = painted(neutral)
    if series.tints:
        options["points"] = [painted(paint(look, tint)) for tint in series.tints]
    return options


def _leads(native: NativeChart) -> bool:
    """Whether official results stand first, as what a headline speaks of."""
    return native.series[0].style == OFFICIAL


def _is_shade(native: NativeChart, series: Series) -> bool:
    return series.style == PROJECTED and _leads(native)


def _shade(look: Look, code: str) -> str:
    return mixed(code, look.tokens.background, _SHADED)


def _curve_look(series: Series, look: Look, lane: float) -> Options:
    if series.style == EDGE:
        line = {"color": paint(look, series.tint), "width": 0.5, "transparency": 40}
        return {"line": line, "marker": {"type": "none"}}
    drawn = (PROJECTED, GHOST, ASSUMED, TARGET, LANE, REACH, STROKE, WHISKER)
    return _line_look(series, look, lane) if series.style in drawn else _marks_look(series, look)


def _line_look(series: Series, look: Look, lane: float) -> Options:
    code = paint(look, series.tint)
    line: Options = {"color": code, "width": _LINE if series.style in (PROJECTED, DIFFERENCE, TARGET) else 1.25}
    if series.style == WHISKER:
        line = {"color": code, "width": _WHISKER * series.size}
    elif series.style in (LANE, REACH, STROKE):
        line = {"color": code, "width": lane * series.size}
        if series.style == REACH:  # not every program draws a later series on it
            line["transparency"] = round(100 * (1.0 - _REACHED))
    if series.dashed:
        line["dash_type"] = _DASHES[series.style]
    return {"line": line, "marker": {"type": "none"}}


def lane_paint(series: Series, look: Look) -> str:
    """A part of the time in its own paint; where the evidence reaches, a shade of the system's."""
    code = paint(look, series.tint)
    return mixed(code, look.tokens.background, _REACHED) if series.style == REACH else code


def _marks_look(series: Series, look: Look) -> Options:
    kind, diameter = _MARKERS[series.style]
    size = max(2, round(diameter * series.size))

    def painted(code: str) -> Options:
        if series.style == NAMES:
            return {"fill": {"color": look.tokens.background}, "border": {"none": True}}
        return {"fill": {"color": code}, "border": {"color": code}}  # LibreOffice draws no rim of a hollow mark

    own = series.style in (GHOST, ASSUMED)
    options: Options = {
        "line": {"none": True},
        "marker": {"type": kind, "size": size, **painted(look.tokens.axis if own else paint(look, series.tint))},
    }
    if series.tints and not own:
        options["points"] = [painted(paint(look, tint)) for tint in series.tints]
    return options


def label_options(native: NativeChart, series: Series, look: Look, size: float) -> Options | None:
    """Numbers on bars and beside marks, words in lanes, names of rows; a baseline, an end and a line have none."""
    position = _position(native, series)
    if position is None or (size < _LEAST_LABEL and series.style not in (NAMES, LANE, REACH, *HELPERS)):
        return None
    code, bold = look.tokens.text, series.bold or series.style == PROJECTED
    if native.shape == BARS:
        bold = series.style == (OFFICIAL if _leads(native) else PROJECTED)
    if series.style in (LANE, REACH):
        code, size = on_paint(look, lane_paint(series, look)), _LANE_TEXT
    elif series.style == NAMES:
        size = max(size, _LEAST_NAME)
    elif series.style in HELPERS:
        least = _MOST_NAME if series.style == UNDER_AXIS else _LEAST_NAME
        code, size = look.tokens.muted_text, max(min(size, _MOST_NAME), least)
    elif native.shape == STACK and series.style == BAR:
        code = on_paint(look, paint(look, series.tint))
    elif native.shape == BARS and (series.style == PROJECTED or (series.style == OFFICIAL and _leads(native))):
        paints = [paint(look, tint) for tint in series.tints]
        code = _on_all(look, [_shade(look, each) for each in paints] if _is_shade(native, series) else paints)
    labels: Options = {
        "value": True,
        "position": position,
        "num_format": series.format,
        "font": font(look, code, size, bold),
    }
    if series.texts:
        codes = [paint(look, tint) for tint in series.tints] if series.style == WORDS else [code] * len(series.texts)
        labels["custom"] = [
            _custom(text, font(look, own, size, bold)) for text, own in zip(series.texts, codes, strict=True)
        ]
    if series.unlabelled:
        given = labels.get("custom", [None] * len(series.values))
        assert isinstance(given, list)
        shown = [{"delete": True} if place in series.unlabelled else each for place, each in enumerate(given)]
        labels["custom"] = shown
    return labels


def _custom(text: str, shown: Options) -> Options:
    return {"value": text, "font": shown} if text else {"delete": True}


def _position(native: NativeChart, series: Series) -> str | None:
    """Where the labels of a series stand; None where it has none."""
    style = series.style
    if style in HELPERS or series.beside:
        side = {UNDER_AXIS: "below", BESIDE_AXIS: "left", GRID: NOWHERE, LEADER: NOWHERE}.get(style, series.beside)
        return None if side == NOWHERE else side
    if native.shape == BARS:
        return "inside_base" if style in (PROJECTED, OFFICIAL, OWN) else None
    if native.shape == DOTS:
        return "left" if style == NAMES else None  # a number beside a dot would not follow an edit
    if native.shape == POINTS:
        if style in (LANE, REACH):
            return "right" if series.texts else None
        return "above" if style == OFFICIAL or series.texts else None
    if native.shape == STACK:
        return None if not series.texts else "inside_end" if series.style == BASE else "center"
    return "outside_end" if series.texts else None


def _on_all(look: Look, paints: list[str]) -> str:
    """The text that is read best on the worst of the fills."""
    tokens = look.tokens
    choices = (tokens.background, tokens.text)
    return max(choices, key=lambda each: min((contrast(each, code) for code in paints), default=0.0))


def font(look: Look, code: str, size: float, bold: bool = False) -> Options:
    """A font as XlsxWriter takes it."""
    return {"name": look.font, "size": size, "color": code, "bold": bold}
