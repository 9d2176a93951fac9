"""What bar, menu and keys do to the scenarios of a document; each but turning is one named step of undo."""

from ipuwhatif.gui.answering.question import Question
from ipuwhatif.scenario.changes import Changed, ChangeKind
from ipuwhatif.scenario.edits import Edit
from ipuwhatif.scenario.files.document import LONGEST_TITLE, MOST_SCENARIOS, titled, with_copy, without
from ipuwhatif.scenario.resolve import as_found
from ipuwhatif.scenario.scenario import Scenario


def may_add(question: Question) -> bool:
    """Whether there is room for another scenario."""
    return len(question.document.scenarios) < MOST_SCENARIOS


def add(question: Question) -> None:
    """A copy of the active scenario behind the last, without its title. InputError where there is no room."""
    document = with_copy(question.document)
    question.change(document, Changed(ChangeKind.ADD_SCENARIO, document.name(document.active)))


def duplicate(question: Question, index: int) -> None:
    """A copy of any scenario behind the last, with its title. InputError where there is no room."""
    before = question.document
    document = with_copy(before.turned_to(index))
    document = titled(document, document.active, before.titles[index])
    question.change(document, Changed(ChangeKind.DUPLICATE_SCENARIO, before.name(index)))


def take(question: Question, scenario: Scenario, title: str) -> None:
    """A scenario from elsewhere behind the last, under a title. InputError where there is no room."""
    document = with_copy(question.document).with_scenario(scenario)
    document = titled(document, document.active, _that_fits(title))
    question.change(document, Changed(ChangeKind.ADD_SCENARIO, document.name(document.active)))


def remove(question: Question, index: int) -> None:
    """InputError for the last one."""
    name = question.document.name(index)
    question.change(without(question.document, index), Changed(ChangeKind.REMOVE_SCENARIO, name))


def rename(question: Question, index: int, title: str) -> None:
    """A title of the user's own, or none. InputError for one that cannot be."""
    document = question.document
    letter = document.letter(index)
    question.change(titled(document, index, title), Changed(ChangeKind.RENAME_SCENARIO, letter))


def _that_fits(title: str) -> str:
    """A title that is no longer than one can be; "…" stands for its end."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip(' ,，')}…"


def pair(question: Question) -> None:
    """Show A beside the active scenario, beside A the one after it, or the active one alone again."""
    document = question.document
    if question.beside is not None:
        question.show_beside(None)
    elif len(document.scenarios) > 1:
        question.show_beside(0 if document.active else 1)


def turn(question: Question, step: int) -> None:
    """Look at the next or the one before; behind the last comes the first."""
    document = question.document
    question.turn_to((document.active + step) % len(document.scenarios))


def reset_levers(question: Question) -> None:
    """No lever and no assumption of the active scenario moved."""
    question.begin_gesture()
    question.apply(Edit(as_found(question.scenario), Changed(ChangeKind.LEVERS_BACK)))
