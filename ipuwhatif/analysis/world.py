"""Everything the questions need, loaded once: the catalog, the calibration and the levers."""

from functools import lru_cache

from ipuwhatif.calibration.own_runs import Site
from ipuwhatif.calibration.store import Calibration, load
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.importers.mine import my_catalog
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import Levers, load_levers
from ipuwhatif.texts import LANGUAGES, language


class World(Record, frozen=True):
    catalog: Catalog
    calibration: Calibration
    levers: Levers
    site: Site | None = None  # measured runs of the user's that projections are to follow
    unlearnt: "World | None" = None  # the same without them


def load_world() -> World:
    """The shipped resources with what is the user's own, in the user's language. InputError for a broken resource."""
    return _world(language())


@lru_cache(maxsize=len(LANGUAGES))
def _world(_language: str) -> World:
    # Kept in each language: whoever changes it in front of others changes it back.
    return World(my_catalog(), _calibration(), load_levers())


@lru_cache(maxsize=1)
def _calibration() -> Calibration:
    return load()


def renew_world() -> World:
    """The world anew, after something was imported or removed: what ships is not read again."""
    _world.cache_clear()
    return load_world()
