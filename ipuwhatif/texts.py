"""The user's language: every text on screen and in exports goes through `tr`.

English is the text in the source; other languages come from gettext catalogs in `resources/i18n`.
"""

import gettext
from pathlib import Path

DOMAIN = "ipuwhatif"
_current: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str, folder: Path) -> None:
    """Use the catalog `folder/<language>/LC_MESSAGES/ipuwhatif.mo`, or plain English where there is none."""
    global _current
    _current = gettext.translation(DOMAIN, localedir=folder, languages=[language], fallback=True)


def tr(text: str, /, **values: object) -> str:
    """The text in the user's language, with `{name}` places filled in after translation."""
    translated = _current.gettext(text)
    return translated.format(**values) if values else translated
