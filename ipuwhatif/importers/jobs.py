"""Jobs of the user's own in the catalog: networks of the store, of open documents, and of files that are asked about.

A job joins the catalogs that are in use as they are: its key is made of its content, so that nothing else in them
changes, and a window that stands need not be built anew.
"""

from collections.abc import Mapping
from types import MappingProxyType
from weakref import ReferenceType, ref

from ipuwhatif.catalog.types import Catalog, Workload
from ipuwhatif.importers.store import read_store
from ipuwhatif.records import replace
from ipuwhatif.units import InputError, Said, reason_of

NETWORK = "network"  # the kind of a network in the store
guest_texts: dict[str, str] = {}  # texts of networks that were asked about or came with a document, by key


class Workloads(dict[str, Workload]):
    """The workloads of one catalog, which knows of no catalog that is gone."""

    __slots__ = ("__weakref__",)


_live: list[ReferenceType[Workloads]] = []  # of the catalogs in use


def with_jobs(catalog: Catalog, shipped: Catalog) -> Catalog:
    """The catalog with the user's own jobs behind those that are shipped. A damaged one is left out."""
    workloads = Workloads(catalog.workloads)
    for job in own_jobs(shipped)[0]:
        _join(workloads, job)
    _live[:] = [*(each for each in _live if each() is not None), ref(workloads)]
    return replace(catalog, workloads=MappingProxyType(workloads))


def own_jobs(shipped: Catalog) -> tuple[tuple[Workload, ...], tuple[Said, ...]]:
    """The jobs of the store and the guest_texts, and the faults of those that cannot be used."""
    kept = {each.name: each.text for each in read_store().of_kind(NETWORK)}
    jobs, faults = list[Workload](), list[Said]()
    for name, text in {**kept, **guest_texts}.items():
        try:
            jobs.append(_read(text, name, shipped))
        except InputError as error:
            faults.append(reason_of(error))
    return tuple(jobs), tuple(faults)


def welcome_networks(texts: Mapping[str, str], shipped: Catalog) -> tuple[Workload, ...]:
    """Let jobs be asked about for as long as the program runs. InputError for the first that is none.

    texts: by what their faults name.
    """
    jobs = {text: _read(text, name, shipped) for name, text in texts.items()}
    for text, job in jobs.items():
        guest_texts[job.key] = text
        for workloads in live_workloads():
            _join(workloads, job)
    return tuple(jobs.values())


def live_workloads() -> tuple[Workloads, ...]:
    """The workloads of every catalog that is in use."""
    return tuple(found for each in _live if (found := each()) is not None)


def is_guest(key: str) -> bool:
    """Whether a job is there only because it was asked about or a document brought it."""
    return key in guest_texts and key not in {each.name for each in read_store().of_kind(NETWORK)}


def guest_networks() -> Mapping[str, str]:
    """Texts of the networks that are not kept, by key."""
    return {key: text for key, text in guest_texts.items() if is_guest(key)}


def stay(key: str, text: str) -> None:
    """A network that was removed is used on while the program runs."""
    guest_texts[key] = text


def _read(text: str, name: str, shipped: Catalog) -> Workload:
    from ipuwhatif.networks.own_network import read_own_network  # with the first network, not at the start

    return read_own_network(text, name, shipped)


def _join(workloads: Workloads, job: Workload) -> None:
    from ipuwhatif.networks.own_network import join

    join(workloads, job)
