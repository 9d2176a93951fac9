"""What makes the charts of one file: those of the document that were chosen, or the steps of a story."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ipuwhatif.export.chosen import USUAL, Chosen, usual_choice
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.records import Record
from ipuwhatif.scenario.document import Document
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.stories import Step

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.charts.spec import Figure


class DeckMaker(Record, frozen=True):
    """`make` works the charts out, in any thread; `document` travels inside the file.

    `timed` is the scenario whose projections are behind the first chart, where that compares systems.
    """

    make: "Callable[[], list[Figure]]"
    document: Document
    timed: Scenario | None


def deck_maker(
    world: "World", question: Question, scales: Mapping[str, str], wanted: Sequence[Chosen | Step] = ()
) -> DeckMaker:
    """Of what was chosen, in its order; nothing chosen: every usual chart of the scenario that is looked at.

    A scenario that is shown beside that one is on its charts as well.
    """
    document, beside = question.document, question.beside
    steps = [each for each in wanted if isinstance(each, Step)]
    chosen = [each for each in wanted if isinstance(each, Chosen)] or usual_choice(document)

    def charts() -> "list[Figure]":
        from ipuwhatif.export.office.deck import deck_of

        return deck_of(world, document, chosen, scales, beside)

    def told() -> "list[Figure]":
        from ipuwhatif.export.office.deck import SIZE
        from ipuwhatif.gui.present.steps import step_figures

        return step_figures(world, steps, SIZE)

    if steps:
        from ipuwhatif.gui.present.steps import steps_document

        return DeckMaker(told, steps_document(steps), None)
    first = chosen[0]
    return DeckMaker(charts, document, document.scenarios[first.place] if first.chart == USUAL[0] else None)
