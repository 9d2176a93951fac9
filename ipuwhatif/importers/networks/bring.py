"""A network file as a job: asked about while the program runs, or kept among the user's own."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ipuwhatif.catalog.types import Workload
from ipuwhatif.files import is_file, read_bounded
from ipuwhatif.importers.jobs import NETWORK, welcome_networks
from ipuwhatif.importers.mine import shipped_catalog
from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.network_suffix import SUFFIXES, holds_network
from ipuwhatif.importers.networks.own_text import own_text
from ipuwhatif.importers.networks.read import NO_SIZES, read_network
from ipuwhatif.importers.store import Brought, imported_text, imported_today
from ipuwhatif.networks.own_network import LIMIT_BYTES, read_own_network
from ipuwhatif.units import InputError, printable

EXPORTED = ".toml"  # what was exported from here
FILES = " ".join(f"*{suffix}" for suffix in (*SUFFIXES, EXPORTED))
_OF_A_NETWORK = re.compile(rb"^family\s*=", re.MULTILINE)


def takes_network(path: Path) -> bool:
    """Whether a file is a network, or one that was exported from here; never raises."""
    if path.suffix.casefold() != EXPORTED or not is_file(path):
        return holds_network(path)
    try:
        return _OF_A_NETWORK.search(read_bounded(path, LIMIT_BYTES)) is not None
    except InputError:
        return False


def ask_about(found: NetworkFile) -> Workload:
    """The job of a network, known from now on. InputError for a network that cannot be one."""
    (job,) = welcome_networks({found.file: own_text(found)}, shipped_catalog())
    return job


def bring_network(path: Path, sizes: Mapping[str, int] = NO_SIZES) -> Sequence[Brought]:
    """The network of a file as a thing to keep. InputError for what is not read."""
    if path.suffix.casefold() == EXPORTED:
        return (_exported(path),)
    return (brought_network(read_network(path, sizes)),)


def _exported(path: Path) -> Brought:
    file = printable(path.name)
    return _brought(imported_text(read_bounded(path, LIMIT_BYTES), file), file)


def brought_network(found: NetworkFile) -> Brought:
    """A network that was read, called by the key of its job."""
    return _brought(own_text(found), found.file)


def _brought(text: str, file: str) -> Brought:
    job = read_own_network(text, file, shipped_catalog())
    return Brought(NETWORK, job.key, text, imported_today(file))
