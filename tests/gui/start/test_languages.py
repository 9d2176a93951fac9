"""The window in another language: switched live, with nothing lost, nothing left in English and nothing cut off."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGraphicsScene,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTabBar,
    QWidget,
)

from ipuwhatif.catalog.evidence.suite_results import load_suite_results
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.gui import rebuilt_window as window_module
from ipuwhatif.gui.answering.question import COMPARE, EVIDENCE, QUESTIONS, SCALING
from ipuwhatif.gui.answering.view_options import LEARNT, MONEY, RECORD, VIEWS
from ipuwhatif.gui.files.documents import Documents
from ipuwhatif.gui.help_window import BASIS, PAGES, opened_help, show_help
from ipuwhatif.gui.keys_dialog import menu_actions, plain_text
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.texts import CHINESE, ENGLISH, LANGUAGES, set_language, tr
from tests.gui.conftest import figure_of, priced, settle, type_gain
from tools.translations import compiled, template

MARK, CATALOG = "⟦", load_catalog()


def choose(window: MainWindow, code: str) -> None:
    """As a user does: by its own name, in the View menu."""
    next(action for _, action in menu_actions(window.menuBar()) if action.text() == LANGUAGES[code]).trigger()
    settle()


def test_that_the_whole_window_changes_its_language_at_once_and_back(window: MainWindow) -> None:
    window.turn_to(SCALING)
    settle()
    before = window.grab().toImage()
    choose(window, CHINESE)
    assert window.shown_question == SCALING
    assert window.workspace.tabs.tabText(0) == "对比"
    assert any("文件" in action.text() for action in window.menuBar().actions())
    assert "软件截至" in figure_of(window).chart.title
    choose(window, ENGLISH)
    assert window.grab().toImage() == before


def test_that_the_document_and_its_history_outlive_a_change_of_language(window: MainWindow) -> None:
    assert window.world is not None
    first = window.question.document
    window.question.apply(set_workload(window.question.scenario, "bert-large", window.world.catalog))
    settle()
    edited = window.question.document
    choose(window, CHINESE)
    assert window.question.document == edited
    assert window.menus.undo.text() == "撤销 工作负载 BERT-Large"
    window.menus.undo.trigger()
    settle()
    assert window.question.document == first
    assert "ResNet-50" in figure_of(window).headline.text or "IPU-POD16" in figure_of(window).headline.text
    window.menus.redo.trigger()
    settle()
    assert window.question.document == edited


def test_that_a_slider_that_is_held_is_let_go_where_it_stands(window: MainWindow) -> None:
    assert window.levers is not None
    row = window.levers.rows["compute_gain"]
    row.pressed.emit()
    row.slider.setValue(90)
    settle()
    moved = window.question.document
    assert window.question.dragging
    choose(window, CHINESE)
    assert not window.question.dragging and window.question.document == moved
    window.menus.undo.trigger()
    assert not window.question.scenario.levers


def test_that_choosing_a_language_is_told_so_that_it_can_be_kept(window: MainWindow) -> None:
    told: list[tuple[str, str]] = []
    window.preferred.connect(lambda name, value: told.append((name, value)))
    choose(window, CHINESE)
    choose(window, CHINESE)
    assert told == [("language", CHINESE)]


def known_widgets() -> int:
    """How many widgets Python knows, of those that are there and of those that are gone."""
    settle()
    gc.collect()
    return sum(issubclass(type(each), QWidget) for each in gc.get_objects())


def test_that_nothing_of_the_window_before_is_kept(window: MainWindow) -> None:
    counts = []
    for _ in range(4):
        for code in (CHINESE, ENGLISH):
            window.set_language(code)
            settle()
        counts.append(known_widgets())
    assert counts[-1] - counts[1] < 20, counts  # four changes, each of hundreds of widgets


def test_that_what_is_typed_and_not_entered_is_taken_over(window: MainWindow) -> None:
    type_gain(window, "1.5")
    choose(window, CHINESE)
    assert list(window.question.scenario.levers.values()) == [1.5]


def test_that_what_is_typed_and_not_understood_is_kept_and_told(window: MainWindow) -> None:
    field = type_gain(window, "fast")
    choose(window, CHINESE)
    assert window.workspace.tabs.tabText(0) == "Compare" and field.text() == "fast"
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert "'fast'" in box.text() and "press Esc" in box.text()
    box.close()
    chosen = [action.text() for _, action in menu_actions(window.menuBar()) if action.isChecked()]
    assert LANGUAGES[ENGLISH] in chosen and LANGUAGES[CHINESE] not in chosen


def test_that_the_explanation_and_the_help_stay_open(window: MainWindow) -> None:
    key = figure_of(window).why[0].key
    window.explain(key)
    show_help(window, BASIS)
    settle()
    choose(window, CHINESE)
    assert window.drawer.isVisible() and window.drawer.why is not None and window.drawer.why.key == key
    helped = opened_help(window)
    assert helped is not None and helped.page == BASIS and "超出数据范围" in helped.text.toPlainText()
    assert helped.list.count() == len(PAGES)
    helped.close()
    settle()


def test_that_a_number_of_the_evidence_stays_explained(window: MainWindow) -> None:
    window.turn_to(EVIDENCE)
    settle()
    key = next(each.key for each in figure_of(window).why if each.key.startswith("official/"))
    window.explain(key)
    choose(window, CHINESE)
    assert window.drawer.why is not None and window.drawer.why.key == key and window.shown_question == EVIDENCE


def test_that_what_is_searched_chosen_and_unfolded_stays(window: MainWindow) -> None:
    assert window.levers is not None
    window.turn_to(EVIDENCE)
    window.workspace.tools.turn_to(RECORD)
    settle()
    tools = window.workspace.tools
    tools.protocol.setCurrentIndex(2)
    protocol = tools.protocol.currentData()
    window.turn_to(SCALING)
    settle()
    tools.over.setCurrentIndex(3)
    over = tools.over.currentData()
    window.systems.chips.setText("48")
    window.levers.groups["hardware"].heading.click()
    window.systems.groups["gpu"].heading.click()
    folds = {key: group.heading.isChecked() for key, group in window.systems.groups.items()}
    window.levers.search.setText("gain")
    choose(window, CHINESE)
    assert window.workspace.tools.over.currentData() == over
    assert window.systems.chips.text() == "48" and window.levers.search.text() == "gain"
    assert {key: group.heading.isChecked() for key, group in window.systems.groups.items()} == folds
    window.levers.search.clear()
    assert window.levers.groups["hardware"].heading.isChecked()
    window.turn_to(EVIDENCE)
    settle()
    tools = window.workspace.tools
    assert tools.look(None).view == RECORD and tools.protocol.currentData() == protocol


def test_that_the_side_panel_stays_where_it_was_scrolled_to(window: MainWindow) -> None:
    window.resize(1366, 768)
    settle()
    window.side.verticalScrollBar().setValue(160)
    choose(window, CHINESE)
    assert window.side.verticalScrollBar().value() == 160


def test_that_no_text_of_the_language_before_is_left(window: MainWindow) -> None:
    """Of widgets that are hidden and of actions as well: whatever said something that is said otherwise now."""

    def said() -> set[str]:
        texts = set[str]().union(*(everything_of(each) for each in window.findChildren(QWidget)))
        actions = [each for each in window.findChildren(QAction) if not isinstance(each.parent(), QGraphicsScene)]
        return texts | {each.text() for each in actions} | {each.toolTip() for each in actions}

    english = said()
    choose(window, CHINESE)
    left = {text for text in english & said() if text and tr(text) != text}
    assert len(english) > 300 and left == set()


def test_that_the_language_waits_for_a_file_that_is_written(window: MainWindow, monkeypatch) -> None:
    monkeypatch.setattr(type(window.menus.exports), "is_busy", True)
    choose(window, CHINESE)
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert "A file is being written" in box.text()
    box.close()
    assert window.menus.languages[ENGLISH].isChecked() and not window.menus.languages[CHINESE].isChecked()


@pytest.mark.parametrize("goes", ["language", "window"])
def test_that_nothing_is_asked_for_a_language_or_a_window_that_has_gone(window: MainWindow, goes: str) -> None:
    controller, question = window.controller, window.question
    assert controller is not None and window.world is not None
    answered: list[bool] = []
    controller.answered.connect(lambda: answered.append(True))
    if goes == "language":
        window.set_language(CHINESE)  # what it replaces is deleted later
    else:
        window.close()
    question.apply(set_workload(question.scenario, "bert-large", window.world.catalog))
    controller.timer.timeout.emit()
    question.begin_gesture(dragging=True)
    question.undo_stack.undo()
    controller.customEvent(QEvent(QEvent.Type.User))
    question.end_gesture()
    assert answered == []


def test_that_a_language_chosen_at_once_leaves_one_document_and_no_journal(tmp_path: Path, qapp: object) -> None:
    window = MainWindow(folder=tmp_path)
    window.load()
    window.set_language(CHINESE)
    settle()
    assert window.documents is not None
    assert len(window.findChildren(Documents)) == 1
    window.close()
    window.deleteLater()
    settle()
    assert [path for path in (tmp_path / "journal").glob("*") if path.suffix != ".lock"] == []


def test_that_the_buttons_of_qt_itself_follow(window: MainWindow) -> None:
    def button() -> str:
        box = QMessageBox(QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Cancel)
        return box.buttons()[0].text()

    choose(window, CHINESE)
    assert button() == "取消"
    choose(window, ENGLISH)
    assert "Cancel" in button()


def words_of(widget: QWidget) -> str:
    """What a widget says; empty for one that says nothing."""
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def everything_of(widget: QWidget) -> set[str]:
    """What a widget says to the eye, to the mouse that rests on it, and to a screen reader."""
    said = {words_of(widget), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
    return said | ({widget.placeholderText()} if isinstance(widget, QLineEdit) else set())


def is_a_name(text: str) -> bool:
    """Numbers, units and the names of systems, chips and software, which are the same in every language."""
    known = ["IPU", "DGX", "HGX", "RTX", *(chip.name.split()[0] for chip in CATALOG.chips.values())]
    known += [f"{year}-" for year in range(2019, 2027)]  # releases
    known += [software.name for software in CATALOG.software.values()]
    return not any(letter.isalpha() for letter in text) or any(name in text for name in known) or len(text) < 2


def test_that_no_text_of_the_window_goes_past_the_catalog(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a language that marks every text of the catalog, a text without a mark is in no catalog."""
    marked = template()
    for message in marked:
        if message.id:
            message.string = f"{MARK}{message.id}"
    folder = tmp_path / CHINESE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "ipuwhatif.mo").write_bytes(compiled(marked))
    monkeypatch.setattr(window_module, "use_language", lambda code: set_language(code, tmp_path))
    choose(window, CHINESE)
    left = set()
    for question, view in ((each, view) for each in QUESTIONS for view in VIEWS.get(each, (each,))):
        window.turn_to(question)
        window.workspace.tools.turn_to(view)
        settle()
        for each in window.findChildren(QWidget):
            left |= everything_of(each) if each.isVisible() else set()
        for box in window.findChildren(QComboBox):
            left |= {box.itemText(place) for place in range(box.count())} if box.isVisible() else set()
        if view == MONEY:  # which has asked for prices first
            window.question.show(priced(window.question.scenario, MARK))
            settle()
        if view == LEARNT:  # which has asked for something measured first
            measured = Measurement(TIME, 1_980.0, learnt=True)
            window.question.show(window.question.scenario.with_measurement("ipu-pod:16", measured))
            settle()
        figure = figure_of(window)
        left |= {figure.headline.text, figure.chart.title, *figure.notices}
        left |= {entry.text for entry in figure.chart.legend} | {column.title for column in figure.table.columns}
    left |= {plain_text(action.text()) for _, action in menu_actions(window.menuBar())}
    own = {*LANGUAGES.values(), "A", "+"}
    for each in load_suite_results().results:  # names as submitters wrote them
        own |= {each.submitter, each.chip, each.mlperf_round}
    assert sorted(text for text in left if MARK not in text and text not in own and not is_a_name(text)) == []


