"""What a slide is set on: a deck without slides, the layout to use, the room that it leaves, and its look."""

from typing import TYPE_CHECKING

from ipuwhatif.charts.labels import Box
from ipuwhatif.export.office.look import THEME_FONT, Look
from ipuwhatif.export.office.slide_text import Fitted, set_text
from ipuwhatif.records import Record

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.shapes.placeholder import LayoutPlaceholder
    from pptx.slide import Slide, SlideLayout

#: Types of placeholders as files name them: those that are kept small along the edge of a slide.
DATE, FOOTER, NUMBER = "dt", "ftr", "sldNum"
EDGES = (DATE, FOOTER, NUMBER)
TITLES = ("title", "ctrTitle")
EDGE_SIZE = 9.0  # of their texts, in points


class Stage(Record, frozen=True):
    """`title` is the room of the title and `body` that under it, in points.

    `grows`: the room under a title begins where its lines end. `has_footer`: a source line stands at the edge.
    """

    deck: "Deck"
    layout: "SlideLayout"
    title: Box
    body: Box
    look: Look
    grows: bool
    has_footer: bool
    sizes: tuple[float, ...]  # of the title, the largest first
    fonts: float  # how wide its letters may be, in those that widths of texts are estimated for


def new_slide(stage: Stage, source_line: str, day: str) -> "Slide":
    """A slide of the layout with nothing but an empty title, and the source line, date and number that it has."""
    slide: Slide = stage.deck.slides.add_slide(stage.layout)
    for shape in list(slide.placeholders):
        if placeholder_type(shape._element) not in TITLES:
            shape._element.getparent().remove(shape._element)
    for shape in placeholders(stage.layout):
        kind = placeholder_type(shape._element)
        if kind in EDGES:
            texts = {DATE: day, FOOTER: source_line}
            _add_edge(slide, kind, shape.placeholder_format.idx, texts.get(kind, ""), stage.look)
    return slide


def placeholders(layout: "SlideLayout") -> "list[LayoutPlaceholder]":
    """The placeholders of a layout."""
    return list(layout.placeholders)


def placeholder_type(element: object) -> str:
    """The type of a placeholder as its file names it; without one it is "obj", and no placeholder has ""."""
    found = element.find(".//{*}nvPr/{*}ph")  # type: ignore[attr-defined]  # an element of lxml, which has no types
    return "" if found is None else found.get("type", "obj")


def _add_edge(slide: "Slide", kind: str, place: int, text: str, look: Look) -> None:
    """A date, source line or slide number that stands where the layout has it, in its look."""
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.text.text import TextFrame

    number = len(slide.shapes) + 2
    field = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
    element = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{place}"/></p:nvPr>'
        f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{field if kind == NUMBER else ''}</a:p></p:txBody>"
        "</p:sp>"
    )
    slide.shapes._spTree.append(element)
    if kind == NUMBER:
        return
    frame = TextFrame(element.txBody, slide)
    set_text(frame, Fitted((text,), EDGE_SIZE, 0.0, True))
    if kind == FOOTER:  # said once more, as LibreOffice does not ask the layout how a source line looks
        set_text(frame, Fitted((text,), EDGE_SIZE, 0.0, True), look.tokens.muted_text)
        frame.paragraphs[0].runs[0].font.name = THEME_FONT
        if not look.accents:
            frame.paragraphs[0].alignment = PP_ALIGN.LEFT
