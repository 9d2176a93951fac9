"""A configuration that is dropped on a real window, and opened from its menu."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from ipuwhatif.analysis.kept_answers import with_answers
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.gui.files import documents
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.mine.my_data import show_my_data
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.importers.store import FOLDER_VARIABLE, read_store
from ipuwhatif.scenario.files.file_format import document_bytes, read_content
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, settle
from tests.gui.files.test_file_window import drop
from tests.gui.scripted import LEVERS, Scripted
from tests.importers.networks import onnx_models

TABLE = Path(__file__).parents[2] / "data" / "networks" / "configurations.json"
ROWS = {row["name"]: row for row in json.loads(TABLE.read_text("utf-8"))["rows"]}
pytestmark = pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
QWEN = (28, 1024, 16, 8, 3072, 151936, 8192, 128, 1, 3)


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window that keeps files in a folder of the test, over which nobody answers but the test."""
    apply_theme(qapp, LIGHT)
    monkeypatch.setattr(documents, "FileDialogs", lambda _window: Scripted())
    window = MainWindow(folder=tmp_path / "data")
    window.show()
    window.load()
    window.load_side()
    settle()
    yield window
    window.documents.asking.answers = [Decision.DISCARD]
    window.close()
    window.deleteLater()
    settle()


def config(folder: Path, name: str, **changed: object) -> Path:
    path = folder / "config.json"
    path.write_text(json.dumps(ROWS[name]["config"] | changed), encoding="utf-8")
    return path


def test_that_a_dropped_configuration_is_asked_about_and_can_be_taken_back(window, tmp_path: Path) -> None:
    assert drop(window, QUrl.fromLocalFile(str(config(tmp_path, "qwen3_0.6b"))))
    scenario = window.question.scenario
    job = window.world.catalog.workloads[scenario.workload]
    assert (scenario.layers, scenario.samples, job.sizes) == ((), None, QWEN)
    assert window.choices.workload.currentText() == job.name and job.name.endswith(" [own]")
    assert job.name in figure_of(window).headline.text
    assert window.job.layers.field.text() == "28, 1024, 16, 8, 3072, 151936, 8192, 128, 1, qwen3"
    assert window.menus.exports.told.label.text() == (
        "config.json: 596,049,920 parameters; sequences of 8,192 tokens: an assumption, the file allows up to 40,960"
    )
    assert window.question.undo_stack.undoText() == "Network config.json"
    assert window.documents.path is None and window.documents.unsaved
    window.question.undo_stack.undo()
    settle()
    assert window.question.scenario == FIRST_START


def test_that_a_document_keeps_the_network(window, tmp_path: Path) -> None:
    drop(window, QUrl.fromLocalFile(str(config(tmp_path, "qwen3_0.6b"))))
    scenario, shipped = window.question.scenario, load_catalog()
    assert scenario.workload not in shipped.workloads
    data = document_bytes(with_answers(window.world, window.question.document))
    opened = read_content(data, "plan", shipped, LEVERS).document
    assert opened.scenario == scenario
    assert list(dict(opened.own)) == [f"network/{scenario.workload}"]


def test_that_another_size_of_the_network_keeps_the_amount_of_work(window, tmp_path: Path) -> None:
    window.documents.open_path(config(tmp_path, "llama3_1_8b"))
    first = window.question.scenario.workload
    window.job.amount.moved.emit(5e6)
    window.documents.open_path(config(tmp_path, "llama3_1_70b"))
    scenario = window.question.scenario
    assert scenario.samples == 5e6 and scenario.workload != first
    assert window.world.catalog.workloads[scenario.workload].sizes[0] == 80
    words = [window.choices.workload.itemText(place) for place in range(window.choices.workload.count())]
    assert words.count("Your own networks") == 1 and len([word for word in words if "[own]" in word]) == 2


def test_that_what_cannot_be_asked_about_is_told_and_changes_nothing(window, tmp_path: Path) -> None:
    told = window.documents.asking.told
    drop(window, QUrl.fromLocalFile(str(config(tmp_path, "llama2_7b", num_experts=8))))
    assert told.pop() == "config.json, $: key 'num_experts' makes it a mixture of experts, which is not counted here"
    assert window.question.scenario == FIRST_START and not window.documents.unsaved


def test_that_the_app_can_be_started_with_a_configuration(qapp: QApplication, tmp_path: Path) -> None:
    window = MainWindow(folder=tmp_path / "data", file=config(tmp_path, "qwen3_0.6b"))
    window.show()
    window.load()
    settle()
    assert window.question.scenario.workload.startswith("own-")
    assert window.documents.path is None and window.menus.exports.told.label.text().startswith(
        "config.json: 596,049,920"
    )
    window.documents.asking = Scripted(Decision.DISCARD)
    window.close()
    window.deleteLater()
    settle()


def test_that_a_graph_and_an_encoder_are_asked_about_under_their_names(window, tmp_path: Path) -> None:
    folder = tmp_path / "lenet"
    folder.mkdir()
    assert drop(window, QUrl.fromLocalFile(str(onnx_models.saved(onnx_models.lenet5(), folder))))
    settle()
    assert window.choices.workload.currentText() == "net [own]"
    assert "beyond the data" in figure_of(window).headline.text
    assert drop(window, QUrl.fromLocalFile(str(config(tmp_path, "bert_base", _name_or_path="org/our-bert"))))
    settle()
    assert window.choices.workload.currentText() == "our-bert [own]"
    window.job.layers.field.setText("128")
    window.job.layers.field.editingFinished.emit()
    settle()
    assert window.question.scenario.layers in ((), (128,))


def test_that_a_network_that_was_asked_about_can_be_kept_among_my_data(window, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    drop(window, QUrl.fromLocalFile(str(config(tmp_path, "qwen3_0.6b", _name_or_path="our-qwen"))))
    settle()
    key = window.question.scenario.workload
    dialog = show_my_data(window)
    assert [(each.kind, each.name) for each in dialog.listed] == [("network", key)]
    dialog.keep.click()
    settle()
    assert [each.name for each in read_store().kept] == [key]
    assert window.question.scenario.workload == key and window.choices.workload.currentText() == "our-qwen [own]"
