from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipuwhatif.gui.question import Question
from ipuwhatif.scenario.document import FIRST_DOCUMENT
from ipuwhatif.scenario.scenario import FIRST_START
from tests.scenario.test_edits import random_edit


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_that_undoing_any_row_of_edits_leads_back_to_the_start_and_redoing_forth(qapp, data) -> None:
    question = Question(FIRST_DOCUMENT)
    for _ in range(data.draw(st.integers(1, 8))):
        question.begin_gesture()
        question.apply(data.draw(random_edit(question.scenario)))
    last = question.scenario
    while question.undo_stack.canUndo():
        assert question.undo_stack.undoText()
        question.undo_stack.undo()
    assert question.scenario == FIRST_START
    while question.undo_stack.canRedo():
        question.undo_stack.redo()
    assert question.scenario == last
