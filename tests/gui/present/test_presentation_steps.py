"""The steps of a talk: all that can be shown, and a story that names what is not there."""

import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.gui.answering.question import COMPARE, COST
from ipuwhatif.gui.present.presentation_steps import (
    answer_step,
    check_steps,
    document_steps,
    step_figures,
    steps_document,
)
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, MOST_SCENARIOS
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.scenario.stories import load_stories
from ipuwhatif.units import InputError
from tests.refusals import refused


def test_that_a_document_shows_its_cost_too(world: World) -> None:
    assert COST in [step.question for step in document_steps(FIRST_DOCUMENT, world)]


def test_that_a_story_that_names_no_tab_or_view_is_refused_with_its_place(world: World) -> None:
    story = load_stories(world.catalog, world.levers)[0]
    for change, told in (({"question": "compote"}, "the nearest is 'compare'"), ({"view": "chnage"}, "'change'")):
        broken = replace(story, steps=(story.steps[1], replace(story.steps[0], **change)))
        with pytest.raises(InputError, match=rf"stories\.json, \$\.stories\[article\]\.steps\[1\].*{told}"):
            check_steps(broken)


def test_that_steps_leave_as_charts_that_say_their_titles_and_words(world: World) -> None:
    story = load_stories(world.catalog, world.levers)[0]
    figures = step_figures(world, story.steps[:3], (960, 540))
    for step, figure in zip(story.steps, figures, strict=False):
        by_rule = answer_step(world, step, step.scenario, (960, 540)).figure.headline.text
        assert figure.headline.text == step.title and figure.headline.by_rule == by_rule
        assert figure.notices[:2] == (step.text, by_rule)
    assert len(figures) == 3


def test_that_a_step_without_a_chart_leaves_the_others_and_is_told(world: World) -> None:
    step = load_stories(world.catalog, world.levers)[0].steps[3]
    relative = replace(FIRST_START, workload="insurance", recipe="stated", systems=(), reference="")
    lacking = replace(step, title="Insurance", question=COMPARE, view="", scenario=relative, selection="", change=())
    (figure,) = step_figures(world, [lacking, step], (960, 540))
    assert figure.notices[-1] == "A chart is left out: Insurance"
    with refused("A chart is left out: Insurance"):
        step_figures(world, [lacking], (960, 540))


def test_that_the_scenarios_of_steps_make_a_document_each_once(world: World) -> None:
    story = load_stories(world.catalog, world.levers)[0]
    document = steps_document((*story.steps, *story.steps))
    assert document.scenarios[0] == story.steps[0].scenario and len(document.titles) == len(document.scenarios)
    assert all(document.scenarios.count(each) == 1 for each in document.scenarios)
    many = [replace(story.steps[0], scenario=FIRST_START.with_lever("ipu.clock", 1 + n / 100)) for n in range(20)]
    assert len(steps_document(many).scenarios) == MOST_SCENARIOS
