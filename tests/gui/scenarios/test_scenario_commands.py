import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.scenarios import scenario_commands as steps
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, MOST_SCENARIOS, Document
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.gui.scripted import MOVED


def test_that_adding_duplicating_renaming_and_removing_are_named_steps_of_undo(qapp) -> None:
    question = Question(FIRST_DOCUMENT)
    names = []
    for step in (
        lambda: steps.rename(question, 0, "as it is"),
        lambda: steps.add(question),
        lambda: steps.duplicate(question, 0),
        lambda: steps.remove(question, 1),
    ):
        step()
        names.append(question.undo_stack.undoText())
    assert names == ["Rename scenario A", "Add scenario B", "Duplicate scenario A: as it is", "Remove scenario B"]
    assert question.document.titles == ("as it is", "as it is")
    while question.undo_stack.canUndo():
        question.undo_stack.undo()
    assert question.document == FIRST_DOCUMENT


def test_that_a_copy_is_of_the_active_scenario_and_is_looked_at(qapp) -> None:
    question = Question(Document((FIRST_START, MOVED), ("", "faster"), 1))
    steps.add(question)
    assert question.document == Document((FIRST_START, MOVED, MOVED), ("", "faster", ""), 2)


def test_that_turning_goes_round_and_is_no_step_of_undo(qapp) -> None:
    question = Question(Document((FIRST_START, MOVED, FIRST_START), ("", "", "")))
    seen = []
    for step in (1, 1, 1, -1):
        steps.turn(question, step)
        seen.append(question.document.active)
    assert seen == [1, 2, 0, 2] and not question.undo_stack.canUndo()


def test_that_levers_are_reset_in_one_step(qapp) -> None:
    question = Question(Document((MOVED.with_lever("gpu.clock", 1.1),)))
    steps.reset_levers(question)
    assert question.scenario == FIRST_START
    assert question.undo_stack.undoText() == "Every lever and assumption back to default"
    steps.reset_levers(question)
    assert question.undo_stack.count() == 1


def test_that_a_full_document_and_a_last_scenario_are_told(qapp) -> None:
    question = Question(FIRST_DOCUMENT)
    with pytest.raises(InputError, match="at least one scenario"):
        steps.remove(question, 0)
    while steps.may_add(question):
        steps.add(question)
    assert len(question.document.scenarios) == MOST_SCENARIOS
    with pytest.raises(InputError, match="remove one first"):
        steps.add(question)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_that_undoing_any_row_of_steps_leads_back_to_the_start(qapp, data: st.DataObject) -> None:
    question = Question(FIRST_DOCUMENT)
    for _ in range(data.draw(st.integers(1, 10))):
        place = data.draw(st.integers(0, len(question.document.scenarios) - 1))
        step = data.draw(st.sampled_from(["add", "duplicate", "remove", "rename", "turn", "reset"]))
        if step == "remove" and len(question.document.scenarios) > 1:
            steps.remove(question, place)
        elif step in ("add", "duplicate") and steps.may_add(question):
            steps.add(question) if step == "add" else steps.duplicate(question, place)
        elif step == "rename":
            steps.rename(question, place, data.draw(st.sampled_from(["", "a", "快", "x & y"])))
        elif step == "turn":
            steps.turn(question, 1)
        elif step == "reset":
            steps.reset_levers(question)
        assert 0 <= question.document.active < len(question.document.scenarios) == len(question.document.titles)
    while question.undo_stack.canUndo():
        question.undo_stack.undo()
    assert question.document == FIRST_DOCUMENT.turned_to(question.document.active)
