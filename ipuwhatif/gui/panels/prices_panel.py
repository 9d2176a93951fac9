"""What the selected system costs: typed by the user, or taken from prices that are known; never one by default.

A price that somebody recalled counts for nothing until the user confirms it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.figures.scenarios.own_figures import price_text
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.page.view_state import keep
from ipuwhatif.gui.panels.typed_row import TypedRow
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import reset_pixmap, set_faulty, set_role
from ipuwhatif.records import replace
from ipuwhatif.scenario.own_edits import set_price
from ipuwhatif.scenario.prices.prices import OWN, RECALLED, RENT, Price, check_price, parse_price, typed_text
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

LONGEST_WORDS = 64  # of an origin in the menu; the tip has all of it


class PricesPanel(QWidget):
    """A field for the price, a line for who states it, and a menu of known prices. It holds nothing.

    `known` gives the prices that are known of a system. Folded, the panel shows the price that is set.
    """

    def __init__(
        self,
        question: Question,
        catalog: Catalog,
        known: Callable[[SystemChoice], tuple[Price, ...]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._known = known
        self._choice: SystemChoice | None = None
        self._shown: Price | None = None
        self.heading = QToolButton(self)
        self.row = TypedRow(tr("Price with its date"), self._parse, tr("Take the price back"), self)
        self.origin = LeverField(self)
        self.state, self.doubt = QLabel(self), QLabel(self)
        self.confirm = QPushButton(tr("Confirm this price"), self)
        self.known = QPushButton(tr("Known prices"), self)
        self.menu = QMenu(self)
        keep(self.heading, "price")
        self._lay_out()
        self.heading.clicked.connect(self._fold)
        self.row.typed.connect(self._set)
        self.row.reset.connect(lambda: self._set(None))
        self.origin.editingFinished.connect(self._state_origin)
        self.origin.restored.connect(self._restore_origin)
        self.confirm.clicked.connect(self._confirm)
        self.menu.triggered.connect(lambda action: self._set(action.data()))
        question.changed.connect(self.refresh)
        question.selected.connect(self.refresh)
        self.refresh()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.heading, self.row.button, self.row.field, self.origin, self.confirm, self.known]

    def set_icons(self, colour: str) -> None:
        """Paint the button that takes the price back for a theme."""
        self.row.button.setIcon(QIcon(reset_pixmap(colour, self.devicePixelRatioF())))

    def open(self) -> None:
        """Unfold it, as a click on the heading would."""
        self.heading.setChecked(True)
        self._show_parts()

    def refresh(self) -> None:
        choice = self._question.selection
        relative = self._catalog.workloads[self._question.scenario.workload].kind == RELATIVE
        self.setVisible(choice is not None and not relative)
        if choice is None or relative:
            return
        price = self._question.scenario.prices.get(choice.key)
        if (choice, price) == (self._choice, self._shown):  # something else was changed
            return
        self._shown = price
        if choice != self._choice:
            self._choice = choice
            self.heading.setText(tr("Price of {name}", name=system_name(choice, self._catalog)))
            self._offer(choice)
            self.row.restore()
            self.origin.setModified(False)
        self.row.show_text("" if price is None else typed_text(price), _per_text(price), price is not None)
        if not (self.origin.hasFocus() and self.origin.isModified()):
            self._restore_origin()
        self.state.setText(_state_text(price))
        self._show_parts()

    def _show_parts(self) -> None:
        """What shows of the panel, by whether it is open and what the price is."""
        price, opened = self._price(), self.heading.isChecked()
        doubtful = price is not None and not price.confirmed
        self.heading.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.row.setVisible(opened)
        self.origin.setVisible(opened and price is not None and price.kind == OWN)
        self.state.setVisible(opened or price is not None)
        self.doubt.setVisible(doubtful)
        self.confirm.setVisible(doubtful)
        self.known.setVisible(opened and not self.menu.isEmpty())

    def _offer(self, choice: SystemChoice) -> None:
        """The known prices of a system, each with its date and who says so."""
        self.menu.clear()
        for price in self._known(choice):
            origin = price.origin if len(price.origin) <= LONGEST_WORDS else f"{price.origin[: LONGEST_WORDS - 1]}…"
            text = tr("{price}: {origin}", price=price_text(price), origin=origin)
            if price.kind == RECALLED:
                text = tr("{price} (not sourced, from memory: confirm)", price=text)
            action = self.menu.addAction(text.replace("&", "&&"))
            action.setToolTip(plain_tip(price.origin))
            action.setData(price)

    def _parse(self, text: str) -> Price:
        """A typed price, of whoever stated the one before where that was the user's own."""
        price = self._price()
        origin = price.origin if price is not None and price.kind == OWN else tr("stated by the user")
        return parse_price(text, origin, 1 if self._choice is None else self._choice.chips)

    def _price(self) -> Price | None:
        return None if self._choice is None else self._question.scenario.prices.get(self._choice.key)

    def _set(self, price: object) -> None:
        choice = self._question.selection
        if choice is not None:
            stated = price if isinstance(price, Price) else None
            self._question.apply(set_price(self._question.scenario, choice, stated, self._catalog))

    def _confirm(self) -> None:
        price = self._price()
        if price is not None:
            self._set(replace(price, confirmed=True))

    def _state_origin(self) -> None:
        """Own words for who states the price; a text that cannot be kept stays in the field and is told."""
        price = self._price()
        if price is None or not self.origin.isModified():
            return
        stated = replace(price, origin=self.origin.text().strip())
        try:
            check_price(stated)
        except InputError as error:
            self.state.setText(str(error))
            set_role(self.state, "warning")
            self.state.style().polish(self.state)
            set_faulty(self.origin, True)
            return
        self.origin.setModified(False)
        self._set(stated)

    def _restore_origin(self) -> None:
        price = self._price()
        self.origin.setText("" if price is None else price.origin)
        self.origin.setCursorPosition(0)
        self.origin.setModified(False)
        set_faulty(self.origin, False)
        if self.state.property("role") != "caption":
            set_role(self.state, "caption")
            self.state.style().polish(self.state)
        self.state.setText(_state_text(price))

    def _fold(self) -> None:
        self._show_parts()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setCheckable(True)
        set_role(self.heading, "fold")
        self.row.field.setPlaceholderText(tr("for example {text}", text="149,995 USD 2021-06"))
        self.row.field.setToolTip(tr("To buy: 149,995 USD 2021-06. To rent, an hour: 27.2 USD/h 2021."))
        self.origin.setPlaceholderText(tr("Who states it"))
        self.origin.setAccessibleName(tr("Who states the price"))
        self.origin.setToolTip(tr("Own words for where the price comes from: a quote, a list, a date"))
        self.doubt.setText(tr("Not sourced, from memory: it counts for nothing until you confirm it."))
        set_role(self.state, "caption")
        set_role(self.doubt, "warning")
        for label in (self.state, self.doubt):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.menu.setToolTipsVisible(True)
        self.known.setMenu(self.menu)
        for widget in (self.heading, self.row, self.origin, self.state, self.doubt):
            layout.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.known)
        buttons.addStretch(1)
        layout.addLayout(buttons)


def _per_text(price: Price | None) -> str:
    if price is None:
        return ""
    return tr("an hour of it") if price.per == RENT else tr("to buy it")


def _state_text(price: Price | None) -> str:
    """What the price is, with its date and origin."""
    if price is None:
        return tr("No price is stated, and none is assumed.")
    if price.kind == OWN:
        return tr("{price}, {origin}", price=price_text(price), origin=price.origin)
    if price.kind == RECALLED and price.confirmed:
        return tr("{price}, from memory and confirmed by you: {origin}", price=price_text(price), origin=price.origin)
    return tr("{price}: {origin}", price=price_text(price), origin=price.origin)
