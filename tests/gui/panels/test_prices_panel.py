from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.panels.prices_panel import PricesPanel
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT
from ipuwhatif.scenario.prices.prices import BUY, OWN, READ, RECALLED, RENT, Price
from tests.gui.conftest import settle

ROOM = 277  # what the side leaves a panel
LISTED = Price(32450.0, "EUR", BUY, "2020-07", "A price list that was read", READ)
HEARD = Price(149995.0, "USD", BUY, "2020-12", "A & B, as somebody remembers it; " + "long " * 30, RECALLED, False)
CATALOG = load_catalog()


def known(choice: SystemChoice) -> tuple[Price, ...]:
    return (LISTED, HEARD) if choice == SystemChoice("ipu-pod", 16) else ()


@pytest.fixture
def panel(qapp: QApplication) -> Iterator[PricesPanel]:
    """An unfolded panel of the first system of the first start."""
    apply_theme(qapp, LIGHT)
    question = Question(FIRST_DOCUMENT, qapp)
    panel = PricesPanel(question, CATALOG, known, None)
    question.setParent(panel)  # there is no window that holds both
    panel.resize(ROOM, 300)
    panel.show()
    panel.heading.click()
    settle()
    yield panel
    panel.close()
    panel.deleteLater()
    settle()


def question_of(panel: PricesPanel) -> Question:
    return panel.findChild(Question)


def price_of(panel: PricesPanel, key: str = "ipu-pod:16") -> Price | None:
    return question_of(panel).scenario.prices.get(key)


def type_in(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def test_that_there_is_no_price_by_default_and_that_is_said(panel: PricesPanel) -> None:
    assert panel.heading.text() == "Price of IPU-POD16 (16 IPUs)"
    assert panel.row.field.text() == "" and "none is assumed" in panel.state.text()
    assert not panel.origin.isVisible() and not panel.confirm.isVisible()
    panel.heading.click()
    assert not panel.row.isVisible() and not panel.state.isVisible()


def test_that_a_typed_price_is_the_users_own_with_date_and_origin(panel: PricesPanel) -> None:
    type_in(panel.row.field, "27.2 USD/h 2021")
    assert price_of(panel) == Price(27.2, "USD", RENT, "2021", "stated by the user", OWN)
    assert panel.row.part.text() == "an hour of it"
    type_in(panel.origin, "quote of the dealer, 3 May")
    assert price_of(panel) == Price(27.2, "USD", RENT, "2021", "quote of the dealer, 3 May", OWN)
    assert panel.state.text() == "27.2 USD an hour (2021), quote of the dealer, 3 May"
    type_in(panel.row.field, "149,995 USD 2021-06")
    assert price_of(panel) == Price(149995.0, "USD", BUY, "2021-06", "quote of the dealer, 3 May", OWN)
    assert question_of(panel).undo_stack.undoText() == "Price of IPU-POD16 (16 IPUs) 149,995 USD (2021-06)"


def test_that_a_price_is_taken_back(panel: PricesPanel) -> None:
    type_in(panel.row.field, "27.2 USD/h 2021")
    panel.row.button.click()
    settle()
    assert price_of(panel) is None and panel.row.field.text() == ""
    question_of(panel).undo_stack.undo()
    assert panel.row.field.text() == "27.2 USD/h 2021"


def test_that_a_price_of_a_chip_is_that_of_all_chips_of_the_system(panel: PricesPanel) -> None:
    type_in(panel.row.field, "$1.25/GPU-hour 2024-05")
    price = price_of(panel)
    assert price is not None and (price.amount, price.currency, price.per) == (20.0, "USD", RENT)
    assert panel.row.field.text() == "20 USD/h 2024-05"


@pytest.mark.parametrize("text", ["cheap", "149,995 USD", "$ 2021", "0 USD 2021"])
def test_that_a_faulty_price_is_told_under_the_field_and_changes_nothing(panel: PricesPanel, text: str) -> None:
    type_in(panel.row.field, text)
    assert panel.row.fault.isVisible() and panel.row.field.text() == text
    assert price_of(panel) is None
    QTest.keyClick(panel.row.field, Qt.Key.Key_Escape)
    assert panel.row.field.text() == "" and not panel.row.fault.isVisible()


def test_that_an_origin_without_a_word_is_refused(panel: PricesPanel) -> None:
    type_in(panel.row.field, "27.2 USD/h 2021")
    before = price_of(panel)
    type_in(panel.origin, "  ")
    assert "who states it" in panel.state.text() and price_of(panel) == before
    QTest.keyClick(panel.origin, Qt.Key.Key_Escape)
    assert panel.origin.text() == "stated by the user" and "27.2 USD" in panel.state.text()


def test_that_known_prices_are_offered_with_date_and_origin(panel: PricesPanel) -> None:
    listed, heard = panel.menu.actions()
    assert listed.text() == "32,450 EUR (2020-07): A price list that was read"
    assert "not sourced, from memory: confirm" in heard.text() and "A && B" in heard.text()
    assert heard.toolTip() == HEARD.origin
    listed.trigger()
    assert price_of(panel) == LISTED and not panel.doubt.isVisible() and not panel.origin.isVisible()
    assert "2020-07" in panel.state.text() and LISTED.origin in panel.state.text()


def test_that_a_recalled_price_waits_for_a_click(panel: PricesPanel) -> None:
    panel.menu.actions()[1].trigger()
    price = price_of(panel)
    assert price is not None and not price.confirmed
    assert "counts for nothing" in panel.doubt.text() and panel.doubt.isVisible()
    panel.confirm.click()
    settle()
    price = price_of(panel)
    assert price is not None and price.confirmed and price.kind == RECALLED
    assert not panel.doubt.isVisible() and "from memory and confirmed by you" in panel.state.text()


def test_that_a_price_typed_over_a_known_one_does_not_keep_its_origin(panel: PricesPanel) -> None:
    panel.menu.actions()[0].trigger()
    type_in(panel.row.field, "30,000 EUR 2021")
    assert price_of(panel) == Price(30000.0, "EUR", BUY, "2021", "stated by the user", OWN)


def test_that_the_panel_follows_the_selected_system_and_drops_what_was_half_typed(panel: PricesPanel) -> None:
    type_in(panel.row.field, "cheap")
    question_of(panel).select(SystemChoice("dgx-a100", 8))
    assert panel.heading.text() == "Price of DGX A100 (8 GPUs)"
    assert panel.row.field.text() == "" and not panel.row.fault.isVisible() and not panel.known.isVisible()
    type_in(panel.row.field, "5 USD/h 2021")
    assert price_of(panel) is None and price_of(panel, "dgx-a100:8") is not None


def test_that_the_panel_fits_the_side_for_every_system_and_price(panel: PricesPanel) -> None:
    question = question_of(panel)
    for choice in CATALOG.presets.values():
        question.show(question.scenario.with_system(choice, True).with_price(choice.key, HEARD))
        question.select(choice)
        assert panel.minimumSizeHint().width() <= ROOM, choice.key
