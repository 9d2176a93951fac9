"""The laws that hold for all inputs that fit, tried over the whole lever space."""

from collections.abc import Sequence
from functools import reduce
from operator import add

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.solving.solve import solve, solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.convergence import samples_to_target
from ipuwhatif.model.factors import ASSUMED
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.layouts.pinned_splits import MISS
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray, anchor_release, known, parameter_index
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.model.roofline import micro_batch_time
from ipuwhatif.model.step import host_wait, update_time
from ipuwhatif.model.time_to_train import PARTS, evaluate
from ipuwhatif.records import replace
from tests.model.prior import CATALOG
from tests.model.space import UNPINNED, cases

#: Rates: more of them is never slower. Costs: less of them is never slower.
GAINS = (
    "compute",
    "link_bandwidth",
    "clock",
    "peak",
    "memory_bandwidth",
    "on_chip_memory",
    "communication",
    "host_input",
)
COSTS = ("link_latency", "samples")
RATES_ASSUMED = (
    "dense_convolution",
    "grouped_convolution",
    "matmul",
    "attention",
    "memory_efficiency",
    "link_efficiency",
    "network_efficiency",
)
#: A known recipe keeps its own samples: a steeper curve then means more beyond its batch, and fewer below it.
CURVE_ASSUMED = ("critical_batch", "rise")
COSTS_ASSUMED = tuple(name for name in ASSUMED if name not in RATES_ASSUMED + CURVE_ASSUMED)
ROUNDING = 1.0 + 1e-12
SOFTWARE = sorted(key for key, each in CATALOG.software.items() if not each.of_language)
OTHER_RELEASES = sorted(set(known().releases) - {anchor_release()})
SEVERAL = st.lists(cases(), min_size=2, max_size=6)


def faster(case: Case, gain: str, factor: float) -> Case:
    return replace(case, gains=replace(case.gains, **{gain: getattr(case.gains, gain) * factor}))


def assuming(case: Case, name: str, factor: float) -> Case:
    return replace(case, assumed=replace(case.assumed, **{name: getattr(case.assumed, name) * factor}))


def lowered(world: World, cases: Sequence[Case], layouts: Sequence[Layout] | None = None) -> Inputs:
    layouts = layouts or choose_layouts(world.catalog, cases, world.calibration.center)
    return with_known_recipes(lower(world.catalog, cases, layouts), world.catalog, cases, layouts)


def times(world: World, inputs: Inputs) -> FloatArray:
    return evaluate(inputs, world.calibration.center).time_to_train[0]


@settings(max_examples=150)
@given(case=cases())
def test_that_everything_is_finite_and_nothing_negative_in_every_draw(world: World, case: Case) -> None:
    outcome = evaluate(lowered(world, [case]), world.calibration.draws)
    for name, values in outcome.parts.items():
        assert np.isfinite(values).all() and (values >= 0.0).all(), name
    for values in (outcome.time_to_train, outcome.step_time, outcome.samples, outcome.throughput):
        assert np.isfinite(values).all() and (values > 0.0).all()


@settings(max_examples=100)
@given(case=cases())
def test_that_an_interval_holds_its_median_and_is_positive(world: World, case: Case) -> None:
    solution = solve(world, [case], draws=64)
    medians = (solution.center.time_to_train, solution.center.throughput, solution.center.samples)
    around = (solution.intervals.time, solution.intervals.throughput, solution.intervals.samples)
    for median, interval in zip(medians, around, strict=True):
        assert 0.0 < interval.low[0] <= median[0, 0] <= interval.high[0] < np.inf
    assert solution.intervals.time.low[0] < solution.intervals.time.high[0]


@settings(max_examples=100)
@given(case=cases())
def test_that_the_parts_add_up_to_the_median_exactly(world: World, case: Case) -> None:
    center = solve_center(world, [case])
    parts = {part: float(center.parts[part][0, 0]) for part in PARTS}
    # one after the other, as arrays are added: `sum` compensates floats from Python 3.12 on
    assert reduce(add, parts.values()) == float(center.time_to_train[0, 0])


@settings(max_examples=60)
@given(several=SEVERAL)
def test_that_many_cases_at_once_are_the_cases_one_by_one(world: World, several: list[Case]) -> None:
    together = solve(world, several, draws=32)
    for column, case in enumerate(several):
        alone = solve(world, [case], draws=32)
        assert alone.layouts[0] == together.layouts[column]
        for part in PARTS:
            single = alone.center.parts[part][0, 0]
            assert together.center.parts[part][0, column] == pytest.approx(single, rel=1e-12), part
        for end in ("low", "high"):
            single = getattr(alone.intervals.time, end)[0]
            assert getattr(together.intervals.time, end)[column] == pytest.approx(single, rel=1e-12)


@settings(max_examples=60)
@given(case=cases(), draw=st.integers(0, 255))
def test_that_many_draws_at_once_are_the_draws_one_by_one(world: World, case: Case, draw: int) -> None:
    inputs, draws = lowered(world, [case]), world.calibration.draws
    together = evaluate(inputs, draws).time_to_train[draw, 0]
    alone = evaluate(inputs, draws[draw : draw + 1]).time_to_train[0, 0]
    assert together == pytest.approx(alone, rel=1e-12)


