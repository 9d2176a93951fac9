"""Elements of a drawing on a page: texts, rectangles, circles and strokes as SVG, each with what it says on hover.

Colours are variables that each theme of the page gives a value; whatever a text holds, it is only ever shown.
"""

from collections.abc import Mapping, Sequence
from html import escape

from ipuwhatif.charts import palette
from ipuwhatif.charts.palette import color
from ipuwhatif.charts.spec import Tint
from ipuwhatif.texts import one_line

MUTED = "var(--muted-text)"
#: From the middle of a line of text to its base line, in parts of its size: half of a capital's height.
_BASE = 0.357
_ANCHORS: Mapping[str, str] = {"left": "start", "center": "middle", "right": "end"}
#: What of a theme a page uses as it is.
_TOKENS = ("background", "surface", "text", "muted_text", "grid", "axis", "border", "accent")

Point = tuple[float, float]


class Inks:
    """The colours of the tints on a page, as variables; each theme gives them values of its own."""

    def __init__(self) -> None:
        self._names: dict[Tint, str] = {}

    def of(self, tint: Tint) -> str:
        """What a style says for the colour of a tint."""
        return f"var({self._names.setdefault(tint, f'--tint-{len(self._names)}')})"

    def declared(self, theme_name: str) -> str:
        """The values of all variables in a theme, as CSS declarations."""
        tokens = palette.theme(theme_name)
        values = [f"--{name.replace('_', '-')}:{getattr(tokens, name)};" for name in _TOKENS]
        return "".join([*values, *(f"{name}:{color(tint, theme_name)};" for tint, name in self._names.items())])


def lettering(
    text: str,
    x: float,
    y: float,
    size: int,
    anchor: str = "left",
    ink: str = MUTED,
    bold: bool = False,
    style: str = "",
) -> str:
    """A text with its middle line at `y`; empty for no text."""
    if not text:
        return ""
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{pixels(x)}" y="{pixels(y + _BASE * size)}" text-anchor="{_ANCHORS[anchor]}"'
    return f'<text {place} font-size="{size}"{weight} style="{style}fill:{ink}">{said(text)}</text>'


def rectangle(x: float, y: float, width: float, height: float, style: str, tip: str = "") -> str:
    size = f'width="{pixels(width)}" height="{pixels(height)}"'
    return f'<rect x="{pixels(x)}" y="{pixels(y)}" {size} style="{style}">{titled(tip)}</rect>'


def circle(x: float, y: float, radius: float, style: str, tip: str = "") -> str:
    return f'<circle cx="{pixels(x)}" cy="{pixels(y)}" r="{pixels(radius)}" style="{style}">{titled(tip)}</circle>'


def stroke(points: Sequence[Point], style: str, tip: str = "") -> str:
    return f'<polyline points="{_joined(points)}" style="fill:none;{style}">{titled(tip)}</polyline>'


def polygon(points: Sequence[Point], style: str, tip: str = "") -> str:
    return f'<polygon points="{_joined(points)}" style="{style}">{titled(tip)}</polygon>'


def titled(tip: str) -> str:
    """What an element says when a pointer rests on it, in its lines."""
    lines = "\n".join(map(said, tip.split("\n")))
    return f"<title>{lines}</title>" if tip else ""


def dashing(dashes: Sequence[float], width: float) -> str:
    """Dashes come in parts of the width."""
    return f";stroke-dasharray:{' '.join(pixels(part * width) for part in dashes)}" if dashes else ""


def _joined(points: Sequence[Point]) -> str:
    return " ".join(f"{pixels(x)},{pixels(y)}" for x, y in points)


def pixels(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def said(text: str) -> str:
    """A text as a page shows it: one line, and no markup in it acts."""
    return escape(one_line(text))
