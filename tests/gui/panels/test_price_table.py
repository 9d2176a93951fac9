from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answering.question import COMPARE, COST, SCALING
from ipuwhatif.gui.panels.price_table import PriceTable
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_basis, set_workload, tick_system
from ipuwhatif.scenario.prices.prices import BUY, OWN, READ, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, PER_MONEY
from tests.gui.conftest import figure_of, settle
from tools.chart_share import chart_share

POD16, POD64, POD256, DGX, DGX8 = FIRST_START.systems


def table_of(window: MainWindow) -> PriceTable:
    assert window.workspace.prices is not None
    return window.workspace.prices


def turn_to_money(window: MainWindow) -> PriceTable:
    window.turn_to(COST)
    settle()
    return table_of(window)


def compare_per_price(window: MainWindow) -> PriceTable:
    window.question.apply(set_basis(window.question.scenario, PER_MONEY))
    settle()
    return table_of(window)


def write(field: QLineEdit, text: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)
    settle()


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_that_money_without_prices_asks_for_them_in_the_place_of_the_table(window: MainWindow) -> None:
    table = turn_to_money(window)
    assert table.isVisible() and list(table.rows) == list(FIRST_START.systems)
    assert "energy to train once" in figure_of(window).headline.text and not window.workspace.table.isVisible()
    assert "Energy is shown until then." in table.title.text() and not window.workspace.fault.isVisible()
    assert not table.area.verticalScrollBar().isVisible()
    table.close_button.click()
    settle()
    assert window.workspace.table.isVisible() and window.workspace.fault.text().endswith("Energy is shown until then.")


@pytest.mark.parametrize(("size", "least"), [((1366, 768), 0.45), ((1920, 1080), 0.55)])
def test_that_the_chart_is_the_page_while_prices_are_asked_for(
    window: MainWindow, size: tuple[int, int], least: float
) -> None:
    window.resize(*size)
    table = turn_to_money(window)
    assert chart_share(window) >= least
    port = table.area.viewport()
    for row in table.rows.values():
        assert port.rect().contains(row.amount.geometry().translated(table.page.pos()))
        assert row.links.geometry().top() < row.amount.geometry().center().y() < row.links.geometry().bottom()


def test_that_offers_stand_under_the_fields_where_they_have_no_room_beside(window: MainWindow) -> None:
    window.resize(1024, 768)
    table = turn_to_money(window)
    row = table.rows[POD16]
    assert (
        row.links.geometry().top() > row.amount.geometry().bottom() and table.area.horizontalScrollBar().maximum() == 0
    )
    window.resize(1400, 768)
    settle()
    assert row.links.geometry().top() < row.amount.geometry().center().y()


def test_that_a_price_of_each_chip_is_taken_for_the_whole_system(window: MainWindow) -> None:
    table = turn_to_money(window)
    write(table.rows[POD16].amount, "2 $/GPU-hour")
    assert window.question.scenario.prices[POD16.key].amount == 32.0
    assert "money to train once" in figure_of(window).headline.text and table.isVisible()


def test_that_systems_without_a_price_are_named_once_the_prices_are_closed(window: MainWindow) -> None:
    table = turn_to_money(window)
    write(table.rows[POD16].amount, "10 USD/h")
    table.close_button.click()
    settle()
    assert window.workspace.fault.text() == "IPU-POD64, IPU-POD256, DGX A100 and 8 × DGX A100: state a price."


def test_that_money_for_five_rented_systems_takes_five_typed_values_after_one_click(window: MainWindow) -> None:
    table = turn_to_money(window)
    write(table.rows[POD16].amount, "10 USD/h 2021")
    for choice, amount in ((POD64, "40"), (POD256, "160"), (DGX, "27.2"), (DGX8, "217.6")):
        write(table.rows[choice].amount, amount)
    assert not table.isVisible()
    assert "money to train once" in figure_of(window).headline.text
    assert window.question.scenario.prices[DGX8.key] == Price(217.6, "USD", RENT, "2021", "stated by the user", OWN)
    assert window.question.undo_stack.count() == 5, "each price is a step of its own"


