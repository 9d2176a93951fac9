"""A network from a file, by the kind of the file."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.network_suffix import CONFIG_BYTES, ONNX, SUFFIXES
from ipuwhatif.importers.networks.own_text import name_of
from ipuwhatif.importers.networks.reasons import NamesNoDimension, NoNetworkFile
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.storage import read_file
from ipuwhatif.units import RefusedError, printable

NO_SIZES: Mapping[str, int] = MappingProxyType({})


def read_network(path: Path, sizes: Mapping[str, int] = NO_SIZES) -> NetworkFile:
    """The network that a file describes. InputError says what is wrong with it, with its name.

    sizes: of dimensions that an ONNX file only names, such as its sequence.
    """
    name, suffix = printable(path.name), path.suffix.casefold()
    if suffix not in SUFFIXES:
        raise RefusedError(NoNetworkFile(name, SUFFIXES))
    if suffix == ONNX:
        from ipuwhatif.importers.networks.onnx_graph import read_onnx

        found = read_onnx(path, name, sizes)
        return replace(found, name=name_of(path))
    from ipuwhatif.importers.networks.config_json import read_config

    if sizes:
        raise RefusedError(NamesNoDimension(name, tuple(sizes)))
    found = read_config(read_file(path, CONFIG_BYTES), name)
    return replace(found, name=name_of(path, found.name))
