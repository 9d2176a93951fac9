"""Two thousand clicks, drags and keys at random over the whole window: nothing breaks and nothing piles up.

Faults in slots and Qt's own warnings fail the test, as in every test of a window.
"""

import gc
import random
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QMenu, QWidget

from ipuwhatif.charts.palette import THEMES
from ipuwhatif.gui.answering.question import COMPARE, QUESTIONS
from ipuwhatif.gui.answering.view_options import VIEWS
from ipuwhatif.gui.free_memory import give_back
from ipuwhatif.gui.theme import LIGHT
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle

EVENTS, WARM_UP = 2000, 500
MOST_GROWTH_MIB = 30.0  # of a process that has shown every page once
KEYS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
)
TYPED = ("1.3", "1 min", "64", "2,000", "x", "-1", "1e999", "<b>", "ipu", "9" * 30, "350 epochs", "3.9 k samples/s")
CONTROL_KEYS = "123456zykdr"  # tabs, undo and redo, find anything, themes, official results


class Monkey:
    """A hand that clicks, drags and types wherever there is something."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window, self.dice = window, random.Random(seed)

    def act(self) -> None:
        """One click, drag or key on something that shows; then pop-ups and dialogs are closed as a user would."""
        acts = (self._click, self._click, self._click, self._drag, self._key, self._type, self._control, self._turn)
        self.dice.choice(acts)()
        QApplication.processEvents()
        self._close_what_opened()

    def _widgets(self, kind: type[QWidget] = QWidget) -> list[QWidget]:
        return [
            each
            for each in self.window.findChildren(kind)
            if each.isVisible() and each.isEnabled() and not each.visibleRegion().isEmpty()
        ]

    def _place(self, widget: QWidget) -> QPoint:
        area = widget.visibleRegion().boundingRect()
        return QPoint(
            self.dice.randint(area.left(), max(area.left(), area.right())),
            self.dice.randint(area.top(), max(area.top(), area.bottom())),
        )

    def _any(self, kind: type[QWidget] = QWidget) -> QWidget | None:
        widgets = self._widgets(kind)
        return self.dice.choice(widgets) if widgets else None

    def _click(self) -> None:
        widget = self._any(self.dice.choice((QWidget, QAbstractButton, QComboBox)))
        if widget is not None:
            button = self.dice.choice((Qt.MouseButton.LeftButton,) * 4 + (Qt.MouseButton.RightButton,))
            QTest.mouseClick(widget, button, Qt.KeyboardModifier.NoModifier, self._place(widget))

    def _drag(self) -> None:
        widget = self._any()
        if widget is None:
            return
        start = self._place(widget)
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        end = start
        for _ in range(3):
            end += QPoint(self.dice.randint(-60, 60), self.dice.randint(-25, 25))
            QTest.mouseMove(widget, end)
            QApplication.processEvents()
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)

    def _key(self) -> None:
        shift = self.dice.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier))
        QTest.keyClick(self._focus(), self.dice.choice(KEYS), shift)

    def _type(self) -> None:
        field = self._any(QLineEdit)
        if field is not None:
            field.setFocus()
            field.selectAll()  # type: ignore[attr-defined]
            QTest.keyClicks(field, self.dice.choice(TYPED))
            QTest.keyClick(field, self.dice.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))

    def _control(self) -> None:
        key = Qt.Key(ord(self.dice.choice(CONTROL_KEYS).upper()))
        QTest.keyClick(self._focus(), key, Qt.KeyboardModifier.ControlModifier)

    def _turn(self) -> None:
        self.window.turn_to(self.dice.choice(QUESTIONS))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _close_what_opened(self) -> None:
        for _ in range(8):
            opened = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if opened is None or opened is self.window:
                return
            if isinstance(opened, QMenu) and self.dice.random() < 0.3:  # some entries are chosen
                QTest.keyClick(opened, Qt.Key.Key_Down)
                QTest.keyClick(opened, Qt.Key.Key_Return)
            elif isinstance(opened, QDialog):
                opened.reject()
            else:
                opened.close()
            QApplication.processEvents()


def memory_mib() -> float:
    """Resident memory of this process, without what is free and was only not given back yet."""
    gc.collect()
    give_back()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def show_every_page(window: MainWindow) -> None:
    """Every view in every theme, so that what is loaded and kept once is there, whatever ran before."""
    for theme in (*THEMES, LIGHT):
        window.set_theme(theme)
        for question in QUESTIONS:
            window.turn_to(question)
            for view in VIEWS.get(question, (question,)):
                window.workspace.tools.turn_to(view)
                settle()
    window.turn_to(COMPARE)
    settle()


def test_that_two_thousand_clicks_drags_and_keys_break_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    monkeypatch.setattr(window, "close", lambda: True)  # Ctrl+Q and the like would end the test early
    monkey = Monkey(window, seed=20211230)
    show_every_page(window)
    for _ in range(WARM_UP):
        monkey.act()
    settle()
    before = memory_mib()
    for _ in range(EVENTS - WARM_UP):
        monkey.act()
    settle()
    grown = memory_mib() - before
    assert grown < MOST_GROWTH_MIB, f"{grown:.0f} MiB more than after {WARM_UP} events"
    for question in QUESTIONS:
        window.turn_to(question)
        settle()
        assert (
            window.workspace.figure is not None or window.workspace.message.text() or window.workspace.page.isVisible()
        )
    monkeypatch.undo()
