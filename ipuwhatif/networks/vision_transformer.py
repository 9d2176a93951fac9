"""The vision transformer ViT-B/16 built from its published architecture, for 224 × 224 images and 1,000 classes.

Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words", arXiv:2010.11929, section 3.1 and Table 1 (Base): 12 layers,
hidden size 768, feed-forward 3,072, 12 heads; patches of 16 × 16 and a class token.
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import convolution, dense, elementwise, square
from ipuwhatif.networks.graph import Network, Op, fold
from ipuwhatif.networks.transformer import MASK, LayerSizes, layer_normalisation, pre_normalised_layer

IMAGE_SIZE, PATCH, CLASSES = 224, 16, 1000
LAYERS, HIDDEN, FEED_FORWARD, HEADS = 12, 768, 3072, 12
PATCHES = (IMAGE_SIZE // PATCH) ** 2
TOKENS = PATCHES + 1  # the class token


def vit_b16(*, fused: bool = False) -> Network:
    """The op graph; 86,567,656 parameters. A pipeline spreads 24 blocks: 12 of attention, 12 of feed-forward."""
    sizes = LayerSizes(HIDDEN, FEED_FORWARD, HEADS, TOKENS, TOKENS, fused=fused)
    layers = [op for _ in range(LAYERS) for op in pre_normalised_layer(sizes)]
    ops = fold([*_embedding(), *layers, *_head()])
    return Network("vit-b16", ops, blocks=2 * LAYERS, source="arXiv:2010.11929, section 3.1 and Table 1")


def _embedding() -> Iterator[Op]:
    size = IMAGE_SIZE // PATCH
    yield convolution(3, HIDDEN, square(PATCH), square(IMAGE_SIZE), square(size), kept=False, first=True)
    values = TOKENS * HIDDEN
    yield elementwise(
        "bias, class token, positions, dropout",
        PATCHES * HIDDEN,
        values,
        kept=(1 + MASK) * values,
        parameters=HIDDEN + HIDDEN + values,
        tensors=3,
    )


def _head() -> Iterator[Op]:
    yield layer_normalisation(TOKENS, HIDDEN)
    yield dense("classifier", 1, HIDDEN, CLASSES)
