"""Everything the questions need, loaded once: the catalog, the calibration and the levers."""

from functools import lru_cache

from ipuwhatif.calibration.own_runs import Site
from ipuwhatif.calibration.store import Calibration, load
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
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
    """The shipped resources, their words in the user's language. InputError where a resource is broken."""
    return _world(language())


@lru_cache(maxsize=len(LANGUAGES))
def _world(_language: str) -> World:
    # Kept in each language: whoever changes it in front of others changes it back.
    return World(load_catalog(), load(), load_levers())
