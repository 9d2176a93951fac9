"""How a document is painted: the app's own colours and font, or those of a company's template."""

import colorsys
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ipuwhatif.charts.palette import PART_NAMES, SYSTEM_HUES, Theme, color, contrast, linear_rgb, theme
from ipuwhatif.charts.spec import PAIR, Figure, Tint
from ipuwhatif.export.office.native.native_series import System, system_of
from ipuwhatif.export.office.workbook.workbook_cells import FONT
from ipuwhatif.records import Record, replace

#: What an Office file calls the font of its theme's texts.
THEME_FONT = "+mn-lt"
#: Variants of an accent as Office offers them, in percent of its luminance (kept, added), for light and dark pages.
_DARKER, _LIGHTER = ((100, 0), (75, 0), (50, 0)), ((100, 0), (60, 40), (40, 60))
#: Least contrast of a line or a mark against the page (WCAG 2, graphical objects), and of a part of a bar: dark shades
#: on a dark page are told from it less well than light ones on a light page.
_SEEN, _FILLED, _FILLED_ON_DARK = 3.0, 1.4, 2.0
#: How far two parts of a bar are apart at least, in OKLab.
_APART = 0.12
#: The same of a part and a system, which mean something else.
_UNLIKE = 0.17
#: Charts of evidence: of more systems than there are colours, so that families are told apart.
_OF_FAMILIES = ("article", "evidence", "probabilities", "track-record")
#: The same of two systems, and hues for a system that is nearer to another.
_TOLD = 0.08
_OTHER_HUES = ("ipu", "compute", "bow", "memory", "evaluation", "collective", "gpu")


class Look(Record, frozen=True):
    """`accents` are the six of a company's theme as "#rrggbb"; without any, tints have the app's own paint.

    `systems` are those that the file shows, in their order: each has a colour of its own.
    """

    tokens: Theme
    font: str = FONT
    accents: tuple[str, ...] = ()
    systems: tuple[System, ...] = ()


def own_look(theme_name: str) -> Look:
    """The look of the app's theme of this name."""
    return Look(theme(theme_name))


def company_look(background: str, text: str, accents: tuple[str, ...]) -> Look:
    """The look of a template: its page, its text, and its accents for the systems in the order in which they come."""
    usual = theme("light" if contrast(background, "#000000") > contrast(background, "#ffffff") else "dark")
    tokens = replace(
        usual,
        background=background,
        text=text,
        muted_text=mixed(text, background, 0.72),
        axis=mixed(text, background, 0.45),
        grid=mixed(text, background, 0.14),
    )
    return Look(tokens, THEME_FONT, accents)


def look_for(look: Look, figures: Iterable[Figure]) -> Look:
    """The look with the systems of some figures: by the rows of their tables, their curves and their legends."""
    found: dict[System, None] = {}
    for figure in figures:
        named = (entry.tint for entry in figure.chart.legend if entry.style == PAIR)
        own = () if figure.chart.kind in _OF_FAMILIES else figure.table.tints
        for tint in (*own, *(band.tint for band in figure.chart.bands), *named):
            if tint is not None and _is_system(tint):
                found.setdefault(system_of(tint))
    return replace(look, systems=tuple(found))


def _is_system(tint: Tint) -> bool:
    return tint.hue in SYSTEM_HUES and tint.hue != "neutral"


