"""The six limit-order-book networks of the finance figures: 50 time steps of 40 features, three classes.

Zhang and Zohren 2021, "Multi-Horizon Forecasting for Limit Order Books", arXiv:2105.10430, Table 8 and the authors'
models in Keras (github.com/zcakhaa/Multi-Horizon-Forecasting-for-Limit-Order-Books). Small networks are bound by what
is launched, so the ops are those that the framework launches: product, bias and activation each on its own.
"""

from collections.abc import Callable, Iterator

from ipuwhatif.networks.builders import Size, convolution, dense, elementwise
from ipuwhatif.networks.graph import ATTENTION, ELEMENTWISE, HALF_PRECISION_BYTES, RECURRENT, Network, Op, fold

TIME, FEATURES, CLASSES = 50, 40, 3
HORIZONS = 5  # steps of the decoder
FILTERS, BRANCH_FILTERS, BRANCHES = 32, 64, 3
TRUNK_WIDTH = BRANCHES * BRANCH_FILTERS
DECODER = 64  # hidden units of encoder and decoder
SOURCE = "arXiv:2105.10430, Table 8"


def order_book_network(key: str) -> Network:
    """One of the six by its key, such as "deeplob"; KeyError for any other key."""
    return Network(key, fold(_NETWORKS[key]()), blocks=0, source=SOURCE)


def _mlp() -> Iterator[Op]:
    """256,515 parameters: 2,000 to 128 to 3."""
    yield from _layer("hidden", TIME * FEATURES, 128, first=True)
    yield from _layer("classes", 128, CLASSES)


def _cnn() -> Iterator[Op]:
    """17,635 parameters: four convolutions over time without padding, two poolings, two dense layers."""
    yield from _convolved(1, 16, (4, FEATURES), (TIME, FEATURES), (47, 1), first=True)
    yield from _convolved(16, 16, (4, 1), (47, 1), (44, 1))
    yield _pooled(16 * 44, 16 * 22)
    yield from _convolved(16, 32, (3, 1), (22, 1), (20, 1))
    yield from _convolved(32, 32, (3, 1), (20, 1), (18, 1))
    yield _pooled(32 * 18, 32 * 9)
    yield from _layer("hidden", 32 * 9, 32)
    yield from _layer("classes", 32, CLASSES)


def _lstm() -> Iterator[Op]:
    """60,099 parameters: two recurrent layers of 64 units, and the classes."""
    yield _recurrent("lstm 1", FEATURES, 64, TIME, first=True)
    yield _recurrent("lstm 2", 64, 64, TIME)
    yield from _layer("classes", 64, CLASSES)


def _deeplob() -> Iterator[Op]:
    """105,347 parameters: the trunk, a recurrent layer of 32 units, and the classes."""
    yield from _trunk()
    yield _recurrent("lstm", TRUNK_WIDTH, 32, TIME)
    yield from _layer("classes", 32, CLASSES)


def _seq2seq() -> Iterator[Op]:
    """176,419 parameters: the trunk, an encoder, and a decoder of five steps that sees the encoder's last state."""
    yield from _trunk()
    yield _recurrent("encoder", TRUNK_WIDTH, DECODER, TIME)
    yield from _decoder()


def _attention() -> Iterator[Op]:
    """177,699 parameters: as seq2seq, each step with attention over the encoder's 50 states and a batch normalisation.

    The printed count holds the normalisations' moving statistics, 2 × 64 at each step, which are not trained.
    """
    yield from _trunk()
    yield _recurrent("encoder", TRUNK_WIDTH, DECODER, TIME)
    for name, values in (("attention scores", TIME), ("attention context", DECODER)):
        yield Op(
            name,
            ATTENTION,
            flops=2.0 * TIME * DECODER,
            activation_bytes=HALF_PRECISION_BYTES * (TIME * DECODER + DECODER + TIME),
            kept_bytes=HALF_PRECISION_BYTES * values,
            steps=HORIZONS,
        )
    yield elementwise("attention softmax", TIME, TIME, kept=TIME, steps=HORIZONS)
    for _ in range(HORIZONS):  # each step has weights of its own
        yield Op(
            "batch normalisation, 64",
            ELEMENTWISE,
            flops=0.0,
            activation_bytes=HALF_PRECISION_BYTES * 2 * DECODER,
            parameters=4 * DECODER,
            kept_bytes=HALF_PRECISION_BYTES * DECODER,
            normalises_batch=False,  # the statistics of a chip's own samples: nothing is exchanged
            tensors=2,
        )
    yield from _decoder()


