"""Evidence: every row once, with its own layout, in-sample where the model learns from it and silent elsewhere."""

import pytest

from ipuwhatif.analysis.evidence import HARDWARE, OFFICIAL, PUBLISHED, evidence
from ipuwhatif.analysis.project import project
from ipuwhatif.calibration.entries import case_of_entry
from ipuwhatif.calibration.published import published_rows
from ipuwhatif.catalog.evidence.usable import reason_left_out
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.refusals import refused


def asked(world, workload):
    return evidence(world, replace(FIRST_START, workload=workload))


@pytest.fixture(scope="module")
def resnet(world):
    return asked(world, "resnet50")


@pytest.mark.parametrize("workload", ["resnet50", "bert-large", "efficientnet-b4", "deeplob"])
def test_that_every_row_of_the_workload_is_there_once(world, workload):
    rows = asked(world, workload).rows
    official = [entry.key for entry in world.catalog.official if entry.workload == workload]
    published = [figure.key for figure in world.catalog.published if figure.workload == workload]
    assert sorted(row.key for row in rows if row.kind == OFFICIAL) == sorted(official)
    assert sorted(row.key for row in rows if row.kind == PUBLISHED) == sorted(published)
    assert rows


def test_that_the_model_answers_exactly_what_it_learns_from(world, resnet):
    learnt = {row.result.key for row in published_rows(world.catalog)}
    for row in resnet.rows:
        knows = row.key in learnt if row.official is None else not reason_left_out(row.official)
        assert (row.model is not None) == knows == (row.left_out == "")
        assert (row.residual is None) == (row.inside is None) == (not knows)


def test_that_an_entry_is_answered_as_a_projection_of_its_own_case(world, resnet):
    row = next(row for row in resnet.rows if row.key == "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed")
    time = project(world, case_of_entry(row.official)).time_to_train_s
    assert row.model.median == pytest.approx(time.median, rel=1e-12)
    assert (row.model.low, row.model.high) == pytest.approx((time.low, time.high), rel=1e-9)
    assert row.residual == pytest.approx(time.median / row.official.score_s - 1.0)


def test_that_two_submitters_of_one_system_keep_their_own_layouts(resnet):
    alike = {}
    for row in resnet.rows:
        if row.official is not None and row.model is not None:
            alike.setdefault((row.choice, row.dated, row.official.division), []).append(row)
    pairs = [rows for rows in alike.values() if len({row.official.layout for row in rows}) > 1]
    assert pairs
    assert all(len({row.model.median for row in rows}) > 1 for rows in pairs)


def test_that_a_row_is_inside_where_its_value_lies_in_the_interval(resnet):
    for row in resnet.rows:
        if row.model is not None:
            assert row.model.low <= row.model.median <= row.model.high
            assert row.inside == (row.model.low <= row.value <= row.model.high)
    share = sum(row.inside is True for row in resnet.rows) / sum(row.model is not None for row in resnet.rows)
    assert 0.7 < share < 1.0


def test_that_a_time_an_epoch_is_answered_as_one(world):
    for row in asked(world, "deeplob").rows:
        assert row.unit == "s/epoch"
        rate = row.epoch_samples / row.model.median
        assert 0.3 < row.model.median / row.value < 3.0
        assert rate == pytest.approx(row.epoch_samples / row.value / (1.0 + row.residual))


def test_that_another_quality_target_is_not_comparable(world):
    rows = [row for row in asked(world, "bert-large").rows if row.official is not None]
    assert {row.dated for row in rows if not row.comparable} == {"v0.7"}
    assert all(row.left_out for row in rows if not row.comparable)


def test_that_levers_and_systems_change_no_evidence(world, resnet):
    moved = replace(FIRST_START, systems=(SystemChoice("bow-pod", 64),), levers={"bow.compute_gain": 2.0})
    assert evidence(world, moved) == resnet


def test_that_a_relative_workload_has_its_stated_ratios_and_nothing_else(world):
    answer = asked(world, "weather")
    assert answer.rows == ()
    assert [each.ratio for each in answer.statements] == [50.0, 5.0, 60.0]
    assert all(each.origin.producer for each in answer.statements)


def test_that_a_job_nobody_measured_has_no_evidence(world):
    answer = asked(world, "hmc")
    assert answer.rows == answer.statements == ()


def test_that_hardware_lists_every_figure_of_the_ticked_systems_with_its_rivals(world):
    rows = evidence(world, FIRST_START, HARDWARE).hardware
    catalog = world.catalog
    sheets = [
        catalog.chips["gc200"],
        catalog.chips["a100-80gb"],
        catalog.systems["ipu-pod"],
        catalog.systems["dgx-a100"],
    ]
    data = [datum for sheet in sheets for datum in sheet.data.values()]
    assert len(rows) == sum(1 + len(datum.alternatives) for datum in data)
    bandwidth = [row for row in rows if (row.owner, row.attribute) == ("GC200 IPU", "memory_bandwidth")]
    assert [(row.rank, row.datum.value) for row in bandwidth] == [(1, 45e12), (2, 47.5e12)]
    assert all(row.used == 45e12 for row in bandwidth)


def test_that_an_unknown_scope_names_the_nearest(world):
    with refused("'hardwear' is no kind of evidence; the nearest is hardware of workload, hardware"):
        evidence(world, FIRST_START, "hardwear")
