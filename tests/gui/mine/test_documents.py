"""A document with a chip of somebody else's own opens in a real window, and leaves that user's store as it is."""

import json

import pytest
from PySide6.QtCore import QUrl

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.files import documents
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.importers.chips import brought_chip
from ipuwhatif.importers.mine import guests
from ipuwhatif.importers.store import keep, read_store
from ipuwhatif.scenario.edits import tick_system
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, settle
from tests.gui.files.test_file_window import drop
from tests.gui.scripted import Scripted
from tests.own_chip import chip_text
from tests.scenario.test_own_chips_travel import DOCUMENT

OWN = SystemChoice("my-chip", 8)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.ipuwhatif"
    path.write_bytes(document_bytes(Document(DOCUMENT.scenarios, own=(("my-chip", chip_text()),))))
    return path


@pytest.fixture
def start(qapp, tmp_path, monkeypatch):
    apply_theme(qapp, LIGHT)
    windows = []

    def start(file=None) -> MainWindow:
        asking = Scripted()
        monkeypatch.setattr(documents, "FileDialogs", lambda _window: asking)
        window = MainWindow(folder=tmp_path / "data", file=file)
        windows.append(window)
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


def systems_of(window: MainWindow) -> list[str]:
    window.controller.answer()
    settle()
    return [row[0].text for row in figure_of(window).table.rows]


@pytest.mark.parametrize("at_the_start", [True, False])
def test_its_chip_is_used_and_not_kept(start, file, at_the_start):
    window = start(file if at_the_start else None)
    if not at_the_start:
        assert window.documents.open_path(file)
        settle()
    assert "My server [own] (8 GPUs)" in systems_of(window)
    assert OWN in window.systems.boxes
    assert not window.documents.unsaved
    assert read_store().kept == () and list(guests()) == ["my-chip"]


def test_the_chip_of_the_next_document_takes_the_place_of_one_that_nobody_kept(start, file, tmp_path):
    window = start(file)
    other = tmp_path / "other.ipuwhatif"
    slower = chip_text(chip__peak_flops__value=350)
    other.write_bytes(document_bytes(Document(DOCUMENT.scenarios, own=(("my-chip", slower),))))
    assert window.documents.open_path(other)
    settle()
    assert window.world.catalog.chips["my-chip"].value("peak_flops") == 350e12
    assert window.documents.asking.told == []


def test_saving_it_again_takes_the_chip_along(start, file):
    window = start(file)
    window.question.apply(
        tick_system(window.question.scenario, SystemChoice("dgx-a100", 16), True, window.world.catalog)
    )
    assert window.documents.save()
    assert json.loads(file.read_bytes())["own_chips"] == {"my-chip": chip_text()}


def test_of_two_chips_with_one_name_the_users_own_is_used_and_that_is_told_once(start, file):
    keep([brought_chip(chip_text(chip__power__value=500), "mine.toml")])
    window = start(file)
    told = [each for each in window.documents.asking.told if "my-chip" in each]
    assert told == [
        "my-chip in this document is another than yours of the same name: yours is used. To see its own, export and "
        "remove yours first (ipuwhatif mine export my-chip, ipuwhatif mine remove my-chip)."
    ]
    assert window.world.catalog.chips["my-chip"].value("power") == 500


def test_what_is_unsaved_with_a_chip_of_ones_own_is_in_the_journal_whole(start, tmp_path):
    keep([brought_chip(chip_text(), "mine.toml")])
    window = start()
    window.question.apply(tick_system(FIRST_START, OWN, True, window.world.catalog))
    window.documents.keeper.keep()
    assert window.documents.keeper.journal.settled()
    (journal,) = (tmp_path / "data" / "journal").glob("*.json")
    assert json.loads(journal.read_bytes())["document"]["own_chips"] == {"my-chip": chip_text()}


# the constructor with whole pixels is deprecated from Qt for Python 6.12 on, and the only one before
@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
def test_a_chip_that_is_dropped_on_the_window_is_imported(start, tmp_path):
    path = tmp_path / "chip.toml"
    path.write_text(chip_text())
    window = start()
    assert drop(window, QUrl.fromLocalFile(str(path)))
    assert [each.name for each in read_store().kept] == ["my-chip"]
    assert OWN in window.systems.boxes


def test_the_explanation_that_is_open_closes_or_speaks_of_the_new_document(start, file):
    window = start()
    window.explain(figure_of(window).why[0].key)
    settle()
    assert window.documents.open_path(file)
    settle()
    assert "My server [own] (8 GPUs)" in systems_of(window)
