"""The time before the clock: what entries near in size took, on chips of the same kind, and what a run makes of it."""

import numpy as np
import pytest

from ipuwhatif.analysis.finish.finish import INITIALISATION, finish
from ipuwhatif.analysis.finish.initialisation import LEVER, as_entries_had, initialisation_of_entries
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START

LORA = "llama2-70b-lora"
AS_TIME_WENT_ON = [(f"202{year}-06", 10.0 * year) for year in range(1, 7)]


def test_that_an_entry_knows_what_its_score_leaves_out(world: World) -> None:
    entries = {row.key: row for row in world.catalog.official}
    large = entries["v5.0/NVIDIA/tyche_ngpu512_ngc25.04_nemo/llama2_70b_lora/closed"]
    assert large.initialisation_s == pytest.approx(184.5, abs=0.1)
    assert large.initialisation_s > 5 * large.score_s
    pod = entries["v1.1/Graphcore/ipu-pod64-TF1/resnet/closed"]
    assert pod.initialisation_s is not None and pod.measured_s == pytest.approx(pod.score_s, rel=0.05)


def test_that_the_median_of_the_nearest_entries_is_told(world: World) -> None:
    found = initialisation_of_entries(world.catalog, LORA, SystemChoice("dgx-h100", 1024))
    assert found is not None and found.entries == 5
    assert found.shortest <= found.typical <= found.longest
    assert found.chips == (512, 1024)
    near = [row for row in world.catalog.official if row.workload == LORA and 512 <= row.chips <= 1024]
    assert {found.shortest, found.longest} <= {row.initialisation_s for row in near}


def test_that_entries_on_the_same_kind_of_chip_come_first(world: World) -> None:
    pods = [row for row in world.catalog.official if row.workload == "resnet50" and row.submitter == "Graphcore"]
    known = [row.initialisation_s for row in pods if row.initialisation_s]
    found = initialisation_of_entries(world.catalog, "resnet50", SystemChoice("ipu-pod", 4096))
    assert found is not None and min(known) <= found.shortest <= found.longest <= max(known)


def test_that_of_entries_equally_near_the_latest_are_told(world: World) -> None:
    choice = SystemChoice("dgx-h100", 8)
    here = [row for row in world.catalog.official if row.workload == LORA and row.choice == choice]
    alike = [replace(here[0], release=release, initialisation_s=seconds) for release, seconds in AS_TIME_WENT_ON]
    for rows in (alike, alike[::-1]):
        found = initialisation_of_entries(replace(world.catalog, official=tuple(rows)), LORA, choice)
        assert found is not None and (found.shortest, found.longest, found.entries) == (20.0, 60.0, 5)


def test_that_a_job_that_nobody_entered_is_told_by_nothing(world: World) -> None:
    assert initialisation_of_entries(world.catalog, "gpt2-small", SystemChoice("dgx-a100", 8)) is None
    assert as_entries_had(world.catalog, replace(FIRST_START, workload="gpt2-small", recipe="stated")) == {}


def test_that_a_run_as_entries_had_it_ends_later_by_that(world: World) -> None:
    levers = as_entries_had(world.catalog, FIRST_START)
    assert list(levers) == [f"{each.key}.{LEVER}" for each in FIRST_START.systems]
    plain, counted = finish(world, FIRST_START), finish(world, replace(FIRST_START, levers=levers))
    for before, after in zip(plain.runs, counted.runs, strict=True):
        seconds = levers[f"{before.projection.choice.key}.{LEVER}"] * 60.0
        assert before.parts[INITIALISATION] == 0.0 and after.parts[INITIALISATION] == pytest.approx(seconds)
        assert np.allclose(after.times - before.times, seconds)
        assert after.projection == before.projection
        assert after.goodput < 1.0 == before.goodput
