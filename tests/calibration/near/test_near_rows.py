"""What entries near by teach: the parameters are those that entries need, and left-in rows are met more closely."""

import numpy as np
import pytest

from ipuwhatif.calibration.fit import Fit, fit
from ipuwhatif.calibration.near.near_rows import OWN, SHARED, likeliest, misses, shares_of_sizes
from ipuwhatif.calibration.observations import Observations, observe_language
from ipuwhatif.calibration.published import language_rows
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.near_rows import parameters_of_near_rows


@pytest.fixture(scope="module")
def observed(catalog: Catalog) -> Observations:
    return observe_language(catalog, catalog.official, language_rows(catalog))


@pytest.fixture(scope="module")
def fitted(observed: Observations) -> Fit:
    return fit(observed)


def missed(observed: Observations, center: np.ndarray) -> np.ndarray:
    found = misses(observed, center[None])[0]
    return found[~np.isnan(found)]


def test_that_there_is_a_parameter_for_each_place_of_an_entry_and_for_no_other(observed: Observations) -> None:
    counted = shares_of_sizes(observed, parameters_of_near_rows()).sum(axis=0)
    assert len(counted) > 50 and counted.min() > 0.0, "resources/priors/near.json"
    timed = ~np.isnan(observed.throughput[: len(observed.rows)])
    assert counted.sum() == pytest.approx(timed.sum()), "resources/priors/near.json: an entry has no place"


def test_that_entries_are_met_more_closely_than_by_the_rest_of_the_model(observed: Observations, fitted: Fit) -> None:
    without = fitted.center.copy()
    without[parameters_of_near_rows()] = 0.0
    with_them = np.abs(missed(observed, fitted.center)).mean()
    assert with_them < 0.75 * np.abs(missed(observed, without)).mean()


def test_that_a_place_without_an_entry_that_is_left_in_stays_as_the_rest_of_the_model_says(catalog: Catalog) -> None:
    rows = [row for row in catalog.official if row.release != "2024-06"]
    observed = observe_language(catalog, rows, language_rows(catalog))
    found = fit(observed)
    lonely = parameters_of_near_rows()[shares_of_sizes(observed, parameters_of_near_rows()).sum(axis=0) == 0.0]
    assert len(lonely) > 5
    assert not found.center[lonely].any() and not found.draws[:, lonely].any()


def test_that_draws_agree_on_a_measured_row_more_than_the_rest_of_the_model_does(
    observed: Observations, fitted: Fit
) -> None:
    without = fitted.draws.copy()
    without[:, parameters_of_near_rows()] = 0.0
    spreads = [np.nanmean(misses(observed, draws).std(axis=0)) for draws in (fitted.draws, without)]
    assert spreads[0] < 0.9 * spreads[1]


def test_that_the_likeliest_spreads_are_those_that_made_the_misses() -> None:
    chance = np.random.default_rng(3)
    share = np.repeat(np.eye(60), 4, axis=0)
    shared, own = SHARED[10], OWN[4]
    made = share @ chance.normal(0.0, shared, 60) + chance.normal(0.0, own, len(share))
    found = likeliest(share, made)
    assert found[0] == pytest.approx(shared, rel=0.25) and found[1] == pytest.approx(own, rel=0.15)


def test_that_misses_without_anything_in_common_are_each_rows_own() -> None:
    share = np.repeat(np.eye(60), 4, axis=0)
    alone = np.random.default_rng(4).normal(0.0, 0.03, len(share))
    assert likeliest(share, alone)[0] == SHARED[0]
