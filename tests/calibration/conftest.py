"""The shipped evidence and calibration, loaded once."""

from collections.abc import Callable

import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import Catalog, OfficialResult


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture(scope="session")
def catalog(world: World) -> Catalog:
    return world.catalog


@pytest.fixture(scope="session")
def entry(catalog: Catalog) -> Callable[[str], OfficialResult]:
    """An official result by its key."""
    by_key = {row.key: row for row in catalog.official}
    return by_key.__getitem__
