"""Ctrl+C in the terminal of a window that nobody touches."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.files import documents
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.start.interrupts import Interrupts
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle
from tests.gui.scripted import MOVED, Scripted

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals as POSIX does")

#: Tells when the last event has gone: from there on only a signal can wake it.
IDLE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from ipuwhatif.gui.start import app
application = app.make_application()
def edit():
    (window,) = [each for each in application.topLevelWidgets() if hasattr(each, "levers") and each.isVisible()]
    if window.levers is None or window.documents is None:
        QTimer.singleShot(50, edit)
        return
    window.levers.rows["compute_gain"].moved.emit(1.3)
    {then}
    QTimer.singleShot(300, lambda: print(app.data_folder(), flush=True))
QTimer.singleShot(50, edit)
sys.exit(app.run())
"""


@pytest.mark.parametrize(
    ("number", "then"),
    [
        (signal.SIGINT, ""),
        (signal.SIGTERM, ""),
        (signal.SIGINT, 'QTimer.singleShot(0, lambda: QMessageBox.question(window, "", "?"))'),
    ],
)
def test_that_a_signal_ends_an_idle_window_and_keeps_what_is_unsaved(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, then: str
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", IDLE.format(then=then)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            folder = Path(program.stdout.readline().strip())
            program.send_signal(number)
            _, told = program.communicate(timeout=120)
        finally:
            program.kill()
    assert program.returncode == 128 + number and "Traceback" not in told
    scripted = Scripted(Decision.RESTORE)
    monkeypatch.setattr(documents, "FileDialogs", lambda _window: scripted)
    window = MainWindow(folder=folder)
    window.show()
    window.load()
    settle()
    assert scripted.asked[0].startswith("restore Untitled ")
    assert window.question.scenario == MOVED
    scripted.answers = [Decision.DISCARD]
    window.close()
    window.deleteLater()
    settle()


def test_that_a_signal_is_heard_by_the_event_loop_and_a_second_one_breaks_off(qapp, qtbot: QtBot) -> None:
    heard: list[int] = []
    owner = QObject()
    before = signal.getsignal(signal.SIGINT)
    interrupts = Interrupts(heard.append, owner)
    try:
        signal.raise_signal(signal.SIGINT)
        assert heard == [], "in the middle of what runs"
        qtbot.waitUntil(lambda: bool(heard))
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        interrupts.close()
    assert heard == [signal.SIGINT] and signal.getsignal(signal.SIGINT) is before
