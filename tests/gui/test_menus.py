from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox

from ipuwhatif.charts.palette import theme
from ipuwhatif.gui.answering.question import QUESTIONS, question_names
from ipuwhatif.gui.keys_dialog import keys_of, menu_actions, plain_text
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import figure_of, settle


def dialogs(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_that_copying_puts_the_picture_and_its_footnotes_on_the_clipboard(window: MainWindow) -> None:
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage() and data.hasText()
    chart = figure_of(window).chart
    assert data.imageData().width() == 2 * chart.width
    assert "MLPerf® Training v1.1" in data.text()


def test_that_a_table_is_copied_as_cells_and_as_a_table(window: MainWindow) -> None:
    window.menus.exports.copy_table.trigger()
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\n")
    assert lines[0].split("\t")[0] == "System" and len(lines) == 1 + len(figure_of(window).table.rows)
    assert "28.33" in lines[1].split("\t") and "<td>28.33</td>" in data.html()


def test_that_the_theme_switches_everywhere_and_back(window: MainWindow, qapp: QApplication) -> None:
    for _ in range(2):  # the first switch lays text out that later ones find again, to the last shade of a pixel
        QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        settle()
    light = window.grab().toImage()
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.menus.dark.isChecked()
    dark = window.grab().toImage()
    assert window.canvas is not None
    inside = window.canvas.mapTo(window, window.canvas.rect().topRight()) - window.rect().topLeft()
    assert dark.pixelColor(inside.x() - 4, inside.y() + 4).name() == theme("dark").background
    assert dark.pixelColor(4, window.height() - 4).name() == theme("dark").surface
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.grab().toImage() == light


def test_that_about_is_plain_text_in_one_dialog(window: MainWindow) -> None:
    action = next(each for each in window.menus.children() if getattr(each, "text", str)() == "About IPU What-If")
    action.trigger()
    (box,) = dialogs(window)
    assert "MLPerf®" in box.text() and box.textFormat() == Qt.TextFormat.PlainText
    box.close()


def test_that_every_tab_has_its_line_in_the_view_menu(window: MainWindow) -> None:
    lines = [plain_text(action.text()) for menu, action in menu_actions(window.menuBar()) if menu == "View"]
    assert lines[: len(QUESTIONS)] == list(question_names())
    last = next(action for _, action in menu_actions(window.menuBar()) if action.text() == question_names()[-1])
    last.trigger()
    assert window.workspace.tabs.currentIndex() == len(QUESTIONS) - 1


def test_that_no_key_means_two_things(window: MainWindow) -> None:
    keys = [key.toString() for _, action in menu_actions(window.menuBar()) for key in action.shortcuts()]
    assert sorted(set(keys)) == sorted(keys)
    assert {"Ctrl+K", "Ctrl+Tab", "Alt+1", "F2", "Ctrl+/"} <= set(keys)


def test_that_both_keys_ask_for_the_palette(window: MainWindow) -> None:
    asked = []
    window.menus.find_asked.connect(lambda: asked.append(1))
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_P, both)
    assert len(asked) == 2


def test_that_undo_names_what_was_done_to_the_scenarios(window: MainWindow) -> None:
    window.menus.scenarios.add.trigger()
    assert window.menus.undo.text() == "Undo Add scenario B"
    window.menus.undo.trigger()
    assert window.menus.redo.text() == "Redo Add scenario B"
    assert len(window.question.document.scenarios) == 1


def test_that_help_lists_every_key_of_the_menus(window: MainWindow) -> None:
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    dialog = next(box for box in window.findChildren(QDialog) if box.isVisible())
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    for rows in keys_of(window.menuBar()).values():
        assert {text for row in rows for text in row} <= texts
    assert "Ctrl+Shift+Z, Ctrl+Y" in texts
    dialog.reject()
