"""Sizes of a network that the user sets: typed as a row of numbers, checked by the network itself."""

import re
from enum import StrEnum

from ipuwhatif.catalog.types import LANGUAGE, STATED, Workload
from ipuwhatif.networks.library import EMULATOR, network_for
from ipuwhatif.networks.size_bounds import FORMS, FURTHER_SIZES, SIZES
from ipuwhatif.scenario.reasons import NoSize, NoSizes, SizeMissing
from ipuwhatif.units import RefusedError, nearest_whole, typed, whole_number

LONGEST_ROW = 2_000  # letters of a row of sizes
_LARGEST = 10**12  # of what is read at all; what a size can be is the network's to say
#: The network whose sizes are all the user's.
TRANSFORMER = "transformer"
_TOKENS = list(SIZES).index("tokens")  # among the sizes of a transformer
_FORM = list(SIZES | FURTHER_SIZES).index("form")


def has_layers(workload: Workload) -> bool:
    """Whether the user sets sizes of this workload's network."""
    if workload.own and workload.tokens_per_sample:
        return True
    return workload.network == EMULATOR or (LANGUAGE in workload.traits and workload.kind == STATED)


class SizesOf(StrEnum):
    """What the sizes of a network are of."""

    LAYERS = "layers"
    TRANSFORMER = "transformer"
    SEQUENCE = "sequence"


def sizes_of(network: str) -> SizesOf:
    """Those of dense layers, of a transformer, or the tokens of a sequence."""
    return {EMULATOR: SizesOf.LAYERS, TRANSFORMER: SizesOf.TRANSFORMER}.get(network, SizesOf.SEQUENCE)


def layers_text(layers: tuple[int, ...], workload: Workload) -> str:
    """Sizes in their order: "275, 256, 182"; the network's own where none are set."""
    sizes = layers or _own_layers(workload)
    words = [str(size) for size in sizes]
    if workload.network == TRANSFORMER and len(sizes) > len(SIZES):
        words[_FORM] = FORMS[sizes[_FORM] - 1]
    return ", ".join(words)


def parse_layers(text: str, workload: Workload) -> tuple[int, ...]:
    """Typed sizes, between commas or spaces. InputError names the size that cannot be, and the nearest that can."""
    plain = typed(text, LONGEST_ROW)
    words = [word.strip() for part in re.split("[,;]", plain) for word in (part.split() or [""])] if plain else []
    if not all(words):
        raise RefusedError(SizeMissing(text, layers_text((), workload)))
    sizes: list[int] = []
    for word in words:
        size = FORMS.index(word) + 1 if word in FORMS and len(sizes) > len(SIZES) else whole_number(word)
        if size is None:
            near = nearest_whole(word, 1, _LARGEST)
            example = near if near is not None else _own_layers(workload)[-1]
            raise RefusedError(NoSize(word, example))
        sizes.append(size)
    layers = tuple(sizes)
    if not layers:
        raise RefusedError(NoSizes(layers_text((), workload)))
    network_for(workload.network, "gpu", layers)  # refuses too few, too many and too large ones
    return own_or_set(layers, workload)


def own_or_set(layers: tuple[int, ...], workload: Workload) -> tuple[int, ...]:
    """Checked sizes as a scenario keeps them: none where they are the network's own."""
    if workload.network == TRANSFORMER:
        from ipuwhatif.networks.decoder import shortest

        layers = shortest(layers)
    return () if layers == _own_layers(workload) else layers


def tokens_of(workload: Workload, layers: tuple[int, ...]) -> int:
    """Tokens of a sample; 0 of a job that is not counted in tokens."""
    if not layers or not workload.tokens_per_sample:
        return workload.tokens_per_sample
    return layers[_TOKENS] if workload.network == TRANSFORMER else layers[-1]


def _own_layers(workload: Workload) -> tuple[int, ...]:
    """The network is brought in with the first question about it: the window's shell needs none."""
    if workload.network == EMULATOR:
        from ipuwhatif.networks.emulator import DEFAULT_LAYERS

        return DEFAULT_LAYERS
    from ipuwhatif.networks.decoder import DEFAULT_SIZES

    if workload.network != TRANSFORMER:
        return (workload.tokens_per_sample,)
    return workload.sizes or DEFAULT_SIZES
