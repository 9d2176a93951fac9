"""Every job on every system and with the software of every release: each question has a picture or a reason."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.scaling import scaling, whole_range
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.model.prior import CATALOG


@pytest.mark.parametrize("workload", sorted(key for key, job in CATALOG.workloads.items() if job.network))
@pytest.mark.parametrize("release", sorted(CATALOG.releases))
def test_that_every_system_has_its_curve_and_its_bar_or_a_reason(workload: str, release: str) -> None:
    world, drawn = load_world(), 0
    turn = sorted(CATALOG.releases).index(release)  # a third of the systems with each release, by turns
    for system in list(CATALOG.systems.values())[turn % 3 :: 3]:
        choice = SystemChoice(system.key, system.minimum_chips)
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
            drawn += bool(figure.chart.x_axis.ticks)
            compare_figure(compare(world, scenario), scenario)
        except InputError as reason:
            assert str(reason)
    assert drawn


def test_that_official_results_of_processors_stand_at_their_sockets() -> None:
    intel = {entry.key: entry for entry in CATALOG.official if entry.submitter == "Intel"}
    for name, sockets, processor in (
        ("v0.7/Intel/1-node-8s-cpx-1-tensorflow/resnet/closed", 8, "8380H"),
        ("v1.0/Intel/8-nodes-64s-8376H-tensorflow/resnet/closed", 64, "8376H"),
        ("v3.0/Intel/16-nodes-SPR-pytorch/resnet/closed", 32, "8480+"),  # of no system in the catalog
    ):
        assert intel[name].chips == sockets and processor in intel[name].accelerator
    assert all(entry.chips == entry.choice.chips for entry in CATALOG.official if entry.choice is not None)
    assert all(entry.chips > 0 for entry in CATALOG.official)
