"""How wide intervals are that the README names: of Bow Pods, of chips known by data sheets alone, of other jobs."""

from collections.abc import Sequence

import numpy as np
import pytest

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.calibration.ensemble import intervals
from ipuwhatif.calibration.entries import case_of_entry, is_language
from ipuwhatif.calibration.published import language_rows, published_rows
from ipuwhatif.calibration.support.support import support_of
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.model.case import Case
from ipuwhatif.model.lower import lower
from ipuwhatif.model.time_to_train import evaluate
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
        (BENCHMARKS, ("dgx-b300:8", "mi355x:8", "mi325x:64"), "2025-11", -0.4, 1.19),
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


def half_widths(world: World, cases: Sequence[Case], layouts: Sequence[Layout]) -> dict[tuple[bool, bool], list[float]]:
    """Half-widths of throughput over its middle inside the data, by whether a server of others runs and which job."""
    catalog, calibration = world.catalog, world.calibration
    supports = [support_of(catalog, case, layout) for case, layout in zip(cases, layouts, strict=True)]
    inputs = lower(catalog, cases, layouts)
    center = evaluate(inputs, calibration.center)
    ends = intervals(calibration, cases, inputs, supports, center).throughput
    widths = ((ends.high - ends.low) / 2.0 / center.throughput[0]).tolist()
    found: dict[tuple[bool, bool], list[float]] = {}
    for case, support, width in zip(cases, supports, widths, strict=True):
        if not support.beyond:
            found.setdefault((support.third_party, is_language(case.workload)), []).append(width)
    return found


def test_that_inside_the_data_half_widths_of_steps_are_no_wider_than_they_were() -> None:
    """Asked for: a median of 6 % for tuned entries, 20 % for frameworks. Servers of others have a slow tail."""
    world = load_world()
    rows = [row for row in world.catalog.official if usable(row)]
    tuned = half_widths(world, [case_of_entry(row) for row in rows], [row.layout for row in rows if row.layout])
    assert {key: len(widths) for key, widths in tuned.items()} == {
        (False, False): 219,
        (True, False): 293,
        (False, True): 98,
        (True, True): 40,
    }
    for (third_party, _), widths in tuned.items():
        assert np.median(widths) <= (0.070 if third_party else 0.050)
    for printed, widest in ((published_rows(world.catalog), 0.155), (language_rows(world.catalog), 0.056)):
        speeds = [row for row in printed if row.case.software]
        framed = half_widths(world, [row.case for row in speeds], [row.layout for row in speeds])
        assert np.median([width for widths in framed.values() for width in widths]) <= widest