def _trunk() -> Iterator[Op]:
    """76,448 parameters: features folded 40 to 20 to 10 to 1, then three branches over time side by side."""
    whole, half, quarter, one = (TIME, FEATURES), (TIME, 20), (TIME, 10), (TIME, 1)
    yield from _convolved(1, FILTERS, (1, 2), whole, half, first=True)
    yield from _over_time(half)
    yield from _convolved(FILTERS, FILTERS, (1, 2), half, quarter)
    yield from _over_time(quarter)
    yield from _convolved(FILTERS, FILTERS, (1, 10), quarter, one)
    yield from _over_time(one)
    for kernel in (3, 5):
        yield from _convolved(FILTERS, BRANCH_FILTERS, (1, 1), one, one)
        yield from _convolved(BRANCH_FILTERS, BRANCH_FILTERS, (kernel, 1), one, one)
    yield _pooled(FILTERS * TIME, FILTERS * TIME)
    yield from _convolved(FILTERS, BRANCH_FILTERS, (1, 1), one, one)
    joined = TRUNK_WIDTH * TIME
    yield elementwise("concatenation of the branches", joined, joined, kept=joined)


def _over_time(size: Size) -> Iterator[Op]:
    for _ in range(2):
        yield from _convolved(FILTERS, FILTERS, (4, 1), size, size)


def _decoder() -> Iterator[Op]:
    """Five steps on the same weights: join the last answer with the context, one cell, the classes."""
    joined = DECODER + CLASSES
    yield elementwise("decoder input", joined, joined, kept=joined, steps=HORIZONS)
    yield _recurrent("decoder", joined, DECODER, HORIZONS)
    yield elementwise("decoder output and context", 2 * DECODER, 2 * DECODER, kept=2 * DECODER, steps=HORIZONS)
    yield from _layer("classes", 2 * DECODER, CLASSES, steps=HORIZONS)
    answers = HORIZONS * CLASSES
    yield elementwise("concatenation of the answers", answers, answers, kept=answers)


def _convolved(
    channels_in: int, channels_out: int, kernel: Size, map_in: Size, map_out: Size, *, first: bool = False
) -> Iterator[Op]:
    """Convolution, bias and activation: three launches."""
    values = channels_out * map_out[0] * map_out[1]
    yield convolution(channels_in, channels_out, kernel, map_in, map_out, kept=False, first=first)
    yield from _bias_and_activation(channels_out, values)


def _layer(name: str, size_in: int, size_out: int, *, first: bool = False, steps: int = 1) -> Iterator[Op]:
    """Product, bias and activation: three launches."""
    yield dense(name, 1, size_in, size_out, bias=False, kept=False, first=first, steps=steps)
    yield from _bias_and_activation(size_out, size_out, steps)


def _bias_and_activation(channels: int, values: int, steps: int = 1) -> Iterator[Op]:
    yield elementwise("bias", values, values, kept=values, parameters=channels, tensors=1, steps=steps)
    yield elementwise("activation", values, values, kept=values, steps=steps)


def _pooled(read: int, written: int) -> Op:
    return elementwise("max pool", read, written, kept=written)


def _recurrent(name: str, size_in: int, units: int, steps: int, *, first: bool = False) -> Op:
    """A long short-term memory: four gates from input and last output, over `steps` steps; kernel, recurrent, bias."""
    gates = 4 * units
    return Op(
        name,
        RECURRENT,
        flops=2.0 * (size_in + units) * gates,
        activation_bytes=HALF_PRECISION_BYTES * (size_in + 2 * units + gates + 2 * units),
        parameters=(size_in + units + 1) * gates,
        data_gradient=not first,
        kept_bytes=HALF_PRECISION_BYTES * (gates + 2 * units),
        tensors=3,
        steps=steps,
    )


_NETWORKS: dict[str, Callable[[], Iterator[Op]]] = {
    "lob-mlp": _mlp,
    "lob-cnn": _cnn,
    "lob-lstm": _lstm,
    "deeplob": _deeplob,
    "deeplob-seq2seq": _seq2seq,
    "deeplob-attention": _attention,
}
