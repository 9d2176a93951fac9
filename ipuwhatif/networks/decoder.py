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
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, format_number


class Decoder(Record, frozen=True):
    """Sizes of a decoder-only transformer; a sample has `tokens` tokens.

    gated: three matrices in a feed-forward layer (SwiGLU) in place of two, RMS normalisation, no biases. positions:
    learned ones, 0 where positions are rotations. tied: the output shares the matrix of the input embedding. adapter:
    rank of the only weights that are trained (Hu et al. 2021, "LoRA", arXiv:2106.09685), 0 where all are.
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

    @property
    def key_value_width(self) -> int:
        """Values of a token's keys, which are as many as those of its values."""
        return self.hidden // self.heads * self.key_value_heads

    @property
    def layer_products(self) -> int:
        """Weights of a layer that take part in products."""
        attention = 2 * self.hidden * (self.hidden + self.key_value_width)
        return attention + (3 if self.gated else 2) * self.hidden * self.feed_forward

    @property
    def layer_parameters(self) -> int:
        """All parameters of a layer: products, two normalisations, and biases where there are any."""
        if self.gated:
            return self.layer_products + 2 * self.hidden
        biases = 2 * self.hidden + 2 * self.key_value_width + self.feed_forward + self.hidden
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
        shapes = ((self.hidden, self.hidden + 2 * self.key_value_width), (self.hidden, self.hidden))
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
#: The sizes in their order, as `Decoder` calls them, and the largest of each that is taken.
SIZES = {
    "layers": 1_000,
    "hidden": 131_072,
    "heads": 1_024,
    "key_value_heads": 1_024,
    "feed_forward": 1_048_576,
    "vocabulary": 2_000_000,
    "tokens": 1_048_576,
}
DEFAULT_SIZES = (32, 4096, 32, 8, 14336, 128256, 8192)


def decoder_sizes(key: str, layers: tuple[int, ...] = ()) -> Decoder:
    """The sizes of a network: of TRANSFORMER those that are given, of another its own on samples of as many tokens.

    layers: all of SIZES, or the tokens alone; empty for the network's own. KeyError for an unknown key, InputError for
    sizes that make no network.
    """
    if key != TRANSFORMER:
        return of_tokens(DECODERS[key], *_bounded(layers, ("tokens",))) if layers else DECODERS[key]
    count, hidden, heads, key_value_heads, feed_forward, vocabulary, tokens = _bounded(
        layers or DEFAULT_SIZES, tuple(SIZES)
    )
    if hidden % heads:
        told = tr("the width {whole} does not divide by {part} heads; nearest: {nearest}", **_near(hidden, heads))
        raise InputError(told)
    if heads % key_value_heads:
        near = _near(heads, key_value_heads)
        raise InputError(tr("{whole} heads do not divide by {part} key-value heads; nearest: {nearest}", **near))
    return Decoder(count, hidden, feed_forward, heads, key_value_heads, vocabulary, tokens)


def _near(whole: int, part: int) -> dict[str, str]:
    """A number that does not divide by another, in print, and the nearest of at most as many heads as there may be."""
    divisors = [each for each in range(1, SIZES["heads"] + 1) if whole % each == 0]
    nearest = min(divisors, key=lambda each: abs(each - part))
    return {"whole": format_number(whole), "part": format_number(part), "nearest": format_number(nearest)}


def _bounded(values: tuple[int, ...], names: tuple[str, ...]) -> tuple[int, ...]:
    """The values, each from 1 to the largest of its kind."""
    if len(values) != len(names):
        raise InputError(
            tr(
                "{count} sizes where {wanted} are wanted: {names}",
                count=len(values),
                wanted=len(names),
                names=tr(", ").join(tr(SIZE_WORDS[name]) for name in names),
            )
        )
    for name, value in zip(names, values, strict=True):
        if not 1 <= value <= SIZES[name]:
            raise InputError(
                tr(
                    "{name} {value} is not from 1 to {largest}; nearest: {nearest}",
                    name=tr(SIZE_WORDS[name]),
                    value=format_number(value),
                    largest=format_number(SIZES[name]),
                    nearest=format_number(1 if value < 1 else SIZES[name]),
                )
            )
    return values


SIZE_WORDS = {
    "layers": marked("layers"),
    "hidden": marked("width"),
    "heads": marked("heads"),
    "key_value_heads": marked("key-value heads"),
    "feed_forward": marked("feed-forward width"),
    "vocabulary": marked("vocabulary"),
    "tokens": marked("tokens of a sequence"),
}


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
    joint = hidden + 2 * sizes.key_value_width
    yield dense("query, key, value", tokens, hidden, joint, bias=bias, in_block=True)
    yield Op(
        "attention",
        ATTENTION,
        flops=2.0 * tokens * tokens * hidden,  # scores and context, half of each behind the mask
        activation_bytes=HALF_PRECISION_BYTES * tokens * (hidden + joint),
        in_block=True,
        kept_bytes=HALF_PRECISION_BYTES * tokens * hidden,
    )
    yield dense("attention output", tokens, hidden, hidden, bias=bias, kept=False, in_block=True)
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
