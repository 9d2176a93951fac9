from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.scenarios.changes_popup import ChangesPopup
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import settle
from tests.gui.hosts import Host
from tests.gui.scripted import CATALOG, LEVERS, MOVED

CHANGED = MOVED.with_lever("ipu.compute_gain", 1.5).with_lever("gpu.clock", 1.1)


@pytest.fixture
def popup(qtbot: QtBot) -> Iterator[ChangesPopup]:
    """Open, over scenario B, which differs from A by a lever that A has moved too and by one that A has not."""
    host = Host(Document((MOVED, CHANGED), ("", ""), 1))
    qtbot.addWidget(host)
    popup = ChangesPopup(host.question, CATALOG, LEVERS, host)
    host.field = QLineEdit(host.centralWidget())
    host.show()
    host.activateWindow()
    host.field.setFocus()
    popup.open_under(host.field)
    settle()
    yield popup


def test_that_every_change_has_a_line_and_every_lever_a_link(popup: ChangesPopup) -> None:
    assert popup.texts() == ["IPU compute gain 1.50 × in place of 1.30 ×", "GPU clock 1.10 ×"]
    assert {name: link.text() for name, link in popup.links.items()} == {
        "ipu.compute_gain": "As in A",
        "gpu.clock": "Reset",
    }
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in popup.rows.findChildren(QLabel)[1:])


def test_that_a_link_sets_a_lever_back_to_the_base_and_the_last_one_closes(popup: ChangesPopup) -> None:
    question = popup.parentWidget().question
    popup.links["ipu.compute_gain"].click()
    assert question.scenario.levers == {"ipu.compute_gain": 1.3, "gpu.clock": 1.1}
    assert popup.isVisible() and popup.texts() == ["GPU clock 1.10 ×"]
    popup.links["gpu.clock"].click()
    settle()
    assert question.scenario == MOVED and not popup.isVisible()
    assert question.undo_stack.undoText() == "GPU clock back to default"
    assert popup.parentWidget().field.hasFocus()


def test_that_escape_closes_it_and_gives_the_keyboard_back(popup: ChangesPopup) -> None:
    QTest.keyClick(popup.links["gpu.clock"], Qt.Key.Key_Escape)
    assert not popup.isVisible() and popup.parentWidget().field.hasFocus()


def test_that_it_closes_when_another_widget_is_chosen(popup: ChangesPopup) -> None:
    popup.parentWidget().field.setFocus()
    assert not popup.isVisible()


def test_that_it_lies_inside_the_window(popup: ChangesPopup) -> None:
    assert popup.parentWidget().rect().contains(popup.geometry())


def test_that_the_changes_of_a_are_told_against_the_first_start(popup: ChangesPopup) -> None:
    popup.parentWidget().question.turn_to(0)
    assert popup.texts() == ["IPU compute gain 1.30 ×"]
    assert popup.rows.findChildren(QLabel)[0].text() == "Changes against the first start"
    popup.parentWidget().question.show(FIRST_START)
    assert not popup.isVisible()
