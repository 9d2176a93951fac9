"""Layer sizes of a network that the user sets: typed as a row of numbers, checked by the network itself."""

import re

from ipuwhatif.catalog.types import Workload
from ipuwhatif.networks.library import EMULATOR, network_for
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, nearest_whole, quoted, typed, whole_number

LONGEST_ROW = 2_000  # letters of a row of sizes
_LARGEST = 10**12  # of what is read at all; what a layer can be is the network's to say


def has_layers(workload: Workload) -> bool:
    """Whether the user sets the sizes of this workload's network."""
    return workload.network == EMULATOR


def layers_text(layers: tuple[int, ...]) -> str:
    """Sizes from the input to the output: "275, 256, 182"; the default network's where none are set."""
    return ", ".join(str(size) for size in layers or _default_layers())


def parse_layers(text: str) -> tuple[int, ...]:
    """Typed sizes, between commas or spaces. InputError names the size that cannot be, and the nearest that can."""
    plain = typed(text, LONGEST_ROW)
    words = [word.strip() for part in re.split("[,;]", plain) for word in (part.split() or [""])] if plain else []
    if not all(words):
        raise InputError(
            tr(
                "{text} has no size between two commas or beside one; write for example {example}",
                text=quoted(text),
                example=layers_text(()),
            )
        )
    sizes = []
    for word in words:
        size = whole_number(word)
        if size is None:
            near = nearest_whole(word, 1, _LARGEST)
            example = near if near is not None else _default_layers()[1]
            raise InputError(tr("{word} is no layer size; write for example {size}", word=quoted(word), size=example))
        sizes.append(size)
    layers = tuple(sizes)
    if not layers:
        raise InputError(tr("no layer sizes; write for example {example}", example=layers_text(())))
    network_for(EMULATOR, "gpu", layers)  # refuses too few, too many and too large ones
    return () if layers == _default_layers() else layers


def _default_layers() -> tuple[int, ...]:
    """The network is brought in with the first question about it: the window's shell needs none."""
    from ipuwhatif.networks.emulator import DEFAULT_LAYERS

    return DEFAULT_LAYERS
