"""A network from a file, by the kind of the file."""

from pathlib import Path

from ipuwhatif.importers.networks.config_json import read_config
from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.network_suffix import CONFIG_BYTES, SUFFIXES
from ipuwhatif.scenario.storage import read_file
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, quoted


def read_network(path: Path) -> NetworkFile:
    """The network that a file describes. InputError says what is wrong with it, with its name."""
    name = printable(path.name)
    if path.suffix.casefold() not in SUFFIXES:
        known = tr(" or ").join(f"*{suffix}" for suffix in SUFFIXES)
        raise InputError(tr("{name} is no network; choose one of {known}", name=quoted(name), known=known))
    return read_config(read_file(path, CONFIG_BYTES), name)
