"""The lever of a step: named with whose it is, moved by hand or key, and absent where a step has none."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipuwhatif.analysis.world import World
from ipuwhatif.gui.present.step_lever import StepLever
from ipuwhatif.gui.present.talk import Talk
from ipuwhatif.scenario.stories import load_stories


def test_that_it_names_the_lever_or_says_that_there_is_none(qtbot: QtBot, world: World) -> None:
    story = load_stories(world.catalog, world.levers)[0]
    talk, host = Talk(world, story.steps, story.key), QWidget()
    qtbot.addWidget(host)
    lever = StepLever(talk, host)
    assert lever.name.text() == "No lever moves on this step" and lever.slider.isHidden()
    lever.push(1)
    assert talk.scenario == talk.step.scenario
    talk.turn_to(next(place for place, step in enumerate(talk.steps) if step.lever))
    assert lever.name.text() == "Compute gain (IPU)" and not lever.slider.isHidden()
    lever.push(1)
    assert talk.lever_value > 1.0 and lever.value.text() == f"{talk.lever_value:.2f} ×"
    lever.push(-1)
    lever.slider.reset.emit()
    assert talk.lever_value == 1.0 and lever.value.text() == "1.00 ×"
