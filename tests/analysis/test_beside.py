"""Two scenarios side by side in one comparison."""

import pytest

from ipuwhatif.analysis.beside import Side, beside, pairs_of
from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.world import load_world
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload, tick_system
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import told
from tests.refusals import refused

WORLD = load_world()
FASTER = FIRST_START.with_lever("ipu.compute_gain", 1.3)


def side(letter, scenario) -> Side:
    return Side(letter, compare(WORLD, scenario, draws=8))


@pytest.mark.parametrize("looked_at", ["A", "B"])
def test_that_each_system_stands_under_both_scenarios_in_turn(looked_at: str) -> None:
    made = beside(side("A", FIRST_START), side("B", FASTER), looked_at)
    names = [each.name for each in made.projections]
    assert names[:3] == ["A · IPU-POD16 (16 IPUs)", "B · IPU-POD16 (16 IPUs)", "A · IPU-POD64 (64 IPUs)"]
    assert pairs_of(made) == [(row, row + 1) for row in range(0, 10, 2)] and made.first == "A"
    assert made.projections[made.reference].name == f"{looked_at} · DGX A100 (8 GPUs)"
    others = {each.scenario for each in made.projections}
    assert others == {"", "B" if looked_at == "A" else "A"}


def test_that_a_lever_acts_on_the_rows_of_its_own_scenario_alone() -> None:
    made = beside(side("A", FIRST_START), side("B", FASTER), "B")
    assert [made.is_moved(row) for row in range(10)] == [False, True] * 3 + [False] * 4
    assert tuple(map(told, made.settings)) == ("B: IPU compute gain 1.30 ×",)
    for before, after in pairs_of(made)[:3]:
        times = [made.projections[row].time_to_train_s.median for row in (before, after)]
        assert times[1] < times[0]


def test_that_a_system_of_one_scenario_alone_has_a_row_and_no_pair() -> None:
    pod16 = FIRST_START.systems[0]
    fewer = tick_system(FIRST_START, pod16, False, WORLD.catalog).scenario
    for first, second in ((FIRST_START, fewer), (fewer, FIRST_START)):
        made = beside(side("A", first), side("B", second), "A")
        assert len(made.projections) == 9 and len(pairs_of(made)) == 4
        alone = [row for row, each in enumerate(made.projections) if each.choice == pod16]
        assert len(alone) == 1 and made.pairs[alone[0]] is None


def test_that_two_jobs_do_not_stand_beside_each_other() -> None:
    other = set_workload(FIRST_START, "bert-large", WORLD.catalog).scenario
    with refused("A and C are two jobs: only scenarios of one workload stand beside each other"):
        beside(side("A", FIRST_START), side("C", other), "A")


def test_that_units_go_with_their_rows() -> None:
    per_chip = replace(FIRST_START, basis="chip")
    made = beside(side("A", per_chip), side("B", replace(FASTER, basis="chip")), "A")
    assert [unit.value for unit in made.units] == [each.choice.chips for each in made.projections]