def test_that_money_for_five_bought_systems_takes_eight_clicks_and_values(window: MainWindow) -> None:
    table = turn_to_money(window)
    for choice in (POD16, POD64, POD256):
        click(table.rows[choice].offers[0])
    write(table.rows[DGX].amount, "199,000")
    write(table.rows[DGX8].amount, "1.6M")
    write(table.spread.fields["lifetime_years"], "4")
    write(table.spread.fields["utilisation"], "60")
    assert not table.isVisible() and "(bought)" in figure_of(window).headline.text
    assert window.question.scenario.prices[POD16.key].kind == READ
    assert window.question.scenario.levers["gpu.utilisation"] == 60.0


def test_that_the_tab_key_goes_down_the_column_of_amounts(window: MainWindow) -> None:
    table = turn_to_money(window)
    table.rows[POD16].amount.setFocus()
    for choice in (POD64, POD256, DGX, DGX8):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert table.rows[choice].amount.hasFocus(), choice


def test_that_the_tab_key_leads_to_the_currency_of_an_amount_without_one_and_then_to_the_next_amount(
    window: MainWindow,
) -> None:
    table = turn_to_money(window)
    table.rows[POD16].amount.setFocus()
    for text in ("2/chip-hour", "USD", "40"):
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Tab)
        settle()
    prices = window.question.scenario.prices
    assert [(prices[each.key].amount, prices[each.key].currency) for each in (POD16, POD64)] == [
        (32.0, "USD"),
        (40.0, "USD"),
    ]
    assert table.rows[POD256].amount.hasFocus()


def test_that_only_systems_with_a_projection_are_asked_for_until_the_table_is_opened(window: MainWindow) -> None:
    assert window.world is not None
    gb200 = SystemChoice("gb200-nvl72", 72)
    catalog = window.world.catalog
    ticked = tick_system(FIRST_START, gb200, True, catalog).scenario
    window.question.show(set_workload(ticked, "llama31-405b", catalog).scenario)
    table = turn_to_money(window)
    assert table.isVisible() and list(table.rows) == [gb200]
    table.open()
    settle()
    assert list(table.rows) == [*FIRST_START.systems, gb200]


@pytest.mark.parametrize("text", ["cheap", "5 XQQ 2021", "0 USD 2021"])
def test_that_a_wrong_amount_is_told_under_its_field_and_stays(window: MainWindow, text: str) -> None:
    row = turn_to_money(window).rows[POD16]
    write(row.amount, text)
    assert row.amount.text() == text and row.status.isVisible() and row.status.text().endswith(".")
    assert row.amount.property("faulty") and not window.question.scenario.prices
    QTest.keyClick(row.amount, Qt.Key.Key_Escape)
    settle()
    assert row.amount.text() == "" and not row.status.isVisible()


def test_that_amounts_wait_for_the_currency_and_then_all_follow(window: MainWindow) -> None:
    table = turn_to_money(window)
    write(table.rows[POD16].date, "2024-05")
    for choice in FIRST_START.systems:
        write(table.rows[choice].amount, "100k")
    assert "The currency" in table.rows[POD16].status.text() and not window.question.scenario.prices
    write(table.rows[POD16].currency, "EUR")
    assert {(price.currency, price.date) for price in window.question.scenario.prices.values()} == {("EUR", "2024-05")}
    assert len(window.question.scenario.prices) == window.question.undo_stack.count() == 5


def test_that_each_price_is_undone_alone_and_the_table_comes_again(window: MainWindow) -> None:
    table = compare_per_price(window)
    write(table.rows[POD16].amount, "100k USD 2021")
    for choice in (POD64, POD256, DGX, DGX8):
        write(table.rows[choice].amount, "200k")
    assert not table.isVisible() and "per purchase price" in figure_of(window).headline.text
    window.question.undo_stack.undo()
    settle()
    assert table.isVisible() and table.rows[DGX8].amount.text() == "" and table.rows[DGX].amount.text() == "200,000"
    assert figure_of(window).headline.text, "the others have their chart under the prices"


def test_that_a_rent_is_no_purchase_price_and_that_is_said_in_its_row(window: MainWindow) -> None:
    table = compare_per_price(window)
    write(table.rows[POD16].amount, "10 USD/h 2021")
    assert "is a rent" in table.rows[POD16].status.text()
    table.rows[POD16].way.setCurrentIndex(table.rows[POD16].way.findData(BUY))
    table.rows[POD16].way.activated.emit(0)
    settle()
    assert window.question.scenario.prices[POD16.key].per == BUY and not table.rows[POD16].status.isVisible()


