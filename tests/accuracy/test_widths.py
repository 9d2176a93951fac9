"""How wide intervals are that the README names: of Bow Pods, of chips known by data sheets alone, of other jobs."""

import pytest

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START

BENCHMARKS = ("resnet50", "bert-large")
UNENTERED = ("vit-b16", "gpt2-small", "gpt2-medium", "gpt2-large", "gpt2-xl")


@pytest.mark.parametrize(
    ("jobs", "systems", "release", "low", "high"),
    [
        (BENCHMARKS, ("bow-pod:16", "bow-pod:64", "bow-pod:256"), "2022-06", -0.07, 0.24),
        (BENCHMARKS, ("dgx-h100:8", "dgx-h100:64"), "2023-06", -0.07, 0.25),
        (BENCHMARKS, ("dgx-b300:8", "mi355x:8", "mi325x:64"), "2025-11", -0.38, 1.20),
        (UNENTERED, ("ipu-pod:16", "ipu-pod:64"), "2021-12", -0.32, 0.62),
        (UNENTERED, ("dgx-a100:8", "dgx-a100:64"), "2021-12", -0.39, 0.85),
    ],
)
def test_that_intervals_of_the_time_are_as_wide_as_the_readme_says(
    jobs: tuple[str, ...], systems: tuple[str, ...], release: str, low: float, high: float
) -> None:
    world = load_world()
    cases = []
    for job in jobs:
        scenario = set_workload(FIRST_START, job, world.catalog).scenario
        for system in systems:
            choice = parse_system(system, world.catalog)
            asked = replace(scenario, release=release, systems=(choice,), reference=choice.key)
            cases.append(case_of(asked, choice, world.levers, world.catalog))
    times = [each.time_to_train_s for each in project_all(world, cases)]
    assert min(time.low / time.median - 1.0 for time in times) == pytest.approx(low, abs=0.01)
    assert max(time.high / time.median - 1.0 for time in times) == pytest.approx(high, abs=0.01)
