"""The shipped resources, and the document of the first start."""

from dataclasses import replace

import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.scenario.document import FIRST_START, Document


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture
def document() -> Document:
    return FIRST_START


@pytest.fixture
def bert() -> Document:
    return replace(FIRST_START, workload="bert-large")
