from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.scenarios.scenario_bar import ScenarioBar
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.scenario.files.document import MOST_SCENARIOS, Document
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import settle
from tests.gui.hosts import Host
from tests.gui.scripted import LEVERS, MOVED

TWO = Document((FIRST_START, MOVED), ("", "faster <b>links</b> & more"))


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> Iterator[ScenarioBar]:
    """The bar in the corner of a menu bar, where a document of two scenarios is open."""
    apply_theme(qapp, LIGHT)
    host = Host(TWO)
    qtbot.addWidget(host)
    bar = ScenarioBar(host.question, host.world.catalog, LEVERS, host)
    host.menuBar().setCornerWidget(bar, Qt.Corner.TopRightCorner)
    host.show()
    host.activateWindow()
    settle()
    yield bar


def question_of(bar: ScenarioBar) -> Question:
    """What the window asks."""
    return bar.window().question


def document_of(bar: ScenarioBar) -> Document:
    return question_of(bar).document


def lasting(bar: ScenarioBar) -> None:
    """Whatever was done, the bar stands in the window, to its right, in full."""
    settle()
    menu_bar = bar.parentWidget()
    assert bar.height() <= 34 and bar.geometry().right() <= menu_bar.width()
    assert bar.width() >= bar.layout().minimumSize().width()
    for button in bar.buttons:
        assert button.width() >= button.sizeHint().width()


def test_that_there_is_a_button_for_each_scenario_and_the_active_one_is_checked(bar: ScenarioBar) -> None:
    assert bar.buttons[0].text() == "A"
    assert bar.buttons[1].text().startswith("B  faster <b>")
    assert [button.isChecked() for button in bar.buttons] == [True, False]
    bar.buttons[1].click()
    assert document_of(bar).active == 1
    assert [button.isChecked() for button in bar.buttons] == [False, True]
    question_of(bar).turn_to(0)
    assert [button.isChecked() for button in bar.buttons] == [True, False]
    lasting(bar)


def test_that_plus_copies_the_active_scenario_as_a_step_that_can_be_undone(bar: ScenarioBar) -> None:
    bar.plus.click()
    assert document_of(bar).scenarios == (FIRST_START, MOVED, FIRST_START) and document_of(bar).active == 2
    assert len(bar.buttons) == 3 and bar.buttons[2].isVisible()
    assert question_of(bar).undo_stack.undoText() == "Add scenario C"
    lasting(bar)
    question_of(bar).undo_stack.undo()
    assert len(bar.buttons) == 2 and document_of(bar) == TWO
    lasting(bar)


def test_that_a_full_document_takes_no_more_and_says_so(bar: ScenarioBar) -> None:
    for _ in range(MOST_SCENARIOS - 2):
        assert bar.plus.isEnabled()
        bar.plus.click()
    assert not bar.plus.isEnabled() and str(MOST_SCENARIOS) in bar.plus.toolTip()
    lasting(bar)


def test_that_a_tool_tip_tells_the_changes_and_no_title_is_taken_for_markup(bar: ScenarioBar) -> None:
    assert "Changes against the first start:<br>none" in bar.buttons[0].toolTip()
    assert "Changes against A:<br>IPU compute gain 1.30 ×" in bar.buttons[1].toolTip()
    assert "faster &lt;b&gt;links&lt;/b&gt; &amp; more" in bar.buttons[1].toolTip()


def test_that_the_number_of_changes_is_of_the_active_scenario(bar: ScenarioBar) -> None:
    assert not bar.changes.isVisible()
    question_of(bar).turn_to(1)
    settle()
    assert bar.changes.isVisible() and bar.changes.text() == "1 change"
    question_of(bar).show(MOVED.with_lever("gpu.clock", 1.1))
    assert bar.changes.text() == "2 changes"
    lasting(bar)


