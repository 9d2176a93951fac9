"""Configurations of decoder-only transformers: GPT-2, Llama, Mistral, Qwen2 (and 2.5), Qwen3."""

from collections.abc import Iterator

from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.reasons import (
    ConfigurationFault,
    ConfigurationNote,
    Counted,
    OfConfiguration,
    Part,
    Sequence,
    Share,
)
from ipuwhatif.networks.decoder import TRANSFORMER, decoder, decoder_sizes, shortest
from ipuwhatif.networks.graph import ATTENTION
from ipuwhatif.networks.own_graph import DECODER
from ipuwhatif.networks.own_network import SEQUENCES
from ipuwhatif.networks.reasons import OfSize, SizeFault
from ipuwhatif.networks.size_bounds import FORMS
from ipuwhatif.units import InputError, Said, reason_of

USUAL_TOKENS = 8192  # of a sequence in training, where a file allows more: an assumption
GPT2_WIDER = 4  # times as wide is its feed-forward layer where the file does not say
FULL, SLIDING = "full_attention", "sliding_attention"
#: Keys that are read here.
DECODER_KEYS = frozenset(
    (
        "vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads",
        "num_key_value_heads", "head_dim", "max_position_embeddings", "tie_word_embeddings", "sliding_window",
        "use_sliding_window", "max_window_layers", "layer_types",
        "n_embd", "n_layer", "n_head", "n_inner", "n_positions", "n_ctx", "n_special",
    )
)  # fmt: skip


def read_decoder(node: Node) -> NetworkFile:
    """The sizes of a decoder and its op graph. InputError names the key that is missing or cannot be."""
    family = node.text("model_type")
    layers = _gpt2(node) if family == "gpt2" else _llama_like(node, family)
    try:
        network = decoder(TRANSFORMER, layers)
    except InputError as error:
        raise node.refuse(reason_of(error)) from error
    tokens = decoder_sizes(TRANSFORMER, layers).tokens
    return NetworkFile(
        file=node.file,
        family=family,
        network=network,
        sample=Sequence(tokens),
        layers=shortest(layers),
        described={"family": DECODER, "sample": SEQUENCES, "sizes": list(shortest(layers))},
        notes=(*_of_length(node, tokens), *_of_window(node, layers), *_of_kind(node)),
    )


def whole_or(node: Node, name: str, default: int) -> int:
    """A whole number above 0, or the default where the file does not say."""
    return node.whole(name) if node.has(name) else default


def _gpt2(node: Node) -> tuple[int, ...]:
    width, heads = node.whole("n_embd"), node.whole("n_head")
    _check_shared(node, width, heads)
    return (
        node.whole("n_layer"), width, heads, heads, whole_or(node, "n_inner", GPT2_WIDER * width),
        node.whole("vocab_size"), node.whole("n_positions"), width // heads, _matrices(node, tied=True),
        FORMS.index("gpt2") + 1,
    )  # fmt: skip


def _llama_like(node: Node, family: str) -> tuple[int, ...]:
    """Mistral is built like Llama; only Llama's older files leave out the heads of keys and values."""
    width, heads = node.whole("hidden_size"), node.whole("num_attention_heads")
    if not node.has("head_dim"):
        if family == "qwen3":  # whose heads are wider than the width over their number
            raise node.refuse(Flawed(Flaw.KEY_MISSING, "head_dim"))
        _check_shared(node, width, heads)
    key_value_heads = (
        whole_or(node, "num_key_value_heads", heads) if family == "llama" else node.whole("num_key_value_heads")
    )
    form = family if family in FORMS else "llama"
    return (
        node.whole("num_hidden_layers"), width, heads, key_value_heads, node.whole("intermediate_size"),
        node.whole("vocab_size"), min(node.whole("max_position_embeddings"), USUAL_TOKENS),
        whole_or(node, "head_dim", max(width // heads, 1)), _matrices(node, tied=False), FORMS.index(form) + 1,
    )  # fmt: skip


def _check_shared(node: Node, width: int, heads: int) -> None:
    """InputError where heads that share the width cannot: each would be as wide as no whole number."""
    if width % heads:
        raise node.refuse(OfSize(SizeFault.WIDTH_BY_HEADS_ALONE, width, heads))


def _matrices(node: Node, *, tied: bool) -> int:
    """Matrices of the vocabulary; tied: whether one serves both ends where the file does not say."""
    return 1 if node.flag("tie_word_embeddings", default=tied) else 2


def _of_length(node: Node, tokens: int) -> Iterator[Said]:
    if node.has("max_position_embeddings") and node.whole("max_position_embeddings") != tokens:
        yield Counted(ConfigurationNote.LENGTH_ASSUMED, tokens, node.whole("max_position_embeddings"))


def _of_window(node: Node, layers: tuple[int, ...]) -> Iterator[Said]:
    """What attention over a window of the tokens leaves out, where it is counted over all of them."""
    sizes = decoder_sizes(TRANSFORMER, layers)
    slid = _sliding_layers(node, sizes.layers)
    window = node.whole("sliding_window") if slid else sizes.tokens
    if window >= sizes.tokens:
        return
    network = decoder(TRANSFORMER, layers)
    attention = sum(op.flops * op.count for op in network.ops if op.op_class == ATTENTION)
    left_out = (1.0 - window / sizes.tokens) ** 2  # of half of the scores, those farther back than the window
    yield Share(Part.BEYOND_WINDOW, attention * left_out * slid / sizes.layers / network.forward_flops)


def _sliding_layers(node: Node, layers: int) -> int:
    """Layers that attend to a window only."""
    if node.has("layer_types"):
        kinds = node.texts("layer_types")
        strange = next((kind for kind in kinds if kind not in (FULL, SLIDING)), None)
        if strange is not None:
            raise node.refuse(OfConfiguration(ConfigurationFault.LAYERS, strange))
        return min(kinds.count(SLIDING), layers)
    if not node.has("sliding_window") or not node.flag(
        "use_sliding_window", default=node.text("model_type") == "mistral"
    ):
        return 0
    return (
        layers
        if node.text("model_type") == "mistral"
        else layers - min(whole_or(node, "max_window_layers", layers), layers)
    )


def _of_kind(node: Node) -> Iterator[Said]:
    """A head that is not the scores of the next token."""
    named = node.texts("architectures") if node.has("architectures") else ()
    other = next((name for name in named if not name.endswith(("ForCausalLM", "LMHeadModel"))), None)
    if other is not None:
        yield Counted(ConfigurationNote.COUNTED_AS_TRAINED, name=other)
