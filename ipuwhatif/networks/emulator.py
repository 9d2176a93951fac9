"""A dense network whose layer sizes the user sets, as emulators of a weather model's physics are built.

Chantry et al. 2021, "Machine Learning Emulation of Gravity Wave Drag in Numerical Weather Forecasting",
arXiv:2101.08195, is the kind of network meant: one column of air in, its wind increments out.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ipuwhatif.networks.builders import dense, elementwise
from ipuwhatif.networks.graph import Network, Op, fold
from ipuwhatif.networks.reasons import LayerCount, OfSize, SizeFault
from ipuwhatif.units import RefusedError

LEVELS = 91  # of the published data set, NOGWD_L91 (github.com/mchantry/climetlab-maelstrom-nogwd)
#: In: two winds and the temperature on each level, surface pressure and geopotential; out: increments of the two winds.
#: Both follow the data set's description. The six hidden layers of 256 are an assumption: the paper's were not read.
DEFAULT_LAYERS = (3 * LEVELS + 2, 256, 256, 256, 256, 256, 256, 2 * LEVELS)
FEWEST_SIZES, MOST_SIZES, LARGEST_SIZE = 2, 64, 1_000_000


def dense_emulator(layers: Sequence[int] = DEFAULT_LAYERS) -> Network:
    """The op graph of one column: `layers` are the sizes from the input to the output, with an activation between.

    InputError unless there are 2 to 64 sizes of 1 to 1,000,000 each.
    """
    if not FEWEST_SIZES <= len(layers) <= MOST_SIZES:
        nearest = FEWEST_SIZES if len(layers) < FEWEST_SIZES else MOST_SIZES
        raise RefusedError(LayerCount(len(layers), FEWEST_SIZES, MOST_SIZES, nearest))
    for size in layers:
        if not 1 <= size <= LARGEST_SIZE:
            raise RefusedError(OfSize(SizeFault.LAYER_BEYOND, size, LARGEST_SIZE, 1 if size < 1 else LARGEST_SIZE))
    return Network("weather-emulator", fold(_ops(layers)), blocks=0, source="arXiv:2101.08195 (kind of network)")


def _ops(layers: Sequence[int]) -> Iterator[Op]:
    last = len(layers) - 2
    for place, (size_in, size_out) in enumerate(pairwise(layers)):
        yield dense(f"dense {size_in} to {size_out}", 1, size_in, size_out, first=place == 0)
        if place < last:
            yield elementwise("activation", size_out, size_out, kept=size_out)