def test_that_a_title_is_typed_in_place_and_escape_leaves_it(bar: ScenarioBar) -> None:
    QTest.mouseDClick(bar.buttons[0], Qt.MouseButton.LeftButton)
    assert bar.field.isVisible()
    QTest.keyClicks(bar.field, "as it is")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.field.isVisible() and document_of(bar) == TWO
    bar.rename(0)
    QTest.keyClicks(bar.field, "as it is")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert not bar.field.isVisible() and document_of(bar).titles[0] == "as it is"
    assert question_of(bar).undo_stack.undoText() == "Rename scenario A"
    assert bar.buttons[0].text() == "A  as it is"
    bar.rename(0)
    assert bar.field.text() == "as it is"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.field.isVisible() and question_of(bar).undo_stack.count() == 1
    lasting(bar)


def test_that_a_title_that_cannot_be_stays_in_its_field_with_the_reason(bar: ScenarioBar) -> None:
    bar.rename(0)
    bar.field.setText("a\u0007b")
    bar.field.setModified(True)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.field.isVisible() and bar.field.property("faulty") and "is no title" in bar.field.toolTip()
    bar.field.setText("ab")
    bar.field.setModified(True)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert document_of(bar).titles[0] == "ab" and not bar.field.property("faulty")


def test_that_arrow_keys_turn_and_delete_removes(bar: ScenarioBar) -> None:
    bar.buttons[0].setFocus()
    QTest.keyClick(bar.buttons[0], Qt.Key.Key_Right)
    assert document_of(bar).active == 1 and bar.buttons[1].hasFocus()
    QTest.keyClick(bar.buttons[1], Qt.Key.Key_Delete)
    assert document_of(bar).scenarios == (FIRST_START,) and bar.buttons[0].hasFocus()
    QTest.keyClick(bar.buttons[0], Qt.Key.Key_Delete)
    assert len(bar.buttons) == 1
    assert question_of(bar).undo_stack.undoText() == "Remove scenario B: faster <b>links</b> & more"


def test_that_the_menu_of_a_scenario_does_to_it_what_it_says(bar: ScenarioBar) -> None:
    asked = []
    bar.compare_asked.connect(lambda *places: asked.append(places))
    question_of(bar).turn_to(0)
    actions = {action.text(): action for action in bar.menu_for(1).actions()}
    assert list(actions) == ["Rename…", "Duplicate", "Remove", "", "Compare with"]
    actions["Compare with"].menu().actions()[0].trigger()
    assert asked == [(0, 1)]
    actions["Duplicate"].trigger()
    assert document_of(bar).scenarios[2] == MOVED and document_of(bar).titles[2] == TWO.titles[1]
    actions["Remove"].trigger()
    assert len(bar.buttons) == 2
    actions["Rename…"].trigger()
    assert bar.field.isVisible() and bar.field.text() == TWO.titles[1]


def test_that_a_narrow_window_leaves_letters_and_a_wide_one_shows_titles(bar: ScenarioBar) -> None:
    host = bar.window()
    wide = bar.buttons[1].text()
    host.resize(640, 480)
    lasting(bar)
    assert bar.buttons[1].text() == "B"
    host.resize(1200, 640)
    lasting(bar)
    assert bar.buttons[1].text() == wide


def test_that_a_drag_moves_the_number_of_changes_alone_until_it_ends(bar: ScenarioBar) -> None:
    question_of(bar).begin_gesture(dragging=True)
    question_of(bar).show(MOVED)
    assert bar.changes.text() == "1 change" and "none" in bar.buttons[0].toolTip()
    question_of(bar).end_gesture()
    assert "IPU compute gain 1.30 ×" in bar.buttons[0].toolTip()


def test_that_a_rename_ends_with_its_scenario(bar: ScenarioBar) -> None:
    bar.rename(1)
    question_of(bar).begin_anew(Document((FIRST_START,)))
    assert not bar.field.isVisible() and len(bar.buttons) == 1
    assert bar.controls() == [bar.buttons[0], bar.plus, bar.pair, bar.changes]


def test_that_a_menu_opens_where_a_scenario_is_asked_for_it(bar: ScenarioBar, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(bar, "open_menu", lambda place, point: opened.append(place))
    bar.buttons[1].customContextMenuRequested.emit(QPoint(2, 2))
    assert opened == [1]
