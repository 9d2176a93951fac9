"""Samples to target by hand: flat, past the bend, with a known recipe, at the reference floor, by decay length."""

from math import log

import pytest

from ipuwhatif.model.convergence import HORIZON_BATCH, SMOOTHNESS, samples_to_target
from tests.model.synthetic import inputs, parameters

CURVE = {"floor": 1e6, "slope": 0.04, "critical_batch": 4000.0, "rise": 0.4, "far_batch": 1e12, "far_rise": 0.3}
KNOWN = parameters(**CURVE, horizon=0.0)


def samples(batch: float, known=KNOWN, **changes: object) -> float:
    return float(samples_to_target(inputs(global_batch=batch, **changes), known)[0, 0])


def test_that_samples_are_nearly_flat_far_below_the_critical_batch() -> None:
    assert samples(400) == pytest.approx(1e6 * 0.1**0.04, rel=1e-9)


def test_that_samples_rise_with_both_exponents_far_beyond_it() -> None:
    assert samples(40_000) == pytest.approx(1e6 * 10 ** (0.04 + 0.4), rel=1e-9)


def test_that_the_bend_is_smooth_at_the_critical_batch() -> None:
    assert samples(4_000) == pytest.approx(1e6 * 2 ** (0.4 * SMOOTHNESS), rel=1e-9)


def test_that_a_far_batch_adds_its_own_rise() -> None:
    known = parameters(**(CURVE | {"far_batch": 20_000.0}), horizon=0.0)
    assert samples(200_000, known) == pytest.approx(1e6 * 50**0.44 * 10**0.3, rel=1e-9)


def test_that_effects_of_group_optimizer_and_release_multiply() -> None:
    known = parameters(**CURVE, horizon=0.0, floor_effect=0.9, recipe_effect=1.1, optimizer_penalty=1.15)
    assert samples(400, known) == pytest.approx(samples(400) * 0.9 * 1.1 * 1.15, rel=1e-12)


def test_that_a_group_with_a_later_bend_rises_later() -> None:
    later = parameters(**CURVE, horizon=0.0, critical_batch_effect=2.0, rise_effect=0.5)
    assert samples(80_000, later) == pytest.approx(1e6 * 10 ** (0.04 + 0.2), rel=1e-9)


def test_that_a_known_recipe_needs_again_what_it_needed() -> None:
    recipe = {"recipe_samples": 1.3e6, "recipe_batch": 400.0, "recipe_weight": 1.0}
    assert samples(400, **recipe) == pytest.approx(1.3e6, rel=1e-12)


def test_that_a_known_recipe_is_shrunk_towards_the_curve_by_its_weight() -> None:
    recipe = {"recipe_samples": 1.3e6, "recipe_batch": 400.0, "recipe_weight": 0.5}
    assert samples(400, **recipe) == pytest.approx((1.3e6 * samples(400)) ** 0.5, rel=1e-12)


def test_that_a_recipe_keeps_its_distance_where_the_batch_is_moved() -> None:
    recipe = {"recipe_samples": 1.3e6, "recipe_batch": 400.0, "recipe_weight": 1.0}
    assert samples(40_000, **recipe) / samples(40_000) == pytest.approx(1.3e6 / samples(400), rel=1e-9)


def test_that_a_score_is_never_below_the_reference() -> None:
    assert samples(400, reference_floor=2e6) == 2e6
    assert samples(400, reference_floor=1e5) == samples(400)


def test_that_stated_samples_override_curve_recipe_and_reference() -> None:
    recipe = {"recipe_samples": 1.3e6, "recipe_batch": 400.0, "recipe_weight": 1.0}
    for batch in (1.0, 400.0, 1e6):
        assert samples(batch, stated_samples=5e5, reference_floor=2e6, **recipe) == 5e5
    assert samples(400, stated_samples=0.0) == samples(400)


def test_that_cases_with_and_without_a_target_stand_beside_each_other() -> None:
    both = inputs(global_batch=[400.0, 400.0], stated_samples=[0.0, 5e5])
    assert samples_to_target(both, KNOWN)[0].tolist() == [samples(400), 5e5]


def test_that_samples_follow_a_share_of_an_unusual_decay_length() -> None:
    known = parameters(**CURVE, horizon=0.6, horizon_ratio=1.25)
    plain = samples(HORIZON_BATCH, known)
    usual = 1.25 * plain
    assert samples(HORIZON_BATCH, known, horizon_samples=usual) == pytest.approx(plain, rel=1e-12)
    doubled = samples(HORIZON_BATCH, known, horizon_samples=2 * usual)
    assert log(doubled / plain) == pytest.approx(0.6 * log(2), rel=1e-9)
    assert samples(HORIZON_BATCH, known, horizon_samples=0.0) == plain


def test_that_the_usual_decay_length_grows_with_the_batch() -> None:
    known = parameters(**CURVE, horizon=0.6, horizon_ratio=1.25, horizon_slope=0.05)
    plain = samples(2 * HORIZON_BATCH, known)
    assert samples(2 * HORIZON_BATCH, known, horizon_samples=1.25 * 2**0.05 * plain) == pytest.approx(plain, rel=1e-12)