@settings(max_examples=150)
@given(case=cases(), factor=st.floats(1.0, 4.0))
def test_that_more_compute_a_wider_link_and_a_faster_clock_are_never_slower(
    world: World, case: Case, factor: float
) -> None:
    better = {gain: faster(case, gain, factor) for gain in GAINS}
    better |= {cost: faster(case, cost, 1.0 / factor) for cost in COSTS}
    plain, *moved = solve_center(world, [case, *better.values()]).time_to_train[0]
    for gain, time in zip(better, moved, strict=True):
        # with more memory another split may meet a pinned batch, which is to be met within a hundredth
        room = 1.0 + 2.0 * MISS if gain == "on_chip_memory" and case.pins.global_batch is not None else ROUNDING
        assert time <= plain * room, gain


@settings(max_examples=150)
@given(case=cases(), factor=st.floats(1.0, 4.0))
def test_that_a_kinder_assumption_is_never_slower(world: World, case: Case, factor: float) -> None:
    kinder = {name: assuming(case, name, factor) for name in RATES_ASSUMED}
    kinder |= {name: assuming(case, name, 1.0 / factor) for name in COSTS_ASSUMED}
    plain, *moved = solve_center(world, [case, *kinder.values()]).time_to_train[0]
    for name, time in zip(kinder, moved, strict=True):
        assert time <= plain * ROUNDING, name


@settings(max_examples=60)
@given(case=cases(), factor=st.floats(1.0, 4.0))
def test_that_a_better_chip_is_never_slower_in_any_draw(world: World, case: Case, factor: float) -> None:
    layouts = choose_layouts(world.catalog, [case], world.calibration.center)
    plain = evaluate(lowered(world, [case], layouts), world.calibration.draws).time_to_train
    for gain in GAINS:
        moved = evaluate(lowered(world, [faster(case, gain, factor)], layouts), world.calibration.draws).time_to_train
        assert (moved <= plain * ROUNDING).all(), gain


@settings(max_examples=60)
@given(case=cases(), share=st.floats(0.05, 1.0))
def test_that_less_work_and_lower_latency_are_never_slower(world: World, case: Case, share: float) -> None:
    inputs = lowered(world, [case])
    plain = times(world, inputs)[0]
    fewer = replace(inputs, value=inputs.value | {"evaluation_samples": share * inputs.value["evaluation_samples"]})
    assert times(world, fewer)[0] <= plain * ROUNDING
    for name in ("op_flops", "op_bytes", "op_weight_bytes", "op_launches", "held_parameters", "reference_floor"):
        less = replace(inputs, **{name: share * getattr(inputs, name)})
        assert times(world, less)[0] <= plain * ROUNDING, name
    rarer = replace(inputs, evaluation_every=inputs.evaluation_every / share)
    assert times(world, rarer)[0] <= plain * ROUNDING
    for role in ("floor", "launch", "step_fixed", "update", "network_latency", "checkpoint", "start_up", "joining"):
        if (inputs.role[role] == parameter_index()["one"]).all():
            continue  # a role that the job does not play shares its column with others
        center = world.calibration.center.copy()
        center[:, inputs.role[role]] *= share
        assert evaluate(inputs, center).time_to_train[0, 0] <= plain * ROUNDING, role


@settings(max_examples=100)
@given(case=cases(), factors=st.lists(st.floats(0.01, 100.0), min_size=2, max_size=8))
def test_that_samples_never_fall_with_the_batch(world: World, case: Case, factors: list[float]) -> None:
    (layout,) = choose_layouts(world.catalog, [case], world.calibration.center)
    batches = sorted(max(1, round(factor * layout.global_batch)) for factor in factors)
    layouts = [replace(layout, global_batch=batch) for batch in batches]
    inputs = lowered(world, [case] * len(batches), layouts)
    for parameters in (world.calibration.center, world.calibration.draws):
        samples = samples_to_target(inputs, parameters)
        assert (np.diff(samples, axis=1) >= -1e-12 * samples[:, 1:]).all()


@settings(max_examples=100)
@given(case=cases(), down=st.booleans())
def test_that_a_gain_slider_never_jumps(world: World, case: Case, down: bool) -> None:
    layouts = choose_layouts(world.catalog, [case], world.calibration.center)
    factor = 1.0 / 1.0001 if down else 1.0001
    nudged = [case, *(faster(case, gain, factor) for gain in GAINS)]
    held = times(world, lowered(world, nudged, layouts * len(nudged)))
    assert np.abs(held[1:] / held[0] - 1.0).max() < 1e-3
    # Where the best layout changes on the way, both are equally fast there.
    searched = solve_center(world, nudged).time_to_train[0]
    assert np.abs(searched[1:] / searched[0] - 1.0).max() < 1e-3


