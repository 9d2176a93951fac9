"""A company's own template, .pptx or .potx: read with care, emptied of its slides, and measured.

What is used of it: the layout with a title and the least besides, the theme's colours and fonts, and whatever stands on
layout and master, such as a logo.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.charts.labels import Box
from ipuwhatif.export.office.look import company_look
from ipuwhatif.export.office.slide_template import drop_leftovers
from ipuwhatif.export.office.stage import EDGES, FOOTER, TITLES, Stage, placeholder_type, placeholders
from ipuwhatif.files import read_bounded
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, quoted

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import SlideLayout

#: Endings of a template.
ENDINGS = (".pptx", ".potx")
_LIMIT_BYTES, LIMIT_UNPACKED, _MOST_PARTS = 100_000_000, 400_000_000, 5_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .ppt, and anything with a password
_TYPES = "[Content_Types].xml"
_DECK_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_TEMPLATE_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
#: Sizes of a title in points, the room that a text box keeps around its text, and the least room of a slide's content.
_SIZES, _INSET = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0), 7.2
_LEAST_WIDTH, _LEAST_HEIGHT, _MARGIN, _GAP = 400.0, 220.0, 24.0, 6.0
#: A shape that covers more of a slide than this is its background.
_BACKGROUND = 0.35
#: A layout that uses less of a slide's width was made for a narrower one.
_NARROW = 0.85
#: How wide letters of any company's font may be, in those that widths of texts are estimated for.
_FONTS = 1.12
_POINT = 12_700  # English metric units


def company_stage(path: Path) -> Stage:
    """The stage that a template sets. InputError where it cannot be used, with what to do."""
    if path.suffix.casefold() not in ENDINGS:
        raise InputError(
            tr("the template {name} is neither .pptx nor .potx: save it as one of them", name=quoted(_name(path)))
        )
    deck = _opened(read_bounded(path, _LIMIT_BYTES), path)
    try:
        _drop_slides(deck)
        drop_leftovers(deck)
        layout = _title_layout(deck)
        if layout is None:
            raise InputError(
                tr(
                    "the template {name} has no layout with a title: add one in its slide master, or choose another",
                    name=quoted(_name(path)),
                )
            )
        return _measured(deck, layout, path)
    except InputError:
        raise
    except Exception as fault:  # the library trips over whatever a broken part lacks, by errors of any kind
        raise _broken(path) from fault


def _opened(data: bytes, path: Path) -> "Deck":
    from pptx import Presentation

    name = quoted(_name(path))
    if data.startswith(_OLD_OFFICE):
        raise InputError(
            tr("the template {name} has a password or is an old .ppt: save it as .pptx without a password", name=name)
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            items = archive.infolist()
            if len(items) > _MOST_PARTS or sum(item.file_size for item in items) > LIMIT_UNPACKED:
                raise InputError(tr("the template {name} is too large when unpacked: take out its pictures", name=name))
            data = _as_deck(archive, data)
        if b"macroEnabled.main" in _content_types(data):
            raise InputError(tr("the template {name} holds macros: save it as .pptx without them", name=name))
        return Presentation(io.BytesIO(data))
    except InputError:
        raise
    except Exception as fault:  # zip, XML and the library each have errors of their own
        raise _broken(path) from fault


def _broken(path: Path) -> InputError:
    return InputError(
        tr(
            "the template {name} cannot be read as PowerPoint: open it there and save it anew, or choose another",
            name=quoted(_name(path)),
        )
    )


def _name(path: Path) -> str:
    return printable(path.name)


def _content_types(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(_TYPES)


def _as_deck(archive: zipfile.ZipFile, data: bytes) -> bytes:
    """The file as that of a deck: a template differs by the type of its first part."""
    types = archive.read(_TYPES)
    if _TEMPLATE_TYPE not in types:
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for item in archive.infolist():
            content = types.replace(_TEMPLATE_TYPE, _DECK_TYPE) if item.filename == _TYPES else archive.read(item)
            new.writestr(item.filename, content)
    return target.getvalue()


def _drop_slides(deck: "Deck") -> None:
    """Take out the slides of an example, and the sections and shows that name them."""
    slides = deck.slides._sldIdLst
    for slide in list(slides):
        deck.part.drop_rel(slide.rId)
        slides.remove(slide)
    for tag in ("sectionLst", "custShowLst"):
        for element in list(deck.part._element.iter(f"{{*}}{tag}")):
            element.getparent().remove(element)


def _title_layout(deck: "Deck") -> "SlideLayout | None":
    """The layout with a title and nothing else, or with as little else as can be; that of a cover counts as none."""
    best: tuple[tuple[bool, int], SlideLayout] | None = None
    for master in deck.slide_masters:
        for layout in master.slide_layouts:
            kinds = [placeholder_type(shape._element) for shape in placeholders(layout)]
            if "title" not in kinds:
                continue
            others = sum(kind not in (*EDGES, *TITLES) for kind in kinds)
            rank = (layout._element.get("type") != "titleOnly", others)
            if best is None or rank < best[0]:
                best = rank, layout
    return None if best is None else best[1]


def _measured(deck: "Deck", layout: "SlideLayout", path: Path) -> Stage:
    width, height = (deck.slide_width or 0) / _POINT, (deck.slide_height or 0) / _POINT
    _widen(layout, width, height)
    title = next(shape for shape in placeholders(layout) if placeholder_type(shape._element) in TITLES)
    kinds = [placeholder_type(shape._element) for shape in placeholders(layout)]
    head = _box(title)
    edges = [_box(shape) for shape in placeholders(layout) if placeholder_type(shape._element) in EDGES]
    low = [edge.top for edge in edges if edge.top > height / 2]
    left, right = max(_MARGIN, head.left + _INSET), min(width - _MARGIN, head.right - _INSET)
    if right - left < 0.6 * width:  # a title in a column of its own
        left, right = _MARGIN, width - _MARGIN
    body = Box(left, head.bottom + _GAP, right, min([height - _MARGIN, *(edge - _GAP for edge in low)]))
    room = Box(head.left + _INSET, head.top + _INSET / 2, head.right - _INSET, head.bottom - _INSET / 2)
    for obstacle in _obstacles(layout, width, height):
        body, room = _beside(body, obstacle), _beside(room, obstacle)
    if body.right - body.left < _LEAST_WIDTH or body.bottom - body.top < _LEAST_HEIGHT:
        raise InputError(
            tr(
                "the layout {layout} of the template {name} leaves no room under its title: make the title smaller",
                layout=quoted(printable(layout.name)),
                name=quoted(_name(path)),
            )
        )
    background, text, accents = _colours(layout)
    look = company_look(background, text, accents)
    return Stage(deck, layout, room, body, look, False, FOOTER in kinds, _SIZES, _FONTS)


def _widen(layout: "SlideLayout", width: float, height: float) -> None:
    """Spread the placeholders of a layout over the slide, where it was made wider after they were set.

    Not where something else stands on the side that they leave free: then it is meant to be.
    """
    held = placeholders(layout)
    boxes = [_box(shape) for shape in held]
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    used = left + right  # as much room on the right as on the left
    if used > _NARROW * width or any(box.right > right for box in _obstacles(layout, width, height)):
        return
    for shape, box in zip(held, boxes, strict=True):
        shape.left, shape.width = (round(each * width / used * _POINT) for each in (box.left, box.right - box.left))
        shape.top, shape.height = (round(each * _POINT) for each in (box.top, box.bottom - box.top))


def _box(shape: object) -> Box:
    left, top, width, height = ((getattr(shape, side) or 0) / _POINT for side in ("left", "top", "width", "height"))
    return Box(left, top, left + width, top + height)


def _obstacles(layout: "SlideLayout", width: float, height: float) -> Iterator[Box]:
    """What stands on layout and master and is neither a placeholder nor a background: logos, bars, lines."""
    shown = layout._element.get("showMasterSp", "1") not in ("0", "false")
    for shapes in (layout.shapes, *([layout.slide_master.shapes] if shown else [])):
        for shape in shapes:
            if not shape.is_placeholder:
                box = _box(shape)
                if (box.right - box.left) * (box.bottom - box.top) < _BACKGROUND * width * height:
                    yield box


def _beside(body: Box, obstacle: Box) -> Box:
    """The body without the side that an obstacle reaches into, the one that leaves most."""
    if not body.overlaps(obstacle):
        return body
    choices = (
        replace(body, bottom=obstacle.top - _GAP),
        replace(body, top=obstacle.bottom + _GAP),
        replace(body, right=obstacle.left - _GAP),
        replace(body, left=obstacle.right + _GAP),
    )
    return max(choices, key=lambda box: max(0.0, box.right - box.left) * max(0.0, box.bottom - box.top))


def _colours(layout: "SlideLayout") -> tuple[str, str, tuple[str, ...]]:
    """The page's colour, the text's, and the six accents, as the theme and what maps its names have them."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml

    master = layout.slide_master
    theme = parse_xml(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    scheme = theme.find(".//{*}clrScheme")
    named = {}
    for entry in scheme:
        code = entry[0].get("lastClr") or entry[0].get("val") or ""
        named[entry.tag.rpartition("}")[2]] = f"#{code.lower()}" if re.fullmatch(r"[0-9A-Fa-f]{6}", code) else "#000000"
    mapped = dict(master._element.find("{*}clrMap").attrib)

    def colour(name: str) -> str:
        return named.get(mapped.get(name, name), named["lt1"])

    background = colour("bg1")
    for element in (layout._element, master._element):
        filled = element.find("{*}cSld/{*}bg")
        if filled is not None:
            plain = filled.find("{*}bgPr/{*}solidFill/*")
            plain = filled.find("{*}bgRef/*") if plain is None else plain
            if plain is not None:
                code = plain.get("val", "")
                background = f"#{code.lower()}" if re.fullmatch(r"[0-9A-Fa-f]{6}", code) else colour(code)
            break
    return background, colour("tx1"), tuple(colour(f"accent{place}") for place in range(1, 7))
