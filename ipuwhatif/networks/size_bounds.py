"""Sizes that a user may set of a decoder-only transformer, and the largest of each that is taken."""

from ipuwhatif.networks.reasons import OfSize, Size, SizeCount, SizeFault
from ipuwhatif.units import RefusedError

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
#: What else a layer may be: Llama's; with biases of queries, keys and values; with norms of queries and keys; or plain,
#: with biases everywhere and learned positions, as many as a sample has tokens.
FORMS = ("llama", "qwen2", "qwen3", "gpt2")
#: Sizes that may follow, all of them or none: without them a head is the width over the heads, two matrices of the
#: vocabulary (1 where the output shares that of the input), and the first of FORMS, counted from 1.
FURTHER_SIZES = {"head_width": 65_536, "matrices": 2, "form": len(FORMS)}
#: Then the rank of adapters may follow, where they alone are trained and all other weights are frozen.
ADAPTER = {"adapter": 4_096}
_BOUNDS = SIZES | FURTHER_SIZES | ADAPTER


def not_divisible(whole: int, part: int, fault: SizeFault) -> OfSize:
    """A number that does not divide by another, and the nearest of at most as many heads as there may be."""
    divisors = [each for each in range(1, SIZES["heads"] + 1) if whole % each == 0]
    return OfSize(fault, whole, part, min(divisors, key=lambda each: abs(each - part)))


def bounded(values: tuple[int, ...], names: tuple[str, ...]) -> tuple[int, ...]:
    """The values, each from 1 to the largest of its kind."""
    if len(values) != len(names):
        raise RefusedError(SizeCount(len(values), len(names), tuple(map(Size, names))))
    for name, value in zip(names, values, strict=True):
        largest = _BOUNDS[name]
        if not 1 <= value <= largest:
            nearest = 1 if value < 1 else largest
            raise RefusedError(OfSize(SizeFault.BEYOND, value, largest, nearest, Size(name)))
    return values
