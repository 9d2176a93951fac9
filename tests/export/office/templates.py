"""Templates of a company that does not exist, made with python-pptx and edits of their parts."""

import io
import re
import zipfile

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu, Pt
from PySide6.QtGui import QColor, QImage

ACCENTS = ("C8102E", "003B5C", "F2A900", "6CC24A", "7A7A7A", "00A3AD")
#: Left, top, width and height of the logo, in points.
LOGO = (840.0, 14.0, 100.0, 33.0)
TYPES = "[Content_Types].xml"


def template(width: float = 960.0, height: float = 540.0, dark: bool = False, logo=LOGO) -> bytes:
    """A .pptx with a logo on its master, colours and fonts of its own, and a slide of example."""
    deck = Presentation()
    wider, taller = Pt(width) / deck.slide_width, Pt(height) / deck.slide_height
    deck.slide_width, deck.slide_height = Pt(width), Pt(height)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.find("{*}xfrm") is not None:
                shape.left, shape.width = Emu(int(shape.left * wider)), Emu(int(shape.width * wider))
                shape.top, shape.height = Emu(int(shape.top * taller)), Emu(int(shape.height * taller))
    example = deck.slides.add_slide(deck.slide_layouts[0])
    example.shapes.title.text = "An example that must go"
    picture = example.shapes.add_picture(io.BytesIO(_logo()), *(Pt(each) for each in logo))._element
    master = deck.slide_master
    _, relation = master.part.get_or_add_image_part(io.BytesIO(_logo()))
    picture.find(".//{*}blip").set(f"{{{picture.nsmap['r']}}}embed", relation)
    master.shapes._spTree.append(picture)
    _paint(master, dark)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def edited(document: bytes, edits) -> bytes:
    """The file with some of its parts changed: `edits` are functions of their bytes, by a pattern of their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for pattern, edit in edits.items():
                data = edit(data) if re.fullmatch(pattern, name) else data
            new.writestr(name, data)
    return target.getvalue()


def as_potx(document: bytes) -> bytes:
    """The same file as a template by its type."""
    types = {re.escape(TYPES): lambda data: data.replace(b"presentation.main+xml", b"template.main+xml")}
    return edited(document, types)


def _paint(master, dark: bool) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode()
    for place, accent in enumerate(ACCENTS, start=1):
        entry = f'<a:accent{place}><a:srgbClr val="{accent}"/></a:accent{place}>'
        xml = re.sub(rf"<a:accent{place}>.*?</a:accent{place}>", entry, xml, flags=re.DOTALL)
    xml = re.sub(r'(<a:minorFont>\s*<a:latin typeface=")[^"]*', r"\g<1>Georgia", xml)
    if dark:
        entry = '<a:dk1><a:srgbClr val="0B1F33"/></a:dk1>'
        xml = re.sub(r"<a:dk1>.*?</a:dk1>", entry, xml, flags=re.DOTALL)
        names = master._element.find("{*}clrMap")
        for name, of in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")):
            names.set(name, of)
    part._blob = xml.encode()


def _logo() -> bytes:
    from PySide6.QtCore import QBuffer

    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#C8102E"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())
