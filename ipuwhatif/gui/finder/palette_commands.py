"""What is typed into the palette as a command: a target ("1 min"), a lever ("compute gain 1.3"), a size ("ipu-pod:48").

A text that is none of them is no fault; one that would be, but for its value, says why it is not.
"""

import re
from collections.abc import Callable
from functools import partial

from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog
from ipuwhatif.gui.answering.question import SCALING, Question
from ipuwhatif.gui.finder.palette_entries import Entry, Findable, tick, tick_text
from ipuwhatif.scenario.edits import FAMILY_NAMES, Edit, family_name, set_lever, set_target
from ipuwhatif.scenario.levers import EVERY, Lever, Levers, parse_setting, parse_value
from ipuwhatif.scenario.scopes import own_scope, settings_for
from ipuwhatif.scenario.times import names_time, parse_time
from ipuwhatif.texts import tr
from ipuwhatif.units import LONGEST_TEXT, InputError, typed

#: Where a number begins that is no part of a name, as that of "ipu-pod:48" is; with the sign of its currency.
_VALUE = re.compile(r"(?<![\w.:-])(?:[A-Za-z]{0,2}[$¥]|[€£₹₩])?[+-]?\.?\d", re.ASCII)
_BREAKS = str.maketrans("-_", "  ")
_TARGETS = ("", "target", "seek", "under", "目标", "少于", "低于")
_SIZED = re.compile(r"(?!\d+\s*:)[\w-]+\s*:\s*[\d,]+", re.ASCII)


def command(text: str, window: Findable) -> Entry | None:
    """What a typed text would do, or None where it is no command. InputError for one whose value cannot be."""
    world = window.world
    if world is None or len(text) > LONGEST_TEXT:  # no command is as long
        return None
    stripped = typed(text)
    if not stripped:
        return None
    question, catalog, levers = window.question, world.catalog, world.levers
    if "=" in stripped:
        name, value = parse_setting(stripped, levers, catalog, question.scenario.currencies)
        scope, _, key = name.rpartition(".")
        return _lever_entry(question, scope, levers[key], value, catalog)
    if _SIZED.fullmatch(stripped):
        choice = parse_system("".join(stripped.split()), catalog)
        act = partial(tick, question, choice, catalog)
        return Entry(system_name(choice, catalog), act, tick_text(question, choice))
    value = _VALUE.search(stripped)
    if value is None:
        return None
    head, written = stripped[: value.start()].strip(), stripped[value.start() :]
    if head.casefold() in _TARGETS:
        return _target_entry(window, written)
    return _typed_lever(question, head, written, levers, catalog)


def _target_entry(window: Findable, written: str) -> Entry | None:
    """A time to seek; a number without a unit, or with one that is none of time, is no command."""
    if not names_time(written):
        return None
    seconds = parse_time(written)
    question = window.question

    def act() -> None:
        _apply(question, set_target(question.scenario, seconds))
        window.turn_to(SCALING)

    return Entry(set_target(question.scenario, seconds).name, act, tr("what meets it"))


def _typed_lever(question: Question, head: str, written: str, levers: Levers, catalog: Catalog) -> Entry | None:
    """A lever by words of its name, for the family that is named or for the system that is looked at."""
    names = {name.casefold(): key for key, name in FAMILY_NAMES.items()}
    families = names | {family_name(key).casefold(): key for key in FAMILY_NAMES} | {"all": EVERY}
    words = head.casefold().translate(_BREAKS).split()
    named = [families[word] for word in words if word in families]
    lever = _lever_of([word for word in words if word not in families], levers)
    if lever is None or catalog.workloads[question.scenario.workload].kind == RELATIVE:
        return None
    choice = question.selection
    if named:
        scope = named[-1]
        if not lever.is_for(scope):
            told = tr("{lever} is not set for all systems at once; name a family, such as ipu", lever=lever.name)
            raise InputError(told)
    elif choice is None:
        raise InputError(tr("no system is ticked: pick at least one"))
    else:
        settings = settings_for(question.scenario, choice, catalog)
        scope = settings[lever.key][0] if lever.key in settings else own_scope(lever, choice, catalog)
    if not lever.acts_on(catalog.workloads[question.scenario.workload].traits):
        raise InputError(tr("{lever} is for language models", lever=lever.name))
    chips = choice.chips if choice is not None and scope == choice.key else None
    value = parse_value(written, lever, chips, question.scenario.currencies)
    return _lever_entry(question, scope, lever, value, catalog)


def _lever_of(words: list[str], levers: Levers) -> Lever | None:
    """The lever with the shortest name that has every word at the start of one of its own."""
    fitting = [
        lever
        for lever in levers.values()
        if words and all(f" {word}" in f" {lever.name} {lever.key} ".casefold().translate(_BREAKS) for word in words)
    ]
    return min(fitting, key=lambda lever: len(lever.name), default=None)


def _lever_entry(question: Question, scope: str, lever: Lever, value: float, catalog: Catalog) -> Entry:
    def edit() -> Edit:
        return set_lever(question.scenario, scope, lever, value, catalog)

    return Entry(edit().name, _applied(question, edit), tr("set it"))


def _applied(question: Question, edit: Callable[[], Edit]) -> Callable[[], object]:
    return lambda: _apply(question, edit())


def _apply(question: Question, edit: Edit) -> None:
    question.begin_gesture()
    question.apply(edit)
