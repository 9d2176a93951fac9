"""Own results are held against projections at their own release and batch, and never fitted to."""

import pytest

from ipuwhatif.analysis.own_results import own_measurements, own_results
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.refusals import NotHeld
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START
from tests.refusals import refused

WORLD = load_world()
HALF_AN_HOUR = Measurement(TIME, 1800.0)
POD, DGX = SystemChoice("ipu-pod", 16), SystemChoice("dgx-a100", 8)


def result(choice=DGX, workload="resnet50", measurement=HALF_AN_HOUR, **told) -> OwnResult:
    chips, name = (choice.chips, choice.key) if choice else (None, "box")
    return OwnResult("runs.csv, row 2", name, chips, workload or "rgat", measurement, choice, workload, **told)


def held(*results, scenario=FIRST_START):
    return own_results(WORLD, scenario, Imported(results)).rows


def test_a_time_is_held_against_the_projection_of_its_system():
    (row,) = held(result())
    projected = project(WORLD, case_of(FIRST_START, DGX, WORLD.levers, WORLD.catalog)).time_to_train_s
    assert row.projected == projected and row.residual == pytest.approx(1800.0 / projected.median - 1.0)
    assert row.inside is (projected.low <= 1800.0 <= projected.high)
    assert (row.official.mlperf_round, row.official.choice) == ("v1.1", DGX)


def test_a_throughput_is_held_against_a_throughput():
    (row,) = held(result(measurement=Measurement(THROUGHPUT, 23_000.0)))
    assert 15_000.0 < row.projected.median < 35_000.0


def test_a_row_has_a_release_batch_and_workload_of_its_own():
    plain, later, batch, other = held(
        result(),
        result(SystemChoice("dgx-h100", 8), release="2023-06"),
        result(global_batch=1632),
        result(workload="bert-large"),
    )
    assert later.release == "2023-06" and later.official.mlperf_round == "v3.0"
    assert batch.projected != plain.projected and other.projected != plain.projected


def test_what_cannot_be_projected_says_why():
    rows = held(result(choice=None), result(workload=None), result(workload="gpt2-xl"))
    assert {row.why_not for row in rows} == {
        NotHeld.NO_SYSTEM,
        NotHeld.NO_MODEL,
        NotHeld.NO_AMOUNT,
    }
    assert all(row.projected is None and row.residual is None and row.inside is None for row in rows)


def test_rows_of_the_scenarios_workload_come_first():
    rows = held(result(workload="bert-large"), result())
    assert [row.result.workload for row in rows] == ["resnet50", "bert-large"]


def test_of_several_on_one_system_that_of_the_release_and_then_the_last_is_marked():
    times = [
        result(measurement=Measurement(TIME, 1800.0 + n), release=r) for n, r in enumerate(("2021-12", "", "2023-06"))
    ]
    again = result(measurement=Measurement(TIME, 1900.0), release="2021-12")
    rate = result(measurement=Measurement(THROUGHPUT, 23_000.0), release="2021-12")
    other = result(SystemChoice("dgx-h100", 8))
    found = own_measurements(FIRST_START, [*times, again, rate, other, result(POD)], WORLD.catalog)
    assert dict(found) == {DGX.key: Measurement(TIME, 1900.0, release="2021-12"), POD.key: HALF_AN_HOUR}


def test_sizes_that_are_not_ticked_are_marked_too_after_those_that_are():
    found = own_measurements(FIRST_START, [result(SystemChoice("dgx-a100", 32)), result()], WORLD.catalog)
    assert list(found) == ["dgx-a100:8", "dgx-a100:32"]


def test_that_nothing_is_there_to_mark_is_said():
    with refused(
        "no result that you imported is of ResNet-50 on one of these systems; bring one in with: ipuwhatif import FILE"
    ):
        own_measurements(replace(FIRST_START, systems=(POD,)), [result()], WORLD.catalog)
