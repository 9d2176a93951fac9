"""Intervals: how wide, around what, never across a score's floor, and with a slow tail for third parties."""

import numpy as np
import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import SLOWEST, TAIL_BEGINS, Intervals, intervals, slow_tail
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.calibration.store import NOISE_COLUMNS, noise_for
from ipuwhatif.calibration.support.support import EvidenceCoverage
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import known
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace

CASE = Case("bert-large", SystemChoice("ipu-pod", 64), "2021-12", "open")
INSIDE = EvidenceCoverage((), 0.0, ())


def around(world: World, case: Case, support: EvidenceCoverage = INSIDE, draws: int | None = None) -> Intervals:
    layouts = choose_layouts(world.catalog, [case], world.calibration.center)
    inputs = with_known_recipes(lower(world.catalog, [case], layouts), world.catalog, [case], layouts)
    center = evaluate(inputs, world.calibration.center)
    return intervals(world.calibration, [case], inputs, [support], center, draws)


def width(interval) -> float:
    return float(np.log(interval.high[0] / interval.low[0]))


def test_that_distance_from_the_evidence_widens_time_and_throughput_and_not_samples(world: World) -> None:
    inside, beyond = around(world, CASE), around(world, CASE, EvidenceCoverage(("chips",), 0.2, ()))
    assert width(beyond.time) > 1.5 * width(inside.time)
    assert width(beyond.throughput) > 1.5 * width(inside.throughput)
    assert width(beyond.samples) == width(inside.samples)


def test_that_a_wide_spread_is_about_its_normal_quantile(world: World) -> None:
    wide = around(world, CASE, EvidenceCoverage(("chips",), 1.0, ()))
    assert width(wide.throughput) == pytest.approx(2 * 1.2816, rel=0.15)  # 80 % of a normal, both sides


def test_that_a_known_recipe_is_narrower_than_the_curve(world: World) -> None:
    submitted = around(world, replace(CASE, policy="as-submitted"))
    assert width(submitted.samples) < width(around(world, CASE).samples)
    # what is left: the scatter of one recipe's runs, and a fifth of that between recipes
    prior = known().workloads["bert-large"]
    left = np.hypot(prior.within_recipe, prior.between_recipes * 0.2**0.5)
    assert width(submitted.samples) < 1.3 * 2 * 1.2816 * left


def test_that_a_searched_layout_may_be_slower_than_it_promises_and_is_not_faster_for_it(world: World) -> None:
    layouts = choose_layouts(world.catalog, [CASE], world.calibration.center)
    inputs = lower(world.catalog, [CASE], layouts)
    center = evaluate(inputs, world.calibration.center)
    untried = replace(INSIDE, untuned=1.0)  # no entry tuned a recipe for such a batch
    ends = {
        policy: intervals(world.calibration, [replace(CASE, policy=policy)], inputs, [untried], center)
        for policy in ("best", "as-submitted")
    }
    tried = intervals(world.calibration, [CASE], inputs, [INSIDE], center)
    assert tried.time.high[0] < ends["best"].time.high[0]
    assert ends["best"].time.high[0] > 1.02 * ends["as-submitted"].time.high[0]
    assert ends["best"].time.low[0] >= ends["as-submitted"].time.low[0]
    assert ends["best"].samples.high[0] == ends["as-submitted"].samples.high[0]


def test_that_no_run_of_a_closed_score_needs_less_than_the_reference(world: World) -> None:
    closed = replace(CASE, recipe="closed")
    layouts = choose_layouts(world.catalog, [closed], world.calibration.center)
    floor = lower(world.catalog, [closed], layouts).reference_floor[0]
    assert around(world, closed).samples.low[0] >= floor * (1 - 1e-12)


def test_that_fewer_draws_say_nearly_the_same(world: World) -> None:
    few, many = around(world, CASE, draws=64), around(world, CASE)
    assert few.time.low[0] == pytest.approx(many.time.low[0], rel=0.05)
    assert few.time.high[0] == pytest.approx(many.time.high[0], rel=0.05)


def test_that_the_same_question_has_the_same_interval(world: World) -> None:
    first, second = around(world, CASE), around(world, CASE)
    assert first.time.low[0] == second.time.low[0] and first.time.high[0] == second.time.high[0]


def tailed(normal: list[float], *supports: EvidenceCoverage) -> list[list[float]]:
    noise = np.zeros((len(normal), len(NOISE_COLUMNS)))
    noise[:, NOISE_COLUMNS.index("third_party")] = normal
    return np.broadcast_to(slow_tail(noise, supports), (len(normal), len(supports))).tolist()


