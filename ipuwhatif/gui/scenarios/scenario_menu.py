"""The Scenario menu: the scenarios of the document and what can be done to them, the examples, every lever back."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ipuwhatif.figures.scenarios.documents import scenario_name
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.menu_action import Place, add_action
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.scenarios import scenario_commands as steps
from ipuwhatif.gui.scenarios.profile_menu import ProfileMenu
from ipuwhatif.scenario.examples import Example, examples, load_example
from ipuwhatif.scenario.files.document import MOST_SCENARIOS, Document
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.gui.files.documents import Documents

KEYS = 9  # of the scenarios that a digit turns to


class Holding(Protocol):
    """A window, as far as this menu knows it."""

    question: Question
    documents: "Documents | None"


class ScenarioMenu(QObject):
    """Signals: `rename_asked` with the index of a scenario, `compare_asked` with two, the base first.

    `prices_asked` for the table of all prices.
    """

    rename_asked = Signal(int)
    compare_asked = Signal(int, int)
    prices_asked = Signal()

    def __init__(self, menu: QMenu, window: Holding) -> None:
        super().__init__(menu)
        self._window = window
        self._question = question = window.question
        self._shown: Document | None = None
        menu.setToolTipsVisible(True)
        self._offer_scenarios(menu)
        menu.addSeparator()
        self._offer_pairs_and_edits(menu)
        menu.addSeparator()
        self.examples = menu.addMenu(tr("Examples"))
        self.examples.setObjectName(Place.EXAMPLES)
        self.examples.setToolTipsVisible(True)
        self._offer_examples()
        question.changed.connect(self.refresh)
        self.refresh()

    def _offer_scenarios(self, menu: QMenu) -> None:
        """What makes, names and removes a scenario, and what turns to another."""
        question = self._question
        self.add = add_action(self, menu, tr("Add scenario"), "Ctrl+T", lambda: steps.add(question))
        self.add.setToolTip(tr("A copy of the active scenario, to change it"))
        self.duplicate = add_action(
            self, menu, tr("Duplicate"), "", lambda: steps.duplicate(question, question.document.active)
        )
        self.duplicate.setToolTip(tr("A copy of the active scenario with its title"))
        self.rename = add_action(
            self, menu, tr("Rename…"), "F2", lambda: self.rename_asked.emit(question.document.active)
        )
        self.remove = add_action(self, menu, tr("Remove"), "", lambda: steps.remove(question, question.document.active))
        menu.addSeparator()
        self.next = add_action(self, menu, tr("Next scenario"), "Ctrl+Tab", lambda: steps.turn(question, 1))
        self.previous = add_action(
            self, menu, tr("Previous scenario"), "Ctrl+Shift+Tab", lambda: steps.turn(question, -1)
        )
        self.turns = [self._turn(menu, index) for index in range(MOST_SCENARIOS)]

    def _offer_pairs_and_edits(self, menu: QMenu) -> None:
        """Two scenarios at once, and what is done to the whole of the active one."""
        question = self._question
        self.pair = add_action(self, menu, tr("Side by side"), "Ctrl+Shift+B", lambda: steps.pair(question))
        self.pair.setToolTip(tr("A beside the active scenario on every chart, with the difference between them"))
        self.pair.setCheckable(True)
        self.pairs = menu.addMenu(tr("Beside this one"))
        self.compare = menu.addMenu(tr("Compare"))
        self.compare.menuAction().setToolTip(tr("What the differences of two scenarios do to the time"))
        self.reset = add_action(self, menu, tr("Reset every lever"), "", lambda: steps.reset_levers(question))
        self.reset.setToolTip(tr("Levers and assumptions of the active scenario, back to their defaults"))
        told = tr("What each system costs, in one table")
        self.prices = add_action(self, menu, tr("Prices…"), "Ctrl+Shift+M", self.prices_asked.emit, told)
        told = tr("What you imported of the ticked systems, as marks beside their projections")
        self.mark = add_action(self, menu, tr("Mark your own results"), "", self.mark_own, told)
        self.profiles = ProfileMenu(menu, question)

    def refresh(self) -> None:
        """Follow the document and the window; a slider that is dragged changes nothing of it before its release."""
        for action in self.examples.actions():
            action.setEnabled(self._window.documents is not None)
        document = self._question.document
        if self._question.dragging:
            return
        self.pair.setChecked(self._question.beside is not None)
        if document is self._shown:
            return
        self._shown = document
        count = len(document.scenarios)
        room = steps.may_add(self._question)
        for action, there in (
            (self.add, room),
            (self.duplicate, room),
            (self.remove, count > 1),
            (self.next, count > 1),
            (self.previous, count > 1),
            (self.pair, count > 1),
            (self.pairs.menuAction(), count > 2),
            (self.compare.menuAction(), count > 1),
            (self.reset, bool(document.scenario.levers)),
        ):
            action.setEnabled(there)
        for index, action in enumerate(self.turns):
            action.setVisible(index < count)
            action.setEnabled(index < count)
            action.setText(_shown_text(scenario_name(document, index)) if index < count else "")
            action.setChecked(index == document.active)
        self._offer_pairs(document)

    def mark_own(self) -> None:
        """Mark what was imported of the ticked systems, as one step; where nothing was, that is told."""
        from ipuwhatif.analysis.own_results import own_measurements
        from ipuwhatif.analysis.world import load_world
        from ipuwhatif.importers.results.reader import kept_results
        from ipuwhatif.scenario.own_edits import set_measurements

        scenario, catalog = self._question.scenario, load_world().catalog
        try:
            found = own_measurements(scenario, kept_results(catalog).results, catalog)
        except InputError as error:
            if self._window.documents is not None:
                self._window.documents.asking.tell(str(error))
            return
        self._question.apply(set_measurements(scenario, found))

    def open_example(self, example: Example) -> None:
        """An example in the place of the open document, which is asked about first; a fault is told."""
        from ipuwhatif.analysis.world import load_world

        documents = self._window.documents
        if documents is None:
            return
        try:
            world = load_world()
            document = load_example(example, world.catalog, world.levers)
        except InputError as error:
            documents.asking.tell(str(error))
            return
        documents.open_example(document)

    def _offer_examples(self) -> None:
        try:
            offered = examples()
        except InputError:  # an incomplete installation; whatever else works still does
            offered = ()
        for example in offered:
            add_action(
                self,
                self.examples,
                _shown_text(tr(example.name)),
                "",
                partial(self.open_example, example),
                tr(example.description),
            )
        self.examples.menuAction().setEnabled(bool(offered))

    def _offer_pairs(self, document: Document) -> None:
        """The active scenario with each of the others; the one with the earlier letter is the base."""
        self.compare.clear()
        self.pairs.clear()
        for other in range(len(document.scenarios)):
            if other != document.active:
                base, changed = sorted((document.active, other))
                text = tr("{base} with {changed}", base=document.letter(base), changed=document.letter(changed))
                action = self.compare.addAction(text)
                names = tr(
                    "{first} and {second}", first=scenario_name(document, base), second=scenario_name(document, changed)
                )
                action.setToolTip(plain_tip(names))
                action.triggered.connect(partial(self._ask_to_compare, base, changed))
                words = tr("Beside {name}", name=scenario_name(document, other))
                beside = self.pairs.addAction(_shown_text(words))
                beside.triggered.connect(partial(self._show_beside, other))

    def _show_beside(self, other: int, _checked: bool = False) -> None:
        self._question.show_beside(other)

    def _ask_to_compare(self, base: int, changed: int, _checked: bool = False) -> None:
        self.compare_asked.emit(base, changed)

    def _turn(self, menu: QMenu, index: int) -> QAction:
        """One scenario to turn to; there is an action for each that there can be, so that keys stay theirs."""
        keys = f"Alt+{index + 1}" if index < KEYS else ""
        action = add_action(self, menu, "", keys, lambda: self._question.turn_to(index))
        action.setCheckable(True)
        # A checked box is what the document says, however often it is chosen.
        action.triggered.connect(lambda: action.setChecked(index == self._question.document.active))
        return action


def _shown_text(name: str) -> str:
    """A name as a menu shows it: an ampersand is one."""
    return name.replace("&", "&&")
