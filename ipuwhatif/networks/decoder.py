"""Decoder-only transformers by their sizes: Llama with grouped queries and gated feed-forward layers, and GPT-3.

Touvron et al. 2023, "Llama 2", arXiv:2307.09288, and Dubey et al. 2024, "The Llama 3 Herd of Models", arXiv:2407.21783,
Table 3; Brown et al. 2020, "Language Models are Few-Shot Learners", arXiv:2005.14165, Table 2.1. Sizes and vocabularies
are those of the released models, and for GPT-3 of MLPerf's reference, which pads its vocabulary to 51,200. MPT as the
configurations in mosaicml/llm-foundry, scripts/train/yamls/pretrain, have it: their parameters, biases and learned
positions among them, add up to what its benchmark tables print, to the last one.
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import dense, elementwise
from ipuwhatif.networks.graph import ATTENTION, HALF_PRECISION_BYTES, MATMUL, Network, Op, fold
from ipuwhatif.networks.reasons import SizeFault
from ipuwhatif.networks.size_bounds import ADAPTER, FORMS, FURTHER_SIZES, SIZES, bounded, not_divisible
from ipuwhatif.records import Record, replace
from ipuwhatif.units import RefusedError


class Decoder(Record, frozen=True):
    """Sizes of a decoder-only transformer; a sample has `tokens` tokens.

    gated: three matrices in a feed-forward layer (SwiGLU) in place of two, RMS normalisation, no biases. positions:
    learned ones, 0 where positions are rotations. tied: the output shares the matrix of the input embedding. adapter:
    rank of the only weights that are trained (Hu et al. 2021, "LoRA", arXiv:2106.09685), 0 where all are. head_width:
    values of a head, 0 where the heads share the hidden width. query_biases: queries, keys and values have biases.
    query_norms: each head's queries and keys are normalised.
    """

    layers: int
    hidden: int
    feed_forward: int
    heads: int
    key_value_heads: int
    vocabulary: int
    tokens: int
    gated: bool = True
    tied: bool = False
    positions: int = 0
    adapter: int = 0
    head_width: int = 0
    query_biases: bool = False
    query_norms: bool = False

    @property
    def width_of_head(self) -> int:
        """Values of one head."""
        return self.head_width or self.hidden // self.heads

    @property
    def query_width(self) -> int:
        """Values of a token's queries, which are as many as attention puts out."""
        return self.width_of_head * self.heads

    @property
    def key_value_width(self) -> int:
        """Values of a token's keys, which are as many as those of its values."""
        return self.width_of_head * self.key_value_heads

    @property
    def layer_products(self) -> int:
        """Weights of a layer that take part in products."""
        attention = 2 * self.hidden * (self.query_width + self.key_value_width)
        return attention + (3 if self.gated else 2) * self.hidden * self.feed_forward

    @property
    def layer_parameters(self) -> int:
        """All parameters of a layer: products, normalisations, and biases where there are any."""
        joint = self.query_width + 2 * self.key_value_width
        if self.gated:
            norms = 2 * self.hidden + (2 * self.width_of_head if self.query_norms else 0)
            return self.layer_products + norms + (joint if self.query_biases else 0)
        biases = joint + self.hidden + self.feed_forward + self.hidden
        return self.layer_products + biases + 4 * self.hidden

    @property
    def head_weights(self) -> int:
        """Weights of the product that gives the scores of the next token."""
        return self.vocabulary * self.hidden

    @property
    def parameters(self) -> int:
        """All parameters but those of adapters."""
        embedding = self.head_weights * (1 if self.tied else 2) + self.positions * self.hidden
        return embedding + self.layers * self.layer_parameters + self.hidden * (1 if self.gated else 2)

    @property
    def adapter_parameters(self) -> int:
        """Parameters of the adapters: a pair of narrow matrices beside the four products of attention."""
        shapes = ((self.hidden, self.query_width + 2 * self.key_value_width), (self.query_width, self.hidden))
        return self.layers * sum(self.adapter * (rows + columns) for rows, columns in shapes)

    @property
    def trained_parameters(self) -> int:
        """Parameters that have a gradient and an optimizer state."""
        return self.adapter_parameters if self.adapter else self.parameters


