"""What exists, as frozen values: chips, systems, workloads, official and published results, and the catalog of all.

Nothing here reads a file; `load.py` builds these values and refuses what does not fit them.
"""

from collections.abc import Mapping
from hashlib import sha256

from ipuwhatif.catalog.datum import Datum, HardwareFigure, Origin
from ipuwhatif.catalog.job_layout import Layout, PublishedLayout
from ipuwhatif.catalog.notes import Name
from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.catalog.stacks import Release, Software
from ipuwhatif.records import Record, field
from ipuwhatif.units import Said


class Chip(Record, frozen=True):
    """One accelerator chip. `data` holds at least peak_flops, memory_bandwidth, memory_size and clock."""

    key: str  # "gc200"
    name: str  # "GC200 IPU"
    architecture: str  # "ipu", "gpu", "tpu", "gaudi" or "cpu": which physics and which calibrated parameters apply
    generation: str  # chips of one generation share calibrated effects: "gc200", "bow", "a100", "v100"
    data: Mapping[str, Datum]
    since: str = ""  # key of the first release that it could run; empty: that of its first entry, or any
    #: The generation whose effects it is given, those of a chip that nobody measured; empty: its own.
    told_as: str = ""

    @property
    def effects(self) -> str:
        """The generation whose effects apply to it."""
        return self.told_as or self.generation

    def value(self, attribute: str) -> float:
        """The figure in SI units; KeyError when the data sheet has none."""
        return self.data[attribute].value


class System(Record, frozen=True):
    """A family of systems of one chip that can be had at any chip count between its limits."""

    key: str  # "ipu-pod"
    name: str  # "IPU-POD"
    family: str  # "ipu", "bow", "gpu", "other" or "cpu": hue on charts and scope of levers
    chip: str
    chip_word: str  # "IPU", "GPU"
    minimum_chips: int
    maximum_chips: int
    chips_per_machine: int  # 4 in an IPU-M2000, 8 in a DGX A100: the streaming memory and hosts follow it
    chips_per_domain: int  # chips joined by the fast links: 64 in a POD64 rack, 8 in a DGX A100
    data: Mapping[str, Datum]  # link_bandwidth and network_bandwidth per chip and direction, in B/s
    #: What joins a domain: "ipu-link", "nvlink", "bridge", "pcie", "pcie-switch", "ici", "ethernet" or "socket".
    link_class: str = ""
    #: "through-host": adapters that GPUs reach through the processors; "ndr": InfiniBand of 400 Gb/s; "" as usual.
    network_class: str = ""
    chips_per_host: int = 0  # that one operating system sees, where links join more: 4 of the 72 in a GB200 NVL72
    torus_axes: int = 0  # of a torus that joins the chips of a domain, two links of a chip along each; 0: no torus
    listed: bool = True  # False: evidence for the model, left out of the list of systems unless asked for

    def value(self, attribute: str) -> float:
        """The figure in SI units; KeyError when the data sheet has none."""
        return self.data[attribute].value


class SystemChoice(Record, frozen=True):
    """A system at a chip count, as the user picks it: `ipu-pod:64`."""

    system: str
    chips: int

    @property
    def key(self) -> str:
        return f"{self.system}:{self.chips}"


#: Trait of a job: a decoder-only transformer whose step is cut over tensor, context, pipeline and data parallel chips,
#: and is timed by parameters of its own.
LANGUAGE = "language"
TRANSFORMER = "transformer"  # a network of matrix products for the most part; others are convolutions


class Statement(Record, frozen=True):
    """A ratio that somebody stated for a kind of job: no network, no measurement behind it."""

    key: str  # id of the claim: "weather-europe-cpu"
    subject: Said  # "weather in Europe, IPU over CPU"
    baseline: str  # what the ratio is over: "CPU", "GPU"
    ratio: float
    origin: Origin


