"""Curves along the chip count."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.scaling import POINTS, chip_counts, scaling, whole_range
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import InputError, told
from tests.refusals import refused


@pytest.mark.parametrize(("low", "high"), [(1, 1024), (16, 1024), (1, 5000), (100, 120), (7, 7), (1000, 10**6)])
def test_that_counts_ascend_within_the_range_and_the_system(
    world: World, scenario: Scenario, low: int, high: int
) -> None:
    for curve in scaling(world, scenario, low, high, draws=4).curves:
        limits = world.catalog.systems[curve.system]
        assert list(curve.chips) == sorted(set(curve.chips))
        assert max(low, limits.minimum_chips) == curve.chips[0]
        assert min(high, limits.maximum_chips) == curve.chips[-1]
        assert len(curve.chips) <= POINTS


def test_that_the_whole_range_goes_from_a_machine_or_less_to_the_largest_system(world: World) -> None:
    catalog = world.catalog
    assert whole_range(catalog, FIRST_START) == (4, 4320)
    assert whole_range(catalog, replace(FIRST_START, systems=(SystemChoice("dgx-a100", 64),))) == (8, 4320)
    assert whole_range(catalog, replace(FIRST_START, systems=(SystemChoice("dgx-a100", 2),))) == (2, 4320)


def test_that_presets_ticked_systems_and_powers_of_two_are_on_the_curve(world: World, scenario: Scenario) -> None:
    ticked = scenario.with_system(SystemChoice("ipu-pod", 48), True)
    counts = set(chip_counts(world.catalog, ticked, "ipu-pod", 1, 1024))
    assert {4, 16, 32, 48, 64, 128, 256, 512, 1024} <= counts


def test_that_columns_are_of_equal_length_and_in_their_interval(world: World, scenario: Scenario) -> None:
    answer = scaling(world, scenario, 1, 1024, draws=16)
    assert (answer.workload, answer.recipe, answer.release) == ("resnet50", "closed", "2021-12")
    assert [curve.system for curve in answer.curves] == ["ipu-pod", "dgx-a100"]
    for curve in answer.curves:
        assert len(curve.median) == len(curve.low) == len(curve.high) == len(curve.calibrated) == len(curve.chips)
        for low, median, high in zip(curve.low, curve.median, curve.high, strict=True):
            assert 0 < low <= median <= high


def test_that_the_curve_is_calibrated_where_the_evidence_reaches(world: World, scenario: Scenario) -> None:
    ipus, gpus = scaling(world, scenario, 1, 1024, draws=4).curves
    left = dict(zip(ipus.chips, ipus.beyond, strict=True))
    assert {chips for chips, axes in left.items() if "chips" not in axes} == {
        chips for chips in ipus.chips if 16 <= chips <= 256
    }
    # from there on the search asks for more than twice the batch that was run on so many chips
    assert [chips for chips, axes in left.items() if 16 <= chips <= 256 and axes] == [128, 180, 256]
    assert [inside for chips, inside in zip(gpus.chips, gpus.calibrated, strict=True) if chips >= 8] == [True] * sum(
        chips >= 8 for chips in gpus.chips
    )


def test_that_each_point_says_where_it_leaves_the_evidence_and_its_batch(world: World, scenario: Scenario) -> None:
    for curve in scaling(world, scenario, 1, 1024, draws=4).curves:
        assert [not axes for axes in curve.beyond] == list(curve.calibrated)
        assert len(curve.layouts) == len(curve.chips)
        layouts = zip(curve.layouts, curve.chips, strict=True)
        assert all(layout.global_batch >= chips for layout, chips in layouts)


def test_that_the_curve_passes_through_the_comparison(world: World, scenario: Scenario) -> None:
    ipus = scaling(world, scenario, 16, 256, draws=4).curves[0]
    on_curve = dict(zip(ipus.chips, ipus.median, strict=True))
    for each in compare(world, scenario, draws=4).projections:
        if each.choice.system == "ipu-pod":
            assert on_curve[each.choice.chips] == pytest.approx(each.time_to_train_s.median, rel=1e-12)


def test_that_official_results_in_the_range_stand_beside_the_curve(world: World, scenario: Scenario) -> None:
    ipus, gpus = scaling(world, scenario, 16, 256, draws=4).curves
    assert sorted(entry.chips for entry in ipus.official) == [16, 64, 128, 256]
    assert sorted(entry.chips for entry in gpus.official) == [64]
    assert {entry.release for entry in (*ipus.official, *gpus.official)} == {"2021-12"}


def test_that_a_lever_leaves_a_ghost_on_the_curves_it_moved(world: World, scenario: Scenario) -> None:
    plain = scaling(world, scenario, 16, 256, draws=4)
    assert [curve.baseline_median for curve in plain.curves] == [None, None]
    moved = scaling(world, scenario.with_lever("ipu.compute_gain", 1.3), 16, 256, draws=4)
    ipus, gpus = moved.curves
    assert ipus.baseline_median == pytest.approx(plain.curves[0].median, rel=1e-12)
    assert all(now < before for now, before in zip(ipus.median, ipus.baseline_median, strict=True))
    assert gpus.baseline_median is None


def test_that_counts_that_do_not_fit_are_left_out_with_a_reason(world: World, bert: Scenario) -> None:
    answer = scaling(world, bert, 1, 64, draws=4)
    assert answer.curves[0].chips[0] == 4
    assert any("the smallest number that does is 4 IPUs" in told(note) for note in answer.notes)
    assert not any("does not fit" in told(note) for note in scaling(world, bert, 4, 64, draws=4).notes)


def test_that_a_curve_is_searched_even_where_the_question_was_as_submitted(world: World, scenario: Scenario) -> None:
    submitted = replace(scenario, policy=AS_SUBMITTED)
    assert scaling(world, submitted, 16, 64, draws=4).curves == scaling(world, scenario, 16, 64, draws=4).curves


@pytest.mark.parametrize(("low", "high"), [(0, 16), (-3, 16), (64, 16)])
def test_that_a_range_without_chips_is_refused(world: World, scenario: Scenario, low: int, high: int) -> None:
    with pytest.raises(InputError, match="chips from"):
        scaling(world, scenario, low, high)


def test_that_a_range_that_no_system_reaches_is_refused(world: World, scenario: Scenario, bert: Scenario) -> None:
    with refused("no system of this comparison runs with 5000 to 6000 chips"):
        scaling(world, scenario, 5000, 6000)
    only_ipus = replace(bert, systems=(SystemChoice("ipu-pod", 16),))
    with refused(
        "no system of this comparison runs with 1 to 3 chips: BERT-Large does not fit on 1 IPU: the smallest "
        "number that does is 4 IPUs (a chip would need 1.42 GB; of its 900 MB, 720 MB are there for that)"
    ):
        scaling(world, only_ipus, 1, 3)


def test_that_the_part_that_binds_is_the_largest_of_the_breakdown(world: World, scenario: Scenario) -> None:
    ipus = scaling(world, scenario, 16, 256, draws=4).curves[0]
    binding = dict(zip(ipus.chips, ipus.binding, strict=True))
    for each in compare(world, scenario, draws=4).projections:
        if each.choice.system == "ipu-pod":
            assert binding[each.choice.chips] == max(each.breakdown_s, key=lambda part: each.breakdown_s[part])


def test_that_moved_assumptions_leave_a_trace_between_baseline_and_projection(world: World, scenario: Scenario) -> None:
    believed = scenario.with_lever("ipu.dense_convolution", 0.8)
    both = believed.with_lever("ipu.compute_gain", 1.3)
    ipus, gpus = scaling(world, both, 16, 256, draws=4).curves
    assert ipus.assumed_median == scaling(world, believed, 16, 256, draws=4).curves[0].median
    assert ipus.baseline_median == scaling(world, scenario, 16, 256, draws=4).curves[0].median
    assert (gpus.baseline_median, gpus.assumed_median) == (None, None)
    assert scaling(world, believed, 16, 256, draws=4).curves[0].assumed_median is None


def test_that_a_baseline_that_does_not_fit_leaves_the_curve_without_a_ghost(world: World, bert: Scenario) -> None:
    larger = bert.with_lever("ipu.on_chip_memory_gain", 4.0)
    plain, moved = (scaling(world, each, 1, 64, draws=4).curves[0] for each in (bert, larger))
    assert moved.chips[0] < plain.chips[0]
    assert moved.baseline_median is None
