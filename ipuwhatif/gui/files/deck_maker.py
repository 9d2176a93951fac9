"""What makes the charts of one file: those of the document that were chosen, or the steps of a story."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ipuwhatif.export.chosen import USUAL, Chosen, in_order, usual_choice
from ipuwhatif.figures.scenarios.documents import scenario_name
from ipuwhatif.gui.answering.question import EVIDENCE, Question
from ipuwhatif.gui.answering.view_options import ViewOptions
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.scenario import Scenario

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.export.ways import Way
    from ipuwhatif.scenario.stories import StoryStep


class DeckMaker(Record, frozen=True):
    """`make` works the charts out, in any thread; `document` travels inside the file.

    `ways` are those that a page lets choose between. `timed` is the scenario whose projections are behind the first
    chart, where that compares systems.
    """

    make: "Callable[[], Sequence[Figure]]"
    ways: "Callable[[], Sequence[Sequence[Way]]]"
    document: Document
    timed: Scenario | None


def chart_maker(world: "World", asked: Question, shown: str, figure: "Figure", look: ViewOptions) -> DeckMaker:
    """Of the figure of a tab; on a page that of the other scenarios as well, and each on the other scale."""
    document = asked.document
    size = figure.chart.width, figure.chart.height

    def ways() -> "Sequence[Sequence[Way]]":
        from ipuwhatif.export.ways import scaled_ways
        from ipuwhatif.gui.answering.answers import answer

        def drawn(scenario: Scenario, seen: ViewOptions, scale: str = "") -> "Figure | None":
            return answer(world, shown, scenario, size, look=replace(seen, scale=scale) if scale else seen).figure

        def in_scale(scenario: Scenario, seen: ViewOptions, otherwise: "Figure", scale: str) -> "Figure":
            return drawn(scenario, seen, scale) or otherwise

        found: list[Way] = []
        several = len(document.scenarios) > 1 and shown != EVIDENCE
        for index in sorted(range(len(document.scenarios)), key=lambda index: index != document.active):
            scenario, active = document.scenarios[index], index == document.active
            if not (active or several):
                continue
            mine = look if active else _look_at(look, scenario)
            made = figure if active else drawn(scenario, mine)
            if made is not None:
                name = scenario_name(document, index) if several else ""
                found += scaled_ways(shown, made, partial(in_scale, scenario, mine, made), name)
        return [found]

    return DeckMaker(lambda: [figure], ways, document, document.scenario)


def _look_at(look: ViewOptions, scenario: Scenario) -> ViewOptions:
    """The same look at another scenario: alone, and at one of its own systems."""
    kept = look.selection if look.selection in scenario.systems else None
    return replace(look, beside=None, selection=kept or next(iter(scenario.systems), None))


def deck_maker(world: "World", question: Question, wanted: "Sequence[Chosen | StoryStep]" = ()) -> DeckMaker:
    """Of what was chosen, in its order; nothing chosen: every usual chart of the scenario that is looked at.

    A scenario that is shown beside that one is on its charts as well.
    """
    document, beside = question.document, question.beside
    steps = [each for each in wanted if not isinstance(each, Chosen)]
    chosen = [each for each in wanted if isinstance(each, Chosen)] or usual_choice(document)

    if steps:
        from ipuwhatif.gui.present.presentation_steps import steps_document

        def told() -> "list[Figure]":
            from ipuwhatif.export.office.deck import SIZE
            from ipuwhatif.gui.present.presentation_steps import step_figures

            return step_figures(world, steps, SIZE)

        return DeckMaker(told, tuple, steps_document(steps), None)

    def charts() -> "list[Figure]":
        from ipuwhatif.export.office.deck import deck_of

        return deck_of(world, document, chosen, beside=beside)

    def ways() -> "Sequence[Sequence[Way]]":
        from ipuwhatif.export.office.deck import ways_of

        # Every scenario can be chosen on a page, where nobody has said which.
        order = (document.active, *(each for each in range(len(document.scenarios)) if each != document.active))
        every = tuple(chosen) if wanted else in_order([each.chart for each in chosen], order)
        return ways_of(world, document, every, beside=beside)

    first = chosen[0]
    timed = document.scenarios[first.place] if first.chart == USUAL[0] else None
    return DeckMaker(charts, ways, document, timed)
