"""The frozen question that the model answers: one workload on one system under one set of choices."""

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import Record

BEST, AS_SUBMITTED = "best", "as-submitted"
LAYOUT_POLICIES = (BEST, AS_SUBMITTED)


class Pins(Record, frozen=True):
    """Parts of the layout that the user holds fixed; `None` leaves a part to the layout policy."""

    global_batch: int | None = None
    micro_batch: int | None = None
    pipeline_stages: int | None = None
    gradient_accumulation: int | None = None


class PinnedCut(Record, frozen=True):
    """How the user holds a language model cut over the chips of a replica; empty leaves a part to the search."""

    tensor_parallel: int | None = None
    context_parallel: int | None = None
    precision: str = ""  # of those in model/precision.py
    recompute: str = ""  # "none", "selective" or "full"


class Gains(Record, frozen=True):
    """Hardware and software changes as factors on the catalog's figures; 1 changes nothing."""

    compute: float = 1.0  # arithmetic throughput of every op
    link_bandwidth: float = 1.0  # every link between chips
    clock: float = 1.0  # chip clock: arithmetic, on-chip memory, a share of the per-step part
    peak: float = 1.0  # arithmetic rate of the data sheet
    memory_bandwidth: float = 1.0  # of the memory that the chip computes from
    on_chip_memory: float = 1.0  # its size
    link_latency: float = 1.0  # of every hop between chips
    communication: float = 1.0  # rate of all collectives, latencies included
    host_input: float = 1.0  # rate at which the host feeds a step
    samples: float = 1.0  # samples to target: below 1 for a recipe that converges sooner
    rounds: float = 0.0  # of software drift beyond the release; 0 changes nothing


class Assumed(Record, frozen=True):
    """How the world works, as factors on what the evidence taught; 1 changes nothing."""

    dense_convolution: float = 1.0  # efficiency of the class of ops
    grouped_convolution: float = 1.0
    matmul: float = 1.0
    attention: float = 1.0
    memory_efficiency: float = 1.0  # share of the memory bandwidth that is reached
    launch: float = 1.0  # cost of starting an op
    update: float = 1.0  # time of a weight update
    host_wait: float = 1.0  # time that a step waits for its host
    exposed: float = 1.0  # part of the all-reduce that the backward pass does not hide
    link_efficiency: float = 1.0  # share of the bandwidth inside a domain that a collective reaches
    network_efficiency: float = 1.0  # the same between domains
    network_latency: float = 1.0  # of a hop between domains
    critical_batch: float = 1.0  # batch where samples to target begin to rise
    rise: float = 1.0  # how steeply they rise beyond it
    start_up: float = 1.0  # clock time before training
    evaluation: float = 1.0  # time of an evaluation
    checkpoint: float = 1.0  # time of a checkpoint


class Case(Record, frozen=True):
    """One question. Keys are those of the catalog; levers are already resolved to `pins` and `gains`."""

    workload: str
    choice: SystemChoice
    release: str
    recipe: str
    policy: str = BEST
    pins: Pins = Pins()
    gains: Gains = Gains()
    assumed: Assumed = Assumed()
    software: str = ""  # key of a published software state; empty: what the entries of the release ran
    layers: tuple[int, ...] = ()  # sizes of a network (language model: tokens); empty: the workload's default
    samples: float | None = None  # samples to process, of a job without a quality target; None: the workload's default
    cut: PinnedCut = PinnedCut()


def is_pinned(case: Case) -> bool:
    """Whether the user holds any part of the layout."""
    return case.pins != Pins() or case.cut != PinnedCut()


def varied(
    case: Case, choice: SystemChoice | None = None, gains: Gains | None = None, assumed: Assumed | None = None
) -> Case:
    """The case at another size or with other factors; written out, since a drag makes many of them."""
    return Case(
        case.workload,
        choice or case.choice,
        case.release,
        case.recipe,
        case.policy,
        case.pins,
        gains or case.gains,
        assumed or case.assumed,
        case.software,
        case.layers,
        case.samples,
        case.cut,
    )
