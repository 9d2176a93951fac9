"""Headlines of the user's own, and the system that headlines speak of."""

import pytest

from ipuwhatif.analysis.world import load_world
from ipuwhatif.scenario.deltas import deltas
from ipuwhatif.scenario.edits import set_headline, set_reference, set_subject, set_workload, tick_system
from ipuwhatif.scenario.headlines import LONGEST_HEADLINE, PAGES, check_headline
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError, told

WORLD = load_world()
POD16, POD64, _, DGX, _ = FIRST_START.systems


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "A headline is empty: write one, or take the one by rule"),
        ("  ", "A headline is empty: write one, or take the one by rule"),
        ("x" * 300, "A headline has at most 200 letters; this one has 300: shorten it by 100"),
        ("two\nlines", "A headline stands on one line and holds only letters that print"),
    ],
)
def test_that_what_is_no_headline_is_told_in_one_sentence(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        set_headline(FIRST_START, "compare", text)
    assert str(caught.value) == told


def test_that_a_headline_of_full_length_and_of_any_script_holds() -> None:
    for text in ("快" * LONGEST_HEADLINE, "=1+1", "<b>ours</b>"):
        assert check_headline(text) == text


def test_that_a_headline_belongs_to_its_page_and_goes_back_to_the_rule() -> None:
    written = set_headline(FIRST_START, PAGES[0], "Ours is quickest").scenario
    assert dict(written.headlines) == {PAGES[0]: "Ours is quickest"}
    (line,) = deltas(written, FIRST_START, WORLD.levers, WORLD.catalog)
    assert told(line) == "headline “Ours is quickest”"
    assert set_headline(written, PAGES[0], None).scenario == FIRST_START


def test_that_another_workload_begins_with_headlines_by_rule() -> None:
    written = set_headline(FIRST_START, "compare", "ResNet-50 is done in half an hour").scenario
    assert not set_workload(written, "bert-large", WORLD.catalog).scenario.headlines


def test_that_the_subject_and_the_reference_are_never_one_system() -> None:
    chosen = set_subject(FIRST_START, POD64, WORLD.catalog)
    assert told(chosen.name) == "Subject IPU-POD64 (64 IPUs)" and chosen.scenario.subject == POD64.key
    (line,) = deltas(chosen.scenario, FIRST_START, WORLD.levers, WORLD.catalog)
    assert told(line) == "headlines speak of IPU-POD64 (64 IPUs)"
    swapped = set_subject(chosen.scenario, DGX, WORLD.catalog).scenario
    assert (swapped.subject, swapped.reference) == (DGX.key, POD64.key)
    first = set_subject(FIRST_START, DGX, WORLD.catalog).scenario
    assert (first.subject, first.reference) == (DGX.key, POD16.key)
    assert set_reference(chosen.scenario, POD64, WORLD.catalog).scenario.subject == ""


def test_that_a_subject_that_is_unticked_passes_on() -> None:
    chosen = set_subject(FIRST_START, POD64, WORLD.catalog).scenario
    assert tick_system(chosen, POD64, False, WORLD.catalog).scenario.subject == ""
    assert tick_system(chosen, POD16, False, WORLD.catalog).scenario.subject == POD64.key
