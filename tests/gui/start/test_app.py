import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QSlider
from pytestqt.qtbot import QtBot

from ipuwhatif.analysis import world
from ipuwhatif.gui.start import app, fault_log, languages
from ipuwhatif.gui.start.preferences import Preferences, keep_preferences, load_preferences
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.units import InputError
from tests.gui.conftest import settle

ROOT = Path(__file__).resolve().parents[3]


def test_that_this_qt_does_not_lose_references_of_none(qtbot: QtBot) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    before = sys.getrefcount(None)
    for value in range(1000):
        slider.setValue(value % 100)
    assert abs(sys.getrefcount(None) - before) < 500


def test_that_a_smoke_run_prints_the_first_projection_and_ends_well() -> None:
    code = "import sys; from ipuwhatif.gui.start.app import run; sys.exit(run(smoke=True))"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.strip().splitlines()
    assert line.startswith("IPU-POD16 (16 IPUs)") and "min" in line
    assert float(line.split()[3]) == pytest.approx(28.33, rel=0.05)


def test_that_a_fault_in_a_slot_shows_one_dialog_and_is_logged(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "logs"))
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.load()
    hook = app.fault_hook(window)
    for _ in range(3):
        fault = RuntimeError("<b>broken</b>")
        hook(RuntimeError, fault, None)
    settle()
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert "<b>broken</b>" in box.text() and box.textFormat() == Qt.TextFormat.PlainText
    assert (tmp_path / "logs" / "faults.log").read_text(encoding="utf-8").count("RuntimeError") == 3
    assert "RuntimeError" in capsys.readouterr().err
    assert window.isVisible()
    box.close()


class Gone:
    """A stream whose reader has gone."""

    def write(self, text: str) -> None:
        raise BrokenPipeError


@pytest.mark.parametrize("stream", [None, Gone()], ids=["closed", "gone"])
def test_that_a_fault_is_shown_and_logged_where_nobody_reads_the_standard_error(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: object
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "logs"))
    hook = app.fault_hook(window)
    monkeypatch.setattr(sys, "stderr", stream)
    hook(RuntimeError, RuntimeError("broken " + "x" * 100_000), None)
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert "broken" in box.text() and len(box.text()) < 3_000
    assert "RuntimeError" in (tmp_path / "logs" / "faults.log").read_text(encoding="utf-8")
    box.close()


def test_that_a_fault_after_the_end_is_logged_and_shown_over_no_window(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "logs"))
    window = MainWindow()
    hook = app.fault_hook(window)
    window.close()
    hook(RuntimeError, RuntimeError("late"), None)
    assert window.findChildren(QMessageBox) == []
    window.deleteLater()
    settle()
    hook(RuntimeError, RuntimeError("later"), None)
    hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (tmp_path / "logs" / "faults.log").read_text(encoding="utf-8").count("RuntimeError: late") == 2
    assert "RuntimeError: later" in capsys.readouterr().err


def test_that_a_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "file"))
    assert fault_log.write_log("text") is None


def test_that_a_broken_resource_is_told_in_the_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise InputError("catalog/chips.json, line 3: broken JSON")

    monkeypatch.setattr(world, "load_world", broken)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.load()
    settle()
    assert "chips.json" in window.workspace.message.text()
    assert not window.findChildren(QMessageBox)


def test_that_a_window_opens_in_english_and_says_so_where_the_chosen_language_cannot_be_read(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(languages, "resource", lambda *_: tmp_path / "no catalogs")
    keep_preferences(tmp_path, Preferences("zh_CN", "light"))
    before, seen, told = set(qapp.topLevelWidgets()), [], []

    def look() -> None:
        opened = [each for each in set(qapp.topLevelWidgets()) - before if isinstance(each, MainWindow)]
        boxes = [box for each in opened for box in each.findChildren(QMessageBox) if box.isVisible()]
        if not boxes:
            QTimer.singleShot(10, look)
            return
        seen.extend((opened[0].workspace.tabs.tabText(0), *(box.text() for box in boxes)))
        boxes[0].close()
        opened[0].close()
        QTimer.singleShot(0, qapp.quit)  # a window that another test has left open would keep the program going

    QTimer.singleShot(0, look)
    assert app.run(tell=told.append) == 0
    settle()
    line = "the texts in 简体中文 cannot be read, install the program anew; it goes on in English"
    assert (seen, told) == (["Compare", line], [line])
    assert load_preferences(tmp_path).language == "zh_CN", "for the day when it can be read again"


def test_that_a_language_that_cannot_be_read_is_told_and_not_kept(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "resource", lambda *_: tmp_path)
    chosen: list[tuple[str, str]] = []
    window.preferred.connect(lambda *choice: chosen.append(choice))
    window.set_language("zh_CN")
    settle()
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert "简体中文" in box.text() and window.workspace.tabs.tabText(0) == "Compare" and chosen == []
    box.close()


def test_that_language_and_theme_are_as_they_were_chosen_the_last_time(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # whatever the app puts there goes again
    keep_preferences(tmp_path, Preferences("zh_CN", "projector"))
    before, seen = set(qapp.topLevelWidgets()), []

    def choose() -> None:
        opened = [each for each in set(qapp.topLevelWidgets()) - before if isinstance(each, MainWindow)]
        if not opened or not opened[0].isVisible():
            QTimer.singleShot(10, choose)
            return
        (window,) = opened
        try:
            window.load()
            settle()
            seen.extend((window.theme_name, window.workspace.tabs.tabText(0)))
            window.set_theme("light")
            window.set_language("en")
            settle()
        finally:
            window.close()

    QTimer.singleShot(0, choose)
    assert app.run() == 0
    settle()
    assert seen == ["projector", "对比"]
    assert load_preferences(tmp_path) == Preferences("en", "light")
