"""The fit: it finds what made the data, holds priors where nothing speaks, and the shipped file is its result."""

from dataclasses import replace

import numpy as np
import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.fit import DRAWS, Fit, fit
from ipuwhatif.calibration.observations import Observations, observe
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.parameters import PARAMETERS, natural, parameter_index, prior_center, prior_spread
from ipuwhatif.model.time_to_train import evaluate


@pytest.fixture(scope="module")
def observations(catalog: Catalog) -> Observations:
    return observe(catalog, catalog.official, catalog.references)


@pytest.fixture(scope="module")
def fitted(observations: Observations) -> Fit:
    return fit(observations)


def test_that_the_shipped_calibration_is_what_make_calibrate_would_write(world: World, fitted: Fit) -> None:
    assert natural(fitted.center[None])[0] == pytest.approx(world.calibration.center[0], rel=1e-6)
    shipped = world.calibration.draws
    assert natural(fitted.draws) == pytest.approx(shipped, rel=1e-4)  # kept in single precision


def test_that_the_fit_comes_closer_than_the_priors(observations: Observations, fitted: Fit) -> None:
    def error(unbounded) -> float:
        throughput = evaluate(observations.inputs, natural(unbounded[None])).throughput[0]
        return float(np.nanmean(np.abs(np.log(throughput / observations.throughput))))

    assert error(fitted.center) < 0.02 < error(prior_center())


def test_that_draws_scatter_around_the_centre_within_the_priors(fitted: Fit) -> None:
    assert fitted.draws.shape == (DRAWS, len(PARAMETERS))
    assert np.isfinite(fitted.draws).all()
    offset = np.abs(fitted.draws.mean(axis=0) - fitted.center) / prior_spread()
    assert offset.max() < 0.35
    assert (fitted.draws.std(axis=0) <= 1.25 * prior_spread()).all()


def test_that_what_no_evidence_names_keeps_its_prior(fitted: Fit) -> None:
    column = parameter_index()["chip_effect.bow"]
    assert fitted.center[column] == pytest.approx(prior_center()[column], abs=1e-6)
    assert fitted.draws[:, column].std() == pytest.approx(prior_spread()[column], rel=0.2)


def test_that_a_fit_to_nothing_is_the_prior(catalog: Catalog) -> None:
    nothing = fit(observe(catalog, [], []))
    assert nothing.center == pytest.approx(prior_center(), abs=1e-9)
    assert nothing.draws.std(axis=0) == pytest.approx(prior_spread(), rel=0.25)


def test_that_one_odd_row_does_not_pull_everything(observations: Observations, fitted: Fit) -> None:
    measured = observations.measured_s.copy()
    measured[0] *= 3.0
    odd = fit(replace(observations, measured_s=measured))
    moved = np.abs(odd.center - fitted.center) / prior_spread()
    assert np.median(moved) < 0.05
