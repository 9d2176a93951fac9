"""Everything the questions need, loaded once: the catalog, the calibration and the levers."""

from functools import cache

from ipuwhatif.calibration.store import Calibration, load
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import dataclass
from ipuwhatif.scenario.levers import Levers, load_levers


@dataclass(frozen=True, slots=True)
class World:
    catalog: Catalog
    calibration: Calibration
    levers: Levers


@cache
def load_world() -> World:
    """The shipped resources. InputError where a resource is broken."""
    return World(load_catalog(), load(), load_levers())
