"""Numbers that have moved since a document was saved: told until the user agrees, and kept until then."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ipuwhatif.export.embedded_document import carried_in
from ipuwhatif.gui.files import documents
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.start.languages import use_language
from ipuwhatif.gui.theme import DARK, LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes, read_content
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.texts import CHINESE, ENGLISH, LANGUAGES, language
from tests.analysis.saved import OTHER_EVIDENCE, OTHER_MODEL, saved_before
from tests.gui.conftest import projected, settle, type_gain
from tests.gui.scripted import CATALOG, LEVERS, MOVED, WORLD, Scripted

CONTROL = Qt.KeyboardModifier.ControlModifier
SAVED = saved_before(WORLD, Document((FIRST_START, MOVED), ("", "faster")), 1.25, OTHER_EVIDENCE, OTHER_MODEL)
Opened = Callable[..., MainWindow]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that another calibration has saved."""
    path = tmp_path / "plan.ipuwhatif"
    path.write_bytes(document_bytes(SAVED))
    return path


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """A window that keeps files in a folder of the test and opens one at the start."""
    apply_theme(qapp, LIGHT)
    windows: list[MainWindow] = []

    def start(file: Path | None, *answers: object) -> MainWindow:
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
    if language() != ENGLISH:
        use_language(ENGLISH)


def held(path: Path) -> Document:
    return read_content(path.read_bytes(), path.name, CATALOG, LEVERS).document


def kill(window: MainWindow) -> None:
    """What the death of a process does to its journal: nothing but that its lock is free."""
    window.documents.keeper.timer.timeout.emit()
    assert window.documents.keeper.journal.leave()


def told(window: MainWindow) -> str:
    """The line over the page; "" where there is none."""
    notice = window.workspace.notice
    return notice.line.text() if notice is not None and notice.isVisible() else ""


