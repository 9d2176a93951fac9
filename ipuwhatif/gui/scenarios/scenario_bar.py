"""The scenarios of a document as a slim row of buttons: A, B, C …, one more, and what the active one changes.

It holds nothing: buttons follow the document, and whatever they do is a change of it.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.scenarios.documents import scenario_name
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.scenarios import scenario_commands as steps
from ipuwhatif.gui.scenarios.changes_popup import ChangesPopup, base_of, tip_text
from ipuwhatif.gui.theme import set_faulty, set_role
from ipuwhatif.scenario.deltas import deltas
from ipuwhatif.scenario.files.document import LONGEST_TITLE, MOST_SCENARIOS
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

HEIGHT = 24
#: Logical pixels: what menus and the rest of the bar take of the window, a button without its title, a title.
BESIDE, BUTTON, NARROWEST, WIDEST = 620, 42, 44, 150
PAIR = 92  # what the button of a pair takes: without that room the menu and its key still have it
FIELD_WIDTH = 280


class TitleField(LeverField):
    """The title of a scenario while it is typed; Esc leaves it as it was, changed or not."""

    def _takes(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


class ScenarioButton(QToolButton):
    """One scenario. `renamed` after a double click, `removed` after Delete, `moved` by the arrow keys."""

    renamed = Signal()
    removed = Signal()
    moved = Signal(int)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.renamed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


class ScenarioBar(QWidget):
    """Signals: `compare_asked` with the indices of two scenarios, the one that counts as the base first."""

    compare_asked = Signal(int, int)

    def __init__(self, question: Question, catalog: Catalog, levers: Levers, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._levers = levers
        self._renaming: int | None = None
        self.buttons: list[ScenarioButton] = []
        self.plus = QToolButton(self)
        self.pair = QToolButton(self)
        self.changes = QToolButton(self)
        self.popup = ChangesPopup(question, catalog, levers, parent.window())
        self.field = TitleField(self)
        self._group = QButtonGroup(self)
        self._lay_out()
        self.plus.clicked.connect(lambda: steps.add(question))
        self.pair.clicked.connect(lambda: steps.pair(question))
        self.changes.clicked.connect(lambda: self.popup.open_under(self.changes))
        self.field.editingFinished.connect(self._typed)
        self.field.restored.connect(self._close_field)
        question.changed.connect(self.refresh)
        question.settled.connect(self.refresh)
        self.window().installEventFilter(self)
        self.refresh()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [*self.buttons, self.plus, self.pair, self.changes]

    def refresh(self) -> None:
        """Follow the document. While a slider is dragged only the number of changes does."""
        document = self._question.document
        active = document.active
        count = len(deltas(document.scenario, base_of(self._question, active), self._levers, self._catalog))
        self.changes.setText(tr("1 change") if count == 1 else tr("{count} changes", count=count))
        self.changes.setVisible(count > 0)
        if self._question.dragging:
            return
        self._show_pair()
        held = any(button.hasFocus() for button in self.buttons)
        self._fit_count(len(document.scenarios))
        self._show_labels()
        for index, button in enumerate(self.buttons):
            button.setChecked(index == active)
            button.setToolTip(tip_text(self._question, index, self._levers, self._catalog))
            button.setAccessibleName(tr("Scenario {name}", name=scenario_name(document, index)))
        room = steps.may_add(self._question)
        self.plus.setEnabled(room)
        full = tr("A document holds up to {most} scenarios", most=MOST_SCENARIOS)
        self.plus.setToolTip(tr("Copy this scenario, to change the copy") if room else full)
        if held:
            self.buttons[active].setFocus()
        if self._renaming is not None and self._renaming >= len(self.buttons):
            self._close_field()
        self._claim_room()

    def _show_pair(self) -> None:
        """Whether another scenario stands beside the active one, and which."""
        document, beside = self._question.document, self._question.beside
        self.pair.setChecked(beside is not None)
        first, second = sorted((document.active, (0 if document.active else 1) if beside is None else beside))
        letters = {"first": document.letter(first), "second": document.letter(second)}
        self.pair.setText(tr("{first} beside {second}", **letters) if second < len(document.scenarios) else "")

    def take_in(self, widget: QWidget) -> None:
        """Something else that belongs beside the menus, at the end of the row."""
        self._row.addWidget(widget)
        self._claim_room()

    def rename(self, index: int) -> None:
        """Type the title of a scenario where its button stands."""
        self._renaming = index
        document, button = self._question.document, self.buttons[index]
        self.field.setAccessibleName(tr("Title of scenario {letter}", letter=document.letter(index)))
        self.field.setText(document.titles[index])
        self.field.setModified(False)
        self._show_fault("")
        left = max(0, min(button.x(), self.width() - FIELD_WIDTH))
        self.field.setGeometry(left, 0, min(FIELD_WIDTH, self.width()), self.height())
        self.field.show()
        self.field.raise_()
        self.field.selectAll()
        self.field.setFocus()

    def menu_for(self, index: int) -> QMenu:
        """What can be done to a scenario; the caller shows it."""
        document, menu = self._question.document, QMenu(self)
        menu.addAction(tr("Rename…"), lambda: self.rename(index))
        copy = menu.addAction(tr("Duplicate"), lambda: steps.duplicate(self._question, index))
        copy.setEnabled(steps.may_add(self._question))
        removal = menu.addAction(tr("Remove"), lambda: steps.remove(self._question, index))
        removal.setEnabled(len(document.scenarios) > 1)
        menu.addSeparator()
        others = menu.addMenu(tr("Compare with"))
        others.setEnabled(len(document.scenarios) > 1)
        for other in range(len(document.scenarios)):
            if other != index:
                pair = (min(index, other), max(index, other))
                text = scenario_name(document, other).replace("&", "&&")
                others.addAction(text, lambda pair=pair: self.compare_asked.emit(*pair))  # type: ignore[misc]
        return menu

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT + 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._show_labels()
            self._claim_room()
        return bool(super().eventFilter(watched, event))

    def _fit_count(self, count: int) -> None:
        """As many buttons as there are scenarios; those that stay are the same widgets."""
        while len(self.buttons) > count:
            button = self.buttons.pop()
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        while len(self.buttons) < count:
            index = len(self.buttons)
            button = self._button(index)
            self.buttons.append(button)
            self._group.addButton(button)
            self._row.insertWidget(index, button)
            button.show()  # at once: what is not on show has no width yet

    def _button(self, index: int) -> ScenarioButton:
        button = ScenarioButton(self)
        set_role(button, "scenario")
        button.setCheckable(True)
        button.setFixedHeight(HEIGHT)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda point: self.open_menu(index, button.mapToGlobal(point)))
        button.clicked.connect(lambda: self._question.turn_to(index))
        button.renamed.connect(lambda: self.rename(index))
        button.removed.connect(lambda: self._remove(index))
        button.moved.connect(lambda step: self._move(step))
        return button

    def _show_labels(self) -> None:
        """Letters, with as much of the titles as the window has room for."""
        free, count = self.window().width() - BESIDE, len(self.buttons)
        self.pair.setVisible(count > 1 and free >= count * BUTTON + PAIR)
        room = min((free - PAIR * self.pair.isVisibleTo(self)) // count - BUTTON, WIDEST)
        for index, button in enumerate(self.buttons):
            button.setText(self._label(index, room))

    def _label(self, index: int, room: int) -> str:
        document, title = self._question.document, self._question.document.titles[index]
        if not title or room < NARROWEST:
            return document.letter(index)
        short = QFontMetrics(self.buttons[index].font()).elidedText(title, Qt.TextElideMode.ElideRight, room)
        return f"{document.letter(index)}  {short}".replace("&", "&&")

    def open_menu(self, index: int, point: QPoint) -> None:
        menu = self.menu_for(index)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _remove(self, index: int) -> None:
        if len(self._question.document.scenarios) > 1:
            steps.remove(self._question, index)

    def _move(self, step: int) -> None:
        steps.turn(self._question, step)
        self.buttons[self._question.document.active].setFocus()

    def _typed(self) -> None:
        """Return, or the field is left: the title is taken, or the field says why not and stays."""
        if self._renaming is None:
            return
        index, title = self._renaming, self.field.text()
        if self.field.isModified():
            try:
                steps.rename(self._question, index, title)
            except InputError as error:
                self._show_fault(str(error))
                return
        self._close_field()

    def _close_field(self) -> None:
        index, self._renaming = self._renaming, None
        held = self.field.hasFocus()
        self.field.setModified(False)
        self._show_fault("")
        self.field.hide()
        if held and index is not None and index < len(self.buttons):
            self.buttons[index].setFocus()

    def _show_fault(self, text: str) -> None:
        usual = tr("A title of your own; empty: the letter alone")
        self.field.setToolTip(plain_tip(text) or usual)
        self.field.setAccessibleDescription(text or usual)
        set_faulty(self.field, bool(text))

    def _claim_room(self) -> None:
        """Take the width that the buttons need. A menu bar asks what is in its corner only when that is shown."""
        self.layout().activate()
        self.updateGeometry()
        QApplication.sendEvent(self, QEvent(QEvent.Type.ShowToParent))

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Scenarios"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.setExclusive(True)
        self.plus.setText("+")
        self.plus.setAccessibleName(tr("Add a scenario"))
        set_role(self.plus, "scenario")
        set_role(self.changes, "quiet")
        self.changes.setToolTip(tr("What this scenario changes"))
        set_role(self.pair, "scenario")
        self.pair.setCheckable(True)
        self.pair.setToolTip(tr("Both on every chart, with the difference between them (Ctrl+Shift+B)"))
        for button in (self.plus, self.pair, self.changes):
            button.setFixedHeight(HEIGHT)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field.setMaxLength(LONGEST_TITLE)
        self.field.setPlaceholderText(tr("Title"))
        self.field.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 1, 0, 1)
        self._row.setSpacing(2)
        self._row.addWidget(self.plus)
        self._row.addWidget(self.pair)
        self._row.addWidget(self.changes)
