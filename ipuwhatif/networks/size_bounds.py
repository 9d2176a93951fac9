"""Sizes that a user may set of a decoder-only transformer: what each is called, and the largest that is taken."""

from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, format_number

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
SIZE_WORDS = {
    "layers": marked("layers"),
    "hidden": marked("width"),
    "heads": marked("heads"),
    "key_value_heads": marked("key-value heads"),
    "feed_forward": marked("feed-forward width"),
    "vocabulary": marked("vocabulary"),
    "tokens": marked("tokens of a sequence"),
    "head_width": marked("width of a head"),
    "matrices": marked("matrices of the vocabulary"),
    "form": marked("form of a layer"),
    "adapter": marked("rank of adapters"),
}


def near(whole: int, part: int) -> dict[str, str]:
    """A number that does not divide by another, in print, and the nearest of at most as many heads as there may be."""
    divisors = [each for each in range(1, SIZES["heads"] + 1) if whole % each == 0]
    nearest = min(divisors, key=lambda each: abs(each - part))
    return {"whole": format_number(whole), "part": format_number(part), "nearest": format_number(nearest)}


def bounded(values: tuple[int, ...], names: tuple[str, ...]) -> tuple[int, ...]:
    """The values, each from 1 to the largest of its kind."""
    if len(values) != len(names):
        raise InputError(
            tr(
                "{count} sizes where {wanted} are wanted: {names}",
                count=len(values),
                wanted=len(names),
                names=tr(", ").join(tr(SIZE_WORDS[name]) for name in names),
            )
        )
    for name, value in zip(names, values, strict=True):
        largest = _BOUNDS[name]
        if not 1 <= value <= largest:
            raise InputError(
                tr(
                    "{name} {value} is not from 1 to {largest}; nearest: {nearest}",
                    name=tr(SIZE_WORDS[name]),
                    value=format_number(value),
                    largest=format_number(largest),
                    nearest=format_number(1 if value < 1 else largest),
                )
            )
    return values
