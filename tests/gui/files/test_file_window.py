"""Files in real windows, and what a kill leaves of them."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from ipuwhatif.gui.files import documents
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.files.recent import add_recent
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, projected, settle
from tests.gui.scripted import MOVED, Scripted, saved_bytes
from tests.scenario.contents import scenario_bytes

ROOT = Path(__file__).resolve().parents[3]
CONTROL = Qt.KeyboardModifier.ControlModifier
Opened = Callable[..., MainWindow]


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """A window that keeps files in a folder of the test, over which nobody but the test answers."""
    apply_theme(qapp, LIGHT)
    windows: list[MainWindow] = []

    def start(*answers: object, file: Path | None = None) -> MainWindow:
        monkeypatch.setattr(documents, "FileDialogs", lambda _window: Scripted(*answers))
        window = MainWindow(folder=tmp_path / "data", file=file)
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        window.load()
        window.load_side()
        settle()
        return window

    yield start
    for window in windows:
        window.documents.asking.answers = [Decision.DISCARD]
        window.close()
        window.deleteLater()
    settle()


def test_that_the_title_names_the_file_and_marks_what_is_unsaved(start: Opened, tmp_path: Path) -> None:
    window = start(tmp_path / "plan [*].ipuwhatif")
    assert (window.windowTitle(), window.isWindowModified()) == ("Untitled[*] – IPU What-If", False)
    row = window.levers.rows["compute_gain"]
    row.slider.setValue(row.slider.maximum())
    assert window.isWindowModified()
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert (window.windowTitle(), window.isWindowModified()) == ("plan [*][*].ipuwhatif[*] – IPU What-If", False)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.isWindowModified()


def test_that_the_usual_keys_save_start_anew_and_open(start: Opened, tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    window = start(path, tmp_path / "copy.ipuwhatif", path)
    field = window.levers.rows["compute_gain"].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1.3")  # no Return
    QTest.keyClick(field, Qt.Key.Key_S, CONTROL)
    assert path.read_bytes() == saved_bytes(MOVED)
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert (tmp_path / "copy.ipuwhatif").read_bytes() == saved_bytes(MOVED)
    settle()
    faster = projected(window)
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    settle()
    assert window.question.scenario == FIRST_START and projected(window) != faster
    assert window.documents.path is None and not window.question.undo_stack.canUndo()
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    settle()
    assert window.question.scenario == MOVED and projected(window) == faster
    assert window.levers.rows["compute_gain"].field.text() == "1.30 ×"


def test_that_a_file_of_the_start_is_shown_at_once(start: Opened, tmp_path: Path) -> None:
    path = tmp_path / "bert.ipuwhatif"
    path.write_bytes(scenario_bytes(MOVED))
    window = start(file=path)
    assert window.question.scenario == MOVED
    assert window.windowTitle() == "bert.ipuwhatif[*] – IPU What-If"
    assert figure_of(window).notices or figure_of(window).footnotes


def test_that_a_faulty_file_of_the_start_is_told_over_the_first_page(start: Opened, tmp_path: Path) -> None:
    window = start(file=tmp_path / "gone.ipuwhatif")
    assert "was it moved or renamed" in window.documents.asking.told[0]
    assert len(projected(window)) == 5


def test_that_closing_asks_and_loses_nothing(start: Opened, tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    window = start(Decision.CANCEL, Decision.SAVE, None, Decision.SAVE, path)
    field = window.levers.rows["compute_gain"].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1.3")
    assert not window.close() and window.isVisible()
    assert window.question.scenario == MOVED
    assert not window.close(), "the choice of a file was cancelled"
    assert window.close() and not window.isVisible()
    assert path.read_bytes() == saved_bytes(MOVED)


@pytest.fixture
def closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that nobody may look into, such as a share that asks for another user."""
    folder, real = tmp_path / "share", Path.stat

    def stat(path: Path, **how: object) -> os.stat_result:
        if path.is_relative_to(folder):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, **how)

    monkeypatch.setattr(Path, "stat", stat)
    return folder


def test_that_a_recent_file_in_a_closed_folder_keeps_nothing_from_being_opened_and_saved(
    start: Opened, tmp_path: Path, closed_folder: Path
) -> None:
    add_recent(tmp_path / "data", closed_folder / "far.ipuwhatif")
    path = tmp_path / "plan.ipuwhatif"
    window = start(path, path, path, Decision.SAVE, path)
    row = window.levers.rows["compute_gain"]
    row.slider.setValue(row.slider.maximum())
    window.menus.files.recent.aboutToShow.emit()
    (far,) = window.menus.files.recent.actions()
    assert "far.ipuwhatif" in far.text() and not far.isEnabled()
    window.menus.files.save_as.trigger()
    assert path.is_file() and not window.documents.unsaved
    add_recent(tmp_path / "data", closed_folder / "far.ipuwhatif")
    window.menus.files.new.trigger()
    window.menus.files.open.trigger()
    assert window.documents.path == path
    add_recent(tmp_path / "data", closed_folder / "far.ipuwhatif")
    window.documents.new()
    window.menus.files.save.trigger()
    assert window.documents.path == path and window.documents.asking.told == []
    window.documents.new()
    add_recent(tmp_path / "data", closed_folder / "far.ipuwhatif")
    row.slider.setValue(row.slider.maximum())
    changed = window.question.scenario
    assert window.close() and path.read_bytes() == saved_bytes(changed)


