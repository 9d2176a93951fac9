"""The table of prices: a row for each ticked system, under the chart in the place of its table."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.answering.reply import PricesAsked
from ipuwhatif.gui.panels.price_row import AMOUNT, CURRENCY, DATE, LINES, NAME, ORIGIN, WAY, PriceRow
from ipuwhatif.gui.panels.spread_fields import SpreadFields
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.own_edits import set_price
from ipuwhatif.scenario.prices.price_edits import own_prices, set_spread, share_origin
from ipuwhatif.scenario.prices.price_parts import PriceParts
from ipuwhatif.scenario.prices.prices import OWN, RECALLED, RENT, Price
from ipuwhatif.texts import tr

WIDE = 960  # logical pixels of a table whose offers stand behind the fields
SHARE, LEAST = 0.25, 160  # of the page that rows take at most, and the height [logical pixels] of five; others scroll
NOTHING_ASKED = PricesAsked("")
Known = Callable[[SystemChoice], tuple[Price, ...]]


class PriceTable(QFrame):
    """Shows itself while prices are lacking, or when it is opened; the prices are the scenario's.

    Signals: `rebuilt` with other rows, `resized` when it needs another height or is opened or closed, `import_asked`
    for a price list of the user's own.
    """

    import_asked = Signal()
    rebuilt = Signal()
    resized = Signal()

    def __init__(self, question: Question, catalog: Catalog, levers: Levers, known: Known, parent: QWidget) -> None:
        super().__init__(parent)
        self._question, self._catalog, self._known = question, catalog, known
        self._asked = NOTHING_ASKED
        self._opened = False
        self._closed: frozenset[SystemChoice] = frozenset()  # those that were lacking when the user closed it
        self.rows: dict[SystemChoice, PriceRow] = {}
        self._offered: dict[SystemChoice, tuple[Price, ...]] = {}
        self.title = QLabel(self)
        self.close_button = QToolButton(self)
        self.page = QWidget(self)
        self.area = QScrollArea(self)
        self.spread = SpreadFields(levers, self)
        self.share = QPushButton(tr("Same date and origin for all"), self)
        self.bring = QPushButton(tr("Import prices…"), self)
        self._grid = QGridLayout(self.page)
        self._fit_soon = QTimer(self)  # rows change their heights one after the other
        self._fit_soon.setSingleShot(True)
        self._fit_soon.timeout.connect(self.resized)
        self._lay_out()
        self.close_button.clicked.connect(self.close_table)
        self.share.clicked.connect(lambda: question.apply(share_origin(question.scenario, tuple(self.rows))))
        self.bring.clicked.connect(self.import_asked)
        self.spread.stated.connect(
            lambda lever, value: question.apply(set_spread(question.scenario, self._asked.spread, lever, value))
        )

    def follow(self, asked: PricesAsked | None) -> None:
        """Show what an answer asks for, and what the scenario has."""
        self._asked = asked or NOTHING_ASKED
        lacking = frozenset(self._asked.lacking)
        if not lacking <= self._closed or not self._asked.is_needed:
            self._closed = frozenset()
        if not self.is_wanted:
            self.hide()
            return
        self._refresh()
        self.title.setText(self._asked.words or tr("What each system costs; no price is assumed."))
        self.show()

    @property
    def is_wanted(self) -> bool:
        """Whether it is to be seen."""
        return (self._asked.is_needed and not self._closed) or self._opened

    def open(self) -> None:
        """Show it whatever is asked, and give the first empty amount the keyboard."""
        self._opened, self._closed = True, frozenset()
        self.follow(self._asked)
        empty = [row for row in self.rows.values() if not row.amount.text()]
        for row in (empty or list(self.rows.values()))[:1]:
            row.amount.setFocus()
            row.amount.selectAll()
        self.resized.emit()

    def close_table(self) -> None:
        """Leave the chart its room; it comes again when another price is lacking."""
        self._opened, self._closed = False, frozenset(self._asked.lacking) | frozenset(self._question.scenario.systems)
        self.setVisible(self.is_wanted)
        self.resized.emit()

    def fit(self, high: int) -> None:
        """Take no more than its part of a page of this height."""
        for row in self.rows.values():
            row.set_wide(self.width() >= WIDE)
        width = self.area.viewport().width()
        needed = (
            self._grid.totalHeightForWidth(width) if self._grid.hasHeightForWidth() else self._grid.sizeHint().height()
        )
        height = max(min(needed, max(round(SHARE * high), LEAST)), 40)
        if self.area.height() != height or self.area.minimumHeight() != height:
            self.area.setFixedHeight(height)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard: down each column, then what is under it."""
        rows = list(self.rows.values())
        fields = [
            *(row.amount for row in rows),
            *(row.currency for row in rows),
            *(row.way for row in rows),
            *(row.date for row in rows),
            *(row.origin for row in rows),
            *(button for row in rows for button in row.offers),
        ]
        return [*fields, *self.spread.fields.values(), self.bring, self.share, self.close_button]

    def _refresh(self) -> None:
        choices = self._choices()
        changed = list(self.rows) != choices
        if changed:
            self._rebuild(choices)
        prices = [self._question.scenario.prices.get(choice.key) for choice in choices]
        for index, (choice, row) in enumerate(self.rows.items()):
            default = self._default([price for price in (*reversed(prices[:index]), *prices[index + 1 :]) if price])
            row.show_price(prices[index], default, self._asked.lacking.get(choice, ""))
            offers = self._offers(choice, prices[index])
            if self._offered.get(choice) != offers:
                self._offered[choice] = offers
                row.show_offers(offers)
                changed = True
        self.spread.setVisible(bool(self._asked.spread))
        self.spread.show_values(self._question.scenario, self._asked.spread)
        own = own_prices(self._question.scenario, choices)
        self.share.setVisible(len({(price.date, price.origin) for price in own.values()}) > 1)
        for first in list(own.values())[:1]:
            self.share.setToolTip(plain_tip(tr("{date}, {origin}", date=first.date, origin=first.origin)))
        if changed:
            self.rebuilt.emit()

    def _choices(self) -> list[SystemChoice]:
        """The ticked systems that have a projection; where the table was opened all, and what else has a price."""
        scenario, counted = self._question.scenario, self._asked.counted
        if not self._opened:
            return [choice for choice in scenario.systems if choice in counted or not counted]
        known = {choice.key: choice for choice in self._catalog.presets.values()}
        ticked = {choice.key for choice in scenario.systems}
        return [*scenario.systems, *(known[key] for key in scenario.prices if key not in ticked and key in known)]

    def _default(self, prices: list[Price]) -> PriceParts:
        """What a row takes from the nearest one above that has a price, else from the first below.

        A price of the user's own never takes the date of a source: it is of this month.
        """
        origin = next((price.origin for price in prices if price.kind == OWN), tr("stated by the user"))
        now = f"{date.today():%Y-%m}"
        for price in prices[:1]:
            when = price.date if price.kind == OWN else now
            return PriceParts("", price.currency, self._asked.per or price.per, when, origin)
        return PriceParts("", "", self._asked.per or RENT, now, origin)

    def _offers(self, choice: SystemChoice, price: Price | None) -> tuple[Price, ...]:
        """Known prices while there is none; the one that waits to be confirmed."""
        if price is None:
            offers = self._known(choice)
            return tuple(offer for offer in offers if self._asked.per in ("", offer.per))
        return (replace(price, confirmed=True),) if price.kind == RECALLED and not price.confirmed else ()

    def _rebuild(self, choices: list[SystemChoice]) -> None:
        for choice in [old for old in self.rows if old not in choices]:
            self._offered.pop(choice, None)
        for row in self.rows.values():
            row.retire()
        self._offered = {}
        self.rows = {}
        for index, choice in enumerate(choices):
            row = PriceRow(system_name(choice, self._catalog), choice.chips, self._grid, 1 + LINES * index, self.page)
            row.stated.connect(self._when_stated(choice))
            row.resized.connect(self._fit_soon.start)
            self.rows[choice] = row
        for row, below in pairwise(self.rows.values()):
            row.currency.lead_on = partial(_empty_amount, below)

    def _when_stated(self, choice: SystemChoice) -> Callable[[object], None]:
        return lambda price: self._state(choice, price)

    def _state(self, choice: SystemChoice, price: object) -> None:
        """A price as a step that can be undone; rows that waited for its currency or date follow, each a step."""
        stated = price if isinstance(price, Price) else None
        self._question.apply(set_price(self._question.scenario, choice, stated, self._catalog))
        self._refresh()
        for row in list(self.rows.values()):
            row.try_again()

    def _lay_out(self) -> None:
        self.setObjectName("notice")
        set_role(self.title, "strong")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.close_button.setText("×")
        self.close_button.setFixedHeight(20)
        set_role(self.close_button, "quiet")
        self.close_button.setAccessibleName(tr("Close the prices"))
        self.close_button.setToolTip(tr("Close the prices"))
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(ORIGIN, 1)
        heads = {AMOUNT: tr("Amount"), CURRENCY: tr("Currency"), WAY: tr("Bought or rented"), DATE: tr("Date")}
        for number, words in {NAME: tr("System"), **heads, ORIGIN: tr("Where from")}.items():
            label = QLabel(words, self.page)
            set_role(label, "caption")
            self._grid.addWidget(label, 0, number)
        self.area.setWidget(self.page)
        self.page.setAutoFillBackground(False)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for button in (self.bring, self.share):
            set_role(button, "link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.bring.setToolTip(tr("A price list as CSV, XLSX or TOML: its prices are offered, and never a default"))
        top.setSpacing(2 * GAP)
        top.addWidget(self.title, 1)
        for part in (self.share, self.bring, self.close_button):
            top.addWidget(part)
        foot.addWidget(self.spread, 1)
        column.setContentsMargins(GAP, 1, GAP // 2, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.area)
        column.addLayout(foot)
        self.hide()


def _empty_amount(row: PriceRow) -> QWidget | None:
    """Where the keyboard goes on to from the row above, once that has what it lacked."""
    return None if row.amount.text() else row.amount
