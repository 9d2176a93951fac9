"""Charts leave the window as files, made beside the painting; what is cancelled or cannot be written leaves nothing."""

import csv
import errno
import gc
import io
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog
from pytestqt.qtbot import QtBot

from ipuwhatif.analysis.kept_answers import with_answers
from ipuwhatif.export.embedded_document import SUFFIXES, carried_in
from ipuwhatif.export.formats import FORMATS
from ipuwhatif.gui.files.copied import SLIDE
from ipuwhatif.gui.files.export_job import ExportJob
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.texts import CHINESE
from ipuwhatif.units import InputError
from tests.gui.conftest import figure_of, settle
from tests.gui.scripted import Scripted


def dialogs(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def holds_a_file() -> bool:
    """Whether the clipboard, which may hold nothing at all, holds a file."""
    data = QApplication.clipboard().mimeData()
    return data is not None and data.hasUrls()


def move(window: MainWindow) -> None:
    assert window.world is not None
    lever = window.world.levers["compute_gain"]
    window.question.apply(set_lever(window.question.scenario, "ipu", lever, 1.3, window.world.catalog))
    settle()


@pytest.mark.parametrize("suffix", FORMATS)
def test_that_every_format_is_written_and_holds_the_document(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    move(window)
    path = tmp_path / f"chart{suffix}"
    window.menus.exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    if suffix in SUFFIXES:
        saved = with_answers(window.world, window.question.document)
        assert carried_in(path.read_bytes(), suffix) == document_bytes(saved)
    if suffix == ".png":
        assert QImage(str(path)).width() == 2 * figure_of(window).chart.width
        assert "28.33" in (tmp_path / "chart.png.txt").read_text(encoding="utf-8")
    if suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert next(csv.reader(stream))[0] == "System"


def test_that_a_slide_is_copied_as_a_file_that_outlives_a_change_of_language(window: MainWindow, qtbot: QtBot) -> None:
    from pptx import Presentation

    window.menus.exports.copy_file.trigger()
    qtbot.waitUntil(holds_a_file, timeout=30_000)
    (url,) = QApplication.clipboard().mimeData().urls()
    path = Path(url.toLocalFile())
    assert [slide.shapes.title.text_frame.text for slide in Presentation(str(path)).slides][1:] == ["Notes"]
    window.set_language(CHINESE)
    gc.collect()
    assert path.exists()


def test_that_a_copied_slide_is_whatever_its_target_takes_and_that_is_said(window: MainWindow, qtbot: QtBot) -> None:
    from pptx import Presentation

    window.menus.exports.copy_file.trigger()
    qtbot.waitUntil(holds_a_file, timeout=30_000)
    data, figure = QApplication.clipboard().mimeData(), figure_of(window)
    slide, _ = Presentation(io.BytesIO(bytes(data.data(SLIDE)))).slides  # and the sources
    assert any(shape.has_chart for shape in slide.shapes)
    assert Path(data.urls()[0].toLocalFile()).read_bytes() == bytes(data.data(SLIDE))
    assert data.imageData().width() == 2 * figure.chart.width
    assert all(note.text in data.text() for note in figure.footnotes)  # beside a picture they go along as text
    told = window.menus.exports.told
    assert told.label.text() == "Copied the slide as a file; its picture and notes where no file goes in"
    assert told.isVisible()


def test_that_a_deck_has_a_slide_for_every_chart(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    from pptx import Presentation

    path = tmp_path / "deck.pptx"
    window.menus.exports.export_deck_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert len(Presentation(str(path)).slides) == 5 + 1  # and the sources


@pytest.mark.parametrize(("chosen", "written"), [("talk", "talk.pptx"), ("talk.pdf", "talk.pdf")])
def test_that_a_name_without_an_ending_takes_that_of_the_chosen_kind(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, chosen: str, written: str
) -> None:
    kind = "PowerPoint slides (*.pptx)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / chosen), kind))
    window.menus.exports.export.trigger()
    qtbot.waitUntil((tmp_path / written).exists, timeout=30_000)


def test_that_a_picture_for_print_has_more_dots(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kind = tmp_path / "chart.png", "Picture for print, 300 dots per inch (*.png)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), kind))
    window.menus.exports.export.trigger()
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert QImage(str(path)).dotsPerMeterX() == pytest.approx(300 / 0.0254, abs=1)


def test_that_a_cancelled_dialog_writes_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    for action in (window.menus.exports.slide, window.menus.exports.export, window.menus.exports.deck):
        action.trigger()
    assert window.menus.exports.job is None and not dialogs(window)


def test_that_a_file_that_cannot_be_written_is_told_in_one_dialog(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.menus.exports.export_to(tmp_path / "missing" / "chart.png")
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=30_000)
    (box,) = dialogs(window)
    assert "does not exist" in box.text() and "save to another folder" in box.text()
    assert box.textFormat() == Qt.TextFormat.PlainText
    box.close()


def test_that_a_read_only_file_is_not_replaced(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "chart.svg"
    path.write_text("mine")
    path.chmod(0o444)
    window.menus.exports.export_to(path)
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=30_000)
    assert "read-only" in dialogs(window)[0].text() and path.read_text() == "mine"
    dialogs(window)[0].close()


def test_that_without_a_figure_there_is_nothing_to_export(window: MainWindow) -> None:
    exports = window.menus.exports
    for choice in window.question.scenario.systems:
        window.systems.boxes[choice].click()
    settle()
    assert not any(action.isEnabled() for action in (exports.copy, exports.slide, exports.export, exports.deck))
    window.question.undo_stack.undo()
    settle()
    assert exports.copy.isEnabled() and exports.slide.isEnabled()


def test_that_a_cancelled_export_leaves_nothing_and_replaces_nothing(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path, job, cancelled = tmp_path / "slow.pptx", ExportJob(window), Event()
    path.write_bytes(b"before")

    def write(target: Path) -> tuple[Path, ...]:
        cancelled.wait()
        target.write_bytes(b"after")
        return (target,)

    job.start(path, write)
    window.findChild(QProgressDialog).cancel()
    cancelled.set()
    qtbot.waitUntil(lambda: not job.running, timeout=30_000)
    assert path.read_bytes() == b"before"
    job.start(path, write)
    with qtbot.waitSignal(job.done, timeout=30_000) as done:
        pass
    assert done.args == [(path,)] and path.read_bytes() == b"after"
    job.close()


@pytest.mark.parametrize("fails", [False, True])
def test_that_what_is_being_made_when_the_window_closes_goes_nowhere(
    window: MainWindow, tmp_path: Path, fails: bool
) -> None:
    path, job = tmp_path / "slow.pptx", ExportJob(window)
    said: list[object] = []
    job.done.connect(said.append)
    job.failed.connect(said.append)

    def write(target: Path) -> tuple[Path, ...]:
        if fails:
            raise InputError("the picture is too large")
        target.write_bytes(b"after")
        return (target,)

    job.start(path, write)
    job.close()  # the worker is through; what it made is still to be put in its place
    settle()
    job.start(path, write)
    settle()
    assert said == [] and not path.exists() and not job.running
    assert job.worker is None and not any(each.isVisible() for each in window.findChildren(QProgressDialog))


def test_that_a_change_of_language_ends_the_worker_of_the_menu_that_goes(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    exports, path = window.menus.exports, tmp_path / "chart.csv"
    exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    window.set_language(CHINESE)
    assert exports.job is not None and exports.job.worker is None


def test_that_a_disk_without_room_for_what_is_made_is_told_in_one_line(window, tmp_path: Path, qtbot: QtBot) -> None:
    job = ExportJob(window)

    def write(target: Path) -> tuple[Path, ...]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with qtbot.waitSignal(job.failed, timeout=30_000) as failed:
        job.start(tmp_path / "x.png", write)
    assert failed.args == [f"{tmp_path}/x.png cannot be written: No space left on device"]
    job.close()


def test_that_a_reason_of_the_writer_is_told_in_its_own_words(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    job = ExportJob(window)

    def write(target: Path) -> tuple[Path, ...]:
        raise InputError("the picture is too large")

    with qtbot.waitSignal(job.failed, timeout=30_000) as failed:
        job.start(tmp_path / "x.png", write)
    assert failed.args == ["the picture is too large"] and not list(tmp_path.iterdir())
    job.close()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_an_exported_file_that_is_dropped_opens_its_document(
    qapp, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    first = MainWindow(folder=tmp_path / "first")
    first.show()
    first.load()
    first.load_side()
    settle()
    move(first)
    path, document = tmp_path / f"chart{suffix}", first.question.document
    first.menus.exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    second = MainWindow(folder=tmp_path / "second")
    second.show()
    second.load()
    settle()
    assert second.documents is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    second.dropEvent(QDropEvent(QPointF(9, 9), action, data, button, none))
    settle()
    assert second.question.document == document and second.documents.path is None
    for window in (first, second):
        window.documents.asking = Scripted(Decision.DISCARD)
        window.close()
        window.deleteLater()
    settle()


def test_that_a_file_without_a_scenario_is_told_and_changes_nothing(qapp, tmp_path: Path) -> None:
    window = MainWindow(folder=tmp_path / "own")
    window.show()
    window.load()
    settle()
    assert window.documents is not None
    told: list[str] = []
    window.documents.asking.tell = told.append  # type: ignore[method-assign]
    path = tmp_path / "holiday.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    before = window.question.document
    assert not window.documents.open_path(path)
    assert len(told) == 1 and "no scenario in it" in told[0] and window.question.document == before
    window.close()
    window.deleteLater()
    settle()


def test_that_a_file_is_proposed_in_documents_by_what_is_shown_or_by_the_document(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def ask(_window: object, _title: str, path: str, _kinds: str) -> tuple[str, str]:
        offered.append(path)
        return (str(tmp_path / "own.csv"), "") if len(offered) == 2 else ("", "")

    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: "/documents")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    exports = window.menus.exports
    exports.slide.trigger()
    exports.export.trigger()
    qtbot.waitUntil((tmp_path / "own.csv").exists, timeout=30_000)
    exports.deck.trigger()
    window.documents = SimpleNamespace(path=tmp_path / "my plan.ipuwhatif")
    exports.export.trigger()
    window.documents = None
    title = "ResNet-50, closed division - time to train"
    assert offered == [
        f"/documents/{title}.pptx",
        f"/documents/{title}.pptx",
        str(tmp_path / "ResNet-50 - every chart.pptx"),
        str(tmp_path / "my plan - Compare.pptx"),
    ]
