"""`make fonts`: the subset of Noto Sans CJK SC that is shipped, for machines that have no Chinese font.

It holds the letters of the Chinese catalog and the first level of GB 2312, the 3,755 characters that nearly every name
is written with; whatever else is typed comes from the fonts of the system. Licence: SIL Open Font License 1.1.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from ipuwhatif.texts import CHINESE
from tools.translations import ROOT, load

#: Debian's `fonts-noto-cjk`.
SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FAMILY = "Noto Sans CJK SC"
TARGET = ROOT / "resources" / "fonts" / "NotoSansCJKsc-subset.otf"
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


def main() -> int:
    options = subset.Options(
        layout_features=["kern", "locl", "vert"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14], hinting=False
    )
    options.desubroutinize = False
    made = subset.Subsetter(options)
    made.populate(unicodes=wanted())
    font = _source()
    made.subset(font)
    TARGET.parent.mkdir(exist_ok=True)
    font.recalcTimestamp = False  # the same letters make the same file
    font.save(TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
