"""The language of the whole app: its texts, and the letters that they are written with."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ipuwhatif.files import resource
from ipuwhatif.texts import CHINESE, ENGLISH, language, set_language

#: What Qt's own dialogs and buttons say; none for English.
_translators: list[QTranslator] = []


def use_language(code: str) -> str:
    """Say everything that is made from here on in a language of `texts.LANGUAGES`, Qt's own buttons too.

    Returns what is to be told where that goes on in English instead, else nothing.
    """
    fault = set_language(code, resource("i18n"))
    code = language()
    while _translators:
        QCoreApplication.removeTranslator(_translators.pop())
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != ENGLISH and translator.load(f"qtbase_{code}", folder):
        QCoreApplication.installTranslator(translator)
        _translators.append(translator)
    if code != ENGLISH:
        from ipuwhatif.charts.painter.fonts import load_fonts

        load_fonts()
    return fault


def system_language() -> str:
    """The language that the system is set to, where it is one of ours; English otherwise."""
    return CHINESE if QLocale.system().language() == QLocale.Language.Chinese else ENGLISH