def test_that_one_third_party_in_ten_is_slower_and_none_faster_or_slower_than_twice() -> None:
    third = replace(INSIDE, third_party=True)
    normal = [-5.0, 0.0, TAIL_BEGINS, TAIL_BEGINS + 0.4, TAIL_BEGINS + 1.0, 9.0]
    assert [row[0] for row in tailed(normal, third)] == pytest.approx([1.0, 1.0, 1.0, 1.4, 2.0, SLOWEST])
    noise = noise_for(20_000)[:, NOISE_COLUMNS.index("third_party")]
    factors = np.array(tailed(noise.tolist(), third))
    assert np.mean(factors > 1.0) == pytest.approx(0.10, abs=0.01)
    assert factors.min() == 1.0 and factors.max() == SLOWEST == 2.0


def test_that_a_chips_own_vendor_has_no_slow_tail() -> None:
    assert tailed([0.0, 3.0], INSIDE, replace(INSIDE, third_party=True)) == [[1.0, 1.0], [1.0, SLOWEST]]


def test_that_a_server_of_others_may_be_slower_and_is_hardly_faster_for_it(world: World) -> None:
    own, other = around(world, CASE), around(world, CASE, replace(INSIDE, third_party=True))
    slower = np.log(other.time.high[0] / own.time.high[0])
    faster = np.log(own.time.low[0] / other.time.low[0])
    assert slower > 0.0 and abs(faster) < slower / 2
    assert other.throughput.low[0] < own.throughput.low[0]
    assert other.samples.high[0] == own.samples.high[0]


def test_that_samples_that_the_user_states_do_not_scatter(world: World) -> None:
    case = Case("efficientnet-b4", SystemChoice("dgx-a100", 8), "2021-12", "stated", samples=1e7)
    unknown = EvidenceCoverage(("chips",), 0.2, (), untuned=1.0, samples_spread=0.5)
    found = around(world, case, unknown)
    assert found.samples.low[0] == found.samples.high[0] == 1e7
    assert width(found.time) > 0.1 and width(found.throughput) > 0.1


def test_that_a_recipe_that_nobody_ran_on_the_architecture_scatters_samples_and_time_and_no_throughput(
    world: World,
) -> None:
    known, unknown = around(world, CASE), around(world, CASE, replace(INSIDE, samples_spread=0.3))
    assert width(unknown.samples) > 2 * width(known.samples)
    assert width(unknown.time) > 1.2 * width(known.time)
    assert width(unknown.throughput) == width(known.throughput)


def test_that_the_scatter_is_that_of_whose_software_runs_the_chip(world: World) -> None:
    gpu, other = (around(world, CASE, replace(INSIDE, stack=stack)) for stack in ("gpu", "other"))
    assert width(other.throughput) > width(gpu.throughput)
    silent = world.calibration.noise.copy()
    silent[:, [NOISE_COLUMNS.index(f"throughput.{stack}") for stack in ("gpu", "other")]] = 0.0
    calm = replace(world, calibration=replace(world.calibration, noise=silent))
    assert width(around(calm, CASE, replace(INSIDE, stack="other")).throughput) < width(other.throughput)
    own = replace(INSIDE, stack="ipu")
    assert around(calm, CASE, own).time.high[0] == around(world, CASE, own).time.high[0]


def test_that_cases_beside_others_have_the_interval_that_they_have_alone(world: World) -> None:
    stated = Case("efficientnet-b4", SystemChoice("dgx-a100", 8), "2021-12", "stated", samples=1e7)
    cases = [CASE, stated, replace(CASE, recipe="closed")]
    supports = [
        INSIDE,
        replace(INSIDE, third_party=True),
        EvidenceCoverage(("chips",), 0.2, (), untuned=0.5, stack="ipu"),
    ]
    layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    inputs = with_known_recipes(lower(world.catalog, cases, layouts), world.catalog, cases, layouts)
    center = evaluate(inputs, world.calibration.center)
    together = intervals(world.calibration, cases, inputs, supports, center, draws=64)
    for column, (case, support) in enumerate(zip(cases, supports, strict=True)):
        alone = around(world, case, support, draws=64)
        for name in ("time", "throughput", "samples"):
            for end in ("low", "high"):
                found = getattr(getattr(together, name), end)[column]
                assert found == pytest.approx(getattr(getattr(alone, name), end)[0], rel=1e-12)
