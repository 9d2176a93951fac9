"""The steps of a talk: all that can be shown, and a story that names what is not there."""

import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.gui.answering.question import COST
from ipuwhatif.gui.present.steps import check_steps, document_steps
from ipuwhatif.records import replace
from ipuwhatif.scenario.document import FIRST_DOCUMENT
from ipuwhatif.scenario.stories import load_stories
from ipuwhatif.units import InputError


def test_that_a_document_shows_its_cost_too(world: World) -> None:
    assert COST in [step.question for step in document_steps(FIRST_DOCUMENT, world)]


def test_that_a_story_that_names_no_tab_or_view_is_refused_with_its_place(world: World) -> None:
    story = load_stories(world.catalog, world.levers)[0]
    for change, told in (({"question": "compote"}, "the nearest is 'compare'"), ({"view": "chnage"}, "'change'")):
        broken = replace(story, steps=(story.steps[1], replace(story.steps[0], **change)))
        with pytest.raises(InputError, match=rf"stories\.json, \$\.stories\[article\]\.steps\[1\].*{told}"):
            check_steps(broken)
