"""The shipped resources, loaded once."""

import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import Catalog


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture(scope="session")
def catalog(world: World) -> Catalog:
    return world.catalog
