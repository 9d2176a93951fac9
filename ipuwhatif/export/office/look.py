"""How a document is painted: the app's own colours and font, or those of a company's template."""

from collections.abc import Mapping

from ipuwhatif.charts.palette import PART_NAMES, SYSTEM_HUES, Theme, color, contrast, theme
from ipuwhatif.charts.spec import Tint
from ipuwhatif.export.office.workbook.workbook_cells import FONT
from ipuwhatif.records import Record, replace

#: What an Office file calls the font of its theme's texts.
THEME_FONT = "+mn-lt"
#: Variants of an accent as Office offers them, in percent of its luminance (kept, added), for light and dark pages.
_DARKER, _LIGHTER = ((100, 0), (75, 0), (50, 0)), ((100, 0), (60, 40), (40, 60))
#: Least contrast of a line or a mark against the page (WCAG 2, graphical objects).
_SEEN = 3.0


class Look(Record, frozen=True):
    """`accents` are the six of a company's theme as "#rrggbb"; without any, tints have the app's own paint."""

    tokens: Theme
    font: str = FONT
    accents: tuple[str, ...] = ()


def own_look(theme_name: str) -> Look:
    """The look of the app's theme of this name."""
    return Look(theme(theme_name))


def company_look(background: str, text: str, accents: tuple[str, ...]) -> Look:
    """The look of a template: its page, its text, and its accents for the families in the order of the app's own."""
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


def paint(look: Look, tint: Tint) -> str:
    """The paint of a tint as "#rrggbb"; of a template's accents the first variant from its own on that is seen."""
    if not look.accents:
        return color(tint, look.tokens.name)
    if tint.hue == "neutral":
        return look.tokens.muted_text if tint.shade < 0.95 else look.tokens.axis
    place, first = _accent_of(tint)
    variants = [_variant(look.accents[place % len(look.accents)], *each) for each in _variants(look)[first:]]
    return next((each for each in variants if contrast(each, look.tokens.background) >= _SEEN), variants[-1])


def on_paint(look: Look, background: str) -> str:
    """The colour of a text on a filled shape: the page's, or the text's where that is read better."""
    tokens = look.tokens
    return max((tokens.background, tokens.text), key=lambda each: contrast(each, background))


def scheme_colours(look: Look) -> Mapping[str, tuple[str, int, int]]:
    """What paints are in the template's theme, so that they follow it: name, luminance kept and added in percent."""
    found: dict[str, tuple[str, int, int]] = {}
    for place, accent in enumerate(look.accents, start=1):
        for kept, added in _variants(look):
            found.setdefault(_variant(accent, kept, added), (f"accent{place}", kept, added))
    if look.accents:
        found |= {look.tokens.text: ("tx1", 100, 0), look.tokens.background: ("bg1", 100, 0)}
    return found


def mixed(first: str, second: str, share: float) -> str:
    """A colour between two, `share` of the first."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(share * one + (1.0 - share) * other):02x}" for one, other in pairs)


def _accent_of(tint: Tint) -> tuple[int, int]:
    """Number of the accent, and of the first variant: a family's large systems and a seventh part are further off."""
    if tint.hue in PART_NAMES:
        place = PART_NAMES.index(tint.hue)
        return place, min(2, place // 6)
    place = SYSTEM_HUES.index(tint.hue) if tint.hue in SYSTEM_HUES else SYSTEM_HUES.index("other")
    return place, min(2, int(3.0 * (1.0 - min(1.0, max(0.0, tint.shade)))))


def _variants(look: Look) -> tuple[tuple[int, int], ...]:
    return _LIGHTER if look.tokens.name == "dark" else _DARKER


def _variant(accent: str, kept: int, added: int) -> str:
    """An accent with a part of its luminance (HSL) kept and some added, as DrawingML's lumMod and lumOff have it."""
    import colorsys

    hue, light, strength = colorsys.rgb_to_hls(*(part / 255.0 for part in bytes.fromhex(accent[1:])))
    light = min(1.0, light * kept / 100.0 + added / 100.0)
    return "#" + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(hue, light, strength))
