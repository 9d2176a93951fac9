"""The catalog with what is the user's own in it: from the store, and from documents that are open.

A document brings its chips along. They are used while the program runs, and kept only where the user asks for it.
"""

from collections.abc import Mapping

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.own_chips import read_own_chip, with_own
from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.catalog.types import Catalog, OwnChip
from ipuwhatif.importers.jobs import NETWORK, guest_networks, own_jobs, stay, with_jobs
from ipuwhatif.importers.profiles import PROFILE, guest_profiles, linger_profile, my_profiles
from ipuwhatif.importers.reasons import Another, Double, Visit
from ipuwhatif.importers.store import Kept, hash_of, read_store
from ipuwhatif.records import replace
from ipuwhatif.texts import worded_cache
from ipuwhatif.units import InputError, Said, reason_of

CHIP = "chip"  # the kind of a chip with its systems
PRICES = "prices"  # the kind of a price list
guest_texts: dict[str, str] = {}  # texts of chips that documents have brought along, by key


@worded_cache(maxsize=1)
def shipped_catalog() -> Catalog:
    """What ships, with nothing of the user's."""
    return load_catalog()


def my_catalog() -> Catalog:
    """The shipped catalog with the user's own chips and networks, those of open documents, and own price lists.

    What is damaged is left out.
    """
    shipped = shipped_catalog()
    prices = own_prices()[0]
    grown = with_jobs(with_own(shipped, own_chips(shipped)[0]), shipped)
    return replace(grown, own_prices=prices) if prices else grown


def own_prices() -> tuple[tuple[OwnPrice, ...], tuple[Said, ...]]:
    """The prices of all kept lists, and the faults of those that cannot be used."""
    prices: list[OwnPrice] = []
    faults: list[Said] = []
    for each in read_store().of_kind(PRICES):
        from ipuwhatif.importers.prices.kept import read_list_text  # with the first list, not at the start

        try:
            prices += read_list_text(each.text, each.name)
        except InputError as error:
            faults.append(reason_of(error))
    return tuple(prices), tuple(faults)


def own_chips(shipped: Catalog) -> tuple[tuple[OwnChip, ...], tuple[Said, ...]]:
    """The chips of the store and those of open documents, and the faults of those that cannot be used."""
    store = read_store()
    kept = {each.name: each.text for each in store.of_kind(CHIP)}
    chips, faults = list[OwnChip](), list(store.faults)
    for name, text in {**guest_texts, **kept}.items():  # of two with one name the user's own counts
        try:
            chips.append(replace(read_own_chip(text, name, shipped), kept=name in kept))
        except InputError as error:
            faults.append(reason_of(error))
    return tuple(chips), tuple(faults)


def my_faults() -> tuple[Said, ...]:
    """Why of what is the user's own something is left out, a sentence each."""
    shipped = shipped_catalog()
    faults = (*own_chips(shipped)[1], *own_jobs(shipped)[1], *own_prices()[1])
    return (*faults, *my_profiles(my_catalog()).faults)


def guests() -> Mapping[str, str]:
    """Texts of the chips that are here because a document brought them, by key."""
    kept = {each.name for each in read_store().of_kind(CHIP)} if guest_texts else ()
    return {name: text for name, text in guest_texts.items() if name not in kept}


def visiting() -> tuple[Kept, ...]:
    """What of somebody's own is here only while the program runs: a document brought it, or it was asked about."""
    here = (
        (CHIP, guests(), Visit.WITH_DOCUMENT),
        (NETWORK, guest_networks(), Visit.ASKED_ABOUT),
        (PROFILE, guest_profiles(), Visit.WITH_DOCUMENT),
    )
    return tuple(
        Kept(kind, name, text, why, hash_of(text)) for kind, texts, why in here for name, text in texts.items()
    )


def welcome(chips: Mapping[str, str], catalog: Catalog) -> tuple[bool, tuple[Said, ...]]:
    """Take in the chips that a document brings along: whether the catalog has to be read anew, and what must be told.

    chips: texts by key; catalog: the present one. A chip that the user keeps with another content stays as it is here,
    one that another document brought makes way.
    """
    kept = {name: chip.text for name, chip in catalog.own.items() if chip.kept}
    told = [Another(Double.CHIP_OF_DOCUMENT, name) for name, text in chips.items() if kept.get(name, text) != text]
    new = {name: text for name, text in chips.items() if name not in kept and guest_texts.get(name) != text}
    guest_texts.update(new)
    return bool(new), tuple(told)


def linger(thing: Kept) -> None:
    """What was removed is used on while the program runs: scenarios and steps of undo may hold it."""
    if thing.kind == CHIP:
        guest_texts[thing.name] = thing.text
    elif thing.kind == PROFILE:
        linger_profile(thing)
    elif thing.kind == NETWORK:
        stay(thing.name, thing.text)
