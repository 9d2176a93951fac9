"""The letters of every chart, and the shipped Chinese ones where the system may have none."""

from PySide6.QtGui import QFont, QFontDatabase

from ipuwhatif.charts.palette import FONT_FAMILIES
from ipuwhatif.files import resource
from ipuwhatif.texts import ENGLISH, language

CHINESE_FONT = "NotoSansCJKsc-subset.ttf"
_loaded = False


def font(size: float, bold: bool = False) -> QFont:
    """The font of every text in a picture, sized in logical pixels and free of hinting, so that it scales evenly."""
    result = QFont()
    result.setFamilies(list(FONT_FAMILIES))
    result.setPixelSize(round(size))
    result.setBold(bold)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    result.setFeature(QFont.Tag("liga"), 0)  # one letter for three would hide "official" from whoever searches a file
    return result


def load_fonts() -> None:
    """The shipped Chinese letters, once, when texts are Chinese; the application must be there."""
    global _loaded
    if language() != ENGLISH and not _loaded:
        _loaded = QFontDatabase.addApplicationFont(str(resource("fonts", CHINESE_FONT))) >= 0
