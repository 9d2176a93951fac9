"""Which files are networks: told without reading one as such, so that whoever opens files need not know the readers."""

from pathlib import Path

from ipuwhatif.files import is_file
from ipuwhatif.scenario.files.storage import read_file
from ipuwhatif.units import InputError

CONFIG, ONNX = ".json", ".onnx"
SUFFIXES = (CONFIG, ONNX)
CONFIG_BYTES = 4_000_000  # a configuration takes a few thousand, with the names of 22,000 classes over a million
_OF_A_CONFIG = b'"model_type"'  # the key that every configuration has, and no scenario


def holds_network(path: Path) -> bool:
    """Whether a file is a network rather than a scenario, which may be called `.json` too."""
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES or not is_file(path):
        return False
    if suffix == ONNX:
        return True
    try:
        return _OF_A_CONFIG in read_file(path, CONFIG_BYTES)
    except InputError:  # who opens it tells why
        return False
