"""Every job on every system and with the software of every release: each question has a picture or a reason."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.scaling import scaling, whole_range
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.model.prior import CATALOG

WORKLOADS = sorted(key for key, job in CATALOG.workloads.items() if job.network)
RELEASES = sorted(CATALOG.releases)
#: Every release asks about one system in as many, by turns: so each two of a job, a system and a release meet.
TURNS = 12
#: Systems of many chips, on which every job fits.
FIT_EVERYTHING = ("dgx-a100", "dgx-h100", "gb200-nvl72")


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_every_system_has_its_curve_and_its_bar_or_a_reason(workload: str) -> None:
    world, drawn = load_world(), set()
    for turn, release in enumerate(RELEASES, start=WORKLOADS.index(workload)):
        for system in list(CATALOG.systems)[turn % TURNS :: TURNS]:
            if draws(world, workload, release, system):
                drawn.add(system)
    assert drawn > set(FIT_EVERYTHING)


def test_that_each_release_asks_about_every_system() -> None:
    for number in range(len(RELEASES)):
        turns = {(number + place) % TURNS for place in range(len(WORKLOADS))}
        assert turns == set(range(TURNS))


def draws(world: World, workload: str, release: str, system: str) -> bool:
    """Whether there is a curve; a question without a picture has a reason."""
    drawn = False
    choice = SystemChoice(system, CATALOG.systems[system].minimum_chips)
    scenario = replace(
        FIRST_START,
        workload=workload,
        recipe=CATALOG.workloads[workload].recipes[0],
        release=release,
        systems=(choice,),
        reference=choice.key,
    )
    try:
        low, high = whole_range(CATALOG, scenario)
        figure = scaling_figure(scaling(world, scenario, low, high), scenario)
        drawn = bool(figure.chart.x_axis.ticks)
        compare_figure(compare(world, scenario), scenario)
    except InputError as reason:
        assert str(reason)
    return drawn
