"""The headline over the chart, in the user's own words and back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ipuwhatif.gui.answering.question import QUESTIONS, SCALING
from ipuwhatif.gui.answering.view_options import VIEWS
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.headlines import PAGES, page_of
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, settle

OWN = "A POD16 is as quick as a DGX A100"


def write(window: MainWindow, text: str) -> None:
    """Ctrl+H, a text in the place of the one that is selected, Return."""
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    settle()
    field = window.workspace.headline.editor.field
    assert field.isVisible() and field.selectedText() == field.text()
    QTest.keyClicks(field, text) if text else QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def test_that_every_page_of_the_window_may_have_a_headline_of_its_own() -> None:
    shown = [page_of(question, view) for question in QUESTIONS for view in VIEWS.get(question, ("",))]
    assert sorted(shown) == sorted(PAGES)


def test_that_a_headline_in_own_words_is_shown_kept_and_undone(window: MainWindow) -> None:
    by_rule = figure_of(window).headline.text
    write(window, OWN)
    label = window.workspace.headline.label
    assert label.isVisible() and OWN in label.text() and "own words" in label.text()
    assert by_rule in label.toolTip()
    assert figure_of(window).headline.text == OWN
    assert any(by_rule in notice for notice in figure_of(window).notices)
    assert dict(window.question.scenario.headlines) == {"compare": OWN}
    window.turn_to(SCALING)
    settle()
    assert OWN not in figure_of(window).headline.text
    window.question.undo_stack.undo()
    window.turn_to("compare")
    settle()
    assert figure_of(window).headline.text == by_rule and "own words" not in label.text()


def test_that_a_headline_comes_back_with_the_workload_that_it_was_written_of(window: MainWindow) -> None:
    write(window, OWN)
    catalog = window.world.catalog
    window.question.apply(set_workload(window.question.scenario, "bert-large", catalog))
    settle()
    assert not window.question.scenario.headlines and OWN not in figure_of(window).headline.text
    window.question.apply(set_workload(window.question.scenario, "resnet50", catalog))
    settle()
    assert figure_of(window).headline.text == OWN
    window.question.begin_anew(window.question.document.with_scenario(FIRST_START))
    window.question.apply(set_workload(window.question.scenario, "bert-large", catalog))
    window.question.apply(set_workload(window.question.scenario, "resnet50", catalog))
    assert not window.question.scenario.headlines, "another document has words of its own"


def test_that_nothing_typed_takes_the_headline_by_rule_again(window: MainWindow) -> None:
    by_rule = figure_of(window).headline.text
    write(window, OWN)
    write(window, "")
    assert figure_of(window).headline.text == by_rule
    write(window, OWN)
    assert window.menus.by_rule.isEnabled()
    window.menus.by_rule.trigger()
    settle()
    assert figure_of(window).headline.text == by_rule and not window.menus.by_rule.isEnabled()


def test_that_a_headline_that_is_too_long_stays_as_typed_and_says_why(window: MainWindow) -> None:
    write(window, "x" * 300)
    editor = window.workspace.headline.editor
    assert editor.field.isVisible() and editor.field.text() == "x" * 300
    assert editor.hint.text() == "A headline has at most 200 letters; this one has 300: shorten it by 100."
    assert not window.question.scenario.headlines
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    settle()
    assert not editor.field.isVisible() and window.workspace.headline.label.isVisible()


def test_that_a_double_click_beside_the_words_begins_a_headline(window: MainWindow) -> None:
    label = window.workspace.headline.label
    QTest.mouseDClick(label, Qt.MouseButton.LeftButton, pos=QPoint(label.width() - 4, label.height() // 2))
    settle()
    editor = window.workspace.headline.editor
    assert editor.field.isVisible() and editor.field.hasFocus()
    assert editor.field.placeholderText() in editor.hint.text()


def test_that_the_subject_is_chosen_at_the_side_and_is_the_same_on_the_next_tab(window: MainWindow) -> None:
    box = window.systems.subject
    box.setCurrentIndex(2)
    box.activated.emit(2)
    settle()
    assert figure_of(window).headline.text.startswith("ResNet-50: IPU-POD256 (256 IPUs) 3.79 min · DGX A100 (8 GPUs)")
    window.turn_to(SCALING)
    settle()
    assert figure_of(window).headline.text.startswith("ResNet-50: IPU-POD (256 IPUs) 3.79 min · DGX A100 (8 GPUs)")
    assert window.question.undo_stack.undoText() == "Subject IPU-POD256 (256 IPUs)"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (60.0, "1 min is out of reach of IPU-POD: "),
        (600.0, "10 min on IPU-POD: "),
    ],
)
def test_that_a_target_is_answered_first(window: MainWindow, target: float, told: str) -> None:
    window.turn_to(SCALING)
    window.workspace.tools.sought.emit(target)
    settle()
    headline = figure_of(window).headline
    assert headline.text.startswith(told) and ", projected" in headline.text
    assert headline.parts[0].key in {why.key for why in figure_of(window).why}