def test_that_a_document_of_today_says_nothing(start: Opened, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ipuwhatif"
    window = start(None, other)
    assert window.documents.save()
    assert held(other).kept_at(0).evidence == WORLD.calibration.evidence_hash
    assert window.documents.open_path(other)
    settle()
    assert window.workspace.notice is None and window.question.document.kept == ()


def test_that_what_moved_is_told_saved_with_the_old_numbers_and_agreed_to(start: Opened, path: Path) -> None:
    window = start(path)
    now = projected(window)
    assert told(window).startswith("10 of 10 times have moved since this was saved, most of all ")
    assert told(window).endswith(" (−20.0 %): new evidence and fit.")
    assert not window.isWindowModified()
    notice = window.workspace.notice
    notice.fold.click()
    rows = {row[0].text: [cell.text for cell in row] for row in notice.table.spec.rows}
    assert notice.table.isVisible() and float(rows["A · IPU-POD16 (16 IPUs)"][3]) == now["IPU-POD16 (16 IPUs)"]
    assert float(rows["A · IPU-POD16 (16 IPUs)"][1]) == pytest.approx(1.25 * now["IPU-POD16 (16 IPUs)"], rel=0.005)

    type_gain(window, "1.2", enter=True)  # at work, and not agreed yet
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    settle()
    assert held(path).kept == SAVED.kept and held(path).scenario.levers["ipu.compute_gain"] == 1.2
    assert "A as saved · IPU-POD16 (16 IPUs)" in {row[0].text for row in notice.table.spec.rows}
    assert window.documents.open_path(path)
    settle()
    assert told(window).startswith("10 of 10 times")

    notice.agree.click()
    settle()
    assert told(window) == "" and window.isWindowModified()
    assert window.question.undo_stack.undoText() == "Use the new numbers"
    window.question.undo_stack.undo()
    settle()
    assert told(window).startswith("10 of 10 times") and not window.isWindowModified()
    window.question.undo_stack.redo()
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    settle()
    kept = held(path).kept
    assert [each.evidence for each in kept] == [WORLD.calibration.evidence_hash] * 2
    assert kept[0].scenario == held(path).scenario
    assert window.documents.open_path(path)
    settle()
    assert told(window) == "" and projected(window) != now


def test_that_the_keyboard_unfolds_and_agrees(start: Opened, path: Path) -> None:
    window = start(path)
    window.activateWindow()
    notice = window.workspace.notice
    controls = window.workspace.controls()
    assert controls[:3] == [notice.fold, notice.agree, notice.table]
    assert notice.fold.nextInFocusChain() is notice.agree
    notice.fold.setFocus()
    QTest.keyClick(notice.fold, Qt.Key.Key_Space)
    assert notice.table.isVisible()
    QTest.keyClick(notice.agree, Qt.Key.Key_Space)
    settle()
    assert not notice.isVisible() and window.question.document.kept == ()


def test_that_an_export_before_agreeing_takes_the_old_numbers_along(start: Opened, path: Path, tmp_path, qtbot) -> None:
    window = start(path)
    exported = tmp_path / "chart.svg"
    window.menus.exports.export_to(exported)
    qtbot.waitUntil(exported.exists, timeout=30_000)
    assert carried_in(exported.read_bytes(), ".svg") == document_bytes(SAVED)
    path.unlink()
    assert window.documents.open_path(exported)
    settle()
    assert window.documents.path is None and told(window).startswith("10 of 10 times")


def test_that_another_document_takes_the_line_away_and_so_does_removing_what_moved(start: Opened, path: Path) -> None:
    window = start(path)
    window.documents.new()
    settle()
    assert told(window) == ""
    assert window.documents.open_path(path)
    settle()
    window.menus.scenarios.remove.trigger()
    settle()
    assert told(window).startswith("5 of 5 times")
    window.question.undo_stack.undo()
    settle()
    assert told(window).startswith("10 of 10 times")


@pytest.mark.parametrize("name", [LIGHT, DARK])
def test_that_language_and_theme_keep_it_as_it_was(start: Opened, path: Path, name: str) -> None:
    window = start(path)
    window.workspace.notice.fold.click()
    window.set_theme(name)
    window.set_language(CHINESE)
    settle()
    assert told(window).startswith("自保存以来 10 个时间中有 10 个变动")
    assert window.workspace.notice.table.isVisible()
    assert window.workspace.notice.agree.text() == "采用新数值"
    window.workspace.notice.agree.click()
    settle()
    assert told(window) == ""


def test_that_it_takes_one_line_and_leaves_the_chart_its_room(start: Opened, path: Path) -> None:
    window = start(path)
    notice, chart = window.workspace.notice, window.workspace.chart
    assert notice.height() < 50
    assert chart.height() > 0.43 * window.height()
    notice.fold.click()
    settle()
    assert chart.height() > 0.2 * window.height() and notice.height() < 0.35 * window.height()


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_it_takes_one_line_in_the_smallest_window_too_and_is_whole_unfolded(
    start: Opened, path: Path, code: str
) -> None:
    window = start(path)
    window.set_language(code)
    window.resize(window.minimumSize())
    settle()
    notice = window.workspace.notice
    line, height = notice.line, notice.line.fontMetrics().lineSpacing()
    assert window.size() == window.minimumSize()
    assert line.width() < line.fontMetrics().horizontalAdvance(line.text()), "longer than the room for it"
    assert line.height() < 2 * height and notice.height() <= max(notice.agree.height(), 2 * height) + 12
    notice.fold.click()
    settle()
    assert line.height() >= 2 * height
    assert line.heightForWidth(line.width()) <= line.height()


def test_that_it_stands_over_the_page_of_a_stated_ratio_too(start: Opened, tmp_path: Path) -> None:
    ratio = set_workload(FIRST_START, "insurance", CATALOG).scenario
    path = tmp_path / "two.ipuwhatif"
    saved = saved_before(WORLD, Document((FIRST_START, ratio), ("", ""), 1))
    path.write_bytes(document_bytes(saved))
    window = start(path)
    assert window.workspace.stack.currentWidget() is window.workspace.page
    assert told(window).startswith("5 of 5 times") and saved.kept_at(1) is None


def test_that_a_fault_in_the_answers_keeps_nothing_from_the_disk(
    start: Opened, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ipuwhatif.gui.start.fault_log.write_log", lambda text: log.append(text))
    log: list[str] = []
    window = start(None, tmp_path / "safe.ipuwhatif")

    def fail(*_: object) -> Document:
        raise ZeroDivisionError("a fault of the model")

    monkeypatch.setattr("ipuwhatif.analysis.kept_answers.with_answers", fail)
    assert window.documents.save()
    assert held(tmp_path / "safe.ipuwhatif") == window.question.document
    assert "a fault of the model" in log[0]


def test_that_a_crash_before_agreeing_restores_the_line(start: Opened, path: Path) -> None:
    window = start(path)
    type_gain(window, "1.2", enter=True)
    kill(window)
    after = start(None, Decision.RESTORE)
    settle()
    assert after.question.document == window.question.document and after.question.document.kept == SAVED.kept
    assert told(after).startswith("10 of 10 times")
