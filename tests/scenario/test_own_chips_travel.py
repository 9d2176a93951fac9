"""A chip of the user's own goes along in the files of scenarios that use it, and is read as strictly as any file."""

import json

import pytest

from ipuwhatif.analysis.kept_answers import moves_of, with_answers, with_own_things
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.store import load
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.own_chips import read_own_chip, with_own
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.kept_answers import moved_line
from ipuwhatif.importers.mine import shipped_catalog
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import tick_system
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, Document, with_copy, without
from ipuwhatif.scenario.files.file_format import MOST_OWN_BYTES, document_bytes, read_content
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.profiles import ProfileRun
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.own_chip import chip_text
from tests.own_profile import with_profile
from tests.refusals import refused

SHIPPED, LEVERS = shipped_catalog(), load_levers()
TEXTS = {"my-chip": chip_text(), "other": chip_text(chip__key="other")}
WORLD = World(with_own(SHIPPED, [read_own_chip(text, key, SHIPPED) for key, text in TEXTS.items()]), load(), LEVERS)
OWN = SystemChoice("my-chip", 8)
DOCUMENT = Document((tick_system(FIRST_START, OWN, True, WORLD.catalog).scenario,))


def file_with(texts: object) -> bytes:
    return json.dumps({**json.loads(document_bytes(DOCUMENT)), "own_chips": texts}).encode()


def test_a_file_brings_along_the_chips_that_its_scenarios_use_and_no_others():
    data = document_bytes(with_answers(WORLD, DOCUMENT))
    assert json.loads(data)["own_chips"] == {"my-chip": TEXTS["my-chip"]}
    opened = read_content(data, "plan.ipuwhatif", SHIPPED, LEVERS).document
    assert opened.own == (("my-chip", TEXTS["my-chip"]),)
    assert opened.scenario.systems[-1] == OWN
    assert document_bytes(opened) == data


def test_the_chip_of_a_run_that_a_scenario_learns_from_goes_along():
    run = ProfileRun("resnet50", "closed", OWN.key, FIRST_START.release, Measurement(TIME, 1800.0))
    world = with_profile(WORLD, run)
    document = with_own_things(world, Document((replace(FIRST_START, profile="ours"),)))
    assert document.own == (("my-chip", TEXTS["my-chip"]),)
    assert document.profiles == (("ours", world.profiles["ours"].text),)


def test_times_that_moved_because_the_chip_is_another_say_so():
    faster = read_own_chip(chip_text(chip__peak_flops__value=1400), "it", SHIPPED)
    here = World(with_own(SHIPPED, [faster]), WORLD.calibration, LEVERS)
    moves = moves_of(here, with_answers(WORLD, DOCUMENT))
    assert [(move.choice, move.reason) for move in moves.moves] == [(OWN, "own")]
    assert "another chip of your own" in moved_line(moves)


def test_a_file_without_such_a_chip_is_as_it_was():
    assert with_own_things(WORLD, FIRST_DOCUMENT) is FIRST_DOCUMENT
    assert b"own_chips" not in document_bytes(with_own_things(WORLD, FIRST_DOCUMENT))


def test_where_it_is_here_already_the_one_that_is_here_is_used():
    data = file_with({"my-chip": chip_text(chip__power__value=1)})
    assert read_content(data, "plan.ipuwhatif", WORLD.catalog, LEVERS).document.scenario.systems[-1] == OWN


def test_copies_of_scenarios_keep_what_the_file_brought_along():
    opened = read_content(file_with(TEXTS), "plan.ipuwhatif", SHIPPED, LEVERS).document
    assert without(with_copy(opened), 0).own == opened.own == tuple(TEXTS.items())


def test_one_without_its_chip_is_refused_as_an_unknown_system():
    with pytest.raises(InputError) as fault:
        read_content(document_bytes(DOCUMENT), "plan.ipuwhatif", SHIPPED, LEVERS)
    with pytest.raises(InputError) as unknown:
        parse_system("my-chip:8", SHIPPED)
    assert str(fault.value) == f"plan.ipuwhatif, scenario.scenarios[0]: {unknown.value}"


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["a"], "plan.ipuwhatif, scenario: key 'own_chips' is not an object"),
        ({"my-chip": 1}, "plan.ipuwhatif, scenario.own_chips: key 'my-chip' is not a text"),
        (
            {"my-chip": chip_text(chip__power__origin="nobody")},
            "plan.ipuwhatif, 'my-chip', $.chip.power: origin 'nobody' is in no table [origins.NAME]; nearest: told",
        ),
        ({"my-chip": TEXTS["other"]}, "plan.ipuwhatif, 'my-chip': its key is 'other'"),
        (
            {"dgx-a100": chip_text(chip__key="dgx-a100")},
            "plan.ipuwhatif, 'dgx-a100', $.chip: 'dgx-a100' is shipped already; write another key, such as my-dgx-a100",
        ),
        ({"my-chip": "#" * 64_001}, "plan.ipuwhatif, 'my-chip' is larger than 64,000 bytes"),
        ({str(n): "#" * 60_000 for n in range(8)}, "plan.ipuwhatif, scenario.own_chips: larger than 400,000 bytes"),
    ],
)
def test_a_faulty_chip_in_a_file_is_refused_by_its_name(texts, told):
    with refused(told):
        read_content(file_with(texts), "plan.ipuwhatif", SHIPPED, LEVERS)


def test_more_than_fits_in_a_file_is_refused_before_it_is_written():
    large = Document(DOCUMENT.scenarios, own=(("my-chip", "#" * (MOST_OWN_BYTES + 1)),))
    with refused("the chips, networks and profiles of your own are too large to travel in one file; leave some out"):
        document_bytes(large)