@st.composite
def related(draw: st.DrawFn) -> list[tuple[Case, dict[str, float]]]:
    """Cases that differ in what a group shares, in what it does not, or in neither, with the changes to the layout."""
    base = draw(cases())
    others = []
    for _ in range(draw(st.integers(2, 6))):
        gain = draw(st.sampled_from([*GAINS, ""]))
        case = faster(base, gain, draw(st.sampled_from([0.5, 2.0]))) if gain else base
        layout = {"replicas": st.sampled_from([1, 2]), "micro_batch": st.sampled_from([1, 3])}
        more = {"gradient_accumulation": st.sampled_from([1, 5]), "cuda_graph": st.booleans()}
        others.append((case, draw(st.fixed_dictionaries({}, optional=layout | more))))
    return [*others, (draw(cases()), {})]


@settings(max_examples=60)
@given(several=related())
def test_that_cases_in_groups_are_the_cases_each_in_its_own(
    world: World, several: list[tuple[Case, dict[str, float]]]
) -> None:
    asked = [case for case, _ in several]
    assume(not any(reason_not_to_fit(world.catalog, case) for case in asked))  # half the memory may hold no job
    chosen = choose_layouts(world.catalog, asked, world.calibration.center)
    layouts = [replace(layout, **changes) for layout, (_, changes) in zip(chosen, several, strict=True)]
    grouped = lowered(world, asked, layouts)
    each = np.arange(len(asked))
    tables = ("op_flops", "op_bytes", "op_weight_bytes", "op_launches", "op_efficiency", "op_count", "op_share")
    spread = {name: getattr(grouped, name)[grouped.group] for name in tables}
    ungrouped = replace(grouped, group=each, first_of_group=each, **spread)
    together, apart = (evaluate(inputs, world.calibration.draws[:8]) for inputs in (grouped, ungrouped))
    for part in PARTS:
        np.testing.assert_allclose(together.parts[part], apart.parts[part], rtol=1e-12, err_msg=part)
    for column, case in enumerate(asked):
        alone = evaluate(lowered(world, [case], [layouts[column]]), world.calibration.draws[:8])
        for part in PARTS:
            found = together.parts[part][:, column]
            np.testing.assert_allclose(found, alone.parts[part][:, 0], rtol=1e-12, err_msg=part)


@settings(max_examples=60)
@given(
    case=cases(UNPINNED),
    software=st.sampled_from(SOFTWARE),
    release=st.sampled_from(OTHER_RELEASES),
)
def test_that_published_software_is_as_fast_in_every_release(
    world: World, case: Case, software: str, release: str
) -> None:
    assume(case.policy == BEST and world.catalog.systems[case.choice.system].family == "gpu")
    assume(not is_language_model(world.catalog.workloads[case.workload]))  # what is published is of other jobs
    case = replace(case, software=software)
    layouts = choose_layouts(world.catalog, [case], world.calibration.center)
    speeds = [
        evaluate(lowered(world, [replace(case, release=each)], layouts), world.calibration.draws[:8]).throughput
        for each in (case.release, release)
    ]
    np.testing.assert_array_equal(*speeds)


@settings(max_examples=60)
@given(case=cases(UNPINNED))
def test_that_a_release_to_come_differs_from_the_last_round_by_drift_alone(world: World, case: Case) -> None:
    last, to_come = sorted(known().releases)[-2:]
    case = replace(case, policy=BEST, release=last, software="")
    job = world.catalog.workloads[case.workload]
    assume(not (job.frameworks and world.catalog.systems[case.choice.system].family == "gpu"))
    assume(not is_language_model(job))  # whose software has a gain of its own
    assume(not reason_not_to_fit(world.catalog, case))
    layouts = choose_layouts(world.catalog, [case], world.calibration.center)
    draws = world.calibration.draws[:8]
    now, later = (lowered(world, [replace(case, release=release)], layouts) for release in (last, to_come))
    work = [micro_batch_time(inputs, draws) for inputs in (now, later)]
    matured = draws[:, later.role["young_loss"]] * (later.value["youth"] - now.value["youth"])[:, None]
    drifted = np.exp(matured) / draws[:, later.role["drift"]]
    np.testing.assert_allclose(work[1].compute, work[0].compute * drifted, rtol=1e-9)
    np.testing.assert_allclose(work[1].memory, work[0].memory * drifted, rtol=1e-9)
    np.testing.assert_array_equal(work[1].launch, work[0].launch)
    np.testing.assert_array_equal(update_time(later, draws), update_time(now, draws))
    waited = 1.0 / draws[:, later.role["step_drift"]]
    np.testing.assert_allclose(host_wait(later, draws), host_wait(now, draws) * waited, rtol=1e-9)
    np.testing.assert_array_equal(now.reference_floor, later.reference_floor)  # the rules stay those of the last round


@settings(max_examples=60)
@given(case=cases(UNPINNED))
def test_that_the_search_finds_what_the_model_says_it_found(world: World, case: Case) -> None:
    solution = solve(world, [case], draws=2)
    again = times(world, lowered(world, [case], solution.layouts))
    assert again[0] == solution.center.time_to_train[0, 0]
