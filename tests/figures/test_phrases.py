"""Whatever is found, noted or refused below figures has its words here, in every language."""

import importlib
import pkgutil
import string
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from types import ModuleType
from typing import get_args, get_type_hints

import ipuwhatif
from ipuwhatif.figures.phrase import some_of
from ipuwhatif.figures.phrases import told
from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.texts import CHINESE, set_language
from ipuwhatif.units.faults import words_of

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


#: Words of a file's format, which are the same in every language.
OF_FORMATS = {"null"}


def bring_in_words() -> None:
    for words in {words for several in words_of.values() for words in several}:
        importlib.import_module(words)


def test_that_every_reason_has_words() -> None:
    found = list(holders())
    assert len(found) >= 5
    bring_in_words()
    for module in found:
        for kind in kinds(module) - mentioned(module):
            assert told.dispatch(kind) is not told.dispatch(object) or kind.__name__ in ELSEWHERE, kind


def members() -> list[StrEnum]:
    """Every member of the enums that have words of their own."""
    bring_in_words()
    enums = [kind for module in holders() for kind in kinds(module) if issubclass(kind, StrEnum)]
    return [member for kind in enums if told.dispatch(kind) is not told.dispatch(object) for member in kind]


def test_that_every_reason_without_figures_is_a_text_in_both_languages() -> None:
    english = [(member, told(member)) for member in members()]
    assert len(english) >= 20 and all(set(text) & set(string.ascii_letters) for _, text in english)
    set_language(CHINESE, resource("i18n"))
    assert [text for member, text in english if told(member) == text and text not in OF_FORMATS] == []


def test_that_words_are_known_by_the_module_of_what_they_tell() -> None:
    """Whatever a module words is of the modules that it is brought in for."""
    bring_in_words()
    worded: dict[str, set[str]] = {}
    for found, several in words_of.items():
        for words in several:
            worded.setdefault(words, set()).add(found)
    registered = [(kind, words.__module__) for kind, words in told.registry.items() if words.__module__ in worded]
    assert len(registered) > 100
    assert [kind for kind, words in registered if kind.__module__ not in worded[words]] == []


#: Run in an interpreter of its own, which has brought in no words yet.
FIRST = """
import sys
import ipuwhatif.figures
from ipuwhatif.analysis.solving.reasons import NoProfile
from ipuwhatif.units import RefusedError
said = NoProfile("mine", "none")
print([name for name in sys.modules if name.startswith("ipuwhatif.figures.refusals")])
print(RefusedError(said))
print("mine" in str(RefusedError(said)), "NoProfile" in str(RefusedError(said)))
print("ipuwhatif.figures.refusals.sweeps" in sys.modules)
"""


def test_that_words_are_brought_in_with_the_first_that_is_told() -> None:
    ran = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True)
    before, _, told_of, others = ran.stdout.splitlines()
    assert (before, told_of, others) == ("[]", "True False", "False")


def test_that_a_list_of_texts_has_the_first_few_and_their_count() -> None:
    assert some_of(()) == "" and some_of(["a", "b\n"]) == "a, b?"
    assert some_of(["a", "b", "c", "d", "e"]) == "a, b, c, d, e"
    assert some_of([f"{number}" for number in range(1_300)]) == "0, 1, 2, 3, 4 and 1,295 more"
    assert some_of(["x" * 900_000]) == "x" * 60 + "…"
