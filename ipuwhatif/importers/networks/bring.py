"""A network file as a job: asked about while the program runs, or kept among the user's own."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ipuwhatif.catalog.types import Workload
from ipuwhatif.importers.jobs import NETWORK, welcome_networks
from ipuwhatif.importers.mine import shipped_catalog
from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.network_suffix import SUFFIXES, holds_network
from ipuwhatif.importers.networks.own_text import own_text
from ipuwhatif.importers.networks.read import NO_SIZES, read_network
from ipuwhatif.importers.store import Brought
from ipuwhatif.networks.own_network import read_own_network
from ipuwhatif.texts import tr

FILES = " ".join(f"*{suffix}" for suffix in SUFFIXES)


def takes_network(path: Path) -> bool:
    """Whether a file is a network; never raises."""
    return holds_network(path)


def ask_about(found: NetworkFile) -> Workload:
    """The job of a network, known from now on. InputError for a network that cannot be one."""
    (job,) = welcome_networks({found.file: own_text(found)}, shipped_catalog())
    return job


def bring_network(path: Path, sizes: Mapping[str, int] = NO_SIZES) -> Sequence[Brought]:
    """The network of a file as a thing to keep. InputError for what is not read."""
    return (brought_network(read_network(path, sizes)),)


def brought_network(found: NetworkFile) -> Brought:
    """A network that was read, called by the key of its job."""
    text = own_text(found)
    job = read_own_network(text, found.file, shipped_catalog())
    origin = tr("{file}, imported {date}", file=found.file, date=date.today().isoformat())
    return Brought(NETWORK, job.key, text, origin)
