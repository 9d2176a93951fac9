"""How a job is laid over the chips: batch, replicas, pipeline, and what is cut, kept or computed again."""

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.records import Record


class Layout(Record, frozen=True):
    """How a job is laid over the chips.

    `global_batch = replicas · gradient_accumulation · micro_batch · samples_per_pack`.
    """

    policy: str  # "best" or "as-submitted"
    global_batch: int
    replicas: int
    pipeline_stages: int
    micro_batch: int  # packs for BERT on IPUs, samples elsewhere
    gradient_accumulation: int
    samples_per_pack: float = 1.0
    blocks_per_stage: int = 0  # attention and feed-forward blocks on the most loaded stage; 0 without a pipeline
    off_chip_state: bool = False  # optimizer state streamed from machine memory
    cuda_graph: bool = False
    batch_norm_group: int = 1  # chips that normalise their samples together
    in_network: bool = False  # switches between the machines sum the gradients
    optimizer: str = ""  # "sgd", "lars", "lamb"
    horizon_samples: float = 0.0  # samples over which the learning rate decays; 0 where not known
    evaluation_every: float = 0.0  # samples between evaluations; 0: the workload's rule
    chips_per_instance: float = 0.0  # chips that one program on the host serves; 0 where not known
    recipe_batch: int = 0  # global batch that a submitted recipe was tuned for; 0 for a layout that was searched
    tensor_parallel: int = 1  # chips that share each product
    context_parallel: int = 1  # chips that share the tokens of each sample
    interleaving: int = 1  # pieces of the network on each stage of a pipeline
    recomputed: float = 0.0  # share of the layers that the backward pass computes again
    #: Of a language model "bf16", "fp8" for whatever its chip has in 8 bit, "mxfp8" or "fp4"; empty for others.
    precision: str = ""
    #: Gathers of the weights in a micro-batch: 2 where replicas share weights, gradients and state, 1 where the weights
    #: stay until the backward pass is done with them, 0 where each replica holds them.
    gathers: int = 0

    @property
    def replica_chips(self) -> int:
        """Chips that hold the network once."""
        return self.pipeline_stages * self.tensor_parallel * self.context_parallel


class PublishedLayout(Record, frozen=True):
    """How a job without an entry was laid out by those who published it, or is assumed to be where nobody did."""

    workload: str
    architecture: str  # of the chips it was for
    framework: str  # "pytorch"; empty where the architecture has one
    generations: tuple[str, ...]  # chip generations it was for; empty: any of the architecture
    micro_batch: int
    pipeline_stages: int
    global_batch: int  # 0: micro-batches of all replicas, no accumulation
    optimizer: str  # whose update costs most like its own: "sgd", "lars", "lamb"
    origin: Origin
