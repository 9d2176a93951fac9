"""The real dialogs, answered by a click or a key as soon as they stand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.files.file_dialogs import Decision, FileDialogs

KINDS = "Scenarios (*.ipuwhatif);;Exported files (*.png *.svg *.pdf *.html *.pptx *.xlsx);;Networks (*.json *.onnx)"


@pytest.fixture
def asking(qtbot: QtBot) -> FileDialogs:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return FileDialogs(window)


def as_soon_as_it_stands(act: Callable[[QMessageBox], object]) -> list[str]:
    """Act on the dialog that is about to open; its text is told. It never stays open."""
    told: list[str] = []

    def now() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        QTimer.singleShot(0, box, box.reject)  # after the act: a test must not wait for ever
        told.append(box.text())
        assert box.textFormat() == Qt.TextFormat.PlainText
        act(box)

    QTimer.singleShot(0, now)
    return told


def click(label: str) -> Callable[[QMessageBox], object]:
    return lambda box: next(each for each in box.buttons() if each.text().replace("&", "") == label).click()


def press(key: Qt.Key) -> Callable[[QMessageBox], object]:
    return lambda box: QTest.keyClick(box, key)


@pytest.mark.parametrize(
    ("act", "answer"),
    [
        (click("Save"), Decision.SAVE),
        (click("Discard"), Decision.DISCARD),
        (click("Cancel"), Decision.CANCEL),
        (press(Qt.Key.Key_Return), Decision.SAVE),
        (press(Qt.Key.Key_Escape), Decision.CANCEL),
    ],
)
def test_that_leaving_asks_to_save_and_esc_stays(asking: FileDialogs, act: Callable, answer: Decision) -> None:
    told = as_soon_as_it_stands(act)
    assert asking.leave("<b>plan</b>", "'fast' is not understood.") is answer
    assert told == ["Save the changes to <b>plan</b>?\n\n'fast' is not understood."]


@pytest.mark.parametrize(
    ("act", "answer"),
    [
        (click("Restore"), Decision.RESTORE),
        (click("Discard"), Decision.DISCARD),
        (click("Later"), Decision.LATER),
        (press(Qt.Key.Key_Return), Decision.RESTORE),
        (press(Qt.Key.Key_Escape), Decision.LATER),
    ],
)
def test_that_restoring_says_what_and_of_when(asking: FileDialogs, act: Callable, answer: Decision) -> None:
    told = as_soon_as_it_stands(act)
    assert asking.restore("plan", "2026-11-02 14:33") is answer
    assert told == ["There are unsaved changes to plan from 2026-11-02 14:33."]


def test_that_replacing_takes_a_yes(asking: FileDialogs) -> None:
    for act, answer in ((click("Replace"), True), (click("Cancel"), False), (press(Qt.Key.Key_Escape), False)):
        told = as_soon_as_it_stands(act)
        assert asking.replace("plan exists. Replace it?") is answer
        assert told == ["plan exists. Replace it?"]


def test_that_files_are_asked_for_in_their_folder(
    asking: FileDialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def open_name(_parent: QWidget, title: str, folder: str, kinds: str) -> tuple[str, str]:
        seen.append((title, folder, kinds))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", open_name)
    assert asking.path_to_open(tmp_path) is None
    assert seen == [("Open scenario", str(tmp_path), KINDS)]


@pytest.mark.parametrize("accepted", [True, False])
def test_that_a_saved_name_gets_its_ending(
    asking: FileDialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accepted: bool
) -> None:
    def answer(dialog: QFileDialog) -> int:
        assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
        assert dialog.selectedFiles() == [str(tmp_path / "plan.ipuwhatif")]
        dialog.selectFile("other")
        return int(accepted)

    monkeypatch.setattr(QFileDialog, "exec", answer)
    path = asking.path_to_save(tmp_path / "plan.ipuwhatif")
    assert path == (tmp_path / "other.ipuwhatif" if accepted else None)
