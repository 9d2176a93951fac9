"""What is typed as a command: a question ("BERT-Large on DGX A100"), a target ("1 min"), levers ("compute gain 1.3"),
systems of a size ("ipu-pod 48").

A text that is none of them is no fault; one that would be, but for its value, says why it is not. Between a name and
its value stands a space, and every word of a lever is a whole one: "b200" and "b 200" are a chip, and no lever.
"""

import re
from collections.abc import Callable, Sequence

from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.figures.scenarios.lever_words import lever_name
from ipuwhatif.figures.scenarios.names import FAMILY_NAMES, family_name
from ipuwhatif.gui.answering.question import SCALING, Question
from ipuwhatif.gui.finder.entry import Entry, Findable
from ipuwhatif.gui.finder.matching import has_words, run_together, words_of
from ipuwhatif.gui.finder.named_question import named_question
from ipuwhatif.gui.finder.palette_entries import system_entry
from ipuwhatif.scenario.edits import Edit, set_lever, set_target
from ipuwhatif.scenario.levers import EVERY, Lever, Levers
from ipuwhatif.scenario.resolve import settings_for
from ipuwhatif.scenario.scopes import own_scope
from ipuwhatif.scenario.times import names_time, parse_time
from ipuwhatif.scenario.typed_levers import parse_setting, parse_value
from ipuwhatif.texts import tr
from ipuwhatif.units import LONGEST_TEXT, InputError, told, typed, whole_number

#: Where a value begins: behind a space, or behind a Chinese word; with the sign of its currency.
_VALUE = re.compile(r"(?:(?<!\S)|(?<=[\u3400-\u9fff]))(?:[A-Za-z]{0,2}[$¥]|[€£₹₩])?[+-]?\.?\d", re.ASCII)
_TARGETS = ("", "target", "seek", "under", "目标", "少于", "低于")
_SIZED = re.compile(r"(?!\d+\s*:)[\w-]+\s*:\s*[\d,]+", re.ASCII)
#: A name and a count of chips, either first: "ipu-pod 48", "8 h100".
_COUNTED = re.compile(
    r"(?P<name>.*[a-z].*)\s(?P<count>\d[\d,]*)|(?P<first>\d[\d,]*)\s(?P<named>.*[a-z].*)", re.I | re.S
)
#: "8 h300": a chip's name behind a number, and no time in hours.
_NAMED = re.compile(r"\d+\s+[a-z]+\d.*", re.ASCII | re.I | re.S)
_LEAST_WORD = 3  # letters of the longest word that a lever is named by; of a Chinese one two are enough


def commands(text: str, window: Findable) -> tuple[Entry, ...]:
    """What a typed text may mean; nothing where it is no command. InputError for one whose value cannot be."""
    world = window.world
    if world is None or len(text) > LONGEST_TEXT:  # no command is as long
        return ()
    stripped = typed(text)
    question, catalog, levers = window.question, world.catalog, world.levers
    asked = named_question(stripped, question, catalog)
    if asked:
        return asked
    head, equals, written = stripped.partition("=")
    if equals and ("." in head or not _levers_of(_own_words(head)[1], levers)):
        name, value = parse_setting(stripped, levers, catalog, question.scenario.currencies)
        scope, _, key = name.rpartition(".")
        return (_lever_entry(question, scope, levers[key], value, catalog),)
    if equals:
        return _typed_levers(question, head, written.strip(), levers, catalog)
    if _SIZED.fullmatch(stripped):
        return (system_entry(question, parse_system("".join(stripped.split()), catalog), catalog),)
    sized = _counted_systems(question, stripped, catalog)
    value_at = _VALUE.search(stripped)
    if sized or value_at is None:
        return sized
    head, written = stripped[: value_at.start()].strip(), stripped[value_at.start() :]
    if head.casefold() in _TARGETS:
        return _targets(window, written)
    return _typed_levers(question, head, written, levers, catalog)


def _targets(window: Findable, written: str) -> tuple[Entry, ...]:
    """A time to seek; a number without a unit, or with one that is none of time, is no command."""
    if not names_time(written):
        return ()
    try:
        seconds = parse_time(written)
    except InputError:
        if _NAMED.fullmatch(written):
            return ()
        raise
    question = window.question

    def act() -> None:
        _apply(question, set_target(question.scenario, seconds))
        window.turn_to(SCALING)

    return (Entry(told(set_target(question.scenario, seconds).name), act, tr("target"), tr("what meets it")),)


