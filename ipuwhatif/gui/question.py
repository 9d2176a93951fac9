"""The scenario that the window holds, with its undo stack and the selected system: the one truth of every panel.

Panels ask it for edits and redraw on its signals; it knows no view.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.scenario.edits import Edit
from ipuwhatif.scenario.scenario import Scenario

#: What can be asked about the scenario: the tabs.
COMPARE, SCALING, BREAKDOWN, SENSITIVITY = "compare", "scaling", "breakdown", "sensitivity"
QUESTIONS = (COMPARE, SCALING, BREAKDOWN, SENSITIVITY)


class Question(QObject):
    """Signals: `changed` when the scenario did, `selected` when another system is looked at, `settled` after a drag."""

    changed = Signal()
    selected = Signal()
    settled = Signal()

    def __init__(self, scenario: Scenario, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scenario = scenario
        self.undo_stack = QUndoStack(self)
        self.selection = scenario.systems[0] if scenario.systems else None
        self.dragging = False
        self._gesture = 0

    def apply(self, edit: Edit) -> None:
        """Make an edit one named step of undo; an edit that changes nothing leaves no step."""
        if edit.scenario != self.scenario:
            self.undo_stack.push(_EditCommand(self, edit, self._gesture))

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
            self.selection = choice
            self.selected.emit()

    def select_chips(self, word: str, catalog: Catalog) -> None:
        """Look at the first ticked system on chips that are called so ("IPU"), unless one is looked at."""
        fitting = [each for each in self.scenario.systems if catalog.systems[each.system].chip_word == word]
        if fitting and self.selection not in fitting:
            self.select(fitting[0])

    def choice_of(self, key: str, catalog: Catalog) -> SystemChoice | None:
        """The ticked system behind a key of a figure: itself, or the first of its family on a scaling curve."""
        name = key.partition("/")[2]
        if key.startswith("official/"):
            entry = next((each for each in catalog.official if each.key == name), None)
            name = entry.choice.key if entry is not None and entry.choice is not None else ""
        systems, family = self.scenario.systems, name.partition(":")[0]
        exact = next((choice for choice in systems if choice.key == name), None)
        if exact is None and self.selection is not None and self.selection.system == family:
            return self.selection
        return exact or next((choice for choice in systems if choice.system == family), None)

    def begin_anew(self, scenario: Scenario) -> None:
        """Take over another scenario: no step leads back to the one before, and its first system is looked at."""
        self.undo_stack.clear()
        self.begin_gesture()
        self.scenario = scenario
        self.selection = scenario.systems[0] if scenario.systems else None
        self.changed.emit()

    def show(self, scenario: Scenario) -> None:
        """Take over a scenario, as undo and redo do; the selection stays while its system is ticked."""
        added = [choice for choice in scenario.systems if choice not in self.scenario.systems]
        self.scenario = scenario
        if len(added) == 1:
            self.selection = added[0]
        elif self.selection not in scenario.systems:
            self.selection = scenario.systems[0] if scenario.systems else None
        self.changed.emit()


class _EditCommand(QUndoCommand):
    """One edit. Moves of one lever in one gesture merge into one step that is named by the last of them."""

    def __init__(self, question: Question, edit: Edit, gesture: int) -> None:
        super().__init__(edit.name)
        self._question = question
        self._before = question.scenario
        self._after = edit.scenario
        self._merge_key = f"{gesture}/{edit.merge_key}" if edit.merge_key else ""

    def id(self) -> int:
        return 1 if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _EditCommand) or other._merge_key != self._merge_key:
            return False
        self._after = other._after
        self.setText(other.text())
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        self._question.show(self._after)

    def undo(self) -> None:
        self._question.show(self._before)
