"""What the command palette offers, as plain data: every command, job, system, release and lever, and how it is found.

What an entry does is a menu's action or a named edit of the question, so that undo names it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QMenuBar

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.software import software_choices
from ipuwhatif.catalog.types import RELATIVE, TARGET, Catalog, SystemChoice
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.keys_dialog import keys_text, menu_actions, plain_text
from ipuwhatif.gui.menus import FIND
from ipuwhatif.model.case import LAYOUT_POLICIES
from ipuwhatif.scenario import edits
from ipuwhatif.scenario.levers import ASSUMPTION, Levers
from ipuwhatif.scenario.scenario import BASES, MOST_SYSTEMS, Scenario
from ipuwhatif.scenario.scopes import own_scope, settings_for
from ipuwhatif.texts import tr
from ipuwhatif.units import LONGEST_TEXT, InputError, format_number

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World

_BREAKS = str.maketrans(dict.fromkeys("-:(),./×&…", " "))
#: How well a word was found: at the start of the name, of a word of it, inside it, in the other words, with gaps.
_START, _WORD, _INSIDE, _ELSEWHERE, _GAPS = 0, 1, 3, 4, 8
_LEAST_GAPS = 3  # letters of a word that is looked for with gaps


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette. InputError from `act` is shown there, and nothing is lost."""

    text: str  # "Bow Pod64 (64 IPUs)"
    act: Callable[[], object]
    detail: str = ""  # what choosing it does, grey at the right: "add system"
    keys: str = ""  # "Ctrl+K"
    words: str = ""  # what else it is found by: "bow-pod64"


class Findable(Protocol):
    """A window, as far as the palette knows it."""

    question: Question
    world: "World | None"

    def menuBar(self) -> QMenuBar: ...

    def turn_to(self, question: str) -> None: ...


def entries(window: Findable, want_lever: Callable[[str], object]) -> tuple[Entry, ...]:
    """Everything that can be chosen now; `want_lever` is called with the key of a lever that is."""
    commands = tuple(_commands(window.menuBar()))
    if window.world is None:
        return commands
    question, catalog = window.question, window.world.catalog
    return (
        *commands,
        *_jobs(question, catalog),
        *_systems(question, catalog),
        *_choices(question, catalog),
        *_levers(question, catalog, window.world.levers, want_lever),
    )


def found(offered: Sequence[Entry], text: str) -> list[Entry]:
    """The entries that have every word of a text, in any order, the best first; all of them without a text."""
    if len(text) > LONGEST_TEXT:  # nothing is called that
        return []
    words = text.casefold().split()
    if not words:
        return list(offered)
    ranked = []
    for place, entry in enumerate(offered):
        rank = _rank(words, entry)
        if rank is not None:
            ranked.append((rank, place, entry))
    return [entry for _, _, entry in sorted(ranked, key=lambda each: each[:2])]


def tick(question: Question, choice: SystemChoice, catalog: Catalog) -> None:
    """A system ticked, or unticked where it is. InputError where no other fits a chart."""
    systems = question.scenario.systems
    present = choice not in systems
    if present and len(systems) >= MOST_SYSTEMS:
        raise InputError(tr("At most {most} systems at once: untick one first.", most=format_number(MOST_SYSTEMS)))
    question.begin_gesture()
    question.apply(edits.tick_system(question.scenario, choice, present, catalog))


def tick_text(question: Question, choice: SystemChoice) -> str:
    """What choosing a system does."""
    return tr("untick system") if choice in question.scenario.systems else tr("tick system")


def _rank(words: Sequence[str], entry: Entry) -> int | None:
    """How well all words are found, 0 the best; None where one is missing."""
    name = entry.text.casefold()
    spaced = f" {name.translate(_BREAKS)}"
    other = f" {entry.words} {entry.detail}".casefold()
    total = 0
    for word in words:
        if name.startswith(word):
            total += _START
        elif f" {word}" in spaced:
            total += _WORD
        elif word in name:
            total += _INSIDE
        elif word in other:
            total += _ELSEWHERE
        elif len(word) >= _LEAST_GAPS and any(_has_letters(each, word) for each in spaced.split()):
            total += _GAPS
        else:
            return None
    return total


