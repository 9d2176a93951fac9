"""Everything the questions need, loaded once: the catalog, the calibration and the levers."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.calibration.own_runs import Site
from ipuwhatif.calibration.store import Calibration, load
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.importers import mine
from ipuwhatif.importers.jobs import welcome_networks
from ipuwhatif.importers.profiles import my_profiles, welcome_profiles
from ipuwhatif.records import Record, field
from ipuwhatif.scenario.files.document import NETWORK
from ipuwhatif.scenario.levers import Levers, load_levers
from ipuwhatif.scenario.profiles import Profile
from ipuwhatif.texts import LANGUAGES, wording
from ipuwhatif.units import Said

if TYPE_CHECKING:
    from ipuwhatif.scenario.files.document import Document


class World(Record, frozen=True, eq=False):
    """Worlds are themselves: answers that know theirs are compared by what they answer."""

    catalog: Catalog
    calibration: Calibration
    levers: Levers
    site: Site | None = None  # measured runs of the user's that projections are to follow
    unlearnt: "World | None" = None  # the same without them
    profiles: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))  # of the user's, by name

    def __repr__(self) -> str:
        return "World"  # thousands of figures


def load_world() -> World:
    """The shipped resources with what is the user's own, in the user's language. InputError for a broken resource."""
    return _world(wording())


@lru_cache(maxsize=len(LANGUAGES))
def _world(_wording: tuple[str, Path]) -> World:
    # Kept in each language: whoever changes it in front of others changes it back.
    catalog = mine.my_catalog()
    return World(catalog, _calibration(), load_levers(), profiles=my_profiles(catalog).found)


@lru_cache(maxsize=1)
def _calibration() -> Calibration:
    return load()


def welcome(document: "Document") -> tuple[bool, tuple[Said, ...]]:
    """Take in the chips, networks and profiles that a document brings along, for as long as the program runs.

    Whether the world is another one now, and what must be told; a network joins the world as it is.
    """
    own = dict(document.own)
    networks = {key.removeprefix(NETWORK): text for key, text in own.items() if key.startswith(NETWORK)}
    welcome_networks(networks, mine.shipped_catalog())
    brought = {key: text for key, text in own.items() if not key.startswith(NETWORK)}
    chips, of_chips = mine.welcome(brought, load_world().catalog)
    profiles, of_profiles = welcome_profiles(dict(document.profiles))
    if chips or profiles:
        renew_world()
    return chips or profiles, (*of_chips, *of_profiles)


def renew_world() -> World:
    """The world anew, after something was imported or removed: what ships is not read again."""
    forget_world()
    return load_world()


def forget_world() -> None:
    """The next question reads what is the user's own anew."""
    _world.cache_clear()