def paint(look: Look, tint: Tint) -> str:
    """The paint of a tint as "#rrggbb"; of a template the first variant of its accent that is seen."""
    if not look.accents:
        return color(_own_tint(look, tint), look.tokens.name)
    if tint.hue == "neutral":
        return look.tokens.muted_text if tint.shade < 0.95 else look.tokens.axis
    if not _is_system(tint):
        systems = tuple(paint(look, Tint(hue, variety=variety)) for hue, variety in look.systems)
        parts = _part_paints(look.accents, look.tokens.background, _variants(look), systems)
        return parts.get(tint.hue, look.accents[0])
    place, accents = _place(look, tint), _apart_first(look.accents)
    accent, first = accents[place % len(accents)], min(2, place // len(accents))
    variants = [_variant(accent, *each) for each in _variants(look)[first:]]
    return next((each for each in variants if contrast(each, look.tokens.background) >= _SEEN), variants[-1])


def _place(look: Look, tint: Tint) -> int:
    """The place of a system among those of the file, of one that it does not show that of its family."""
    system = system_of(tint)
    return look.systems.index(system) if system in look.systems else SYSTEM_HUES.index(tint.hue)


def _own_tint(look: Look, tint: Tint) -> Tint:
    """The tint in the app's own colours; a system that is near one before it in the file has another hue."""
    hue = _own_hues(look.systems, look.tokens.name).get(system_of(tint))
    return Tint(hue, tint.shade) if hue else tint


@lru_cache(maxsize=64)
def _own_hues(systems: tuple[System, ...], theme_name: str) -> Mapping[System, str]:
    shown: list[str] = []
    found: dict[System, str] = {}
    for hue, variety in systems:
        code = color(Tint(hue, variety=variety), theme_name)
        if not _is_far(code, shown):
            others = [(other, color(Tint(other), theme_name)) for other in _OTHER_HUES]
            free = [(other, paint) for other, paint in others if _is_far(paint, shown)]
            if free:
                found[hue, variety], code = free[0]
        shown.append(code)
    return found


@lru_cache(maxsize=64)
def _apart_first(accents: tuple[str, ...]) -> tuple[str, ...]:
    """A theme's accents in its order, those that are near one before them behind all others."""
    apart: list[str] = []
    for accent in accents:
        apart += [accent] if _is_far(accent, apart) else []
    return (*apart, *(accent for accent in accents if accent not in apart))


def _is_far(code: str, others: Sequence[str]) -> bool:
    return all(distance(code, other) >= _TOLD for other in others)


@lru_cache(maxsize=64)
def _part_paints(
    accents: tuple[str, ...], background: str, variants: tuple[tuple[int, int], ...], systems: tuple[str, ...]
) -> Mapping[str, str]:
    """A paint for each part of a time or of a memory: of its accent, or of any, the first that is far from others.

    systems: paints that stand beside those of parts, and say something else.
    """
    shades = dict.fromkeys((*variants, *_DARKER, *_LIGHTER))
    least = _FILLED_ON_DARK if variants == _LIGHTER else _FILLED
    found: dict[str, str] = {}
    for place, part in enumerate(PART_NAMES):
        turned = [accents[(place + step) % len(accents)] for step in range(len(accents))]
        choices = [_variant(accent, *shade) for shade in shades for accent in turned]
        choices = [each for each in choices if contrast(each, background) >= least] or choices
        rivals = list(found.values())[-9:]  # no bar has more parts
        unlike = [each for each in choices if all(distance(each, other) >= _UNLIKE for other in systems)]
        choices = unlike or choices
        far = (each for each in choices if all(distance(each, other) >= _APART for other in rivals))
        best = max(choices, key=lambda each: min((distance(each, other) for other in rivals), default=0.0))
        found[part] = next(far, best)
    return found


def on_paint(look: Look, background: str) -> str:
    """The colour of a text on a filled shape: the page's, or the text's where that is read better."""
    tokens = look.tokens
    return max((tokens.background, tokens.text), key=lambda each: contrast(each, background))


def scheme_colours(look: Look) -> Mapping[str, tuple[str, int, int]]:
    """What paints are in the template's theme, so that they follow it: name, luminance kept and added in percent."""
    found: dict[str, tuple[str, int, int]] = {}
    for place, accent in enumerate(look.accents, start=1):
        for kept, added in dict.fromkeys((*_variants(look), *_DARKER, *_LIGHTER)):
            found.setdefault(_variant(accent, kept, added), (f"accent{place}", kept, added))
    if look.accents:
        found |= {look.tokens.text: ("tx1", 100, 0), look.tokens.background: ("bg1", 100, 0)}
    return found


def mixed(first: str, second: str, share: float) -> str:
    """A colour between two, `share` of the first."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(share * one + (1.0 - share) * other):02x}" for one, other in pairs)


def _variants(look: Look) -> tuple[tuple[int, int], ...]:
    return _LIGHTER if look.tokens.name == "dark" else _DARKER


def _variant(accent: str, kept: int, added: int) -> str:
    """An accent with a part of its luminance (HSL) kept and some added, as DrawingML's lumMod and lumOff have it."""
    hue, light, strength = colorsys.rgb_to_hls(*(part / 255.0 for part in bytes.fromhex(accent[1:])))
    light = min(1.0, light * kept / 100.0 + added / 100.0)
    return "#" + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(hue, light, strength))


def distance(first: str, second: str) -> float:
    return math.dist(_oklab(first), _oklab(second))


@lru_cache(maxsize=512)
def _oklab(code: str) -> Sequence[float]:
    """Lightness, green to red and blue to yellow (Ottosson, "A perceptual color space for image processing", 2020)."""
    red, green, blue = linear_rgb(code)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )
