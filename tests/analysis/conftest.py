"""The shipped resources, and the scenario of the first start."""

import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START, Scenario


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture
def scenario() -> Scenario:
    return FIRST_START


@pytest.fixture
def bert() -> Scenario:
    return replace(FIRST_START, workload="bert-large")
