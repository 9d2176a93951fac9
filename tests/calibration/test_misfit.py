"""How far the model is from what was measured, what an odd row may say, and how that moves with the parameters."""

import numpy as np
import pytest

from ipuwhatif.calibration.misfit import FORGIVEN, Misfit, held, loss
from ipuwhatif.calibration.observations import Observations, observe
from ipuwhatif.calibration.published import published_rows
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.parameters import natural, prior_center, prior_spread
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace
from tests.calibration.odd_rows import slowed, whole

AT_THE_PRIOR = np.zeros((1, len(all_parameters())))


@pytest.fixture(scope="module")
def everything(catalog: Catalog) -> Observations:
    return observe(catalog, catalog.official, catalog.references, published_rows(catalog))


@pytest.fixture(scope="module")
def few(catalog: Catalog) -> Observations:
    rows = [row for row in catalog.official if row.release == "2021-12" and row.submitter in ("NVIDIA", "Inspur")]
    return observe(catalog, rows, [])


def losses(observed: Observations) -> float:
    misfit = Misfit(observed)
    return float(loss(misfit.residuals(AT_THE_PRIOR)[0], misfit.bound)[0].sum())


def test_that_slopes_are_those_of_the_residuals_for_every_parameter(everything: Observations) -> None:
    misfit = Misfit(everything)
    step, count = 1e-5, len(all_parameters())
    for seed in (0, 1):
        drawn = np.random.default_rng(seed)
        x = 0.5 * drawn.standard_normal(count)
        residuals, slopes = misfit.slopes(x)
        assert residuals == pytest.approx(misfit.residuals(x[None])[0], rel=1e-9, abs=1e-9)
        # a wrong slope of any one parameter shows along each direction that moves all of them
        along = drawn.uniform(0.5, 1.5, (12, count)) * drawn.choice([-1.0, 1.0], (12, count))
        differences = (misfit.residuals(x + step * along) - misfit.residuals(x - step * along)).T / (2 * step)
        assert whole(slopes) @ along.T == pytest.approx(differences, rel=1e-5, abs=1e-5)


def test_that_a_residual_is_the_logarithm_of_what_is_said_over_what_was_measured(few: Observations) -> None:
    misfit = Misfit(few)
    throughput = evaluate(few.inputs, natural(prior_center()[None])).throughput[0]
    told = np.flatnonzero(~np.isnan(few.throughput))
    expected = np.log(throughput / few.throughput)[told] / 0.015
    assert misfit.residuals(AT_THE_PRIOR)[0][: len(told)] == pytest.approx(expected, rel=1e-12)


def test_that_positions_count_in_standard_deviations_of_the_priors(few: Observations) -> None:
    misfit = Misfit(few)
    assert misfit.unbounded(AT_THE_PRIOR[0]) == pytest.approx(prior_center())
    assert misfit.unbounded(AT_THE_PRIOR[0] + 2.0) == pytest.approx(prior_center() + 2.0 * prior_spread())


def test_that_many_draws_at_once_are_the_draws_one_by_one(everything: Observations) -> None:
    misfit = Misfit(everything)
    x = 0.3 * np.random.default_rng(5).standard_normal((19, len(all_parameters())))
    together = misfit.residuals(x)
    alone = np.concatenate([misfit.residuals(each[None]) for each in x])
    assert together == pytest.approx(alone, rel=1e-12, abs=1e-10)


def test_that_twice_and_ten_times_as_slow_is_the_same_for_a_third_party(few: Observations) -> None:
    # nothing that one row says counts for more than FORGIVEN standard deviations, in speed and in time
    most = 2 * FORGIVEN**2 / 2  # two residuals, each of half its square at most
    plain = losses(few)
    assert abs(losses(slowed(few, "Inspur", 1e3)) - losses(slowed(few, "Inspur", 1e6))) < 0.1
    assert losses(slowed(few, "Inspur", 1e6)) - plain <= most
    assert losses(slowed(few, "NVIDIA", 1e6)) - losses(slowed(few, "NVIDIA", 1e3)) > 10 * most


def test_that_a_bounded_residual_is_itself_when_small_and_never_more_than_it_is_forgiven() -> None:
    assert held(np.array([0.0, 0.1, -0.1]), FORGIVEN) == pytest.approx([0.0, 0.1, -0.1], rel=1e-3)
    assert held(np.array([4.0, -4.0]), FORGIVEN) == pytest.approx([4 / 2**0.5, -4 / 2**0.5])
    assert held(np.array([1e6, -1e6]), FORGIVEN) == pytest.approx([FORGIVEN, -FORGIVEN])
    assert held(np.array([123.0]), np.inf) == pytest.approx([123.0])
    assert (np.diff(held(np.linspace(-50.0, 50.0, 1001), FORGIVEN)) > 0).all()


@pytest.mark.parametrize("bound", [FORGIVEN, np.inf])
def test_that_the_derivatives_of_the_loss_are_its_own(bound: float) -> None:
    residuals, step = np.linspace(-20.0, 20.0, 401), 1e-5
    _, first, second = loss(residuals, bound)
    (above, above_first, _), (below, below_first, _) = loss(residuals + step, bound), loss(residuals - step, bound)
    assert first == pytest.approx((above - below) / (2 * step), abs=1e-7)
    assert second == pytest.approx((above_first - below_first) / (2 * step), abs=1e-7)


def test_that_one_odd_published_figure_is_bounded_too(catalog: Catalog) -> None:
    (row, *_) = published_rows(catalog)
    for factor in (1e-6, 1e6):
        misfit = Misfit(observe(catalog, [], [], [replace(row, throughput=row.throughput * factor)]))
        (residual,) = held(misfit.residuals(AT_THE_PRIOR)[0], misfit.bound)
        assert FORGIVEN - 1e-2 < abs(residual) <= FORGIVEN


def test_that_what_the_log_does_not_tell_says_nothing(few: Observations) -> None:
    unknown = np.full(len(few.rows), np.nan)
    silent = replace(
        few,
        throughput=unknown,
        measured_s=unknown,
        samples=unknown,
        evaluation_s=unknown,
        start_up_s=unknown,
        overhead_s=unknown,
    )
    assert Misfit(silent).residuals(AT_THE_PRIOR).shape == (1, 0)
    assert np.abs(Misfit(few).residuals(AT_THE_PRIOR)).max() > 1.0
