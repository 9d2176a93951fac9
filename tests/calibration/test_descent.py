"""The search: it ends where the loss is least, and where an outside solver ends too."""

import numpy as np
import pytest
from scipy.optimize import least_squares

from ipuwhatif.calibration import descent
from ipuwhatif.calibration.descent import minimise, parts_of
from ipuwhatif.calibration.misfit import FORGIVEN, SOFTNESS, Misfit, held, loss
from ipuwhatif.calibration.observations import observe
from ipuwhatif.calibration.published import published_rows
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.parameters import parameters as all_parameters
from tests.calibration.odd_rows import whole


@pytest.fixture(scope="module")
def misfit(catalog: Catalog) -> Misfit:
    return Misfit(observe(catalog, catalog.official, catalog.references, published_rows(catalog)))


@pytest.fixture(scope="module")
def found(misfit: Misfit) -> np.ndarray:
    return minimise(misfit, len(all_parameters()))


def total(misfit: Misfit, x: np.ndarray) -> float:
    return float(loss(misfit.residuals(x[None])[0], misfit.bound)[0].sum() + loss(x, np.inf)[0].sum())


def gradient(misfit: Misfit, x: np.ndarray) -> np.ndarray:
    residuals, slopes = misfit.slopes(x)
    return whole(slopes).T @ loss(residuals, misfit.bound)[1] + loss(x, np.inf)[1]


def test_that_the_loss_is_flat_where_the_search_ends(misfit: Misfit, found: np.ndarray) -> None:
    assert np.abs(gradient(misfit, found)).max() < 1e-8


def test_that_every_step_away_raises_the_loss(misfit: Misfit, found: np.ndarray) -> None:
    least = total(misfit, found)
    for seed in range(40):
        away = np.random.default_rng(seed).standard_normal(len(found))
        assert total(misfit, found + 0.02 * away) > least
    for column in range(len(found)):
        for sign in (-1.0, 1.0):
            assert total(misfit, found + sign * 1e-3 * np.eye(len(found))[column]) > least


def test_that_another_solver_started_there_stays_there(misfit: Misfit, found: np.ndarray) -> None:
    def residual(x: np.ndarray) -> np.ndarray:
        return np.concatenate([held(misfit.residuals(x[None])[0], misfit.bound), x])

    result = least_squares(residual, found, loss="soft_l1", f_scale=SOFTNESS, jac="2-point", max_nfev=4)
    assert result.x == pytest.approx(found, abs=2e-3)
    assert float(result.cost) == pytest.approx(total(misfit, found), rel=1e-7)
    assert FORGIVEN == SOFTNESS  # one scale of oddness


def test_that_a_search_cut_short_says_so(misfit: Misfit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descent, "MOST_STEPS", 3)
    with pytest.raises(ArithmeticError, match="did not converge in 3 steps"):
        minimise(misfit, len(all_parameters()))


def test_that_parts_share_no_row_and_hold_every_parameter_that_a_row_moves(misfit: Misfit, found: np.ndarray) -> None:
    _, slopes = misfit.slopes(found)
    parts, slopes = parts_of(slopes), whole(slopes)
    rows = np.concatenate([part.rows for part in parts])
    parameters = np.concatenate([part.parameters for part in parts])
    assert sorted(rows) == list(range(len(slopes)))
    assert sorted(parameters) == np.flatnonzero((slopes != 0.0).any(axis=0)).tolist()
    assert len(parts) > 2  # convergence is fitted apart from time
    for part in parts:
        outside = np.setdiff1d(np.arange(slopes.shape[1]), part.parameters)
        assert not slopes[np.ix_(part.rows, outside)].any()