def test_that_a_fault_while_closing_leaves_the_window_open_with_everything_in_it(
    start: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    row = window.levers.rows["compute_gain"]
    row.slider.setValue(row.slider.maximum())
    changed = window.question.scenario

    def broken(*_: object) -> Decision:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError, match="broken"):
        patched.setattr(window.documents.asking, "leave", broken)
        window.close()
    assert window.isVisible() and not window.closed
    assert window.documents.unsaved and window.question.scenario == changed


def drop(window: QWidget, *urls: QUrl) -> bool:
    """Drag files over the window and let go; whether they were taken."""
    data = QMimeData()
    data.setUrls(list(urls))
    where, copy = QPointF(500, 300), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(where.toPoint(), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        event = QDropEvent(where, copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, event)
    settle()
    return enter.isAccepted()


# the constructor with whole pixels is deprecated from Qt for Python 6.12 on, and the only one before
@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
def test_that_a_scenario_that_is_dropped_on_the_window_opens(start: Opened, tmp_path: Path) -> None:
    path = tmp_path / "plan.IPUWHATIF"
    path.write_bytes(scenario_bytes(MOVED))
    window = start()
    file = QUrl.fromLocalFile(str(path))
    assert drop(window, file)
    assert window.question.scenario == MOVED and window.documents.path == path


@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
def test_that_whatever_else_is_dropped_is_told_with_what_to_do(start: Opened, tmp_path: Path) -> None:
    window, plan = start(), QUrl.fromLocalFile(str(tmp_path / "plan.ipuwhatif"))
    told = window.documents.asking.told
    for name in ("training.log", "runs.csv", "chart.jpg", "folder"):
        assert drop(window, QUrl.fromLocalFile(str(tmp_path / name)))
        assert told.pop().startswith(
            f"'{name}' does not open here. Drop one scenario (*.ipuwhatif), one file that was "
        )
    assert drop(window, plan, plan)
    assert told.pop().startswith("2 files at once. Drop one scenario")
    assert drop(window, QUrl("https://example.org/plan.ipuwhatif"))
    assert "plan.ipuwhatif" in told.pop()
    (tmp_path / "result.json").write_text('{"time": 28.3}', encoding="utf-8")
    assert drop(window, QUrl.fromLocalFile(str(tmp_path / "result.json")))
    assert "no scenario" in told.pop() and told == []
    assert window.question.scenario == FIRST_START
    (tmp_path / "renamed.json").write_bytes(scenario_bytes(MOVED))
    assert drop(window, QUrl.fromLocalFile(str(tmp_path / "renamed.json")))
    assert window.question.scenario == MOVED and told == []


def test_that_a_dropped_file_is_never_moved_away(start: Opened) -> None:
    window, data = start(), QMimeData()
    data.setUrls([QUrl.fromLocalFile("run.log")])
    either, shift = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.KeyboardModifier.ShiftModifier
    event = QDropEvent(QPointF(9, 9), either, data, Qt.MouseButton.LeftButton, shift)
    assert event.proposedAction() == Qt.DropAction.MoveAction
    window.dropEvent(event)
    assert event.isAccepted() and event.dropAction() == Qt.DropAction.CopyAction
    settle()


@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
def test_that_nothing_in_the_window_keeps_a_dropped_file_to_itself(start: Opened) -> None:
    window = start()
    widgets = [window.canvas.viewport(), window.workspace.table.viewport(), window.workspace.notes.footnotes.viewport()]
    widgets += [row.field for row in window.levers.rows.values()] + [window.systems.search, window.systems.chips]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("plan.ipuwhatif")])
    data.setText("plan.ipuwhatif")
    for widget in widgets:
        if widget.acceptDrops():
            event = QDragEnterEvent(
                widget.rect().center(),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
            widget.event(event)
            assert not event.isAccepted(), widget


def test_that_recent_files_are_listed_and_missing_ones_cannot_be_chosen(start: Opened, tmp_path: Path) -> None:
    here, gone = tmp_path / "R&D.ipuwhatif", tmp_path / "gone.ipuwhatif"
    window = start(gone, here)
    menu = window.menus.files
    menu.recent.aboutToShow.emit()
    assert [action.text() for action in menu.recent.actions()] == ["No files yet"]
    window.documents.save()
    window.documents.save_as()
    gone.unlink()
    window.documents.new()
    menu.recent.aboutToShow.emit()
    shown = [(action.text(), action.isEnabled()) for action in menu.recent.actions()]
    assert shown == [("&1  R&&D.ipuwhatif", True), ("&2  gone.ipuwhatif", False)]
    menu.recent.actions()[0].trigger()
    assert window.documents.path == here


def test_that_a_window_without_files_offers_none_and_asks_nothing(window: MainWindow) -> None:
    menu = window.menus.files
    assert not any(action.isEnabled() for action in (menu.new, menu.open, menu.save, menu.save_as))
    assert not menu.recent.menuAction().isEnabled()
    row = window.levers.rows["compute_gain"]
    row.slider.setValue(row.slider.maximum())
    assert window.close()


def test_that_opening_a_document_leaves_no_wrong_text_of_the_one_before(start: Opened, tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    path.write_bytes(scenario_bytes(MOVED))
    window = start(Decision.DISCARD)
    row = window.levers.reveal("clock")
    row.field.setFocus()
    row.field.selectAll()
    QTest.keyClicks(row.field, "fast")
    window.documents.open_path(path)
    settle()
    assert window.documents.asking.asked == [
        "leave Untitled 'fast' in “Clock in ×” is not understood and is no part of it."
    ]
    assert row.field.text() == "1.00 ×" and not row.fault.isVisible()


def test_that_any_job_can_take_the_place_of_any_other(start: Opened, tmp_path: Path) -> None:
    window = start()
    catalog = window.world.catalog
    for name in ("weather", "efficientnet-b4", "weather-emulator", "resnet50"):
        path = tmp_path / f"{name}.ipuwhatif"
        path.write_bytes(scenario_bytes(set_workload(FIRST_START, name, catalog).scenario))
        assert window.documents.open_path(path)
        settle()
        assert window.choices.workload.currentData() == name
        assert not window.documents.unsaved
    assert window.documents.asking.told == []


EDITING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ipuwhatif.gui.start.app import data_folder, make_application
from ipuwhatif.gui.window import MainWindow
application = make_application()
window = MainWindow(folder=data_folder())
def edit():
    window.levers.rows["compute_gain"].moved.emit(1.3)
    print(data_folder(), flush=True)
window.answered.connect(lambda: QTimer.singleShot(0, edit))
window.show()
application.exec()
"""


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_that_a_killed_program_offers_its_unsaved_changes_at_the_next_start(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    program = subprocess.Popen(
        [sys.executable, "-c", EDITING], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        folder = Path(program.stdout.readline().strip())
        journal = folder / "journal"
        until = time.monotonic() + 120
        while not list(journal.glob("*.json")) and time.monotonic() < until:
            time.sleep(0.02)
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
    assert folder == tmp_path / "ipuwhatif"
    scripted = Scripted(Decision.RESTORE)
    monkeypatch.setattr(documents, "FileDialogs", lambda _window: scripted)
    window = MainWindow(folder=folder)
    window.show()
    window.load()
    settle()
    assert scripted.asked[0].startswith("restore Untitled ")
    assert window.question.scenario == MOVED and window.isWindowModified()
    scripted.answers = [Decision.DISCARD]
    window.close()
    window.deleteLater()
    settle()
    assert list(journal.iterdir()) == []


def test_that_a_window_that_is_closed_at_once_loads_and_asks_nothing(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "FileDialogs", lambda _window: Scripted())
    bare, loaded = MainWindow(folder=tmp_path / "data"), MainWindow(folder=tmp_path / "data")
    for window in (bare, loaded):
        window.show()
    loaded.load()
    assert bare.close() and loaded.close()
    settle()
    loaded.load_side()
    assert bare.world is None and bare.controller is None
    assert loaded.levers is None and (loaded.documents, bare.documents) == (None, None)
    for window in (bare, loaded):
        window.deleteLater()
    settle()


def test_that_a_file_that_was_dropped_on_a_window_that_closes_stays_shut(start: Opened, tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    path.write_bytes(scenario_bytes(MOVED))
    window, data = start(), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(500, 300), Qt.DropAction.CopyAction, data, left, none))
    window.close()
    settle()
    assert window.question.scenario == FIRST_START and window.documents.recent == ()


def test_that_real_dialogs_do_not_hold_up_the_first_page(qapp: QApplication, tmp_path: Path) -> None:
    window = MainWindow(folder=tmp_path / "data", file=tmp_path / "gone.ipuwhatif")
    window.show()
    window.load()
    settle()
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert "gone.ipuwhatif" in box.text() and box.textFormat() == Qt.TextFormat.PlainText
    assert len(projected(window)) == 5
    box.close()
    window.close()
    window.deleteLater()
    settle()
