"""A talk: the step that is told, its scenario as it was left, and each scenario taken once."""

import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.gui.present.presentation_steps import is_asked_for
from ipuwhatif.gui.present.talk import Talk
from ipuwhatif.scenario.stories import load_stories


@pytest.fixture
def talk(qapp: object, world: World) -> Talk:
    story = load_stories(world.catalog, world.levers)[0]
    return Talk(world, story.steps, story.key)


def turn_to_lever(talk: Talk) -> int:
    talk.turn_to(next(place for place, step in enumerate(talk.steps) if step.lever))
    return talk.index


def test_that_it_stops_at_both_ends(talk: Talk) -> None:
    talk.turn_to(-1)
    assert talk.index == 0 and talk.next_step is talk.steps[1]
    talk.turn_to(1000)
    assert talk.step is talk.steps[-1] and talk.next_step is None and talk.answer_next((700, 380)) is None


def test_that_what_is_asked_for_comes_and_goes_and_the_step_stays(talk: Talk) -> None:
    assert not any(is_asked_for(step) for step in talk.steps)
    place = turn_to_lever(talk)
    talk.ask_for_all()
    assert any(is_asked_for(step) for step in talk.steps) and talk.step.lever
    talk.turn_to(len(talk.steps) - 1)
    talk.ask_for_all()
    assert not any(is_asked_for(step) for step in talk.steps) and talk.index == place


def test_that_a_moved_lever_stays_with_its_step(talk: Talk) -> None:
    place = turn_to_lever(talk)
    talk.set_lever(1.5)
    assert talk.lever_value == 1.5 and talk.scenario != talk.step.scenario
    talk.turn_to(0)
    assert talk.lever is None and talk.scenario == talk.step.scenario
    talk.turn_to(place)
    assert talk.lever_value == 1.5
    talk.reset_lever()
    assert talk.lever_value == 1.0 and talk.scenario == talk.step.scenario


def test_that_the_next_step_is_answered_as_its_lever_was_left(talk: Talk) -> None:
    place = turn_to_lever(talk)
    talk.set_lever(2.0)
    moved = talk.answer((700, 380))
    talk.turn_to(place - 1)
    ahead = talk.answer_next((700, 380))
    assert ahead is not None and ahead.figure is not None and moved.figure is not None
    assert ahead.figure.headline == moved.figure.headline


def test_that_a_scenario_is_taken_once_and_again_when_it_found_no_room(talk: Talk) -> None:
    taken: list[str] = []
    talk.taken.connect(lambda scenario, title: taken.append(title))
    talk.take()
    talk.take()
    assert taken == [talk.step.title] and not talk.can_take
    talk.give_back(talk.scenario)
    assert talk.can_take
