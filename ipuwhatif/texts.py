"""The user's language: every text on screen and in exports goes through `tr`.

English is the text in the source; other languages come from gettext catalogs in `resources/i18n`, which
`make translations` keeps in step with the source.
"""

import gettext
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import ParamSpec, TypeVar

DOMAIN = "ipuwhatif"
ENGLISH, CHINESE = "en", "zh_CN"
#: Every language by its own name.
LANGUAGES = {ENGLISH: "English", CHINESE: "简体中文"}

_WIDE_MARKS = "。，；：、！？）”"
_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")
chosen_texts: gettext.NullTranslations = gettext.NullTranslations()
chosen_language = ENGLISH
_folder = Path()  # of the catalogs
_emptied: list[Callable[[], None]] = []


def set_language(language: str, folder: Path) -> str:
    """Use the catalog `folder/<language>/LC_MESSAGES/ipuwhatif.mo`; English needs none.

    Where it is missing or damaged everything goes on in English, and a line to be told is returned, else nothing. What
    `worded_cache` keeps is forgotten, so that it is worded anew.
    """
    global chosen_texts, chosen_language, _folder
    _folder = folder
    try:
        chosen_texts = gettext.translation(DOMAIN, localedir=folder, languages=[language], fallback=language == ENGLISH)
        chosen_language, fault = language, ""
    except Exception:  # `gettext` checks nothing that it reads: a file that was cut raises whatever comes of it
        chosen_texts, chosen_language = gettext.NullTranslations(), ENGLISH
        name = LANGUAGES.get(language, language)
        fault = tr(
            "the texts in {language} cannot be read, install the program anew; it goes on in English", language=name
        )
    for empty in _emptied:
        empty()
    return fault


def language() -> str:
    """The language in use: ENGLISH, CHINESE."""
    return chosen_language


def wording() -> tuple[str, Path]:
    """The language in use and the folder of its catalog: while these are the same, texts are."""
    return chosen_language, _folder if chosen_language != ENGLISH else Path()


def tr(text: str, /, **values: object) -> str:
    """The text in the user's language, with `{name}` places filled in after translation."""
    translated = chosen_texts.gettext(text) if text else ""  # gettext keeps the catalog's own description under ""
    return translated.format(**values) if values else translated


@contextmanager
def library_words() -> Iterator[None]:
    """While it lasts, what the standard library words by gettext, as argparse does, is in the user's language.

    gettext's own way: a domain with the folder of its catalogs, and LANGUAGE in the environment. Both are as they were
    afterwards.
    """
    domain, named = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(_folder))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = "C" if chosen_language == ENGLISH else chosen_language  # C: no catalog is looked for
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if named is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = named


def marked(text: str) -> str:
    """A text that is kept as it is and goes through `tr` where it is shown; so it gets into the catalogs."""
    return text


def run_on(texts: Iterable[str]) -> str:
    """Sentences or clauses one after the other: a blank between them, none after a full-width mark of punctuation."""
    whole = ""
    for text in texts:
        whole += text if not whole or whole[-1] in _WIDE_MARKS else f" {text}"
    return whole


def one_line(text: str) -> str:
    """The text as one printable line: control characters, line ends and direction marks become spaces."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter in "\u2007\u2008" else " " for letter in text)


def worded_cache(maxsize: int) -> Callable[[Callable[_Asked, _Answer]], Callable[_Asked, _Answer]]:
    """`functools.lru_cache` for answers that hold texts: they are forgotten when the language changes."""

    def keep(answer: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
        kept = lru_cache(maxsize=maxsize)(answer)
        _emptied.append(kept.cache_clear)
        return kept  # type: ignore[return-value]

    return keep
