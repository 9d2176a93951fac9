"""The app's own template: 16:9, one layout with title, source line, date and number, its theme for whoever edits it."""

import re
from typing import TYPE_CHECKING

from ipuwhatif.charts.labels import Box
from ipuwhatif.charts.palette import SYSTEM_HUES, Theme, color
from ipuwhatif.charts.spec import Tint
from ipuwhatif.export.office.look import own_look
from ipuwhatif.export.office.slide_text import rgb
from ipuwhatif.export.office.stage import DATE, EDGE_SIZE, EDGES, FOOTER, NUMBER, Stage, placeholder_type
from ipuwhatif.export.office.workbook.workbook_cells import FIXED_DATE, FONT

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.shapes.base import BaseShape
    from pptx.slide import SlideMaster

#: Of a slide, in points.
WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 32.0
TITLE_TOP, TITLE_HEIGHT = 16.0, 72.0
_LAYOUT = "Title Only"
_ACCENTS = tuple(Tint(hue, 0.5) for hue in SYSTEM_HUES)
#: Left and right of source line, date and number at the bottom, in points.
_EDGES = {FOOTER: (MARGIN, 720.0), DATE: (740.0, 860.0), NUMBER: (868.0, WIDTH - MARGIN)}
_EDGE_HEIGHT = 14.0
_EDGE_TOP = HEIGHT - 26.0
_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0)


def own_stage(theme_name: str) -> Stage:
    """The app's own template, made by code from the library's."""
    from pptx import Presentation
    from pptx.util import Pt

    deck, look = Presentation(), own_look(theme_name)
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name != _LAYOUT:
            deck.slide_layouts.remove(layout)
    drop_leftovers(deck)
    _set_theme(deck.slide_master, look.tokens)
    for shapes in (deck.slide_master.placeholders, deck.slide_layouts[0].placeholders):
        for shape in list(shapes):
            _set_placeholder(shape, look.tokens)
    properties = deck.core_properties
    properties.author = properties.last_modified_by = "IPU What-If"
    properties.created = properties.modified = FIXED_DATE
    properties.revision = 1
    title = Box(MARGIN, TITLE_TOP, WIDTH - MARGIN, TITLE_TOP + TITLE_HEIGHT)
    body = Box(MARGIN, TITLE_TOP, WIDTH - MARGIN, _EDGE_TOP - 6.0)
    return Stage(deck, deck.slide_layouts[0], title, body, look, True, True, _SIZES, 1.0)


def _set_placeholder(shape: "BaseShape", tokens: Theme) -> None:
    """Title and edges in their places; what else the library's template has goes."""
    from pptx.util import Pt

    kind = placeholder_type(shape._element)
    if kind == "title":
        left, top, right, height = MARGIN, TITLE_TOP, WIDTH - MARGIN, TITLE_HEIGHT
    elif kind in EDGES:
        (left, right), top, height = _EDGES[kind], _EDGE_TOP, _EDGE_HEIGHT
        _set_edge_style(shape, kind, tokens)
    else:
        shape._element.getparent().remove(shape._element)
        return
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(right - left), Pt(height)


def _set_edge_style(shape: "BaseShape", kind: str, tokens: Theme) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    body = shape._element.find(".//{*}bodyPr")
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")
    old = shape._element.find(".//{*}lstStyle")
    style = parse_xml(
        f'<a:lstStyle {nsdecls("a")}><a:lvl1pPr algn="{"l" if kind == FOOTER else "r"}"><a:defRPr '
        f'sz="{round(100 * EDGE_SIZE)}"><a:solidFill><a:srgbClr val="{tokens.muted_text[1:].upper()}"/></a:solidFill>'
        "</a:defRPr></a:lvl1pPr></a:lstStyle>"
    )
    old.getparent().replace(old, style)


def drop_leftovers(deck: "Deck") -> None:
    """Thumbnail, printer settings and properties of whoever made a template: they tell of another document."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    for part, kind in (
        (deck.part.package, RELATIONSHIP_TYPE.THUMBNAIL),
        (deck.part.package, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES),
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
    for letters in title.findall(qn("a:defRPr")):
        letters.set("b", "1")
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
