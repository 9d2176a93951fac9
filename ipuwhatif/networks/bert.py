"""BERT-Large for masked-language-model pre-training, built from its published architecture.

Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers", arXiv:1810.04805, section 3: 24 layers,
hidden size 1,024, 16 heads, feed-forward 4,096, vocabulary 30,522, up to 512 positions.
"""

from collections.abc import Iterator

from ipuwhatif.networks.graph import ATTENTION, ELEMENTWISE, HALF_PRECISION_BYTES, MATMUL, Network, Op, fold

LAYERS, HIDDEN, FEED_FORWARD, HEADS = 24, 1024, 4096, 16
VOCABULARY, POSITIONS, SEGMENTS = 30522, 512, 2
MASKED_SHARE = 0.15  # of the tokens are predicted: section 3.1


def bert_large(tokens: int, attended: int | None = None) -> Network:
    """The op graph for a sample of `tokens` tokens, each attending to `attended` tokens (all of them by default).

    336,226,108 parameters, whatever the sample's length: the masked-language-model and next-sentence heads included,
    the output embedding shared with the input's. A pipeline spreads 48 blocks: 24 of attention, 24 of feed-forward.
    """
    ops = fold([*_embedding(tokens), *_layers(tokens, attended or tokens), *_heads(tokens)])
    return Network("bert-large", ops, blocks=2 * LAYERS, source="arXiv:1810.04805, section 3")


def _embedding(tokens: int) -> Iterator[Op]:
    table = (VOCABULARY + POSITIONS + SEGMENTS) * HIDDEN
    yield _elementwise("embedding look-up", 3 * tokens * HIDDEN, tokens * HIDDEN, parameters=table)
    yield _elementwise("embedding normalisation", tokens * HIDDEN, tokens * HIDDEN, parameters=2 * HIDDEN)


def _layers(tokens: int, attended: int) -> Iterator[Op]:
    for _ in range(LAYERS):
        for _ in range(4):  # query, key, value, output
            yield _dense("attention projection", tokens, HIDDEN, HIDDEN)
        for name in ("attention scores", "attention context"):
            yield Op(
                name,
                ATTENTION,
                flops=2.0 * tokens * attended * HIDDEN,
                activation_bytes=HALF_PRECISION_BYTES * (2 * tokens * HIDDEN + HEADS * tokens * attended),
                in_block=True,
            )
        softmax = HEADS * tokens * attended
        yield _elementwise("softmax and dropout", 2 * softmax, 2 * softmax, in_block=True)
        yield _dense("feed-forward up", tokens, HIDDEN, FEED_FORWARD)
        yield _elementwise("activation", tokens * FEED_FORWARD, tokens * FEED_FORWARD, in_block=True)
        yield _dense("feed-forward down", tokens, FEED_FORWARD, HIDDEN)
        for _ in range(2):
            yield _elementwise(
                "dropout, addition, normalisation", 2 * tokens * HIDDEN, tokens * HIDDEN, 2 * HIDDEN, in_block=True
            )


def _heads(tokens: int) -> Iterator[Op]:
    masked = round(MASKED_SHARE * tokens)
    yield _dense("masked-language-model transform", masked, HIDDEN, HIDDEN, in_block=False)
    yield _elementwise("head normalisation", masked * HIDDEN, masked * HIDDEN, parameters=2 * HIDDEN)
    yield Op(
        "vocabulary projection",
        MATMUL,
        flops=2.0 * masked * HIDDEN * VOCABULARY,
        activation_bytes=HALF_PRECISION_BYTES * masked * (HIDDEN + VOCABULARY),
        parameters=VOCABULARY,  # the bias; the weights are the embedding's
    )
    yield _dense("pooler", 1, HIDDEN, HIDDEN, in_block=False)
    yield _dense("next-sentence head", 1, HIDDEN, 2, in_block=False)


def _dense(name: str, tokens: int, size_in: int, size_out: int, in_block: bool = True) -> Op:
    return Op(
        name,
        MATMUL,
        flops=2.0 * tokens * size_in * size_out,
        activation_bytes=HALF_PRECISION_BYTES * tokens * (size_in + size_out),
        parameters=size_in * size_out + size_out,
        in_block=in_block,
    )


def _elementwise(name: str, read: int, written: int, parameters: int = 0, in_block: bool = False) -> Op:
    size = HALF_PRECISION_BYTES * (read + written)
    return Op(name, ELEMENTWISE, flops=0.0, activation_bytes=size, parameters=parameters, in_block=in_block)
