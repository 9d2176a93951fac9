"""The frozen question that the model answers: one workload on one system under one set of choices."""

from dataclasses import dataclass

from ipuwhatif.catalog.types import SystemChoice

BEST, AS_SUBMITTED = "best", "as-submitted"
LAYOUT_POLICIES = (BEST, AS_SUBMITTED)


@dataclass(frozen=True, slots=True)
class Pins:
    """Parts of the layout that the user holds fixed; `None` leaves a part to the layout policy."""

    global_batch: int | None = None
    micro_batch: int | None = None
    pipeline_stages: int | None = None
    gradient_accumulation: int | None = None


@dataclass(frozen=True, slots=True)
class Gains:
    """Hardware and software changes as factors on the catalog's figures; 1 changes nothing."""

    compute: float = 1.0  # arithmetic throughput of every op
    link_bandwidth: float = 1.0  # every link between chips
    clock: float = 1.0  # chip clock: arithmetic, on-chip memory, a share of the per-step part


@dataclass(frozen=True, slots=True)
class Case:
    """One question. Keys are those of the catalog; levers are already resolved to `pins` and `gains`."""

    workload: str
    choice: SystemChoice
    release: str
    recipe: str
    policy: str = BEST
    pins: Pins = Pins()
    gains: Gains = Gains()
    software: str = ""  # key of a published software state; empty: what the entries of the release ran
    layers: tuple[int, ...] = ()  # sizes of a network that the user sets; empty: the workload's default
    samples: float | None = None  # samples to process, of a job without a quality target; None: the workload's default
