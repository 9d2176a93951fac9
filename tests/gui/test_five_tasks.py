"""What people come for, in as few clicks and typed values as it takes; by mouse, and by keyboard alone.

Money for five systems has its own tests beside the table of prices.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import figure_of, settle

LEFT, CONTROL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Hand:
    """Clicks and types as a user does, and counts: a click is one, a typed value is one."""

    def __init__(self) -> None:
        self.steps = 0

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        self.steps += 1
        QTest.mouseClick(widget, LEFT, pos=place or widget.rect().center())
        settle()

    def type(self, field: QWidget, text: str) -> None:
        """Over what stands in a field that has the keyboard."""
        self.steps += 1
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        settle()


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window, key, modifiers)
    settle()


def lever_field(window: MainWindow) -> QWidget:
    return window.side.levers.rows["compute_gain"].field


def test_that_the_comparison_of_the_article_takes_one_click(window: MainWindow) -> None:
    hand = Hand()
    assert "IPU-POD16 (16 IPUs) 28.33 min · DGX A100 (8 GPUs) 29.15 min" in figure_of(window).headline.text
    hand.click(window.workspace.headline.bert_link)
    assert "IPU-POD16 takes 1.63 × as long as DGX A100" in figure_of(window).headline.text
    assert hand.steps <= 2


def test_that_where_a_number_comes_from_takes_one_click(window: MainWindow) -> None:
    hand, table = Hand(), window.workspace.table
    hand.click(table.viewport(), table.visualRect(table.model().index(0, 2)).center())
    assert window.drawer.isVisible() and "Formula" in window.drawer.body.toPlainText()
    assert hand.steps == 1


def test_that_one_minute_takes_one_click(window: MainWindow) -> None:
    hand = Hand()
    hand.click(window.workspace.headline.minute_link)
    assert figure_of(window).headline.text.startswith("1 min is out of reach of IPU-POD: ")
    assert hand.steps == 1


def test_that_a_against_b_takes_two_clicks_and_a_value(window: MainWindow) -> None:
    hand, bar = Hand(), window.scenario_bar
    assert bar is not None
    hand.click(bar.plus)
    field = lever_field(window)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hand.type(field, "1.3")
    hand.click(bar.pair)
    assert "B · IPU-POD16 (16 IPUs) takes about 18 % less time than A" in figure_of(window).headline.text
    assert hand.steps == 3


def test_that_the_keyboard_alone_does_each_of_them(window: MainWindow) -> None:
    table = window.workspace.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Return)  # the number of the row that is looked at
    settle()
    assert window.drawer.isVisible()
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_T, CONTROL)
    for words in ("compute gain 1.3", "bert"):
        press(window, Qt.Key.Key_K, CONTROL)
        finder = window.finder
        assert finder is not None
        QTest.keyClicks(finder.line, words)
        QTest.keyClick(finder.line, Qt.Key.Key_Return)
        settle()
        if words != "bert":
            press(window, Qt.Key.Key_B, CONTROL | SHIFT)
            assert "B · IPU-POD16 (16 IPUs) takes about 18 % less time" in figure_of(window).headline.text
            press(window, Qt.Key.Key_B, CONTROL | SHIFT)
    assert window.question.scenario.workload == "bert-large"
    press(window, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(window.finder.line, "1 min")
    QTest.keyClick(window.finder.line, Qt.Key.Key_Return)
    settle()
    assert figure_of(window).headline.text.startswith("1 min ")