def _has_letters(text: str, letters: str) -> bool:
    """Whether a word starts with the first letter and has the others in their order: "sensitivity" for "snstv"."""
    rest = iter(text)
    return text[:1] == letters[:1] and all(letter in rest for letter in letters)


def _commands(bar: QMenuBar) -> Iterator[Entry]:
    """Every action of the menus that can be chosen now: tabs, scenarios and examples are among them."""
    for menu, action in menu_actions(bar):
        if action.isEnabled() and action.objectName() != FIND:
            text = plain_text(action.text())
            told = action.toolTip() if action.toolTip() != text.removesuffix("…") else ""
            yield Entry(text, action.trigger, menu, keys_text(action), told)


def _edited(question: Question, edit: Callable[[Scenario], edits.Edit]) -> Callable[[], object]:
    """What makes an edit of the scenario as it is by then, as one step."""

    def act() -> None:
        question.begin_gesture()
        question.apply(edit(question.scenario))

    return act


def _jobs(question: Question, catalog: Catalog) -> Iterator[Entry]:
    for key, workload in catalog.workloads.items():
        act = _edited(question, lambda scenario, key=key: edits.set_workload(scenario, key, catalog))
        yield Entry(workload.name, act, tr("workload"), words=f"{key} {workload.sector}")


def _systems(question: Question, catalog: Catalog) -> Iterator[Entry]:
    """Presets and whatever else is ticked, to tick or untick; what is ticked also as the reference."""
    scenario = question.scenario
    presets = {choice: key for key, choice in catalog.presets.items()}
    for choice in dict.fromkeys((*presets, *scenario.systems)):
        words = f"{presets.get(choice, '')} {choice.key}"
        act = partial(tick, question, choice, catalog)
        yield Entry(system_name(choice, catalog), act, tick_text(question, choice), words=words)
    for choice in scenario.systems:
        if choice.key != scenario.reference:
            act = _edited(question, lambda now, choice=choice: edits.set_reference(now, choice, catalog))
            text = tr("Reference {name}", name=system_name(choice, catalog))
            yield Entry(text, act, tr("compare with it"), words=choice.key)


def _choices(question: Question, catalog: Catalog) -> Iterator[Entry]:
    """Releases, software, divisions, layouts and ways to compare: those that mean something, but what holds already."""
    scenario = question.scenario
    workload = catalog.workloads[scenario.workload]
    offered = [lambda now, key=key: edits.set_basis(now, key) for key in BASES]
    if workload.kind != RELATIVE:
        offered += [lambda now, key=key: edits.set_release(now, key) for key in catalog.releases]
    if workload.kind == TARGET:
        offered += [lambda now, key=key: edits.set_recipe(now, key) for key in workload.recipes]
        offered += [lambda now, key=key: edits.set_policy(now, key) for key in LAYOUT_POLICIES]
    keys = software_choices(workload, catalog)
    offered += [lambda now, key=key: edits.set_software(now, key, catalog) for key in (("", *keys) if keys else ())]
    for edit in offered:
        made = edit(scenario)
        if made.scenario != scenario:
            yield Entry(made.name, _edited(question, edit), tr("choice"))


def _levers(
    question: Question, catalog: Catalog, levers: Levers, want_lever: Callable[[str], object]
) -> Iterator[Entry]:
    """Every lever of the system that is looked at, with what it is set to."""
    choice = question.selection
    if choice is None or catalog.workloads[question.scenario.workload].kind == RELATIVE:
        return
    settings = settings_for(question.scenario, choice, catalog)
    for key, lever in levers.items():
        scope, value = settings.get(key, (own_scope(lever, choice, catalog), lever.default))
        kind = tr("assumption") if lever.kind == ASSUMPTION else tr("lever")
        name = lever.name[0].lower() + lever.name[1:]
        text = tr("{whose} {lever}", whose=edits.scope_name(scope, catalog), lever=name)
        shown = lever.unset if value is None else lever.format(value)
        told = tr("{kind}, {value}", kind=kind, value=shown)
        yield Entry(text, partial(want_lever, key), told, words=f"{key} {lever.group}")
