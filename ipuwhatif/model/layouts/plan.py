"""What can be tried for a kind of cases: the pipelines that fit, and what their layouts are chosen by."""

from ipuwhatif.catalog.notes import Name
from ipuwhatif.catalog.types import Chip, System
from ipuwhatif.model.memory import (
    Sizes,
)
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.model.shown import Kind, ObservedRange
from ipuwhatif.networks.decoder import Decoder
from ipuwhatif.records import Record


class Pipeline(Record, frozen=True):
    """A number of stages that fits: what its fullest stage holds, and the largest micro-batch beside it."""

    stages: int
    blocks: int  # on the most loaded stage; 0 without a pipeline
    off_chip: bool  # the optimizer state is streamed from the machine's memory
    micro_batch: int
    tensor: int = 1  # tensor and context parallel chips of each stage
    context: int = 1
    interleaving: int = 1  # pieces of the network on a stage
    recomputed: float = 0.0  # share of the layers
    precision: str = ""  # of the products of a language model
    gathers: int = 0  # of the weights in a micro-batch, where replicas share them
    by_product: bool = False
    below: int = 0  # tried on fewer chips than these only, where what entries ran does not fit; 0: on any number

    @property
    def chips(self) -> int:
        """Chips of a replica."""
        return self.stages * self.tensor * self.context

    @property
    def interleaved_by(self) -> int:
        """What the micro-batches must divide by: pieces take turns over all stages (Megatron-LM's schedule)."""
        return self.stages if self.interleaving > 1 else 1

    @property
    def bits(self) -> int:
        """Of a number in a product; 16 but for language models."""
        return PRECISIONS[self.precision].bits if self.precision else 16

    @property
    def by_blocks(self) -> bool:
        """Whether each block of values has a scale of its own."""
        return bool(self.precision) and PRECISIONS[self.precision].by_blocks

    @property
    def held(self) -> tuple[float, ...]:
        """What decides the memory of a language model, in the order of `Held`."""
        cut = (self.tensor, self.context, self.stages, self.interleaving, self.recomputed)
        return *cut, self.bits, float(self.gathers > 0), float(self.by_product)


class Plan(Record, frozen=True):
    """What can be tried for a kind of cases."""

    kind: Kind
    workload: Name  # its name, for messages
    system: System
    chip: Chip
    shown: ObservedRange
    sizes: Sizes
    pipelines: tuple[Pipeline, ...]  # to try, the shortest first
    samples_per_pack: float
    normalised: bool  # the network has batch normalisations
    decoder: Decoder | None = None  # sizes of a language model
    fewest: int = 0  # chips that a language model fits on
    shares_weights: bool = False  # replicas of a language model share weights, gradients and state
    as_people_do: bool = False  # a framework that people run
    sixteen_bit: bool = False  # unless 8 bit is asked for: frameworks, and jobs that no entry on such chips told of
    in_network: bool = False  # switches between the machines sum the gradients
    in_graph: bool = False  # a language model runs inside CUDA graphs where its micro-batches are small

    @property
    def least_chips(self) -> int:
        """The fewest chips that the job runs on."""
        return self.fewest or self.pipelines[0].chips

    @property
    def is_ipu(self) -> bool:
        return self.chip.architecture == "ipu"
