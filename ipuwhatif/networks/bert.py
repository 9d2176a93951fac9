"""BERT-Large for masked-language-model pre-training, built from its published architecture.

Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers", arXiv:1810.04805, section 3: 24 layers,
hidden size 1,024, 16 heads, feed-forward 4,096, vocabulary 30,522, up to 512 positions.
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import dense, elementwise
from ipuwhatif.networks.graph import HALF_PRECISION_BYTES, MATMUL, Network, Op, fold
from ipuwhatif.networks.transformer import MASK, LayerSizes, post_normalised_layer

LAYERS, HIDDEN, FEED_FORWARD, HEADS = 24, 1024, 4096, 16
VOCABULARY, POSITIONS, SEGMENTS = 30522, 512, 2
MASKED_SHARE = 0.15  # of the tokens are predicted: section 3.1


def bert_large(tokens: int, attended: int | None = None, *, keeps_scores: bool = True, fused: bool = False) -> Network:
    """The op graph for a sample of `tokens` tokens, each attending to `attended` tokens (all of them by default).

    keeps_scores: the scores of attention are kept until the backward pass; fused kernels compute them again. fused: no
    score reaches the memory at all.

    336,226,108 parameters, whatever the sample's length: the masked-language-model and next-sentence heads included,
    the output embedding shared with the input's. A pipeline spreads 48 blocks: 24 of attention, 24 of feed-forward.
    """
    sizes = LayerSizes(HIDDEN, FEED_FORWARD, HEADS, tokens, attended or tokens, keeps_scores, fused)
    layers = [op for _ in range(LAYERS) for op in post_normalised_layer(sizes)]
    ops = fold([*_embedding(tokens), *layers, *_heads(tokens)])
    return Network("bert-large", ops, blocks=2 * LAYERS, source="arXiv:1810.04805, section 3")


def _embedding(tokens: int) -> Iterator[Op]:
    table = (VOCABULARY + POSITIONS + SEGMENTS) * HIDDEN
    values = tokens * HIDDEN
    yield elementwise("embedding look-up", 3 * values, values, kept=values, parameters=table, tensors=3)
    yield elementwise(
        "embedding normalisation", values, values, kept=(1 + MASK) * values, parameters=2 * HIDDEN, tensors=2
    )


def _heads(tokens: int) -> Iterator[Op]:
    masked = round(MASKED_SHARE * tokens)
    values = masked * HIDDEN
    yield dense("masked-language-model transform", masked, HIDDEN, HIDDEN)
    yield elementwise("head normalisation", values, values, kept=values, parameters=2 * HIDDEN, tensors=2)
    yield Op(
        "vocabulary projection",
        MATMUL,
        flops=2.0 * masked * HIDDEN * VOCABULARY,
        activation_bytes=HALF_PRECISION_BYTES * masked * (HIDDEN + VOCABULARY),
        parameters=VOCABULARY,  # the bias; the weights are the embedding's
        kept_bytes=HALF_PRECISION_BYTES * masked * VOCABULARY,
        tensors=1,
    )
    yield dense("pooler", 1, HIDDEN, HIDDEN)
    yield dense("next-sentence head", 1, HIDDEN, 2)