def test_that_an_emptied_amount_takes_the_price_back(window: MainWindow) -> None:
    table = turn_to_money(window)
    write(table.rows[DGX].amount, "27.2 USD/h 2021")
    write(table.rows[DGX].amount, "\b")
    assert not window.question.scenario.prices
    assert window.question.undo_stack.undoText() == "Price of DGX A100 (8 GPUs) taken back"


def test_that_a_recalled_price_counts_only_once_it_is_confirmed(window: MainWindow) -> None:
    assert window.world is not None
    old = SystemChoice("dgx-a100-40gb", 8)
    window.question.apply(tick_system(window.question.scenario, old, True, window.world.catalog))
    row = turn_to_money(window).rows[old]
    others = row.offers[-1].menu().actions()
    next(action for action in others if "not sourced" in action.text()).trigger()
    settle()
    assert "until you confirm it" in row.status.text()
    click(row.offers[0])
    assert window.question.scenario.prices[old.key].confirmed and not row.offers


def test_that_an_edited_price_of_a_source_is_the_users_own(window: MainWindow) -> None:
    row = turn_to_money(window).rows[POD16]
    click(row.offers[0])
    assert "IPU-M2000" in row.origin.text()
    write(row.amount, "120,000")
    assert window.question.scenario.prices[POD16.key] == Price(
        120000.0, "USD", BUY, "2020-12", "stated by the user", OWN
    )


def test_that_one_click_gives_all_own_prices_the_same_date_and_origin(window: MainWindow) -> None:
    table = turn_to_money(window)
    write(table.rows[POD16].amount, "10 USD/h 2021")
    write(table.rows[POD64].amount, "40 USD/h 2019")
    write(table.rows[POD16].origin, "quote of 3 May")
    click(table.share)
    assert {(each.date, each.origin) for each in window.question.scenario.prices.values()} == {
        ("2021", "quote of 3 May")
    }
    assert window.question.undo_stack.undoText() == "Same date and origin for all prices"


def test_that_all_prices_open_from_the_menu_on_any_page_and_close(window: MainWindow) -> None:
    window.turn_to(SCALING)
    settle()
    assert not window.workspace.tools.prices.isVisible()
    window.menus.scenarios.prices.trigger()
    settle()
    table = table_of(window)
    assert table.isVisible() and table.rows[POD16].amount.hasFocus() and window.workspace.figure is not None
    table.close_button.click()
    settle()
    assert not table.isVisible()
    window.turn_to(COMPARE)
    settle()
    assert not window.workspace.tools.prices.isVisible(), "times need no prices"


def test_that_closed_prices_stay_closed_until_another_one_is_lacking(window: MainWindow) -> None:
    table = turn_to_money(window)
    write(table.rows[DGX].amount, "27.2 USD/h 2021")
    table.close_button.click()
    settle()
    assert not table.isVisible() and figure_of(window).headline.text
    click(window.workspace.tools.prices)
    assert table.isVisible()
    table.close_button.click()
    assert window.world is not None
    other = SystemChoice("bow-pod", 16)
    window.question.apply(tick_system(window.question.scenario, other, True, window.world.catalog))
    settle()
    assert table.isVisible() and other in table.rows


def test_that_every_field_has_a_name_of_its_own(window: MainWindow) -> None:
    table = turn_to_money(window)
    names = [control.accessibleName() or getattr(control, "text", str)() for control in table.controls()]
    assert all(names) and len(set(names)) == len(names)


def test_that_a_price_without_a_date_is_of_this_month(window: MainWindow) -> None:
    table = turn_to_money(window)
    assert table.rows[POD16].date.placeholderText() == f"{date.today():%Y-%m}"
    write(table.rows[POD16].amount, "10 USD")
    price = window.question.scenario.prices[POD16.key]
    assert (price.per, price.date) == (RENT, f"{date.today():%Y-%m}")


@pytest.mark.parametrize("size", [(1024, 640), (1366, 768)])
def test_that_chart_and_prices_have_room_beside_each_other(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    table = turn_to_money(window)
    write(table.rows[DGX].amount, "27.2 USD/h 2021")
    assert (window.width(), window.height()) == size
    assert table.isVisible() and window.workspace.chart.viewport().height() >= 100
