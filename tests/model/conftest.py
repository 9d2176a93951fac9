"""The shipped resources, loaded once."""

import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import Catalog
from tests.model.prior import CATALOG


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return CATALOG
