"""Texts of strangers are shown as they stand, wherever in the window they come: titles, names of files, origins."""

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QMessageBox,
    QProgressDialog,
    QTextEdit,
    QToolButton,
    QWidget,
)

from ipuwhatif.gui.answering.question import QUESTIONS
from ipuwhatif.gui.answering.view_options import VIEWS
from ipuwhatif.gui.files import documents as documents_module
from ipuwhatif.gui.files.export_job import ExportJob
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.plain import LONGEST_NAME, plain_tip, shown_name
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.scenario.prices.prices import OWN, Price
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import settle
from tests.gui.scripted import MOVED, Scripted

MARKED = "<b>zebra</b>"
PRICE = Price(1000.0, "USD", "buy", "2021-12", MARKED, OWN)


def test_that_a_tip_is_markup_only_where_it_has_to_be_to_be_plain() -> None:
    assert plain_tip("1 < 2 & 3\nand 4") == "1 < 2 & 3\nand 4"
    assert plain_tip(f"A: {MARKED}") == '<p style="white-space:pre-wrap">A: &lt;b&gt;zebra&lt;/b&gt;</p>'


def test_that_the_name_of_a_file_has_an_end() -> None:
    assert shown_name(Path("/folder/plan.ipuwhatif")) == "plan.ipuwhatif"
    assert shown_name(Path("a\n" + "n" * 100_000)) == "a?" + "n" * (LONGEST_NAME - 2) + "…"


@pytest.fixture
def marked(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window on a file whose name, titles and prices look like markup."""
    apply_theme(qapp, LIGHT)
    monkeypatch.setattr(documents_module, "FileDialogs", lambda _window: Scripted())
    priced = replace(MOVED, prices=MappingProxyType({choice.key: PRICE for choice in MOVED.systems}))
    document = Document((FIRST_START, priced, priced), (MARKED, f"2 {MARKED}", "plain"), 1)
    path = tmp_path / "<b>zebra.ipuwhatif"
    path.write_bytes(document_bytes(document))
    window = MainWindow(folder=tmp_path / "data", file=path)
    window.resize(1366, 768)
    window.show()
    window.load()
    window.load_side()
    settle()
    assert window.question.document.titles[0] == MARKED
    yield window
    window.documents.asking.answers = [Decision.DISCARD]
    window.close()
    window.deleteLater()
    settle()


def taken_for_markup(window: QWidget) -> set[str]:
    """What would be shown otherwise than it stands."""
    tips = [(each, each.toolTip()) for each in window.findChildren(QWidget)]
    tips += [(each, each.toolTip()) for each in window.findChildren(QAction) if has_tip(each)]
    models = {each.model() for each in window.findChildren(QAbstractItemView)}
    models |= {each.model() for each in window.findChildren(QComboBox)}
    tips += [(model, tip) for model in models if model is not None for tip in tips_of(model)]
    wrong = {f"tip of {type(each).__name__}: {tip}" for each, tip in tips if "zebra" in tip and is_markup(tip)}
    for label in window.findChildren(QLabel):
        plain = label.textFormat() == Qt.TextFormat.PlainText
        if not plain and "zebra" in label.text() and is_markup(label.text()):
            wrong.add(f"label: {label.text()}")
    for text in window.findChildren(QTextEdit):
        if "zebra" in text.toPlainText() and MARKED not in text.toPlainText():
            wrong.add(f"text: {text.toPlainText()}")
    return wrong


def is_markup(text: str) -> bool:
    """Whether Qt would find a tag of ours in the text; one that is escaped is none."""
    return Qt.mightBeRichText(text) and "<b>zebra" in text


def has_tip(action: QAction) -> bool:
    """Whether a menu or a button shows a tip of the action; one that nobody set is its name, and no menu shows that."""
    shown_by_buttons = any(isinstance(each, QToolButton) for each in action.associatedObjects())
    return shown_by_buttons or action.toolTip() != action.text().replace("&&", "&").replace("…", "")


def tips_of(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def test_that_no_text_of_a_stranger_is_taken_for_markup_anywhere_in_the_window(marked: MainWindow) -> None:
    wrong: set[str] = set()
    texts: set[str] = set()
    for question in QUESTIONS:
        for view in VIEWS.get(question, (question,)):
            marked.turn_to(question)
            marked.workspace.tools.turn_to(view)
            settle()
            for menu in marked.findChildren(QMenu):
                menu.aboutToShow.emit()
            wrong |= taken_for_markup(marked)
            tools = marked.workspace.tools
            texts |= {tools.change.itemText(place) for place in range(tools.change.count())}
            texts |= {tools.change.toolTip()}
    assert any(MARKED in text for text in texts), "the titles are there to be shown"
    assert wrong == set()


def test_that_what_is_typed_is_no_markup_in_the_tip_of_its_fault(marked: MainWindow) -> None:
    tools = marked.workspace.tools
    tools.target.setText(MARKED)
    tools.target.setModified(True)
    tools.target.editingFinished.emit()
    assert MARKED in tools.fault
    marked.scenario_bar.rename(0)
    field = marked.scenario_bar.field
    field.setText(f"{MARKED}\u202e")  # a mark of direction, which no title may hold
    field.setModified(True)
    field.editingFinished.emit()
    assert MARKED in field.accessibleDescription()
    assert taken_for_markup(marked) == set()
    field.restored.emit()


def test_that_the_name_of_a_file_that_is_written_is_no_markup(marked: MainWindow, tmp_path: Path) -> None:
    job = ExportJob(marked)
    job.start(tmp_path / "<b>zebra.png", lambda _: ())
    (progress,) = marked.findChildren(QProgressDialog)
    assert any("<b>zebra" in each.text() for each in progress.findChildren(QLabel))
    assert taken_for_markup(progress) == set()
    job.close()


def test_that_a_dialog_has_an_end_whatever_a_file_holds(marked: MainWindow, tmp_path: Path) -> None:
    from ipuwhatif.gui.files.file_dialogs import FileDialogs

    marked.documents.asking, scripted = FileDialogs(marked), marked.documents.asking
    path = tmp_path / "long.ipuwhatif"
    path.write_bytes(b'{"%b": 1, "%b": 2}' % (b"n" * 400_000, b"n" * 400_000))
    assert not marked.documents.open_path(path)
    (box,) = [each for each in marked.findChildren(QMessageBox) if each.isVisible()]
    assert len(box.text()) < 300 and box.height() < 400
    box.close()
    marked.documents.asking = scripted