class Packing(Record, frozen=True):
    """How many samples of a workload chips of an architecture take as one, on average, from a release on."""

    architecture: str
    since: str  # key of a release
    samples: float
    counted_by: tuple[str, ...]  # submitters whose logs count packs from that release on, not samples
    counted_until: str = ""  # the last release whose logs do; empty: all
    batch_in_packs: bool = False  # the logs of all submitters count the batch in packs, whatever they count else


def packing_of(packs: tuple[Packing, ...], architecture: str, release: str) -> Packing | None:
    """How chips of an architecture pack the samples of a workload; `packs` in the order of their releases."""
    own = [each for each in packs if each.architecture == architecture and each.since <= release]
    return own[-1] if own else None


TARGET, STATED, RELATIVE = "target", "stated", "relative"
WORKLOAD_KINDS = (TARGET, STATED, RELATIVE)


class Workload(Record, frozen=True):
    """A training job: with a quality target, with an amount of work that the user states, or only a stated ratio."""

    key: str  # "resnet50"
    name: Name  # "ResNet-50"
    benchmark: str  # "resnet", as MLPerf names it; empty for other jobs
    network: str  # key of the op graph in `networks`; empty for a relative workload
    recipes: tuple[str, ...]  # ("closed",) or ("closed", "open"); the first is the default; ("stated",) without target
    sample_word: str  # "images", "sequences"
    target: Said  # "75.9 % top-1"; empty without a quality target
    #: dataset_samples (0 where epochs have no meaning) and evaluation_samples; where the amount of work is stated,
    #: default_samples as well.
    data: Mapping[str, Datum]
    kind: str = TARGET
    sector: str = ""  # "vision", "language", "finance", "insurance", "weather"
    frameworks: tuple[str, ...] = ()  # published software it runs on GPUs, the default first; empty: the entries' own
    statements: tuple[Statement, ...] = ()  # of a relative workload
    tokens_per_sample: int = 0  # 0 where the job is not counted in tokens
    traits: tuple[str, ...] = ()  # what decides its physics: "transformer", "small-steps"
    packs: tuple[Packing, ...] = ()
    sizes: tuple[int, ...] = ()  # of its network, where a scenario sets none; empty for the network's own
    layouts: tuple["PublishedLayout", ...] = ()  # of a job of the user's own; of others the catalog has them
    own: str = ""  # the text of a network of the user's own
    notes: tuple[str, ...] = ()  # what was assumed of it
    not_understood: float = 0.0  # share of its FLOPs that ops may stand for which nobody here understands

    def samples_per_pack(self, architecture: str, release: str) -> float:
        """Samples of the workload in one sample of the network as the chip sees it."""
        packing = packing_of(self.packs, architecture, release)
        return packing.samples if packing else 1.0


class OfficialResult(Record, frozen=True):
    """One scored MLPerf entry, as logged. Seconds, samples and samples/s; `None` where the log does not say."""

    key: str  # "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"
    mlperf_round: str
    release: str  # "2021-12"
    division: str
    submitter: str
    system_name: str
    workload: str | None  # "resnet50", "bert-large"; None where another task ran under the name
    choice: SystemChoice | None  # our system and chip count; None where the catalog has no such system
    accelerator: str
    chips: int  # of the choice, where there is one: entries of processors alone count no accelerators
    status: str  # available, preview, research, cloud ... as submitted
    score_s: float
    fastest_s: float
    slowest_s: float
    global_batch: int
    optimizer: str
    samples_to_target: float
    evaluations: float
    time_scale: float  # correction inside the log: score = measured × time_scale
    measured_s: float
    training_s: float | None  # measured, without start-up, evaluation and checkpoints
    evaluation_s: float | None
    overhead_s: float | None  # measured_s - training_s
    runs_succeeded: int
    runs_expected: int
    layout: Layout | None  # None where no configuration was published
    origin: Origin
    per_count: float = 1.0  # samples that its log counts as one; all figures here are of samples
    left_out: str = ""  # why the model is not to learn from it
    initialisation_s: float | None = None  # before the clock starts: neither measured_s nor score_s has it


