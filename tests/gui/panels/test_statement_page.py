import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ipuwhatif.gui.answering.question import EVIDENCE, QUESTIONS
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from tests.gui.conftest import figure_of, settle


def show_job(window: MainWindow, key: str) -> None:
    assert window.world is not None
    window.question.apply(set_workload(window.question.scenario, key, window.world.catalog))
    settle()


@pytest.mark.parametrize("key", ["insurance", "weather"])
def test_that_every_tab_of_a_stated_job_but_evidence_has_the_field_for_its_time(window: MainWindow, key: str) -> None:
    show_job(window, key)
    for question in QUESTIONS:
        window.turn_to(question)
        settle()
        assert window.workspace.tabs.isVisible() and window.side.isVisible()
        if question == EVIDENCE:
            assert "stated" in figure_of(window).headline.text
            continue
        assert window.workspace.statement.time.field.isVisible(), question
        headline = window.workspace.headline.label
        assert headline.isVisible() and "known by a stated ratio only" in headline.text()


def test_that_a_typed_time_is_answered_on_the_card_and_not_in_the_headline(window: MainWindow) -> None:
    show_job(window, "insurance")
    field = window.workspace.statement.time.field
    field.setFocus()
    QTest.keyClicks(field, "70.5 h")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert window.workspace.statement.value.text() == "14.1 h"
    assert "14.1" not in window.workspace.headline.label.text()


def test_that_the_headline_of_a_stated_job_is_not_for_the_user_to_write(window: MainWindow) -> None:
    show_job(window, "insurance")
    window.headline.edit()
    assert not window.workspace.headline.editor.isVisible() and window.workspace.headline.label.isVisible()


def test_that_the_side_says_that_systems_mean_nothing_to_a_stated_job(window: MainWindow) -> None:
    assert not window.choices.told.isVisible()
    show_job(window, "weather")
    assert window.choices.told.isVisible() and "stated ratio" in window.choices.told.text()
