"""The document under any sequence of edits, as the window makes them: nothing is lost, and undo leads back."""

import weakref

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PySide6.QtWidgets import QApplication

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.gui.answering.question import MOST_STEPS, Question
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.files import document as documents
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, MOST_SCENARIOS
from ipuwhatif.scenario.files.file_format import document_bytes, read_content
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.scenario import FIRST_START
from tests.scenario.test_edits import random_edit

CATALOG, LEVERS = load_catalog(), load_levers()
TITLES = st.text("abc é中", max_size=12)


def test_that_a_question_with_steps_goes_with_its_last_holder_and_waits_for_no_collector(qapp: QApplication) -> None:
    question = Question(FIRST_DOCUMENT)
    question.apply(set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.3, CATALOG))
    assert question.undo_stack.count() == 1
    gone = weakref.ref(question)
    del question
    assert gone() is None


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


def test_that_of_many_steps_the_oldest_are_let_go(qapp: QApplication) -> None:
    question = Question(FIRST_DOCUMENT)
    for number in range(MOST_STEPS + 20):
        question.begin_gesture()
        question.apply(set_lever(question.scenario, "ipu", LEVERS["compute_gain"], 1.01 + number / 200, CATALOG))
    assert question.undo_stack.count() == MOST_STEPS
    while question.undo_stack.canUndo():
        question.undo_stack.undo()
    assert question.scenario.levers == {"ipu.compute_gain": 1.01 + 19 / 200}


class DocumentMachine(RuleBasedStateMachine):
    """Edits of scenarios A, B, C …, with turns between them, undo and redo, in any order."""

    @initialize()
    def start(self) -> None:
        self.question = Question(FIRST_DOCUMENT)

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        self.question.apply(data.draw(random_edit(self.question.scenario)))

    @rule()
    def let_go(self) -> None:
        self.question.end_gesture()

    @precondition(lambda self: len(self.question.document.scenarios) < MOST_SCENARIOS)
    @rule()
    def add(self) -> None:
        self.question.change(documents.with_copy(self.question.document), "Add scenario")

    @precondition(lambda self: len(self.question.document.scenarios) > 1)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.question.document.scenarios) - 1))
        self.question.change(documents.without(self.question.document, place), "Remove scenario")

    @rule(data=st.data(), title=TITLES)
    def rename(self, data: st.DataObject, title: str) -> None:
        place = data.draw(st.integers(0, len(self.question.document.scenarios) - 1))
        self.question.change(documents.titled(self.question.document, place, title), "Rename scenario")

    @rule(data=st.data())
    def turn(self, data: st.DataObject) -> None:
        self.question.turn_to(data.draw(st.integers(0, len(self.question.document.scenarios) - 1)))

    @rule()
    def undo(self) -> None:
        self.question.undo_stack.undo()

    @rule()
    def redo(self) -> None:
        self.question.undo_stack.redo()

    @invariant()
    def saving_and_loading_is_the_identity(self) -> None:
        data = document_bytes(self.question.document)
        assert read_content(data, "any.ipuwhatif", CATALOG, LEVERS).document == self.question.document

    @invariant()
    def what_is_looked_at_is_there(self) -> None:
        document, selection = self.question.document, self.question.selection
        assert 0 <= document.active < len(document.scenarios) == len(document.titles)
        assert selection in self.question.scenario.systems or (selection is None and not self.question.scenario.systems)

    def teardown(self) -> None:
        while self.question.undo_stack.canUndo():
            assert self.question.undo_stack.undoText()
            self.question.undo_stack.undo()
        assert self.question.document == FIRST_DOCUMENT


def test_that_any_sequence_of_edits_keeps_the_document_whole_and_can_be_undone(qapp: QApplication) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        DocumentMachine, settings=settings(max_examples=30, stateful_step_count=30, deadline=None)
    )
