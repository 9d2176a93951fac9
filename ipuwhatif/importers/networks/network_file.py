"""What a file tells of a network, whatever its format."""

from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.networks.graph import Network
from ipuwhatif.records import Record
from ipuwhatif.units import Said


class NetworkFile(Record, frozen=True):
    """A network as a file describes it. `network` is the op graph of one sample.

    sample: what a sample is: a sequence of 1,024 tokens. layers: the sizes of a decoder, as the workload
    "transformer" has them; empty for another network. notes: what was assumed, what is counted otherwise than the file
    says, and what in it was not understood, which may stand for a share of the FLOPs. described: what is kept of it as
    a job, by key; name: what the job is called.
    """

    file: str
    family: str
    network: Network
    sample: Said
    layers: tuple[int, ...] = ()
    notes: tuple[Said, ...] = ()
    name: str = ""
    described: Mapping[str, object] = MappingProxyType({})
    not_understood: float = 0.0
