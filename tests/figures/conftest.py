"""The figures that most tests look at."""

import pytest

from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from tests.figures import samples


@pytest.fixture(scope="session")
def first_start():
    """Compare as the program starts: five systems, official scores on screen, no lever moved."""
    return compare_figure(samples.comparison(), samples.scenario())


@pytest.fixture(scope="session")
def moved():
    """The same with a lever moved."""
    return compare_figure(samples.with_lever(samples.comparison()), samples.scenario())


@pytest.fixture(scope="session")
def scaled():
    """Two system families along the chip count."""
    return scaling_figure(samples.scaling(), samples.scenario())
