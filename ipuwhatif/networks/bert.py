"""BERT by its sizes and heads, and BERT-Large for masked-language-model pre-training as it was published.

Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers", arXiv:1810.04805, section 3: 24 layers,
hidden size 1,024, 16 heads, feed-forward 4,096, vocabulary 30,522, up to 512 positions.
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import dense, elementwise
from ipuwhatif.networks.graph import HALF_PRECISION_BYTES, MATMUL, Network, Op, fold
from ipuwhatif.networks.transformer import MASK, LayerSizes, post_normalised_layer
from ipuwhatif.records import Record

MASKED_SHARE = 0.15  # of the tokens are predicted: section 3.1


class BertSizes(Record, frozen=True):
    """Sizes of the encoder."""

    layers: int
    hidden: int
    feed_forward: int
    heads: int
    vocabulary: int
    positions: int
    segments: int


class BertHeads(Record, frozen=True):
    """What stands on the encoder.

    predicted: tokens of a sample whose word is predicted, over the matrix of the embedding; 0 for no such head.
    pooled: a dense layer over the first token, and behind it `pooled_outputs` values. token_outputs: values that are
    made of each token.
    """

    predicted: int = 0
    pooled: bool = False
    pooled_outputs: int = 0
    token_outputs: int = 0


LARGE = BertSizes(layers=24, hidden=1024, feed_forward=4096, heads=16, vocabulary=30522, positions=512, segments=2)
POSITIONS = LARGE.positions


def bert_large(tokens: int, attended: int | None = None, *, keeps_scores: bool = True, fused: bool = False) -> Network:
    """The op graph for a sample of `tokens` tokens, each attending to `attended` tokens (all of them by default).

    keeps_scores: the scores of attention are kept until the backward pass; fused kernels compute them again. fused: no
    score reaches the memory at all.

    336,226,108 parameters, whatever the sample's length: the masked-language-model and next-sentence heads included,
    the output embedding shared with the input's. A pipeline spreads 48 blocks: 24 of attention, 24 of feed-forward.
    """
    heads = BertHeads(predicted=round(MASKED_SHARE * tokens), pooled=True, pooled_outputs=2)
    ops = bert_ops(LARGE, heads, tokens, attended, keeps_scores=keeps_scores, fused=fused)
    return Network("bert-large", ops, blocks=2 * LARGE.layers, source="arXiv:1810.04805, section 3")


def bert_ops(
    sizes: BertSizes,
    heads: BertHeads,
    tokens: int,
    attended: int | None = None,
    *,
    keeps_scores: bool = True,
    fused: bool = False,
) -> tuple[Op, ...]:
    """The ops of a sample of `tokens` tokens; the rest as `bert_large` has it."""
    layer = LayerSizes(sizes.hidden, sizes.feed_forward, sizes.heads, tokens, attended or tokens, keeps_scores, fused)
    layers = [op for _ in range(sizes.layers) for op in post_normalised_layer(layer)]
    return fold([*_embedding(sizes, tokens), *layers, *_heads(sizes, heads, tokens)])


def _embedding(sizes: BertSizes, tokens: int) -> Iterator[Op]:
    table = (sizes.vocabulary + sizes.positions + sizes.segments) * sizes.hidden
    values = tokens * sizes.hidden
    yield elementwise("embedding look-up", 3 * values, values, kept=values, parameters=table, tensors=3)
    yield elementwise(
        "embedding normalisation", values, values, kept=(1 + MASK) * values, parameters=2 * sizes.hidden, tensors=2
    )


def _heads(sizes: BertSizes, heads: BertHeads, tokens: int) -> Iterator[Op]:
    if heads.predicted:
        yield from _masked_language_model(sizes, heads.predicted)
    if heads.pooled:
        yield dense("pooler", 1, sizes.hidden, sizes.hidden)
    if heads.pooled_outputs:
        name = "next-sentence head" if heads.predicted else "classifier"
        yield dense(name, 1, sizes.hidden, heads.pooled_outputs)
    if heads.token_outputs:
        yield dense("classifier", tokens, sizes.hidden, heads.token_outputs)


def _masked_language_model(sizes: BertSizes, masked: int) -> Iterator[Op]:
    hidden, vocabulary = sizes.hidden, sizes.vocabulary
    values = masked * hidden
    yield dense("masked-language-model transform", masked, hidden, hidden)
    yield elementwise("head normalisation", values, values, kept=values, parameters=2 * hidden, tensors=2)
    yield Op(
        "vocabulary projection",
        MATMUL,
        flops=2.0 * masked * hidden * vocabulary,
        activation_bytes=HALF_PRECISION_BYTES * masked * (hidden + vocabulary),
        parameters=vocabulary,  # the bias; the weights are the embedding's
        kept_bytes=HALF_PRECISION_BYTES * masked * vocabulary,
        tensors=1,
    )
