import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.question import COMPARE, SCALING
from ipuwhatif.model.case import AS_SUBMITTED
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START

POD16, POD32, POD64 = (SystemChoice("ipu-pod", chips) for chips in (16, 32, 64))
BOW64, DGX = SystemChoice("bow-pod", 64), SystemChoice("dgx-a100", 8)
SIZE = (960, 540)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_that_systems_without_an_entry_are_told_in_one_sentence_with_their_names(world: World) -> None:
    scenario = replace(FIRST_START, systems=(POD16, POD32, BOW64, DGX), policy=AS_SUBMITTED)
    reply = answer(world, COMPARE, scenario, SIZE)
    assert reply.message.startswith("No closed entry as of 2021-12 for IPU-POD32 and Bow Pod64: entries exist for ")
    assert reply.message.endswith("choose the layout “best that fits”.") and "IPU-POD256" in reply.message
    assert "ipu-pod" not in reply.message and "\n" not in reply.message
    assert reply.detail == reply.message, "the whole sentence is what a brief one hides"
    assert reply.figure is not None
    assert [row[4].text for row in reply.figure.table.rows][2:] == ["no projection"] * 2
    assert set(reply.reasons) == {POD32, BOW64}


def test_that_a_reference_without_an_entry_passes_on_and_that_is_said(world: World) -> None:
    scenario = replace(FIRST_START, systems=(POD16, BOW64), policy=AS_SUBMITTED, reference=BOW64.key)
    reply = answer(world, COMPARE, scenario, SIZE)
    assert reply.message.splitlines()[-1] == "IPU-POD16 (16 IPUs) stands in for the reference Bow Pod64 (64 IPUs)."


def test_that_words_stand_alone_where_no_system_has_an_entry(world: World) -> None:
    scenario = replace(FIRST_START, systems=(BOW64,), reference=BOW64.key, policy=AS_SUBMITTED, release="2021-06")
    reply = answer(world, COMPARE, scenario, SIZE)
    assert reply.figure is None and reply.message.startswith("No closed entry as of 2021-06 for Bow Pod64")


@pytest.mark.parametrize("question", [COMPARE, SCALING])
def test_that_every_ticked_system_has_its_layout(world: World, question: str) -> None:
    reply = answer(world, question, FIRST_START, SIZE)
    assert set(reply.layouts) == {choice.key for choice in FIRST_START.systems}
    assert all(layout.global_batch > 0 for layout in reply.layouts.values())


def test_that_both_questions_tell_the_same_layouts(world: World) -> None:
    compared, scaled = (answer(world, question, FIRST_START, SIZE).layouts for question in (COMPARE, SCALING))
    assert compared == scaled
