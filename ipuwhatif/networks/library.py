"""The network that a workload runs on an architecture: how a sample meets the chip decides its length.

A sample of BERT is 512 tokens on most chips: one sequence with its padding, or a pack of two, on average, where a
workload says so (`Workload.packs`). GPU entries leave out the padding, so that a sequence costs its own tokens. Both
numbers agree: 512 / 2 = 256 tokens a sequence. A family
is imported when one of its networks is asked for: the app starts sooner.
"""

from collections.abc import Callable
from functools import lru_cache

from ipuwhatif.networks.graph import Network

SEQUENCES_PER_PACK = 2  # that 512 tokens hold without padding
BERT, EMULATOR = "bert-large", "weather-emulator"


@lru_cache(maxsize=128)  # any sizes can be typed for a network
def network_for(key: str, architecture: str, layers: tuple[int, ...] = ()) -> Network:
    """The op graph of one sample of a workload's network on an architecture; KeyError for an unknown network.

    layers: the sizes of the network that the user sets, "weather-emulator"; empty for its default, and no other
    network looks at them. InputError for sizes out of bounds.
    """
    if key == BERT:
        return _bert(architecture)
    if key == EMULATOR:
        return _emulator(layers)
    return _FAMILIES[key](key)


def _bert(architecture: str) -> Network:
    from ipuwhatif.networks.bert import POSITIONS, bert_large

    if architecture == "gpu":
        # Their attention is fused: 256 sequences a GPU ran on 80 GB, where kept scores would leave room for 193.
        return bert_large(POSITIONS // SEQUENCES_PER_PACK, keeps_scores=False)
    return bert_large(POSITIONS)


def _emulator(layers: tuple[int, ...]) -> Network:
    from ipuwhatif.networks.emulator import DEFAULT_LAYERS, dense_emulator

    return dense_emulator(layers or DEFAULT_LAYERS)


def _residual(key: str) -> Network:
    from ipuwhatif.networks.resnet import resnet50, resnet50_private

    return resnet50() if key == "resnet50" else resnet50_private()


def _efficient(key: str) -> Network:
    from ipuwhatif.networks.efficientnet import efficientnet_b4, efficientnet_b4_g16

    return efficientnet_b4() if key == "efficientnet-b4" else efficientnet_b4_g16()


def _vision_transformer(_key: str) -> Network:
    from ipuwhatif.networks.vision_transformer import vit_b16

    return vit_b16()


def _gpt2(key: str) -> Network:
    from ipuwhatif.networks.gpt2 import gpt2

    return gpt2(key)


def _decoder(key: str) -> Network:
    from ipuwhatif.networks.decoder import decoder

    return decoder(key)


def _order_book(key: str) -> Network:
    from ipuwhatif.networks.order_book import order_book_network

    return order_book_network(key)


def _monte_carlo(_key: str) -> Network:
    from ipuwhatif.networks.monte_carlo import hamiltonian_monte_carlo

    return hamiltonian_monte_carlo()


_FAMILIES: dict[str, Callable[[str], Network]] = {
    **dict.fromkeys(("resnet50", "resnet50-dp"), _residual),
    **dict.fromkeys(("efficientnet-b4", "efficientnet-b4-g16"), _efficient),
    "vit-b16": _vision_transformer,
    **dict.fromkeys(("gpt2-small", "gpt2-medium", "gpt2-large", "gpt2-xl"), _gpt2),
    **dict.fromkeys(("llama2-70b-lora", "llama31-8b", "llama31-70b", "llama31-405b", "gpt3-175b"), _decoder),
    **dict.fromkeys(("lob-mlp", "lob-cnn", "lob-lstm", "deeplob", "deeplob-seq2seq", "deeplob-attention"), _order_book),
    "hmc": _monte_carlo,
}
NETWORKS = (BERT, EMULATOR, *_FAMILIES)
