"""A price list in a real window: columns are looked at, what comes of them is offered in the table of prices."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from ipuwhatif.gui.answering.question import COST
from ipuwhatif.gui.mine.my_data import MyData, show_my_data
from ipuwhatif.gui.mine.table_form import TableForm
from ipuwhatif.importers.store import read_store
from ipuwhatif.scenario.prices.prices import OWN
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import settle
from tests.gui.mine.conftest import Scripted

LIST = "chip;rate;where\nA100 80 GB;1,25;us-east\nours;2,5;\n"
DGX = FIRST_START.systems[3]


@pytest.fixture
def form(window, tmp_path):
    (tmp_path / "list.csv").write_text(LIST)
    dialog = show_my_data(window)
    dialog.asking = Scripted(tmp_path / "list.csv")
    dialog.prices.click()
    settle()
    return dialog.findChild(TableForm)


def state(form: TableForm) -> None:
    """What the list does not say."""
    form.units["price"].setText("USD/GPU-hour")
    form.units["date"].setText("2025-03")


def test_that_what_the_list_does_not_say_is_asked_for_row_by_row(form):
    assert form.columns["item"].currentText() == "chip" and form.columns["price"].currentText() == "rate"
    assert form.count.text() == "0 of 2 rows can be read, and are imported"
    assert "list.csv, row 2: no currency; write a column of it, or say it\n" in form.rows.toPlainText()
    state(form)
    form.columns["region"].setCurrentText("where")
    assert form.count.text() == "1 of 2 rows can be read, and are imported"
    first, second = form.rows.toPlainText().splitlines()
    assert first.startswith("A100 80 GB: 1.25 USD an hour (2025-03) · each chip · DGX A100") and "us-east" in first
    assert second.startswith("Not read: list.csv, row 3: system 'ours' is unknown")
    form.systems.setText("ours=dgx-h100:8")
    assert form.count.text() == "2 of 2 rows can be read, and are imported"


def test_that_an_imported_price_is_offered_in_the_table_taken_with_a_click_and_marked_as_own(window, form):
    state(form)
    form.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    settle()
    assert [(each.kind, each.name) for each in read_store().kept] == [("prices", "list")]
    window.turn_to(COST)
    settle()
    assert not window.question.scenario.prices
    offer = window.workspace.prices.rows[DGX].offers[0]
    assert offer.text() == "Take 10 USD an hour (2025-03), from your list"
    offer.click()
    settle()
    price = window.question.scenario.prices[DGX.key]
    assert (price.amount, price.kind) == (10.0, OWN)
    assert price.origin == "derived: 8 × A100 80 GB at 1.25; your own price list, list.csv, row 2"


def test_that_the_table_of_prices_asks_for_a_list(window, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(MyData, "import_prices", lambda self: asked.append(self))
    window.turn_to(COST)
    settle()
    window.workspace.prices.bring.click()
    assert len(asked) == 1


def test_that_a_list_that_was_exported_needs_no_look_at_its_columns(window, form, tmp_path):
    state(form)
    form.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    settle()
    (kept,) = read_store().kept
    (tmp_path / "other.csv").write_text(kept.text)
    dialog = show_my_data(window)
    dialog.asking = Scripted(tmp_path / "other.csv")
    dialog.bring.click()
    settle()
    assert {each.name for each in read_store().kept} == {"list", "other"}
