import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QSlider
from pytestqt.qtbot import QtBot

from ipuwhatif.analysis import world
from ipuwhatif.gui import app
from ipuwhatif.gui.preferences import Preferences, keep_preferences, load_preferences
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.units import InputError
from tests.gui.conftest import settle

ROOT = Path(__file__).resolve().parents[2]


def test_that_this_qt_does_not_lose_references_of_none(qtbot: QtBot) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    before = sys.getrefcount(None)
    for value in range(1000):
        slider.setValue(value % 100)
    assert abs(sys.getrefcount(None) - before) < 500


def test_that_a_smoke_run_prints_the_first_projection_and_ends_well() -> None:
    code = "import sys; from ipuwhatif.gui.app import run; sys.exit(run(smoke=True))"
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


def test_that_the_shell_is_imported_without_model_canvas_or_numbers() -> None:
    code = "import sys, ipuwhatif.gui.app; print([name for name in ('numpy', 'pyqtgraph') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout.strip() == "[]"


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


def test_that_a_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "file"))
    assert app.write_log("text") is None


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


def test_that_language_and_theme_are_as_they_were_chosen_the_last_time(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "data_folder", lambda: tmp_path)
    hook = sys.excepthook
    keep_preferences(tmp_path, Preferences("zh_CN", "projector"))
    window = app._window(qapp, None)
    monkeypatch.setattr(sys, "excepthook", hook)
    window.show()
    window.load()
    settle()
    assert window.theme_name == "projector" and window.workspace.tabs.tabText(0) == "对比"
    window.set_theme("light")
    window.set_language("en")
    settle()
    assert load_preferences(tmp_path) == Preferences("en", "light")
    window.close()
    window.deleteLater()
    settle()