def is_cut(widget: QWidget) -> bool:
    """Whether a widget is smaller than its text needs; one that wraps or is elided knows itself."""
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.height() + 1 < widget.heightForWidth(widget.width())
        return widget.width() + 1 < widget.sizeHint().width()
    if isinstance(widget, (QTabBar, QAbstractButton)):
        return widget.width() + 1 < widget.minimumSizeHint().width()
    return False


@pytest.mark.parametrize("code", [ENGLISH, CHINESE])
def test_that_nothing_is_cut_off_at_the_size_that_must_fit(window: MainWindow, code: str) -> None:
    choose(window, code)
    cut = []
    for question in QUESTIONS:
        window.turn_to(question)
        for view in VIEWS.get(question, (question,)):
            window.workspace.tools.turn_to(view)
            settle()
            cut += [
                (view, words_of(each))
                for each in window.findChildren(QWidget)
                if each.isVisible() and words_of(each) and is_cut(each)
            ]
    assert cut == []


def test_that_the_first_page_opens_in_the_kept_language(qapp: object) -> None:
    from ipuwhatif.gui.start.languages import use_language

    use_language(CHINESE)
    window = MainWindow()
    window.show()
    window.load()
    settle()
    assert window.shown_question == COMPARE and window.workspace.tabs.tabText(0) == "对比"
    window.close()
    window.deleteLater()
    settle()
