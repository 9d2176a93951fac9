"""The empty deck: 16:9, one layout with a title, and the theme's colours and fonts for whoever edits it later."""

import re
from typing import TYPE_CHECKING

from ipuwhatif.charts.palette import Theme, color, theme
from ipuwhatif.charts.spec import Tint
from ipuwhatif.export.office.workbook_cells import FIXED_DATE, FONT

if TYPE_CHECKING:
    from pptx.dml.color import RGBColor
    from pptx.presentation import Presentation as Deck
    from pptx.slide import SlideMaster

#: Of a slide, in points.
WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 32.0
TITLE_TOP, TITLE_HEIGHT = 16.0, 66.0
_LAYOUT = "Title Only"
_ACCENTS = tuple(Tint(hue, 0.5) for hue in ("ipu", "gpu", "bow", "other", "cpu", "neutral"))


def rgb(paint: str) -> "RGBColor":
    """A colour "#rrggbb" as the library has it."""
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(paint[1:]))  # type: ignore[no-untyped-call]  # the library has no type for it


def new_deck(theme_name: str) -> "Deck":
    """A deck without slides, made by code from the library's own template."""
    from pptx import Presentation
    from pptx.util import Pt

    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name != _LAYOUT:
            deck.slide_layouts.remove(layout)
    _drop_leftovers(deck)
    tokens = theme(theme_name)
    _set_theme(deck.slide_master, tokens)
    for shapes in (deck.slide_master.placeholders, deck.slide_layouts[0].placeholders):
        for shape in list(shapes):
            if shape.placeholder_format.idx == 0:
                shape.left, shape.top = Pt(MARGIN), Pt(TITLE_TOP)
                shape.width, shape.height = Pt(WIDTH - 2 * MARGIN), Pt(TITLE_HEIGHT)
            else:  # dates, footers and numbers would lie on what a slide shows
                shape._element.getparent().remove(shape._element)
    _set_properties(deck)
    return deck


def _drop_leftovers(deck: "Deck") -> None:
    """The thumbnail and the printer settings of whoever made the library's template."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    for part, kind in (
        (deck.part.package, RELATIONSHIP_TYPE.THUMBNAIL),
        (deck.part, RELATIONSHIP_TYPE.PRINTER_SETTINGS),
    ):
        for key, relation in list(part._rels.items()):
            if relation.reltype == kind:
                part._rels.pop(key)


def _set_theme(master: "SlideMaster", tokens: Theme) -> None:
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml.ns import qn

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode("utf-8")
    xml = re.sub(r"<a:clrScheme .*?</a:clrScheme>", _colours(tokens), xml, flags=re.DOTALL)
    part._blob = _with_fonts(xml).encode("utf-8")
    fill = master.background.fill
    fill.solid()
    fill.fore_color.rgb = rgb(tokens.background)
    title = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    assert title is not None
    title.set("algn", "l")
    body = master.placeholders[0]._element.find(f".//{qn('a:bodyPr')}")
    assert body is not None
    body.set("anchor", "t")
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")


def _colours(tokens: Theme) -> str:
    """The colours that a user is offered: text, background, and the hues of the families."""
    named = {
        "dk1": tokens.text,
        "lt1": tokens.background,
        "dk2": tokens.muted_text,
        "lt2": tokens.surface,
        **{f"accent{place}": color(tint, tokens.name) for place, tint in enumerate(_ACCENTS, start=1)},
        "hlink": tokens.accent,
        "folHlink": tokens.muted_text,
    }
    entries = "".join(f'<a:{name}><a:srgbClr val="{code[1:].upper()}"/></a:{name}>' for name, code in named.items())
    return f'<a:clrScheme name="IPU What-If">{entries}</a:clrScheme>'


def _with_fonts(xml: str) -> str:
    latin = f'<a:latin typeface="{FONT}"/><a:ea typeface="Noto Sans CJK SC"/><a:cs typeface=""/>'
    fonts = f"<a:majorFont>{latin}</a:majorFont><a:minorFont>{latin}</a:minorFont>"
    scheme = f'<a:fontScheme name="IPU What-If">{fonts}</a:fontScheme>'
    return re.sub(r"<a:fontScheme .*?</a:fontScheme>", scheme, xml, flags=re.DOTALL)


def _set_properties(deck: "Deck") -> None:
    properties = deck.core_properties
    properties.author = properties.last_modified_by = "IPU What-If"
    properties.created = properties.modified = FIXED_DATE
    properties.revision, properties.title = 1, ""
