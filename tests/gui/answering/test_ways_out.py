import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.question import COMPARE, EVIDENCE, SCALING, SENSITIVITY
from ipuwhatif.gui.answering.reply import Reply
from ipuwhatif.gui.answering.view_options import ROOFLINE, ViewOptions
from ipuwhatif.model.case import AS_SUBMITTED, BEST
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START, Scenario

ONE, M2000, BOW64 = SystemChoice("ipu-pod", 1), SystemChoice("ipu-pod", 4), SystemChoice("bow-pod", 64)
SIZE = (960, 540)
SMALL = replace(FIRST_START, workload="bert-large", systems=(ONE,), reference=ONE.key)
BARE = replace(FIRST_START, systems=(), reference="")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def words(reply: Reply) -> list[str]:
    return [way.words for way in reply.ways]


@pytest.mark.parametrize("question", [COMPARE, SCALING, SENSITIVITY])
def test_that_with_nothing_ticked_the_first_systems_are_one_click_away(world: World, question: str) -> None:
    reply = answer(world, question, BARE, SIZE)
    assert words(reply) == ["Tick the systems of the first start", "Undo", "Find a system"]
    edit = reply.ways[0].edit
    assert edit is not None and edit.scenario == FIRST_START


def test_that_the_roofline_without_a_system_leads_to_one_as_well(world: World) -> None:
    assert "Find a system" in words(answer(world, EVIDENCE, BARE, SIZE, look=ViewOptions(view=ROOFLINE)))


@pytest.mark.parametrize("question", [COMPARE, SENSITIVITY])
def test_that_the_smallest_system_that_runs_the_job_can_be_ticked(world: World, question: str) -> None:
    reply = answer(world, question, SMALL, SIZE)
    assert reply.figure is None and words(reply) == ["Tick IPU-M2000 (4 IPUs)", "Undo"]
    edit = reply.ways[0].edit
    assert edit is not None and edit.scenario.systems == (ONE, M2000)
    assert answer(world, COMPARE, edit.scenario, SIZE).figure is not None


@pytest.mark.parametrize("systems", [(BOW64,), (BOW64, FIRST_START.systems[0])])
def test_that_the_layout_that_fits_is_offered_where_there_is_none_as_submitted(
    world: World, systems: tuple[SystemChoice, ...]
) -> None:
    scenario: Scenario = replace(FIRST_START, systems=systems, reference=BOW64.key, policy=AS_SUBMITTED)
    reply = answer(world, COMPARE, scenario, SIZE)
    assert words(reply)[0] == "Use the layout “best that fits”"
    assert (reply.figure is None) == ("Undo" in words(reply)) == (len(systems) == 1)
    edit = reply.ways[0].edit
    assert edit is not None and edit.scenario.policy == BEST


def test_that_a_system_that_is_ticked_already_is_not_offered(world: World) -> None:
    reply = answer(world, COMPARE, replace(SMALL, systems=(ONE, M2000)), SIZE)
    assert reply.figure is not None and reply.ways == ()


def test_that_of_many_systems_with_entries_only_the_first_few_are_named(world: World) -> None:
    scenario = replace(FIRST_START, systems=(BOW64,), reference=BOW64.key, policy=AS_SUBMITTED)
    message = answer(world, COMPARE, scenario, SIZE).message
    assert "others; choose the layout" in message and len(message) < 260


@pytest.fixture
def large() -> Scenario:
    """A job of today, on a pod that does not hold it and on a system that ran it."""
    rack = SystemChoice("gb200-nvl72", 72)
    return replace(
        FIRST_START, workload="llama31-405b", recipe="closed", release="2025-06", systems=(FIRST_START.systems[0], rack)
    )


def test_that_another_system_is_looked_at_where_the_chosen_one_has_no_projection(world: World, large: Scenario) -> None:
    pod, rack = large.systems
    reply = answer(world, SENSITIVITY, large, SIZE, look=ViewOptions(pod))
    assert reply.figure is not None and "GB200 NVL72" in reply.figure.headline.text and rack.key in reply.layouts
    assert reply.message == "IPU-POD16 (16 IPUs): no projection, so this is GB200 NVL72 (72 GPUs)."


def test_that_a_target_is_sought_on_a_system_that_has_a_curve(world: World, large: Scenario) -> None:
    reply = answer(world, SCALING, replace(large, target_s=3600.0), SIZE, look=ViewOptions(large.systems[0]))
    assert reply.figure is not None and "GB200 NVL72" in reply.figure.headline.text
    assert reply.goal.system == large.systems[1]
    assert reply.message.endswith("so this is GB200 NVL72 (72 GPUs).")


def test_that_a_system_that_is_newer_than_the_software_leads_to_the_date_of_its_results(world: World) -> None:
    bow = SystemChoice("bow-pod", 16)
    scenario = replace(FIRST_START, systems=(*FIRST_START.systems, bow))
    reply = answer(world, COMPARE, scenario, SIZE)
    assert reply.message == "Bow Pod16: projected only, official results begin after 2021-12."
    (way,) = reply.ways
    assert way.words == "Software as of 2022-06" and way.edit is not None
    later = answer(world, COMPARE, way.edit.scenario, SIZE)
    assert later.message == "" and later.ways == ()
