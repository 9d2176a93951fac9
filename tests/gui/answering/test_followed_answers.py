"""Each answer of the window follows the profile of its scenario, or says in one line that it does not."""

import pytest

from ipuwhatif.analysis.uncertainty.measured import hold
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.why.measured import measured_section
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, COST, EVIDENCE, SCALING, SENSITIVITY
from ipuwhatif.gui.answering.view_options import CHANGE, FINISH, MINE, ROOFLINE, Change, ViewOptions
from ipuwhatif.importers.results.reader import bring_results
from ipuwhatif.importers.store import FOLDER_VARIABLE, keep
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.profiles import ProfileRun
from ipuwhatif.scenario.scenario import FIRST_START
from tests.own_profile import with_profile

POD = SystemChoice("ipu-pod", 16)
ASKED = replace(FIRST_START, profile="ours").with_lever("ipu.compute_gain", 1.1)
PLAIN = replace(ASKED, profile="")
SIZE = (960, 540)
SPLIT = Change("", replace(ASKED, levers={}), ASKED)


@pytest.fixture(scope="module")
def world() -> World:
    return with_profile(
        load_world(), ProfileRun("resnet50", "closed", "ipu-pod:16", "2021-12", Measurement(TIME, 1_980.0))
    )


@pytest.mark.parametrize(
    ("question", "view"),
    [
        (COMPARE, ""),
        (SCALING, ""),
        (SENSITIVITY, ""),
        (BREAKDOWN, "times"),
        (BREAKDOWN, FINISH),
        (COST, "energy"),
    ],
)
def test_that_what_tells_times_follows(world: World, question: str, view: str) -> None:
    followed, plain = (
        answer(world, question, each, SIZE, look=ViewOptions(POD, view)).figure for each in (ASKED, PLAIN)
    )
    assert followed is not None and plain is not None
    assert followed.table.rows != plain.table.rows


@pytest.mark.parametrize(
    ("question", "view", "told"),
    [
        (BREAKDOWN, CHANGE, "This split does not follow your own results"),
        (EVIDENCE, ROOFLINE, "The roofline does not follow your own results"),
        (EVIDENCE, MINE, "They are held against what evidence alone tells"),
    ],
)
def test_that_what_does_not_follow_says_so(
    world: World, question: str, view: str, told: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    (tmp_path / "runs.csv").write_text("system,chips,workload,time (min)\nipu-pod,16,resnet50,33\n")
    keep(bring_results(tmp_path / "runs.csv"))
    plain_split = Change("", replace(PLAIN, levers={}), PLAIN)
    for scenario, split, expected in ((ASKED, SPLIT, 1), (PLAIN, plain_split, 0)):
        figure = answer(world, question, scenario, SIZE, look=ViewOptions(POD, view, change=split)).figure
        assert figure is not None
        assert sum(note.startswith(told) for note in figure.notices) == expected


def test_that_a_measurement_that_is_held_says_what_it_is_held_against(world: World) -> None:
    measured = Measurement(TIME, 1_980.0)
    for scenario, told in ((ASKED, "the evidence alone, without profile ours"), (PLAIN, "not part of the fit")):
        section = measured_section(hold(world, scenario, POD, measured))
        assert told in section.rows[0].detail
