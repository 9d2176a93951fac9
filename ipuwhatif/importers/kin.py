"""Figures that are usually mistaken: what is twice, eight times or 1.07 × that of a chip's kin is asked about."""

from collections.abc import Mapping, Sequence

from ipuwhatif.catalog.datum import Datum
from ipuwhatif.catalog.machines import CHIP_UNITS
from ipuwhatif.catalog.types import Catalog, Chip, OwnChip
from ipuwhatif.importers.reasons import Doubt, Mistake
from ipuwhatif.units import Said

PEAKS = tuple(name for name, unit in CHIP_UNITS.items() if unit == "FLOP/s" and name != "best_product")
LINKS = ("link_bandwidth", "network_bandwidth")
ALIKE = 0.10  # of memory and bandwidth, where the name tells of no kin
BINARY = 2.0**30 / 1e9  # of GiB over GB
CLOSE, CLOSE_BINARY = 0.01, 0.004  # how near a ratio is to what it is taken for
Held = tuple[str, Datum]  # a figure and whose it is


def doubts(own: OwnChip, catalog: Catalog) -> tuple[Said, ...]:
    """What to ask before the chip is taken as it is, a sentence a figure; `catalog` is the shipped one.

    What one of its kin has just so asks nothing.
    """
    kin = kin_of(own.chip, catalog)
    systems = [each for other in kin for each in catalog.systems.values() if each.chip == other.key]
    asked: list[Said | None] = [_within(own.chip)]
    for name, mine in own.chip.data.items():
        theirs = [(each.name, each.data[name]) for each in kin if name in each.data]
        if name in PEAKS:
            asked.append(_asked(name, mine, theirs, {2.0: Mistake.SPARSE}, CLOSE))
        if name == "memory_size":
            binary = {BINARY: Mistake.BINARY, 1.0 / BINARY: Mistake.BINARY}
            asked.append(_asked(name, mine, theirs, binary, CLOSE_BINARY))
    for name in LINKS:
        if own.system.data[name].origin.producer == "ipuwhatif":  # nobody has written it
            continue
        held = [(each.name, each.data[name]) for each in systems]
        mistaken = {2.0: Mistake.BOTH_DIRECTIONS, 8.0: Mistake.BITS}
        asked.append(_asked(name, own.system.data[name], held, mistaken, CLOSE))
    return tuple(each for each in asked if each is not None)


def kin_of(chip: Chip, catalog: Catalog) -> tuple[Chip, ...]:
    """Shipped chips that the chip is named after; else those whose memory is as large and as fast."""
    words, chips = _words(chip), catalog.chips.values()
    return tuple(each for each in chips if words & _words(each)) or tuple(
        each
        for each in chips
        if each.architecture == chip.architecture
        and all(abs(chip.value(name) / each.value(name) - 1.0) < ALIKE for name in ("memory_size", "memory_bandwidth"))
    )


def _words(chip: Chip) -> set[str]:
    """The words of a chip's name and key that tell it from others: "a100", "mi300x"."""
    words = {word for text in (chip.name, chip.key) for word in text.casefold().replace("-", " ").split()}
    return {word for word in words if word[0].isalpha() and any(letter.isdigit() for letter in word)}


def _within(chip: Chip) -> Said | None:
    """Peaks of one chip that do not go together: half the bits are twice the rate."""
    if "peak_flops_8" not in chip.data or not _is(chip.value("peak_flops_8") / chip.value("peak_flops"), 4.0, CLOSE):
        return None
    return Mistake.SPARSE_8_BIT


def _asked(
    name: str, mine: Datum, held: Sequence[Held], mistaken: Mapping[float, Mistake], close: float
) -> Said | None:
    """The question about a figure: "peak_flops: 624 TFLOPS beside 312 TFLOPS of A100 80 GB: is it the sparse peak?".

    mistaken: ratios that are usual mistakes, with what to ask.
    """
    if any(_is(mine.value / theirs.value, 1.0, close) for _, theirs in held):
        return None
    for whose, theirs in held:
        for ratio, question in mistaken.items():
            if _is(mine.value / theirs.value, ratio, close):
                return Doubt(name, mine.verbatim, theirs.value, theirs.unit, whose, question)
    return None


def _is(ratio: float, other: float, close: float) -> bool:
    return abs(ratio / other - 1.0) < close
