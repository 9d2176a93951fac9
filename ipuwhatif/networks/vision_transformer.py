"""The vision transformer by its sizes, and ViT-B/16 as it was published: 224 × 224 images and 1,000 classes.

Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words", arXiv:2010.11929, section 3.1 and Table 1 (Base): 12 layers,
hidden size 768, feed-forward 3,072, 12 heads; patches of 16 × 16 and a class token.
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import convolution, dense, elementwise, square
from ipuwhatif.networks.graph import Network, Op, fold
from ipuwhatif.networks.transformer import MASK, LayerSizes, layer_normalisation, pre_normalised_layer
from ipuwhatif.records import Record


class VisionSizes(Record, frozen=True):
    """Sizes of a vision transformer for square images of `image` pixels a side.

    pooled: a dense layer over the class token. classes: 0 for no classifier. query_biases: queries, keys and values
    have biases.
    """

    layers: int
    hidden: int
    feed_forward: int
    heads: int
    image: int
    patch: int
    classes: int
    channels: int = 3
    pooled: bool = False
    query_biases: bool = True

    @property
    def patches(self) -> int:
        """Patches of an image; what does not fill one is left out."""
        return (self.image // self.patch) ** 2


BASE = VisionSizes(layers=12, hidden=768, feed_forward=3072, heads=12, image=224, patch=16, classes=1000)


def vit_b16(*, fused: bool = False) -> Network:
    """The op graph; 86,567,656 parameters. A pipeline spreads 24 blocks: 12 of attention, 12 of feed-forward."""
    source = "arXiv:2010.11929, section 3.1 and Table 1"
    return Network("vit-b16", vision_ops(BASE, fused=fused), blocks=2 * BASE.layers, source=source)


def vision_ops(sizes: VisionSizes, *, fused: bool = False) -> tuple[Op, ...]:
    """The ops of one image."""
    tokens = sizes.patches + 1  # the class token
    layer = LayerSizes(
        sizes.hidden, sizes.feed_forward, sizes.heads, tokens, tokens, fused=fused, query_biases=sizes.query_biases
    )
    layers = [op for _ in range(sizes.layers) for op in pre_normalised_layer(layer)]
    return fold([*_embedding(sizes, tokens), *layers, *_head(sizes, tokens)])


def _embedding(sizes: VisionSizes, tokens: int) -> Iterator[Op]:
    size, hidden = sizes.image // sizes.patch, sizes.hidden
    yield convolution(
        sizes.channels, hidden, square(sizes.patch), square(sizes.image), square(size), kept=False, first=True
    )
    values = tokens * hidden
    yield elementwise(
        "bias, class token, positions, dropout",
        sizes.patches * hidden,
        values,
        kept=(1 + MASK) * values,
        parameters=hidden + hidden + values,
        tensors=3,
    )


def _head(sizes: VisionSizes, tokens: int) -> Iterator[Op]:
    yield layer_normalisation(tokens, sizes.hidden)
    if sizes.pooled:
        yield dense("pooler", 1, sizes.hidden, sizes.hidden)
    if sizes.classes:
        yield dense("classifier", 1, sizes.hidden, sizes.classes)