#: Layers, hidden width and heads of MPT by its name.
MPT = {
    "125m": (12, 768, 12),
    "350m": (24, 1024, 16),
    "760m": (24, 1536, 12),
    "1b": (24, 2048, 16),
    "3b": (32, 2560, 20),
    "7b": (32, 4096, 32),
    "13b": (40, 5120, 40),
    "30b": (48, 7168, 56),
    "70b": (80, 8192, 64),
}


def _mpt(layers: int, hidden: int, heads: int) -> Decoder:
    """A vocabulary of 50,368, feed-forward layers four times as wide, 2,048 tokens."""
    return Decoder(layers, hidden, 4 * hidden, heads, heads, 50368, 2048, gated=False, tied=True, positions=2048)


#: MLPerf trains GPT-3 on 2,048 tokens, fine-tunes Llama 2 and trains Llama 3.1 on 8,192.
DECODERS = {
    "llama2-70b-lora": Decoder(80, 8192, 28672, 64, 8, 32000, 8192, adapter=16),
    "llama31-8b": Decoder(32, 4096, 14336, 32, 8, 128256, 8192),
    "llama31-70b": Decoder(80, 8192, 28672, 64, 8, 128256, 8192),
    "llama31-405b": Decoder(126, 16384, 53248, 128, 8, 128256, 8192),
    "gpt3-175b": Decoder(96, 12288, 49152, 96, 96, 51200, 2048, gated=False, tied=True, positions=2048),
} | {f"mpt-{name}": _mpt(*sizes) for name, sizes in MPT.items()}


#: A network whose sizes the user sets: those of Llama 3.1 8B unless others are.
TRANSFORMER = "transformer"
DEFAULT_SIZES = (32, 4096, 32, 8, 14336, 128256, 8192)


def decoder_sizes(key: str, layers: tuple[int, ...] = ()) -> Decoder:
    """The sizes of a network: of TRANSFORMER those that are given, of another its own on samples of as many tokens.

    layers: all of SIZES, with FURTHER_SIZES or without, then with the rank of ADAPTER or without, or the tokens alone;
    empty for the network's own. KeyError for an unknown key, InputError for sizes that make no network.
    """
    if key != TRANSFORMER:
        return of_tokens(DECODERS[key], *bounded(layers, ("tokens",))) if layers else DECODERS[key]
    return _by_sizes(layers or DEFAULT_SIZES)


def _by_sizes(layers: tuple[int, ...]) -> Decoder:
    """The network of all of SIZES, and FURTHER_SIZES and ADAPTER where they are given."""
    names = tuple(SIZES) if len(layers) <= len(SIZES) else (*SIZES, *FURTHER_SIZES)
    if len(layers) > len(names):
        names = (*names, *ADAPTER)
    count, hidden, heads, key_value_heads, feed_forward, vocabulary, tokens, *further = bounded(layers, names)
    if not further and hidden % heads:
        raise RefusedError(not_divisible(hidden, heads, SizeFault.WIDTH_BY_HEADS))
    if heads % key_value_heads:
        raise RefusedError(not_divisible(heads, key_value_heads, SizeFault.HEADS_BY_KEY_VALUE_HEADS))
    head_width, matrices, form, *adapter = further or (0, 2, 1)
    kind = FORMS[form - 1]
    return Decoder(
        count,
        hidden,
        feed_forward,
        heads,
        key_value_heads,
        vocabulary,
        tokens,
        gated=kind != "gpt2",
        tied=matrices == 1,
        positions=tokens if kind == "gpt2" else 0,
        adapter=adapter[0] if adapter else 0,
        head_width=head_width,
        query_biases=kind == "qwen2",
        query_norms=kind == "qwen3",
    )


