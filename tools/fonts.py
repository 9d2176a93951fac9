"""`make fonts`: the subset of Noto Sans CJK SC that is shipped, for machines that have no Chinese font.

It holds the letters of the Chinese catalog and the first level of GB 2312, the 3,755 characters that nearly every name
is written with; whatever else is typed comes from the fonts of the system. Licence: SIL Open Font License 1.1.

Its outlines are made quadratic: Qt darkens the stems of cubic ones (CFF) and blends them with a gamma of their own, so
that light text on dark looks bold beside the Latin letters.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

from ipuwhatif.texts import CHINESE
from tools.translations import ROOT, load

#: Debian's `fonts-noto-cjk`.
SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FAMILY = "Noto Sans CJK SC"
TARGET = ROOT / "resources" / "fonts" / "NotoSansCJKsc-subset.ttf"
FARTHEST = 1.0  # of a new outline from the old one, in thousandths of the letter's height
_UNHINTED = (  # what a font without instructions needs none of
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)
_SIGNS = "，。、；：？！“”‘’（）《》【】—…·％×÷±≤≥≈→←↑↓①②③④⑤■□●○▲△▼▽"


def gb2312_first_level() -> str:
    """The characters of rows 16 to 55: in daily use, by their sound."""
    codes = (bytes((0xA0 + row, 0xA0 + place)) for row in range(16, 56) for place in range(1, 95))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)


def wanted() -> set[int]:
    """Every letter that the font has to have."""
    catalog = "".join(str(message.string) for message in load(CHINESE) if message.id)
    help_pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "resources/help" / CHINESE).glob("*.md"))
    return {ord(letter) for letter in catalog + help_pages + gb2312_first_level() + _SIGNS if letter.isprintable()}


def _source() -> TTFont:
    if not SOURCE.exists():
        sys.exit(f"{SOURCE} is missing; install it with: apt-get install fonts-noto-cjk")
    for font in TTCollection(SOURCE).fonts:
        if font["name"].getDebugName(1) == FAMILY:
            return font
    sys.exit(f"{SOURCE} has no {FAMILY}")


def make_quadratic(font: TTFont) -> None:
    """Replace the cubic outlines of a font (table `CFF `) by quadratic ones (`glyf`), nowhere farther than FARTHEST."""
    glyphs, made = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, FARTHEST, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), made
    for name, glyph in made.items():
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = font["hmtx"][name][0], getattr(glyph, "xMin", 0)
    font["maxp"].tableVersion = 0x00010000
    for limit in _UNHINTED:
        setattr(font["maxp"], limit, 0)
    font["maxp"].maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    for cubic in {"CFF ", "VORG"} & set(font.keys()):
        del font[cubic]


def main() -> int:
    options = subset.Options(
        layout_features=["kern", "locl", "vert"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14], hinting=False
    )
    options.desubroutinize = False
    made = subset.Subsetter(options)
    made.populate(unicodes=wanted())
    font = _source()
    made.subset(font)
    make_quadratic(font)
    TARGET.parent.mkdir(exist_ok=True)
    font.recalcTimestamp = False  # the same letters make the same file
    font.save(TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