def _counted_systems(question: Question, text: str, catalog: Catalog) -> tuple[Entry, ...]:
    """Systems of a typed count of chips: of the one that is named, or of all with the chip that is."""
    parts = _COUNTED.fullmatch(text)
    if parts is None:
        return ()
    name, count = parts["name"] or parts["named"], whole_number(parts["count"] or parts["first"])
    listed = [system for system in catalog.systems.values() if system.listed]
    together = run_together(name)
    exact = [each for each in listed if together in (run_together(each.key), run_together(each.name))]
    chips = [each for each in listed if any(map(str.isdigit, name)) and has_words(words_of(name), words_of(each.name))]
    named = exact or chips
    if len(named) == 1 and count is not None:
        return (system_entry(question, parse_system(f"{named[0].key}:{count}", catalog), catalog),)
    fitting = [each for each in named if count is not None and each.minimum_chips <= count <= each.maximum_chips]
    return tuple(system_entry(question, SystemChoice(each.key, count or 0), catalog) for each in fitting)


def _own_words(head: str) -> tuple[list[str], list[str]]:
    """The families that a text names, and its other words."""
    names = {name.casefold(): key for key, name in FAMILY_NAMES.items()}
    families = names | {family_name(key).casefold(): key for key in FAMILY_NAMES} | {"all": EVERY}
    words = words_of(head)
    return [families[word] for word in words if word in families], [word for word in words if word not in families]


def _typed_levers(question: Question, head: str, written: str, levers: Levers, catalog: Catalog) -> tuple[Entry, ...]:
    """Every lever of the typed name that can have the value, for the family that is named or the looked-at system."""
    named, words = _own_words(head)
    if catalog.workloads[question.scenario.workload].kind == RELATIVE:
        return ()
    made, faults = list[Entry](), list[InputError]()
    for lever in _levers_of(words, levers):
        try:
            made.append(_typed_lever(question, named, lever, written, catalog))
        except InputError as error:
            faults.append(error)
    if faults and not made:
        raise faults[0]
    return tuple(made)


def _typed_lever(question: Question, named: Sequence[str], lever: Lever, written: str, catalog: Catalog) -> Entry:
    choice = question.selection
    if named:
        scope = named[-1]
        if not lever.is_for(scope):
            name = lever_name(lever)
            raise InputError(tr("{lever} is not set for all systems at once; name a family, such as ipu", lever=name))
    elif choice is None:
        raise InputError(tr("no system is ticked: pick at least one"))
    else:
        settings = settings_for(question.scenario, choice, catalog)
        scope = settings[lever.key][0] if lever.key in settings else own_scope(lever, choice, catalog)
    if not lever.acts_on(catalog.workloads[question.scenario.workload].traits):
        raise InputError(tr("{lever} is for language models", lever=lever_name(lever)))
    chips = choice.chips if choice is not None and scope == choice.key else None
    return _lever_entry(
        question, scope, lever, parse_value(written, lever, chips, question.scenario.currencies), catalog
    )


def _levers_of(words: Sequence[str], levers: Levers) -> list[Lever]:
    """The lever that words name; else those whose names have each of them as a whole word, the shortest first."""
    if not any(len(word) >= (_LEAST_WORD if word.isascii() else 2) for word in words):
        return []
    together = "".join(words)
    for lever in levers.values():
        if together in (run_together(lever_name(lever)), run_together(lever.key)):
            return [lever]
    fitting = [lever for lever in levers.values() if all(_is_word(word, lever) for word in words)]
    return sorted(fitting, key=lambda lever: len(lever_name(lever)))


def _is_word(word: str, lever: Lever) -> bool:
    """Whether a word is one of a lever's name; Chinese ones stand together without spaces."""
    name = lever_name(lever)
    return word in (*words_of(name), *words_of(lever.key)) or (not word.isascii() and word in name)


def _lever_entry(question: Question, scope: str, lever: Lever, value: float, catalog: Catalog) -> Entry:
    def edit() -> Edit:
        return set_lever(question.scenario, scope, lever, value, catalog)

    return Entry(told(edit().name), _applied(question, edit), tr("lever"), tr("set it"))


def _applied(question: Question, edit: Callable[[], Edit]) -> Callable[[], object]:
    return lambda: _apply(question, edit())


def _apply(question: Question, edit: Edit) -> None:
    question.begin_gesture()
    question.apply(edit)
