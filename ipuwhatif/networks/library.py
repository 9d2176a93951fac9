"""The network that a workload runs on an architecture: how a sample meets the chip decides its length.

A sample of BERT is 512 tokens on most chips: one sequence with its padding, or a pack of two, on average, where a
workload says so (`Workload.packs`). GPU entries leave out the padding, so that a sequence costs its own tokens. Both
numbers agree: 512 / 2 = 256 tokens a sequence. A family
is imported when one of its networks is asked for: the app starts sooner.
"""

from collections.abc import Callable
from functools import lru_cache

from ipuwhatif.networks.graph import Network
from ipuwhatif.networks.kernels import ENTRIES as ENTRIES
from ipuwhatif.networks.kernels import Kernels as Kernels
from ipuwhatif.records import replace

SEQUENCES_PER_PACK = 2  # that 512 tokens hold without padding
BERT, EMULATOR = "bert-large", "weather-emulator"
OWN = "own:"  # how the key of a network that a user has brought begins
MPT_SIZES = ("125m", "350m", "760m", "1b", "3b", "7b", "13b", "30b", "70b")


@lru_cache(maxsize=128)  # any sizes can be typed for a network
def network_for(key: str, architecture: str, layers: tuple[int, ...] = (), kernels: Kernels = ENTRIES) -> Network:
    """The op graph of one sample of a workload's network on an architecture; KeyError for an unknown network.

    kernels: of the software that runs it; entries of BERT bring their own, whatever is asked for. layers: sizes that
    the user sets: the layers of the "weather-emulator", those of a "transformer", the tokens of a sample of another
    decoder; empty for the network's own, and no other network looks at them. InputError for sizes out of bounds.
    """
    if key == BERT:
        return _bert(architecture)
    if key == EMULATOR:
        return _emulator(layers)
    if key in DECODING:
        return _decoder(key, layers)
    if key.startswith(OWN):
        return _own(key, layers, kernels)
    if key in _WITH_ATTENTION:
        return _WITH_ATTENTION[key](key, kernels)
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


def _own(key: str, layers: tuple[int, ...], kernels: Kernels) -> Network:
    from ipuwhatif.networks.own_graph import own_network

    return own_network(key, layers, kernels)


def _residual(key: str) -> Network:
    from ipuwhatif.networks.resnet import resnet50, resnet50_private

    return resnet50() if key == "resnet50" else resnet50_private()


def _efficient(key: str) -> Network:
    from ipuwhatif.networks.efficientnet import efficientnet_b4, efficientnet_b4_g16

    return efficientnet_b4() if key == "efficientnet-b4" else efficientnet_b4_g16()


def _bert_of_tokens(key: str, kernels: Kernels) -> Network:
    from ipuwhatif.networks.bert import bert_large

    return replace(bert_large(int(key.rpartition("-")[2]), fused=kernels.fused_attention), key=key)


def _vision_transformer(_key: str, kernels: Kernels) -> Network:
    from ipuwhatif.networks.vision_transformer import vit_b16

    return vit_b16(fused=kernels.fused_attention)


def _gpt2(key: str, kernels: Kernels) -> Network:
    from ipuwhatif.networks.gpt2 import gpt2

    return gpt2(
        key,
        fused=kernels.fused_attention,
        padded=kernels.padded_vocabulary,
        wide_loss=kernels.wide_loss,
    )


def _decoder(key: str, layers: tuple[int, ...]) -> Network:
    from ipuwhatif.networks.decoder import decoder

    return decoder(key, layers)


def _order_book(key: str) -> Network:
    from ipuwhatif.networks.order_book import order_book_network

    return order_book_network(key)


def _monte_carlo(_key: str) -> Network:
    from ipuwhatif.networks.monte_carlo import hamiltonian_monte_carlo

    return hamiltonian_monte_carlo()


#: Decoder-only transformers; "transformer" is the one whose sizes the user sets.
DECODING = (
    "llama2-70b-lora", "llama31-8b", "llama31-70b", "llama31-405b", "gpt3-175b", "transformer",
    *(f"mpt-{size}" for size in MPT_SIZES),
)  # fmt: skip
_WITH_ATTENTION: dict[str, Callable[[str, Kernels], Network]] = {
    **dict.fromkeys(("bert-large-128", "bert-large-512"), _bert_of_tokens),
    "vit-b16": _vision_transformer,
    **dict.fromkeys(("gpt2-small", "gpt2-medium", "gpt2-large", "gpt2-xl"), _gpt2),
}
_FAMILIES: dict[str, Callable[[str], Network]] = {
    **dict.fromkeys(("resnet50", "resnet50-dp"), _residual),
    **dict.fromkeys(("efficientnet-b4", "efficientnet-b4-g16"), _efficient),
    **dict.fromkeys(("lob-mlp", "lob-cnn", "lob-lstm", "deeplob", "deeplob-seq2seq", "deeplob-attention"), _order_book),
    "hmc": _monte_carlo,
}
NETWORKS = (BERT, EMULATOR, *DECODING, *_WITH_ATTENTION, *_FAMILIES)
