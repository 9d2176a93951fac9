"""What a file tells of a network, whatever its format."""

from ipuwhatif.networks.graph import Network
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, quoted

GIGA = 1e9


class NetworkFile(Record, frozen=True):
    """A network as a file describes it. `network` is the op graph of one sample.

    sample: what a sample is, in words: "a sequence of 1,024 tokens". layers: the sizes by which the workload
    "transformer" is asked about it; empty for a network that is no decoder, which is counted and not timed.
    notes: what was assumed, what is counted otherwise than the file says, and what in it was not understood.
    """

    file: str
    family: str
    network: Network
    sample: str
    layers: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def not_timed_text(found: NetworkFile) -> str:
    """Why a network that is no decoder is not asked about, with what is told of it."""
    return tr(
        "{file} holds no decoder-only transformer: it is counted, not timed: {parameters} parameters, {flops} GFLOPs "
        "forward for {sample}",
        file=quoted(found.file),
        parameters=format_number(found.network.parameters),
        flops=format_number(found.network.forward_flops / GIGA, 4),
        sample=found.sample,
    )
