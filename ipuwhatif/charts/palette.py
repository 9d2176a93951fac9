"""Colours as data: the tokens of each theme, and the paint of every tint.

The window, the painter and every export read the same tables, so that a system keeps its colour everywhere.
"""

import math
import zlib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ipuwhatif.charts.reasons import NoTheme
from ipuwhatif.charts.spec import Tint
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError

#: Latin first; then what has Chinese on each system, the shipped subset (`resources/fonts`) among it.
FONT_FAMILIES = (
    "Noto Sans",
    "DejaVu Sans",
    "Arial",
    "Noto Sans CJK SC",
    "PingFang SC",
    "Microsoft YaHei",
    "sans-serif",
)

#: Heights of text in logical pixels, the same on screen and in exports.
TITLE_SIZE, SUBTITLE_SIZE, TICK_SIZE, LABEL_SIZE, LEGEND_SIZE, FOOTNOTE_SIZE = 18, 12, 12, 13, 12, 10


class Theme(Record, frozen=True):
    """Colours of one theme as "#rrggbb"; texts have a contrast of at least 4.5 : 1 against what they stand on."""

    name: str
    background: str  # charts and pages
    surface: str  # panels, drawers and the heads of tables
    text: str
    muted_text: str
    grid: str
    axis: str
    border: str  # between panels
    accent: str  # links, the slider's handle, the focus ring
    accent_text: str  # on the accent
    button: str
    button_hover: str
    button_text: str
    field: str  # what can be typed into
    field_text: str
    field_border: str
    selection: str
    selection_text: str
    warning_text: str
    lightness: tuple[float, float]  # OKLCH lightness of the darkest and the lightest shade


THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        "light": Theme(
            name="light",
            background="#ffffff",
            surface="#f5f6f8",
            text="#1b1f24",
            muted_text="#5a6370",
            grid="#e6e8ec",
            axis="#9aa2ad",
            border="#d5d9df",
            accent="#1559b3",
            accent_text="#ffffff",
            button="#eceff3",
            button_hover="#dfe4ea",
            button_text="#1b1f24",
            field="#ffffff",
            field_text="#1b1f24",
            field_border="#8b94a1",
            selection="#d3e3f8",
            selection_text="#1b1f24",
            warning_text="#8f3f00",
            lightness=(0.36, 0.54),
        ),
        "dark": Theme(
            name="dark",
            background="#15181d",
            surface="#1d2127",
            text="#e8eaed",
            muted_text="#a3abb7",
            grid="#2b3038",
            axis="#656e7b",
            border="#343a44",
            accent="#7fb2f5",
            accent_text="#10141a",
            button="#2a3038",
            button_hover="#353c46",
            button_text="#e8eaed",
            field="#101317",
            field_text="#e8eaed",
            field_border="#6c7684",
            selection="#2b4568",
            selection_text="#f2f4f6",
            warning_text="#f2a65a",
            lightness=(0.66, 0.86),
        ),
        # a beamer in a bright room takes half of every contrast away
        "projector": Theme(
            name="projector",
            background="#ffffff",
            surface="#f0f2f5",
            text="#000000",
            muted_text="#2b3138",
            grid="#d3d7dd",
            axis="#4d5560",
            border="#9aa2ad",
            accent="#0b3f8a",
            accent_text="#ffffff",
            button="#e2e6ec",
            button_hover="#cfd6df",
            button_text="#000000",
            field="#ffffff",
            field_text="#000000",
            field_border="#4d5560",
            selection="#b9d3f5",
            selection_text="#000000",
            warning_text="#6e2f00",
            lightness=(0.28, 0.44),
        ),
    }
)

#: Hue angle in degrees and chroma (OKLCH) per family; chosen so that every two stay apart under protanopia and
#: deuteranopia too, blue against orange most of all.
_HUES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "ipu": (256.0, 0.150),
        "bow": (330.0, 0.150),
        "gpu": (55.0, 0.130),
        "cpu": (190.0, 0.050),
        "other": (20.0, 0.080),
        "neutral": (255.0, 0.012),
    }
)

#: How far systems of a family stand from its hue, in degrees, and how much of its chroma they have. GPUs, compared most
#: among themselves, have every hue that IPUs and Bow leave; what tells them from the rest is their names.
_TURNS: Mapping[str, tuple[tuple[float, float], ...]] = MappingProxyType(
    {
        "gpu": tuple((turn, 1.0) for turn in (0.0, 100.0, 45.0, 130.0, -22.0, 75.0, 22.0)),
        "cpu": ((0.0, 1.0), (40.0, 1.0)),
        "other": ((0.0, 1.0), (-80.0, 0.9), (100.0, 0.9), (-35.0, 0.9), (-8.0, 0.4)),
    }
)
#: The systems that are set side by side most, those of one time far from each other.
_LISTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gpu": (
            *("dgx-a100", "dgx-h100", "hgx-h200", "dgx-b200", "gb200-nvl72", "mi300x"),
            *("mi355x", "dgx-b300", "gb300-nvl72", "dgx-2", "mi325x"),
        ),
        "cpu": ("epyc-7742", "xeon-8380h"),
        "other": ("tpu-v4", "gaudi2", "tpu-v5p", "gaudi3", "tpu-v3"),
    }
)

