"""The fit: it finds what made the data, holds priors where nothing speaks, and the shipped file is its result."""

import subprocess
import sys

import numpy as np
import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.fit import DRAWS, Fit, fit, joined, normals
from ipuwhatif.calibration.observations import Observations, observe, observe_language
from ipuwhatif.calibration.published import language_rows, published_rows
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.parameters import natural, of_language, parameter_index, prior_center, prior_spread
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.model.time_to_train import evaluate
from tests.calibration.odd_rows import slowed


@pytest.fixture(scope="module")
def observations(catalog: Catalog) -> Observations:
    return observe(catalog, catalog.official, catalog.references, published_rows(catalog))


@pytest.fixture(scope="module")
def fitted(observations: Observations) -> Fit:
    return fit(observations)


@pytest.fixture(scope="module")
def spoken(catalog: Catalog) -> Fit:
    """The fit to language models."""
    return fit(observe_language(catalog, catalog.official, language_rows(catalog)))


def test_that_the_shipped_calibration_is_what_make_calibrate_would_write(
    world: World, fitted: Fit, spoken: Fit
) -> None:
    whole = joined(fitted, spoken)
    assert natural(whole.center[None])[0] == pytest.approx(world.calibration.center[0], rel=1e-6)
    shipped = world.calibration.draws
    assert natural(whole.draws) == pytest.approx(shipped, rel=1e-4)  # kept in single precision


def test_that_language_models_and_other_jobs_teach_nothing_about_each_other(fitted: Fit, spoken: Fit) -> None:
    own = of_language()
    assert fitted.center[own] == pytest.approx(prior_center()[own], abs=1e-9)
    assert spoken.center[~own] == pytest.approx(prior_center()[~own], abs=1e-9)
    assert abs(spoken.center[own] - prior_center()[own]).max() > 0.1


def test_that_the_draws_of_other_jobs_are_those_of_a_fit_without_language_models() -> None:
    own = int(of_language().sum())
    alone = np.random.default_rng(5).standard_normal((DRAWS // 2, 40))
    np.testing.assert_array_equal(normals(40 + own, 5)[:, :40], alone)


def test_that_a_fit_needs_nothing_but_numpy() -> None:
    """The app fits again too, and holds no scipy."""
    code = (
        "import sys; sys.modules['scipy'] = None\n"
        "from ipuwhatif.calibration.fit import fit; from ipuwhatif.calibration.observations import observe\n"
        "from ipuwhatif.catalog.load import load_catalog; catalog = load_catalog()\n"
        "rows = [row for row in catalog.official if row.submitter == 'Graphcore']\n"
        "sys.exit(not fit(observe(catalog, rows, [])).cost > 0.0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_that_the_fit_comes_closer_than_the_priors(observations: Observations, fitted: Fit) -> None:
    rows = len(observations.rows)

    def errors(unbounded) -> np.ndarray:
        throughput = evaluate(observations.inputs, natural(unbounded[None])).throughput[0]
        return np.abs(np.log(throughput / observations.throughput))[:rows]

    vendors = ~observations.loose[:rows]
    fit_error, prior_error = errors(fitted.center), errors(prior_center())
    assert np.nanmean(fit_error[vendors]) < 0.02 < np.nanmean(prior_error[vendors])
    # some of others are slow for a reason that no log tells, and are left so
    assert np.nanmedian(fit_error[~vendors]) < 0.02 < np.nanmedian(prior_error[~vendors])


def test_that_the_fit_comes_closer_to_published_figures_than_the_priors(
    observations: Observations, fitted: Fit
) -> None:
    figures = slice(len(observations.rows), len(observations.rows) + len(observations.published))

    def error(unbounded) -> float:
        throughput = evaluate(observations.inputs, natural(unbounded[None])).throughput[0]
        return float(np.median(np.abs(np.log(throughput / observations.throughput)[figures])))

    assert error(fitted.center) < 0.09 < 0.14 < error(prior_center())


def test_that_draws_scatter_around_the_centre_within_the_priors(fitted: Fit) -> None:
    assert fitted.draws.shape == (DRAWS, len(all_parameters()))
    assert np.isfinite(fitted.draws).all()
    offset = np.abs(fitted.draws.mean(axis=0) - fitted.center) / prior_spread()
    assert offset.max() < 0.4
    assert (fitted.draws.std(axis=0) <= 1.25 * prior_spread()).all()


def test_that_what_no_evidence_names_keeps_its_prior(fitted: Fit) -> None:
    column = parameter_index()["chip_effect.b300"]
    assert fitted.center[column] == pytest.approx(prior_center()[column], abs=1e-6)
    assert fitted.draws[:, column].std() == pytest.approx(prior_spread()[column], rel=0.2)


def test_that_a_fit_to_nothing_is_the_prior(catalog: Catalog) -> None:
    nothing = fit(observe(catalog, [], []))
    assert nothing.center == pytest.approx(prior_center(), abs=1e-9)
    assert nothing.draws.std(axis=0) == pytest.approx(prior_spread(), rel=0.25)


@pytest.fixture(scope="module")
def few(catalog: Catalog) -> Observations:
    """Entries of one vendor and one other submitter on GPUs: enough to be pulled, few enough to be fitted again."""
    rows = [row for row in catalog.official if row.release == "2021-12" and row.submitter in ("NVIDIA", "Inspur")]
    return observe(catalog, rows, [])


def test_that_one_slow_entry_of_a_third_party_pulls_little_and_less_than_one_of_a_vendor(few: Observations) -> None:
    plain = fit(few).center

    def speeds(submitter: str) -> np.ndarray:
        """How far the throughput of all rows moves when one row of a submitter is twice as slow."""
        moved = fit(slowed(few, submitter, 2.0)).center
        before, after = (evaluate(few.inputs, natural(center[None])).throughput[0] for center in (plain, moved))
        return np.abs(np.log(after / before))

    third, vendor = speeds("Inspur"), speeds("NVIDIA")
    assert np.median(third) < 0.005 and third.max() < 0.05
    assert vendor.max() > 2 * third.max()
