from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.finder.command_palette import ROWS, CommandPalette
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.scenario.scenario import FIRST_START, MOST_SYSTEMS
from tests.gui.conftest import settle
from tests.gui.hosts import Host


@pytest.fixture
def palette(qtbot: QtBot, qapp: QApplication) -> Iterator[CommandPalette]:
    """Open, over a window in which a field has the keyboard."""
    apply_theme(qapp, LIGHT)
    host = Host()
    qtbot.addWidget(host)
    palette = CommandPalette(host)
    host.field = QLineEdit(host.centralWidget())
    host.show()
    host.activateWindow()
    host.field.setFocus()
    palette.open()
    settle()
    yield palette


def write(palette: CommandPalette, text: str) -> None:
    palette.line.selectAll()
    QTest.keyClicks(palette.line, text)
    settle()


def chosen(palette: CommandPalette) -> str:
    return palette.shown[palette.list.currentIndex().row()].text


def question_of(palette: CommandPalette):
    return palette.parentWidget().question


def test_that_everything_is_offered_and_nothing_chosen_before_a_text_is_typed(palette: CommandPalette) -> None:
    assert palette.line.hasFocus() and len(palette.shown) > 100
    assert palette.parentWidget().rect().contains(palette.geometry())
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible() and question_of(palette).undo_stack.count() == 0


def test_that_return_does_the_best_match_and_gives_the_keyboard_back(palette: CommandPalette) -> None:
    write(palette, "64 bow")
    assert chosen(palette) == "Bow Pod64 (64 IPUs)"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible() and palette.parentWidget().field.hasFocus()
    assert question_of(palette).undo_stack.undoText() == "Add Bow Pod64 (64 IPUs)"


def test_that_a_typed_command_stands_first(palette: CommandPalette) -> None:
    write(palette, "1 min")
    assert chosen(palette) == "Target 1 min"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert question_of(palette).scenario.target_s == 60.0
    assert palette.parentWidget().turned == ["scaling"]


def test_that_arrow_keys_go_round_and_pages_stop(palette: CommandPalette) -> None:
    write(palette, "ipu-pod")
    count = len(palette.shown)
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        QTest.keyClick(palette.line, key)
        rows.append(palette.list.currentIndex().row())
    assert rows == [1, 0, count - 1, 0, 0, min(ROWS - 1, count - 1)]
    palette.open()
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(palette.shown) - 1


def test_that_escape_closes_and_changes_nothing(palette: CommandPalette) -> None:
    write(palette, "bow")
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible() and palette.parentWidget().field.hasFocus()
    assert question_of(palette).scenario == FIRST_START
    palette.open()
    assert palette.line.text() == ""


def test_that_a_click_does_what_is_under_it_and_a_click_beside_closes(palette: CommandPalette) -> None:
    write(palette, "bow pod16")
    where = palette.list.visualRect(palette.list.model().index(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert question_of(palette).undo_stack.undoText() == "Add Bow Pod16 (16 IPUs)"
    palette.open()
    palette.parentWidget().field.setFocus()
    assert not palette.isVisible()


def test_that_a_command_that_cannot_be_is_told_there_and_the_text_stays(palette: CommandPalette) -> None:
    write(palette, "compute gain 9")
    assert palette.shown == () and "the nearest is 2.00 ×" in palette.fault.text()
    assert palette.fault.textFormat() == Qt.TextFormat.PlainText and palette.line.property("faulty")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible() and palette.line.text() == "compute gain 9"
    write(palette, "zzzz")
    assert "Nothing is called 'zzzz'" in palette.fault.text()
    write(palette, "bow")
    assert not palette.fault.isVisible() and not palette.line.property("faulty")


def test_that_what_is_refused_when_it_is_done_comes_back_with_its_text(palette: CommandPalette) -> None:
    for chips in range(1, 1 + MOST_SYSTEMS - len(FIRST_START.systems)):
        write(palette, f"bow-pod:{chips}")
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
        palette.open()
    write(palette, "bow-pod:512")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible() and palette.line.text() == "bow-pod:512"
    assert "untick one first" in palette.fault.text() and palette.fault.isVisible()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert palette.parentWidget().field.hasFocus()


def test_that_a_lever_asks_for_its_field(palette: CommandPalette) -> None:
    write(palette, "ipu compute gain")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.parentWidget().fields == ["compute_gain"] and not palette.isVisible()


@pytest.mark.parametrize("text", ["h300", "mi999", "8 h300", "mb4", "foo bar", "in 8", "x" * 300, "..."])
def test_that_return_does_nothing_where_nothing_is_called_that(palette: CommandPalette, text: str) -> None:
    write(palette, text)
    assert not palette.list.currentIndex().isValid()
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible() and palette.line.text() == text
    assert question_of(palette).undo_stack.count() == 0 and palette.parentWidget().fields == []
    assert palette.parentWidget().rect().contains(palette.geometry())


def test_that_the_nearest_systems_stand_below_the_sentence_to_be_chosen(palette: CommandPalette) -> None:
    write(palette, "h300")
    assert palette.fault.text() == "No chip or system is called 'h300'; the nearest: HGX H200, DGX H100, 8 × H100 PCIe."
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert question_of(palette).undo_stack.undoText() == "Add HGX H200 (8 GPUs)"


@pytest.mark.parametrize("text", ["b200", "b 200", "B200", "dgx-b200", "DGX B 200"])
def test_that_a_chip_is_its_system_and_no_lever_whether_it_is_ticked_or_not(palette: CommandPalette, text: str) -> None:
    for does in ("tick it", "untick it"):
        write(palette, text)
        assert (chosen(palette), palette.shown[0].told) == ("DGX B200 (8 GPUs)", does)
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
        assert question_of(palette).scenario.levers == {}
        palette.open()


def test_that_of_several_levers_none_is_chosen_unasked(palette: CommandPalette) -> None:
    write(palette, "batch 200")
    assert "choose one" in palette.fault.text() and not palette.line.property("faulty")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert question_of(palette).undo_stack.count() == 0
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert question_of(palette).undo_stack.undoText() == "IPU-POD16 (16 IPUs) micro-batch 200 samples"


def test_that_what_cannot_be_chosen_now_says_why(palette: CommandPalette) -> None:
    write(palette, "price of dgx b200")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible() and palette.fault.text() == "DGX B200 (8 GPUs) is not ticked: tick it first."
    assert palette.line.text() == "price of dgx b200"


def test_that_a_row_reads_its_name_what_it_does_and_its_keys(palette: CommandPalette) -> None:
    write(palette, "scaling")
    index = palette.list.model().index(0)
    assert index.data() == "Scaling"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Scaling, view, Ctrl+2"
    palette.grab()  # every row can be painted
