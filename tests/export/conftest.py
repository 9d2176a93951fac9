"""Figures that the export tests write."""

import pytest

from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.records import replace
from tests.figures import samples


@pytest.fixture(scope="session")
def figure():
    """Compare as the program starts."""
    return compare_figure(samples.comparison(), samples.scenario())


@pytest.fixture(scope="session")
def scaled_with_ghost():
    """A scaling chart with a baseline apart from its line."""
    curve = samples.curve()
    slower = tuple(1.3 * value for value in curve.median)
    return scaling_figure(samples.scaling(replace(curve, baseline_median=slower)), samples.scenario()).chart


@pytest.fixture
def harmful():
    """A figure whose names try to act on whoever shows them."""
    evil = "=HYPERLINK(1)\x1b[2J"
    return compare_figure(
        samples.comparison({"ipu-pod:16": 28.0}, reference="ipu-pod:16", name=evil), samples.scenario()
    )
