"""Lists to choose from: what opens is dressed as the window is, and is no part of it before."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from ipuwhatif.charts.palette import theme
from ipuwhatif.gui.theme import DARK, LIGHT
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle


def _opened(window: MainWindow) -> QAbstractItemView:
    window.choices.release.showPopup()
    settle()
    return window.choices.release.view()


def test_that_a_list_that_nobody_has_opened_has_no_pop_up_in_the_window(window: MainWindow) -> None:
    assert window.choices.release.findChildren(QAbstractItemView) == []
    assert _opened(window) in window.choices.release.findChildren(QAbstractItemView)


def test_that_an_opened_list_wears_the_theme_of_the_window_and_the_next_one_too(window: MainWindow) -> None:
    window.set_theme(DARK)
    view = _opened(window)
    middle = view.viewport().width() - 4
    assert view.grab().toImage().pixelColor(middle, 4) == QColor(theme(DARK).background)
    window.choices.release.hidePopup()
    window.set_theme(LIGHT)
    assert _opened(window).grab().toImage().pixelColor(middle, 4) == QColor(theme(LIGHT).background)
    window.choices.release.hidePopup()


def test_that_letters_choose_in_a_list_that_has_never_been_opened(window: MainWindow) -> None:
    box = window.choices.workload
    box.setFocus()
    QTest.keyClicks(box, "BERT-L")
    settle()
    assert box.currentText().startswith("BERT-Large")
    assert window.question.scenario.workload == "bert-large"


def test_that_a_pop_up_goes_with_its_list(window: MainWindow, qapp: QApplication) -> None:
    window.set_language("zh_CN")
    settle()
    widgets = len(qapp.allWidgets())
    for code in ("en", "zh_CN"):
        window.set_language(code)
        settle()
    assert len(qapp.allWidgets()) <= widgets


def test_that_a_key_opens_a_list_in_the_window(window: MainWindow) -> None:
    box = window.choices.release
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle()
    assert box.view().isVisible() and box.view().window().parentWidget() is box
    box.hidePopup()