def shortest(layers: tuple[int, ...]) -> tuple[int, ...]:
    """The sizes of a TRANSFORMER without FURTHER_SIZES where these say nothing new; checked before."""
    usual = (layers[1] // layers[2], 2, 1)
    return layers[: len(SIZES)] if layers[len(SIZES) :] == usual and layers[1] % layers[2] == 0 else layers


def of_tokens(sizes: Decoder, tokens: int) -> Decoder:
    """The same network on samples of another length: learned positions are as many as a sample has tokens."""
    return replace(sizes, tokens=tokens, positions=tokens if sizes.positions else 0)


def decoder(key: str, layers: tuple[int, ...] = ()) -> Network:
    """The op graph of one sample; KeyError for an unknown key, InputError for sizes that make no network.

    Kernels that never store the scores keep only what attention puts out (Dao 2023, arXiv:2307.08691).
    """
    sizes = decoder_sizes(key, layers)
    layer = list(_layer(sizes))
    ops = fold([*_embedding(sizes), *(op for _ in range(sizes.layers) for op in layer), *_head(sizes)])
    return Network(key, ops, blocks=sizes.layers, source="arXiv:2307.09288, arXiv:2407.21783 and arXiv:2005.14165")


def _embedding(sizes: Decoder) -> Iterator[Op]:
    values = sizes.tokens * sizes.hidden
    parameters = (sizes.vocabulary + sizes.positions) * sizes.hidden
    yield elementwise("embedding look-up", values, values, kept=values, parameters=parameters, tensors=1)


def _layer(sizes: Decoder) -> Iterator[Op]:
    hidden, tokens, wide = sizes.hidden, sizes.tokens, sizes.feed_forward
    bias = not sizes.gated
    yield _normalisation(sizes, in_block=True)
    queries = sizes.query_width
    joint = queries + 2 * sizes.key_value_width
    yield dense("query, key, value", tokens, hidden, joint, bias=bias or sizes.query_biases, in_block=True)
    if sizes.query_norms:
        values, scales = tokens * (queries + sizes.key_value_width), 2 * sizes.width_of_head
        yield elementwise("normalisation", values, values, kept=values, parameters=scales, tensors=2, in_block=True)
    yield Op(
        "attention",
        ATTENTION,
        flops=2.0 * tokens * tokens * queries,  # scores and context, half of each behind the mask
        activation_bytes=HALF_PRECISION_BYTES * tokens * (queries + joint),
        in_block=True,
        kept_bytes=HALF_PRECISION_BYTES * tokens * queries,
    )
    yield dense("attention output", tokens, queries, hidden, bias=bias, kept=False, in_block=True)
    yield _normalisation(sizes, in_block=True)
    ways = 2 if sizes.gated else 1
    yield dense("feed-forward up", tokens, hidden, ways * wide, bias=bias, in_block=True)
    yield elementwise("activation", ways * tokens * wide, tokens * wide, kept=tokens * wide, in_block=True)
    yield dense("feed-forward down", tokens, wide, hidden, bias=bias, kept=False, in_block=True)
    yield elementwise("additions", 4 * tokens * hidden, 2 * tokens * hidden, in_block=True)


def _normalisation(sizes: Decoder, *, in_block: bool = False) -> Op:
    values, vectors = sizes.tokens * sizes.hidden, 1 if sizes.gated else 2
    parameters = vectors * sizes.hidden
    return elementwise(
        "normalisation", values, values, kept=values, parameters=parameters, tensors=vectors, in_block=in_block
    )


def _head(sizes: Decoder) -> Iterator[Op]:
    logits = sizes.tokens * sizes.vocabulary
    yield _normalisation(sizes)
    yield Op(
        "vocabulary projection",
        MATMUL,
        flops=2.0 * logits * sizes.hidden,
        activation_bytes=HALF_PRECISION_BYTES * (sizes.tokens * sizes.hidden + logits),
        parameters=0 if sizes.tied else sizes.head_weights,
        kept_bytes=HALF_PRECISION_BYTES * logits,
        tensors=0 if sizes.tied else 1,
    )
    yield elementwise("softmax and loss", logits, logits)
