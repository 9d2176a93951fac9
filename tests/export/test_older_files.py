"""Files of an earlier build open as they were: documents, and exports with a document inside."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.export.embedded_document import SUFFIXES, carried_in
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.files.documents import Documents
from ipuwhatif.records import Record, field_names
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, Document
from ipuwhatif.scenario.files.file_format import Opened, document_bytes, read_content
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.scenario import SUFFIX
from ipuwhatif.units import InputError
from tests.gui.scripted import CATALOG, LEVERS, WORLD, Scripted

FOLDER = Path(__file__).resolve().parents[1] / "data" / "build-2021-12"
UNKNOWN, NEWER = FOLDER / "unknown-keys.ipuwhatif", FOLDER / "of-a-newer-version.ipuwhatif"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (SUFFIX, *SUFFIXES) and path not in (UNKNOWN, NEWER))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def opened(path: Path) -> Opened:
    data = path.read_bytes()
    return read(data if path.suffix == SUFFIX else carried_in(data, path.suffix))


def read(data: bytes) -> Opened:
    return read_content(data, "plan.ipuwhatif", CATALOG, LEVERS)


def plain(value: object) -> object:
    """A value of a document as JSON has it, whatever the format of files is."""
    if isinstance(value, SystemChoice):
        return value.key
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Measurement):  # whether projections follow it came later
        return {"quantity": value.quantity, "value": value.value}
    if isinstance(value, Record):
        return {name: plain(getattr(value, name)) for name in field_names(type(value))}
    return value


def assert_holds(document: Document, path: Path) -> None:
    """The document is what is written down beside its file; a field that came later is none of that."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert (document.active, list(document.titles)) == (expected["active"], expected["titles"])
    assert len(document.scenarios) == len(expected["scenarios"])
    for scenario, known in zip(document.scenarios, expected["scenarios"], strict=True):
        values = plain(scenario)
        assert {key: values[key] for key in known} == known


def test_that_twenty_files_are_there_and_small() -> None:
    kinds = {path.suffix for path in FILES}
    assert len(FILES) == 20 and kinds == {SUFFIX, *SUFFIXES}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


@each_file
def test_that_a_file_of_an_earlier_build_holds_all_that_it_held(path: Path) -> None:
    found = opened(path)
    assert (found.version, found.newer, found.left_out) == (2, False, ())
    assert_holds(found.document, path)


@each_file
def test_that_it_is_saved_again_and_holds_the_same(path: Path) -> None:
    document = opened(path).document
    again = read(document_bytes(document))
    assert again.document == document
    assert_holds(again.document, path)


def test_that_keys_that_nobody_knows_are_refused_in_the_words_that_it_always_had() -> None:
    with pytest.raises(InputError) as caught:
        opened(UNKNOWN)
    told = "plan.ipuwhatif, scenario.scenarios[1]: key 'releases' is unknown; nearest: release"
    assert str(caught.value) == told


def test_that_a_file_of_a_much_newer_version_opens_and_is_never_written_over(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    path = tmp_path / NEWER.name
    path.write_bytes(NEWER.read_bytes())
    question = Question(FIRST_DOCUMENT, window)
    documents = Documents(question, WORLD, tmp_path / "data", window, Scripted(path))
    assert documents.open_path(path)
    assert_holds(question.document, FOLDER / "several-scenarios.ipuwhatif")
    assert not documents.save() and path.read_bytes() == NEWER.read_bytes()
    assert documents.asking.told == [
        "of-a-newer-version.ipuwhatif was written by a newer version of IPU What-If. "
        "Left out: ipu.voltage, releases, weather. Saving asks for another name.",
        "of-a-newer-version.ipuwhatif holds what only a newer version understands; save under another name",
    ]