#: The same for the parts of a time, near each other for what belongs together: work on the chip, communication, what a
#: step waits for, and what is no training; then for the parts of a memory: what parameters take, and what a batch does.
_PART_HUES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "compute": (155.0, 0.110),
        "memory": (205.0, 0.090),
        "launch": (125.0, 0.120),
        "pipeline_bubble": (325.0, 0.110),
        "collective": (300.0, 0.140),
        "update": (90.0, 0.090),
        "host_wait": (70.0, 0.120),
        "evaluation": (10.0, 0.130),
        "checkpoint": (35.0, 0.130),
        "start_up": (350.0, 0.080),
        "reserve": (255.0, 0.012),
        "weights": (256.0, 0.130),
        "gradients": (205.0, 0.090),
        "state": (300.0, 0.120),
        "gathered": (145.0, 0.110),
        "activations": (75.0, 0.120),
        "scores": (20.0, 0.120),
    }
)
#: The families in the order of a theme's accents, and the parts in that of a stack.
SYSTEM_HUES = ("ipu", "gpu", "bow", "other", "cpu", "neutral")
PART_NAMES = tuple(_PART_HUES)
_PART_SHADES = {"compute": 0.35, "memory": 0.75, "pipeline_bubble": 0.4, "update": 0.45, "evaluation": 0.3}
_PART_SHADES |= {"weights": 0.2, "gradients": 0.7, "state": 0.5, "gathered": 0.6, "activations": 0.6, "scores": 0.3}


#: What belongs to no system: legends, guides, whole times.
NEUTRAL = Tint("neutral", 0.9)


def part_tint(part: str) -> Tint:
    """The tint of a part of a time or of a memory, the same on every chart."""
    return Tint(part, _PART_SHADES.get(part, 0.95))


def theme(name: str) -> Theme:
    """The tokens of a theme. Raises InputError for a name that is not there."""
    if name not in THEMES:
        raise RefusedError(NoTheme(name, tuple(THEMES)))
    return THEMES[name]


def system_tint(family: str, chips: int, system: str = "") -> Tint:
    """The tint of a system: the hue of its family, darker by its size, so 4 chips are lightest and 4,096 darkest.

    system: its key, by which it keeps its variety of the hue; without one the hue is that of the family alone.
    """
    hue = family if family in _HUES else "other"
    shade = 1.0 - (math.log2(max(chips, 1)) - 2.0) / 10.0
    return Tint(hue, min(1.0, max(0.0, shade)), _variety(hue, system))


def _variety(hue: str, system: str) -> int:
    """The place of a system among those of its family; one that is not listed has a place by its name.

    There are more places than turns of a hue: a company's colours tell apart what those do not.
    """
    known = _LISTED.get(hue, ())
    if not system or hue not in _TURNS:
        return 0
    return known.index(system) if system in known else zlib.crc32(system.encode())


@lru_cache(maxsize=1024)
def color(tint: Tint, theme_name: str) -> str:
    """The paint of a tint as "#rrggbb": at least 4.5 : 1 against the background, so that it can colour a text."""
    darkest, lightest = theme(theme_name).lightness
    hue, chroma = _HUES.get(tint.hue) or _PART_HUES.get(tint.hue, _HUES["other"])
    turns = _TURNS.get(tint.hue, ((0.0, 1.0),))
    turn, strength = turns[tint.variety % len(turns)]
    lightness = darkest + (lightest - darkest) * min(1.0, max(0.0, tint.shade))
    return _hexadecimal(_in_gamut(lightness, strength * chroma, math.radians(hue + turn)))


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two "#rrggbb" colours by WCAG 2: from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def linear_rgb(code: str) -> tuple[float, float, float]:
    """Linear-light components from 0 to 1 of an "#rrggbb" colour (IEC 61966-2-1)."""
    values = (int(code[start : start + 2], 16) / 255.0 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return red, green, blue


def _luminance(code: str) -> float:
    red, green, blue = linear_rgb(code)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _in_gamut(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    # Chroma gives way, hue and lightness stay: contrast hangs on lightness, recognition on hue.
    while chroma > 0.0:
        rgb = _oklch_to_linear(lightness, chroma, hue)
        if all(-1e-6 <= value <= 1.0 + 1e-6 for value in rgb):
            return rgb
        chroma -= 0.002
    return _oklch_to_linear(lightness, 0.0, hue)


def _oklch_to_linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    # Ottosson, "A perceptual color space for image processing" (2020).
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _hexadecimal(rgb: tuple[float, float, float]) -> str:
    codes = []
    for value in rgb:
        value = min(1.0, max(0.0, value))
        encoded = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
        codes.append(f"{round(255 * encoded):02x}")
    return "#" + "".join(codes)