class ReferencePoint(Record, frozen=True):
    """A reference convergence point: samples to target at a global batch size."""

    key: str
    workload: str
    mlperf_round: str
    recipe_family: str  # two families for ResNet-50, one for BERT
    global_batch: int
    runs: int
    samples: float
    standard_deviation: float  # of the runs, in samples
    optimizer: str
    horizon_samples: float
    origin: Origin


class PublishedResult(Record, frozen=True):
    """A throughput or time printed by a vendor, a paper or the press; never mixed with official results."""

    key: str
    model: Name
    variant: Said
    platform: str
    accelerators: int
    software: str
    precision: str
    value: float
    unit: str  # "samples/s", "s" or "s/epoch"
    origin: Origin
    note: Said
    bound: str = ""  # "~" or "<" where the source prints no exact figure
    kind_of_figure: str = "throughput"  # or "time_to_train"
    workload: str | None = None  # None where no workload of the catalog is what ran; `variant` may narrow it
    choice: SystemChoice | None = None  # None where the catalog has no such system
    software_key: str = ""  # key of a Software; empty where the row names none that the catalog has
    half_precision: bool = False  # 16-bit arithmetic, alone or mixed
    document: str = ""  # that prints it, where a table tells the documents of one source apart
    tokens: int = 0  # of a sample, of a language model; 0 for others
    layout: Layout | None = None  # that is printed beside the figure; None where none is, or none that adds up


class Claim(Record, frozen=True):
    """A statement of the article, as written by hand; whether it holds is computed."""

    key: str  # "resnet-gain-pod16"
    subject: Said  # "ResNet-50 gain v1.0 to v1.1, IPU-POD16"
    stated: Said  # "24 %"
    value: float
    unit: str  # "min", "h", "% less time", "ratio"
    quantity: str  # what to compute, in words
    tolerance: str  # as written: "0.5 %", "1 point", "upper bound", "projection", "range 2.7-10.3"; may be empty
    condition: Said  # what must be said with it; may be empty
    origin: Origin


class OwnChip(Record, frozen=True):
    """A chip of the user's own with its family of systems, which has the same key."""

    chip: Chip
    system: System
    text: str  # the TOML that it was read from
    kept: bool = True  # False: a document brought it along, and the user has not kept it

    @property
    def key(self) -> str:
        return self.chip.key

    @property
    def hash(self) -> str:
        """SHA-256 of its text, which is no part of the evidence's."""
        return sha256(self.text.encode()).hexdigest()


class Catalog(Record, frozen=True):
    """Everything that was loaded, by key."""

    chips: Mapping[str, Chip]
    systems: Mapping[str, System]
    presets: Mapping[str, SystemChoice]  # "ipu-pod64" -> ipu-pod:64
    workloads: Mapping[str, Workload]
    releases: Mapping[str, Release]
    official: tuple[OfficialResult, ...]
    references: tuple[ReferencePoint, ...]
    published: tuple[PublishedResult, ...]
    hardware: tuple[HardwareFigure, ...]  # every row of the hardware table, in file order
    preset_names: Mapping[str, str]  # "ipu-pod:16" -> "IPU-POD16", by SystemChoice.key
    evidence_hash: str  # of every file in resources/catalog and resources/evidence
    own: Mapping[str, OwnChip] = field(default_factory=dict)  # chips of the user's own, by key of chip and system
    own_prices: tuple[OwnPrice, ...] = ()  # of the user's own price lists
    software: Mapping[str, Software] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    published_layouts: tuple[PublishedLayout, ...] = ()
    language_speeds: tuple[PublishedResult, ...] = ()  # of language models in frameworks, with their layouts

    @property
    def content(self) -> tuple[str, tuple[str, ...]]:
        """What tells two catalogs' answers apart: the evidence, and the user's own chips; prices are only offered."""
        return self.evidence_hash, tuple(each.text for each in self.own.values())

    def chip_of(self, choice: SystemChoice) -> Chip:
        """The chip of a system."""
        return self.chips[self.systems[choice.system].chip]
