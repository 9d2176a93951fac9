"""The language of the whole app: its texts, and the letters that they are written with."""

from PySide6.QtCore import QLocale

from ipuwhatif.files import resource
from ipuwhatif.texts import CHINESE, ENGLISH, set_language


def use_language(code: str) -> None:
    """Say everything that is made from here on in a language of `texts.LANGUAGES`."""
    set_language(code, resource("i18n"))
    if code != ENGLISH:
        from ipuwhatif.export.painter import load_fonts

        load_fonts()


def system_language() -> str:
    """The language that the system is set to, where it is one of ours; English otherwise."""
    return CHINESE if QLocale.system().language() == QLocale.Language.Chinese else ENGLISH
