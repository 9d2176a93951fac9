"""The document that the window holds, with its undo stack and the selected system: the one truth of every panel.

Panels ask it for edits and redraw on its signals; it knows no view.
"""

from collections.abc import Mapping
from weakref import WeakMethod

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit
from ipuwhatif.scenario.files.document import Beside, Document
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import Said, told

#: What can be asked about a scenario: the tabs.
COMPARE, SCALING, BREAKDOWN = "compare", "scaling", "breakdown"
SENSITIVITY, COST, EVIDENCE = "sensitivity", "cost", "evidence"
QUESTIONS = (COMPARE, SCALING, BREAKDOWN, SENSITIVITY, COST, EVIDENCE)
#: Steps that can be undone; the oldest goes where another comes, so that a window in use for long stays small.
MOST_STEPS = 100


def question_names() -> tuple[str, ...]:
    """The names of QUESTIONS, on tabs and in menus."""
    return tr("Compare"), tr("Scaling"), tr("Breakdown"), tr("Sensitivity"), tr("Cost"), tr("Evidence")


class Question(QObject):
    """Signals: `changed` when the document did, `selected` when another system is looked at, `settled` after a drag,
    `levered` when the levers of another system are shown, which follows the selection until one is chosen.

    `scenario` is the active one, which edits are about; `beside` is the index of one that is shown with it, or None.
    """

    changed = Signal()
    selected = Signal()
    levered = Signal()
    settled = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(MOST_STEPS)
        self.selection = self._first()
        self.beside: int | None = None
        self._levers_of: SystemChoice | None = None
        self.dragging = False
        self._gesture = 0
        self._headlines: dict[str, Mapping[str, str]] = {}  # the user's own, by workload, of those that were left

    @property
    def scenario(self) -> Scenario:
        """The active scenario."""
        return self.document.scenario

    @property
    def shown_beside(self) -> Beside | None:
        """The scenario that is shown beside the active one, with the letters of both."""
        return None if self.beside is None else self.document.beside(self.beside)

    def apply(self, edit: Edit) -> None:
        """Make an edit of the active scenario one named step of undo; one that changes nothing leaves no step."""
        self.change(self.document.with_scenario(self._headlined(edit.scenario)), edit.name, edit.merge_key)

    def _headlined(self, scenario: Scenario) -> Scenario:
        """With the headlines that the user wrote of the workload before another one took its place."""
        before = self.scenario
        if scenario.workload == before.workload:
            return scenario
        self._headlines[before.workload] = before.headlines
        kept = self._headlines.get(scenario.workload)
        return replace(scenario, headlines=kept) if kept and not scenario.headlines else scenario

    def change(self, document: Document, name: Said, merge_key: str = "") -> None:
        """Make a change of the whole document one named step of undo."""
        if document != self.document:
            merge_key = f"{self._gesture}/{document.active}/{merge_key}" if merge_key else ""
            self.undo_stack.push(_ChangeCommand(self, document, name, merge_key))

    def tell_again(self) -> None:
        """Steps that can be undone, named in the language that the window has now."""
        for index in range(self.undo_stack.count()):
            command = self.undo_stack.command(index)
            if isinstance(command, _ChangeCommand):
                command.tell(command.name)

    @property
    def step_before(self) -> Scenario | None:
        """The active scenario before the last step, where there is one."""
        command = self.undo_stack.command(self.undo_stack.index() - 1)
        return command.before.scenario if isinstance(command, _ChangeCommand) else None

    def turn_to(self, index: int) -> None:
        """Look at another scenario. That is no step of undo: undoing an edit turns back to where it was made."""
        if index != self.document.active:
            self._gesture += 1
            if index == self.beside:  # the pair stays, the other of them is looked at
                self.beside = self.document.active
            self.take(self.document.turned_to(index))

    def show_beside(self, index: int | None) -> None:
        """Show another scenario beside the active one, or None. That is no step of undo."""
        if index != self.beside and index != self.document.active:
            self.beside = index
            self.changed.emit()

    def begin_gesture(self, dragging: bool = False) -> None:
        """From here on, moves of one lever make a step of their own."""
        self._gesture += 1
        self.dragging = dragging

    def end_gesture(self) -> None:
        self._gesture += 1
        if self.dragging:
            self.dragging = False
            self.settled.emit()

    def select(self, choice: SystemChoice | None) -> None:
        """Look at one of the scenario's systems."""
        if choice != self.selection and choice in self.scenario.systems:
            self.selection, self._levers_of = choice, None
            self.selected.emit()
            self.levered.emit()

    @property
    def levers_of(self) -> SystemChoice | None:
        """The system whose levers are shown: the selected one, unless another was chosen."""
        return self._levers_of if self._levers_of in self.scenario.systems else self.selection

    def show_levers_of(self, choice: SystemChoice | None) -> None:
        """Show the levers of a ticked system; what is looked at stays."""
        if choice != self.levers_of and choice in self.scenario.systems:
            self._levers_of = choice
            self.levered.emit()

    def select_chips(self, word: str, catalog: Catalog) -> None:
        """Look at the first ticked system on chips that are called so ("IPU"), unless one is looked at."""
        fitting = [each for each in self.scenario.systems if catalog.systems[each.system].chip_word == word]
        if fitting and self.selection not in fitting:
            self.select(fitting[0])

    def choice_of(self, key: str, catalog: Catalog) -> SystemChoice | None:
        """The ticked system behind a key of a figure: itself, or the first of its family on a scaling curve."""
        name = key.partition("/")[2].partition("@")[0]  # of a scenario that stands beside this one too
        if key.startswith("official/"):
            entry = next((each for each in catalog.official if each.key == name), None)
            name = entry.choice.key if entry is not None and entry.choice is not None else ""
        systems, family = self.scenario.systems, name.partition(":")[0]
        exact = next((choice for choice in systems if choice.key == name), None)
        if exact is None and self.selection is not None and self.selection.system == family:
            return self.selection
        return exact or next((choice for choice in systems if choice.system == family), None)

    def begin_anew(self, document: Document) -> None:
        """Take over another document: no step leads back to the one before, and its first system is looked at."""
        self.undo_stack.clear()
        self._headlines.clear()
        self.begin_gesture()
        self.document = document
        self.selection, self.beside = self._first(), None
        self.changed.emit()

    def show(self, scenario: Scenario) -> None:
        """Take over a scenario in the place of the active one, without a step of undo."""
        self.take(self.document.with_scenario(scenario))

    def take(self, document: Document) -> None:
        """Take over a document, as undo and redo do; the selection stays while its system is ticked."""
        before = self.scenario.systems
        self.document = document
        if self.beside is not None and (self.beside >= len(document.scenarios) or self.beside == document.active):
            self.beside = None
        added = [choice for choice in self.scenario.systems if choice not in before]
        if len(added) == 1:
            self.selection = added[0]
        elif self.selection not in self.scenario.systems:
            self.selection = self._first()
        self.changed.emit()

    def _first(self) -> SystemChoice | None:
        return self.scenario.systems[0] if self.scenario.systems else None


class _ChangeCommand(QUndoCommand):
    """One change. Moves of one lever in one gesture merge into one step that is named by the last of them.

    It does not hold the question, whose stack holds it: collected together, Qt would free the step a second time.
    """

    def __init__(self, question: Question, document: Document, name: Said, merge_key: str) -> None:
        super().__init__()
        self.tell(name)
        self._take = WeakMethod(question.take)
        self.before = question.document
        self._after = document
        self._merge_key = merge_key

    def tell(self, name: Said) -> None:
        self.name = name
        self.setText(told(name))

    def id(self) -> int:
        return 1 if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _ChangeCommand) or other._merge_key != self._merge_key:
            return False
        self._after = other._after
        self.tell(other.name)
        self.setObsolete(self._after == self.before)
        return True

    def redo(self) -> None:
        self._put(self._after)

    def undo(self) -> None:
        self._put(self.before)

    def _put(self, document: Document) -> None:
        take = self._take()
        if take is not None:
            take(document)
