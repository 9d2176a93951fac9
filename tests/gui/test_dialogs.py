"""Boxes with any text fit on a small screen, and nothing of the text is lost."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.dialogs import shortened, show_about, show_fault
from ipuwhatif.gui.files.file_dialogs import Decision, FileDialogs
from tests.gui.conftest import settle

SMALL_SCREEN = (1024, 640)
LONG = {
    "many words": " ".join(f"“key{number}” is unknown;" for number in range(600)),
    "many lines": "\n".join(f"key{number}" for number in range(300)),
    "one word": "/share" * 900 + "/plan.ipuwhatif",
    "Chinese": "键未知，" * 2000,
}


def shown_box(parent: QWidget) -> QMessageBox:
    (box,) = [each for each in parent.findChildren(QMessageBox) if each.isVisible()]
    return box


@pytest.mark.parametrize("kind", LONG)
def test_that_a_fault_of_any_length_fits_on_the_screen_and_can_be_read_whole(qtbot: QtBot, kind: str) -> None:
    parent, text = QWidget(), LONG[kind]
    qtbot.addWidget(parent)
    show_fault(parent, text)
    settle()
    box = shown_box(parent)
    assert box.width() <= SMALL_SCREEN[0] and box.height() <= SMALL_SCREEN[1]
    assert box.detailedText() == text and "…" in box.text()
    assert box.fontMetrics().horizontalAdvance(max(box.text().split(), key=len)) < SMALL_SCREEN[0] or kind == "Chinese"
    box.close()


@pytest.mark.parametrize("kind", LONG)
def test_that_a_question_of_any_length_fits_and_is_answered_by_its_buttons(qtbot: QtBot, kind: str) -> None:
    parent, sizes = QWidget(), []
    qtbot.addWidget(parent)

    def look() -> None:
        box = QApplication.activeModalWidget()
        sizes.append(box.size().toTuple())
        next(each for each in box.buttons() if each.text() == "&Discard").click()

    QTimer.singleShot(0, look)
    assert FileDialogs(parent).leave("plan.ipuwhatif", LONG[kind]) is Decision.DISCARD
    ((width, height),) = sizes
    assert width <= SMALL_SCREEN[0] and height <= SMALL_SCREEN[1]


def test_that_a_short_text_is_shown_as_it_is(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for show in (lambda: show_fault(parent, "Two  words\n\nand a line"), lambda: show_about(parent)):
        show()
        box = shown_box(parent)
        assert box.detailedText() == "" and "…" not in box.text()
        box.close()
        settle()
    assert shortened("Two  words\n\nand a line") == "Two  words\n\nand a line"


def test_that_a_long_path_keeps_its_beginning_and_its_end() -> None:
    short = shortened("The file " + LONG["one word"] + " is gone.")
    assert short.startswith("The file /share/share") and short.endswith("share/plan.ipuwhatif is gone.")
