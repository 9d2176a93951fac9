"""GPT-2 in its four published sizes, built from its published architecture; a sample is 1,024 tokens.

Radford et al. 2019, "Language Models are Unsupervised Multitask Learners", section 2.3 and Table 2, with the released
code (github.com/openai/gpt-2): vocabulary 50,257, 1,024 positions, the output embedding shared with the input's. Table
2's own counts (117 M to 1,542 M) differ from the released models', which these graphs agree with to the unit.
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import elementwise
from ipuwhatif.networks.graph import HALF_PRECISION_BYTES, MATMUL, Network, Op, fold
from ipuwhatif.networks.transformer import ALIGNED, MASK, LayerSizes, layer_normalisation, pre_normalised_layer

VOCABULARY, POSITIONS = 50257, 1024
FEED_FORWARD = 4  # times the hidden size
# Layers, hidden size, heads of each size.
SIZES = {
    "gpt2-small": (12, 768, 12),
    "gpt2-medium": (24, 1024, 16),
    "gpt2-large": (36, 1280, 20),
    "gpt2-xl": (48, 1600, 25),
}


def gpt2(key: str, *, fused: bool = False, padded: bool = False, wide_loss: bool = False) -> Network:
    """The op graph of one sample; 124,439,808, 354,823,168, 774,030,080 or 1,557,611,200 parameters.

    Attention computes the whole matrix of scores and masks half of it, as the kernels of 2021 do; fused kernels write
    no score to memory. padded: the scores of the vocabulary are computed for a multiple of 8 words. A pipeline spreads
    two blocks a layer: attention and feed-forward. wide_loss: the scores of the vocabulary and their gradient are
    held in single precision as well, for the loss. KeyError for an unknown key.
    """
    layers, hidden, heads = SIZES[key]
    sizes = LayerSizes(hidden, FEED_FORWARD * hidden, heads, POSITIONS, POSITIONS, fused=fused)
    spread = [op for _ in range(layers) for op in pre_normalised_layer(sizes)]
    ops = fold([*_embedding(hidden), *spread, *_head(hidden, padded, wide_loss)])
    return Network(key, ops, blocks=2 * layers, source="Radford et al. 2019, Table 2, and github.com/openai/gpt-2")


def _embedding(hidden: int) -> Iterator[Op]:
    values = POSITIONS * hidden
    yield elementwise(
        "embedding look-up and dropout",
        2 * values,
        values,
        kept=(1 + MASK) * values,
        parameters=(VOCABULARY + POSITIONS) * hidden,
        tensors=2,
    )


def _head(hidden: int, padded: bool, wide_loss: bool) -> Iterator[Op]:
    logits = POSITIONS * VOCABULARY
    yield layer_normalisation(POSITIONS, hidden)
    yield Op(
        "vocabulary projection",
        MATMUL,
        flops=2.0 * logits * hidden,
        activation_bytes=HALF_PRECISION_BYTES * (POSITIONS * hidden + logits),
        kept_bytes=HALF_PRECISION_BYTES * logits,  # the weights are the embedding's
        aligned=padded or VOCABULARY % ALIGNED == 0,
    )
    yield elementwise("softmax and loss", logits, logits, kept=4 * logits if wide_loss else 0)
