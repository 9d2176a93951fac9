"""A company's template is chosen once in the window, used by its slides, kept for the next start, and left again."""

from pathlib import Path

import pytest
from pptx import Presentation
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.page.kept_place import Place, keep_place, load_place
from ipuwhatif.gui.window import MainWindow
from tests.export.office.templates import as_potx, template
from tests.gui.conftest import settle


def choose(window: MainWindow, path: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.menus.templates.choose.trigger()
    settle()


def made(window: MainWindow, path: Path, qtbot: QtBot) -> list[str]:
    """The names of the pictures on the master of a slide that the window makes."""
    window.menus.exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    qtbot.waitUntil(lambda: not window.menus.exports.is_busy, timeout=30_000)
    slide = Presentation(str(path)).slides[0]
    return [shape.name for shape in slide.slide_layout.slide_master.shapes if not shape.is_placeholder]


def test_that_a_chosen_template_is_used_until_it_is_left(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ours.potx"
    path.write_bytes(as_potx(template()))
    choose(window, path, monkeypatch)
    menu = window.menus.templates
    assert menu.choose.isChecked() and not menu.own.isChecked()
    assert menu.choose.text() == "Choose a template… (ours.potx)"
    assert window.menus.exports.told.label.text() == "Slides are made with ours.potx from now on"
    assert made(window, tmp_path / "one.pptx", qtbot)
    menu.own.trigger()
    settle()
    assert menu.own.isChecked() and not menu.choose.isChecked()
    assert made(window, tmp_path / "two.pptx", qtbot) == []


def test_that_a_choice_that_is_called_off_changes_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(window, "", monkeypatch)
    assert window.place.template == "" and window.menus.templates.own.isChecked()


def test_that_what_is_no_template_is_refused_and_the_one_in_use_stays(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "ours.pptx", tmp_path / "broken.potx"
    good.write_bytes(template())
    bad.write_bytes(b"no zip file")
    choose(window, good, monkeypatch)
    choose(window, bad, monkeypatch)
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert box.text() == (
        "the template 'broken.potx' cannot be read as PowerPoint: open it there and save it anew, or choose another"
    )
    assert window.place.template == str(good) and window.menus.templates.choose.isChecked()


def test_that_a_template_that_is_gone_is_told_and_nothing_is_written(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = tmp_path / "ours.pptx", tmp_path / "deck.pptx"
    path.write_bytes(template())
    choose(window, path, monkeypatch)
    path.unlink()
    window.menus.exports.export_to(target)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)), timeout=30_000)
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert box.text().endswith("ours.pptx cannot be read: No such file or directory")
    assert not target.exists()


def test_that_a_template_is_kept_for_the_next_start(tmp_path: Path) -> None:
    keep_place(tmp_path, Place(template="/brand/ours.potx"))
    assert load_place(tmp_path).template == "/brand/ours.potx"
