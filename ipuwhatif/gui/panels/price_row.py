"""One system's price in the table of prices: amount, currency, bought or rented, date, origin, and what is offered.

What a row does not say it takes from the row above; until a price can be made of it, what was typed stays.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.scenarios.own_figures import origin_text, price_text
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.list_box import ListBox
from ipuwhatif.gui.panels.price_field import PriceField
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import set_faulty, set_role
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.price_parts import PriceParts, parts_of
from ipuwhatif.scenario.prices.prices import BUY, OWN, RECALLED, RENT, Price
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

NAME, AMOUNT, CURRENCY, WAY, DATE, ORIGIN, OFFERS = range(7)  # columns
LINES = 3  # rows of the grid that one takes: fields, offers where they have no room beside them, what is wrong
WIDTHS = {AMOUNT: 116, CURRENCY: 62, WAY: 124, DATE: 84}


class PriceRow(QObject):
    """A row of a grid: fields and offers, and under them what is wrong or lacking. It holds what is typed, no more.

    Signals: `stated` with a Price, or None where the amount was emptied; `resized` with another height.
    """

    stated = Signal(object)
    resized = Signal()

    def __init__(self, name: str, chips: int, grid: QGridLayout, row: int, page: QWidget) -> None:
        super().__init__(page)
        self.system, self._chips = name, chips
        self._price: Price | None = None
        self._default = PriceParts("", "", BUY, "", "")
        self._told = ""
        self.name = QLabel(name, page)
        self.amount, self.currency, self.date, self.origin = self.fields = tuple(PriceField(page) for _ in range(4))
        self.amount.lead_on = self._unstated
        self.way = ListBox(page)
        self.status = QLabel(page)
        self.links = QWidget(page)  # what is offered
        self.offers: list[QPushButton] = []
        self._grid, self._row, self._wide = grid, row, True
        self._lay_out()
        for field in self.fields:
            field.editingFinished.connect(lambda field=field: self._typed(field))
            field.restored.connect(self._restore)
        self.way.activated.connect(lambda: self._take(self.amount))

    def show_price(self, price: Price | None, default: PriceParts, told: str) -> None:
        """Show what is stated, and as a hint what the row takes from others; what is being typed stays.

        told: what is still to be stated here, in words.
        """
        changed, self._price, self._default, self._told = price != self._price, price, default, told
        if changed or not self.is_typed:
            self._print()
        self._show_hints()

    def show_offers(self, offers: Sequence[Price]) -> None:
        """A button for the first price that can be taken with a click, and a menu for the others."""
        for button in self.offers:
            button.hide()
            button.deleteLater()
        self.offers = [self._offer(price) for price in offers[:1]]
        if len(offers) > 1:
            self.offers.append(self._others(offers[1:]))
        self._show_below()

    def set_wide(self, wide: bool) -> None:
        """Offers stand behind the fields, or under them where there is no room for that."""
        if wide != self._wide:
            self._wide = wide
            self._place_links()

    @property
    def is_typed(self) -> bool:
        """Whether something is typed in it that has not become a price."""
        return any(field.isModified() for field in self.fields)

    def try_again(self) -> None:
        """Take over what waited for a currency or a date, now that the row above may have them."""
        if self.amount.isModified() and self.amount.text().strip() and not self._lacking(self._parts()):
            self._take(self.amount)

    def retire(self) -> None:
        """Leave the grid."""
        for widget in (self.name, *self.fields, self.way, self.links, self.status):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def _parts(self) -> PriceParts:
        """What the fields say, and where they say nothing what the row takes from others."""
        default, own = self._default, self._price is not None and self._price.kind == OWN
        origin = self.origin.text() if own or self.origin.isModified() else ""  # a source's goes with its own price
        return PriceParts(
            self.amount.text(),
            self.currency.text().strip() or default.currency,
            self.way.currentData(),
            self.date.text().strip() or default.date,
            origin.strip() or default.origin,
        )

    def _typed(self, field: LeverField) -> None:
        if field.isModified():
            self._take(field)

    def _take(self, field: LeverField) -> None:
        """Make a price of the row. What cannot be one stays as it is typed, and that is said under `field`."""
        if not self.amount.text().strip():
            if self._price is not None and self.amount.isModified():
                self._state(None)
            return
        parts = self._parts()
        try:
            if self._lacking(parts):
                self._show_fault("", field)
                return
            price = parts.price(self._chips)
        except InputError as error:
            self._show_fault(str(error), field)
            return
        self._state(price)

    def _state(self, price: Price | None) -> None:
        for field in self.fields:
            field.setModified(False)
        if price == self._price:
            self._print()
        else:
            self.stated.emit(price)

    def _lacking(self, parts: PriceParts) -> str:
        """What else has to be stated before it is a price; empty where nothing has, or where the amount is wrong."""
        try:
            return tr("The currency is still to be stated.") if parts.lacks_currency else ""
        except InputError:
            return ""

    def _unstated(self) -> QWidget | None:
        """The currency, where an amount is typed that lacks it."""
        return self.currency if self.amount.text().strip() and self._lacking(self._parts()) else None

    def _restore(self) -> None:
        self._print()
        self._show_hints()

    def _print(self) -> None:
        """The fields as the scenario has the price."""
        price = self._price
        parts = PriceParts("", "", self._default.per, "", "") if price is None else parts_of(price)
        texts = (parts.amount, parts.currency, parts.date, "" if price is None else origin_text(price))
        for field, text in zip(self.fields, texts, strict=True):
            if field.text() != text:
                field.setText(text)
            field.setCursorPosition(0)
            field.setModified(False)
            set_faulty(field, False)
        self.origin.setToolTip(plain_tip(texts[-1]))
        with QSignalBlocker(self.way):
            self.way.setCurrentIndex(self.way.findData(parts.per))

    def _show_hints(self) -> None:
        """What is taken from others, in grey; and under the fields what is lacking or wrong."""
        default = self._default
        for field, text in (
            (self.currency, default.currency),
            (self.date, default.date),
            (self.origin, default.origin),
        ):
            field.setPlaceholderText(text)
        if not any(field.property("faulty") for field in self.fields):
            self._show_status()
        self._show_below()

    def _show_status(self) -> None:
        price = self._price
        waiting = self._lacking(self._parts()) if self.amount.isModified() and self.amount.text().strip() else ""
        doubt = ""
        if price is not None and not price.confirmed:
            doubt = tr("Not sourced, from memory: it counts for nothing until you confirm it.")
        self.status.setText(waiting or doubt or self._told)

    def _show_fault(self, text: str, faulty: LeverField) -> None:
        for field in self.fields:
            set_faulty(field, bool(text) and field is faulty)
        self._show_status()
        if text:
            self.status.setText(sentence(text))
        self._show_below()

    def _show_below(self) -> None:
        self.status.setVisible(bool(self.status.text()))
        self.links.setVisible(bool(self.offers))
        self.resized.emit()

    def _offer(self, price: Price) -> QPushButton:
        """A price to take, or the recalled one that is set, to confirm."""
        confirms = self._price is not None and replace(price, confirmed=False) == self._price
        words = price_text(price)
        if confirms:
            words = tr("Confirm this price")
        elif price.kind == RECALLED:
            words = tr("Take {price}, not sourced", price=words)
        elif price.kind == OWN:
            words = tr("Take {price}, from your list", price=words)
        else:
            words = tr("Take {price}", price=words)
        button = self._link(words, price.origin)
        button.clicked.connect(lambda: self._state(price))
        return button

    def _others(self, offers: Sequence[Price]) -> QPushButton:
        """A menu of prices, each with what it is of."""
        told = tr("Other known prices, with date and origin")
        button = self._link(tr("{count} more", count=len(offers)), told, "link-menu")
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for price in offers:
            text = tr("{price}: {origin}", price=price_text(price), origin=price.origin.partition("; ")[0])
            if price.kind == RECALLED:
                text = tr("{price} (not sourced, from memory: confirm)", price=text)
            action = menu.addAction(text.replace("&", "&&"))
            action.setToolTip(plain_tip(price.origin))
            action.triggered.connect(partial(self._state_chosen, price))
        button.setMenu(menu)
        return button

    def _state_chosen(self, price: Price, _checked: bool = False) -> None:
        self._state(price)

    def _link(self, words: str, tip: str, role: str = "link") -> QPushButton:
        button = QPushButton(words, self.links)
        set_role(button, role)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tr("{words}: {name}", words=words, name=self.system))
        layout = self.links.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(layout.count() - 1, button)
        button.show()
        return button

    def _lay_out(self) -> None:
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        names = (tr("Amount"), tr("Currency"), tr("Date"), tr("Where from"))
        for field, name in zip(self.fields, names, strict=True):
            field.setAccessibleName(tr("{what} of the price of {name}", what=name, name=self.system))
        self.amount.setToolTip(
            tr("Of the whole system: to buy 149,995, to rent 27.2/h; or of each chip: 2/chip-hour. Empty takes it back")
        )
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.currency.setToolTip(tr("Three letters or a sign: USD, €"))
        self.date.setToolTip(tr("Since when the price holds: 2021-06 or 2021"))
        self.origin.setMinimumWidth(90)
        self.way.addItem(tr("bought"), BUY)
        self.way.addItem(tr("rented, per h"), RENT)
        self.way.setAccessibleName(tr("{name}: bought or rented", name=self.system))
        set_role(self.status, "warning")
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setWordWrap(True)
        self.amount.setPlaceholderText(tr("or 2/chip-hour"))
        line = QHBoxLayout(self.links)
        line.setContentsMargins(6, 0, 0, 0)
        line.setSpacing(12)
        line.addStretch(1)
        self.links.hide()
        self.status.hide()
        columns = {NAME: self.name, AMOUNT: self.amount, CURRENCY: self.currency, WAY: self.way, DATE: self.date}
        for column, widget in {**columns, ORIGIN: self.origin}.items():
            self._grid.addWidget(widget, self._row, column)
            if column in WIDTHS:
                widget.setFixedWidth(WIDTHS[column])
            widget.show()
        self._grid.addWidget(self.status, self._row + 2, AMOUNT, 1, OFFERS - AMOUNT + 1)
        self._place_links()

    def _place_links(self) -> None:
        cells = (self._row, OFFERS) if self._wide else (self._row + 1, AMOUNT, 1, ORIGIN - AMOUNT + 1)
        self._grid.addWidget(self.links, *cells)
