"""Whatever is found, noted or refused below figures has its words here, in every language."""

import importlib
import pkgutil
import string
from collections.abc import Iterator
from enum import StrEnum
from types import ModuleType
from typing import get_args, get_type_hints

import ipuwhatif
from ipuwhatif.figures.phrases import told
from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.texts import CHINESE, set_language

#: Modules that hold reasons as data, by their last name.
HOLDERS = ("reasons", "refusals")


def holders() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(ipuwhatif.__path__, "ipuwhatif."):
        if found.name.rpartition(".")[2] in HOLDERS and ".figures." not in found.name and not found.ispkg:
            yield importlib.import_module(found.name)


def kinds(module: ModuleType) -> set[type]:
    made = {each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__}
    return {each for each in made if issubclass(each, (Record, StrEnum)) and not each.__subclasses__()}


def mentioned(module: ModuleType) -> set[type]:
    """Kinds that are only told as a part of another: the type of one of its fields."""
    hints = [hint for kind in kinds(module) if issubclass(kind, Record) for hint in get_type_hints(kind).values()]
    return {each for hint in hints for each in (hint, *get_args(hint)) if isinstance(each, type)}


#: Told by what it stands in: where fitted parameters are from is an origin with a title and a note.
ELSEWHERE = {"Fitted"}


def test_that_every_reason_has_words() -> None:
    found = list(holders())
    assert len(found) >= 5
    for module in found:
        for kind in kinds(module) - mentioned(module):
            assert told.dispatch(kind) is not told.dispatch(object) or kind.__name__ in ELSEWHERE, kind


def members() -> list[StrEnum]:
    """Every member of the enums that have words of their own."""
    enums = [kind for module in holders() for kind in kinds(module) if issubclass(kind, StrEnum)]
    return [member for kind in enums if told.dispatch(kind) is not told.dispatch(object) for member in kind]


def test_that_every_reason_without_figures_is_a_text_in_both_languages() -> None:
    english = [(member, told(member)) for member in members()]
    assert len(english) >= 20 and all(set(text) & set(string.ascii_letters) for _, text in english)
    set_language(CHINESE, resource("i18n"))
    assert [text for member, text in english if told(member) == text] == []
