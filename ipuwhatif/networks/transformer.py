"""The two halves of a transformer's layer, attention and feed-forward, for BERT, GPT-2 and the vision transformer.

Vaswani et al. 2017, "Attention Is All You Need", arXiv:1706.03762, section 3. What the backward pass needs follows
Korthikanti et al. 2022, arXiv:2205.05198, section 4.1: 34 bytes a token and hidden value, and 5 for each score that is
kept. Fused kernels keep none (Dao et al. 2022, "FlashAttention", arXiv:2205.14135, section 3.1).
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import dense, elementwise
from ipuwhatif.networks.graph import ATTENTION, HALF_PRECISION_BYTES, Op
from ipuwhatif.records import Record

ALIGNED = 8  # values of half precision that a matrix unit of a GPU reads at once
MASK = 0.5  # a byte of a dropout mask, in values of half precision


class LayerSizes(Record, frozen=True):
    """Widths of a layer; a sample's `tokens` each attend to `attended` tokens."""

    hidden: int
    feed_forward: int
    heads: int
    tokens: int
    attended: int
    keeps_scores: bool = True  # until the backward pass; fused kernels compute them again
    fused: bool = False  # one kernel from query to context: no score ever reaches the memory, and rows are padded
    query_biases: bool = True  # of queries, keys and values


def attention(sizes: LayerSizes, *, joint: bool) -> Iterator[Op]:
    """Self-attention without the addition and normalisation around it; the whole matrix of scores is computed.

    joint: one weight matrix makes query, key and value; otherwise each has its own.
    """
    hidden, tokens, bias = sizes.hidden, sizes.tokens, sizes.query_biases
    for _ in range(1 if joint else 3):
        yield dense("query, key, value", tokens, hidden, 3 * hidden if joint else hidden, bias=bias, in_block=True)
    scores = 0 if sizes.fused else sizes.heads * tokens * sizes.attended
    for name, kept in (("attention scores", 0), ("attention context", tokens * hidden)):
        yield Op(
            name,
            ATTENTION,
            flops=2.0 * tokens * sizes.attended * hidden,
            activation_bytes=HALF_PRECISION_BYTES * (2 * tokens * hidden + scores),
            in_block=True,
            kept_bytes=HALF_PRECISION_BYTES * kept,
            aligned=sizes.fused or sizes.attended % ALIGNED == 0,
        )
    if not sizes.fused:
        until_backward = (2 + MASK) * scores if sizes.keeps_scores else 0.0
        yield elementwise("softmax and dropout", 2 * scores, 2 * scores, kept=until_backward, in_block=True)
    yield dense("attention output", tokens, hidden, hidden, kept=False, in_block=True)


def feed_forward(sizes: LayerSizes) -> Iterator[Op]:
    """The two dense layers with the activation between them, without the addition and normalisation around them."""
    hidden, wide, tokens = sizes.hidden, sizes.feed_forward, sizes.tokens
    yield dense("feed-forward up", tokens, hidden, wide, in_block=True)
    yield elementwise("activation", tokens * wide, tokens * wide, kept=tokens * wide, in_block=True)
    yield dense("feed-forward down", tokens, wide, hidden, kept=False, in_block=True)


def post_normalised_layer(sizes: LayerSizes) -> Iterator[Op]:
    """A layer that normalises what each half has added: BERT. Two blocks of a pipeline."""
    yield from attention(sizes, joint=False)
    yield from feed_forward(sizes)
    values = sizes.tokens * sizes.hidden
    for _ in range(2):
        yield elementwise(
            "dropout, addition, normalisation",
            2 * values,
            values,
            kept=(2 + MASK) * values,
            parameters=2 * sizes.hidden,
            tensors=2,
            in_block=True,
        )


def pre_normalised_layer(sizes: LayerSizes) -> Iterator[Op]:
    """A layer that normalises what each half reads: GPT-2, vision transformer. Two blocks of a pipeline."""
    values = sizes.tokens * sizes.hidden
    for half in (attention(sizes, joint=True), feed_forward(sizes)):
        yield layer_normalisation(sizes.tokens, sizes.hidden, in_block=True)
        yield from half
        yield elementwise("dropout, addition", 2 * values, values, kept=(1 + MASK) * values, in_block=True)


def layer_normalisation(tokens: int, hidden: int, *, in_block: bool = False) -> Op:
    """A normalisation over the hidden values of each token, with scale and shift."""
    values = tokens * hidden
    return elementwise(
        "normalisation", values, values, kept=values, parameters=2 * hidden, tensors=2, in_block=in_block
    )
