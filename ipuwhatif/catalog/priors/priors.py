"""What is known before any measurement: priors of the model's parameters, and the kinds of thing they are made for.

A new chip, round, submitter, software state or workload is a new row in `resources/`, here or in the catalog.
"""

from collections.abc import Mapping

from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES
from ipuwhatif.records import Record

LOG, LOGIT = "log", "logit"
TRANSFORMS = (LOG, LOGIT)
#: What the model tells apart by its code: whose physics, which classes of ops, whose software and hosts, which update.
ARCHITECTURES = ("ipu", "gpu")
EFFICIENCY_CLASSES = ("dense_convolution", "grouped_convolution", "matmul", "attention")
STACKS = ("ipu", "gpu", "other")
OPTIMIZERS = ("sgd", "lars", "lamb")
#: What products of a language model reach on a chip whose best product was measured.
LANGUAGE_SPREAD = 0.1
RUNS = ("architecture", "release")  # what tells the entries of a workload apart
#: Networks that frameworks fit differently well.
NETWORK_KINDS = ("convolution", "transformer", "fused-transformer")
SETS = {
    "architecture": ARCHITECTURES,
    "stack": STACKS,
    "class": SOFTWARE_CLASSES,
    "op_class": EFFICIENCY_CLASSES,
    "optimizer": OPTIMIZERS,
}


class Prior(Record, frozen=True):
    """A parameter before any measurement: `median` in natural units, `spread` as one standard deviation in the space
    of its transform.
    """

    name: str
    median: float
    spread: float
    transform: str
    unit: str
    reason: str


class Generation(Record, frozen=True):
    """Chips that are alike. Efficiencies are stated for the reference generation of each architecture."""

    key: str
    reference_of: str  # an architecture, or ""
    spread: float  # of what it reaches against what its data sheet says; 0 for a reference
    own_host: bool = False  # its hosts are of another kind than those of the reference
    language_spread: float = LANGUAGE_SPREAD  # of what its products reach in language models
    eight_bit: bool = False  # its entries of transformers ran products in 8 bit
    own_memory: bool = False  # its memory got faster by another factor than its arithmetic
    #: The first release whose kernels of language models were written for its chips, or for others that run them.
    kernels_since: str = ""


class Submitter(Record, frozen=True):
    """Who handed in entries: a vendor that the model is judged on first, or one with a set-up of its own."""

    key: str
    vendor: bool
    architecture: str  # of the systems on which it has an effect of its own; "" for a vendor
    company: str  # the submitter's name, or that of the company that submitted under two


class Curve(Record, frozen=True):
    """Runs whose samples to target lie on one curve: those of a workload that meet each condition that is not empty."""

    key: str
    workload: str
    stack: str
    generation: str
    recipe: str
    since: str  # a release
    floor: float  # median of its floor over the workload's
    fixed: bool  # stands for one state of the software and has no release effect
    bends_as: str  # the curve whose bend it shares: its own key, or another's
    references: tuple[str, ...]  # families of reference points that lie on it

    def meets(self, run: Mapping[str, str]) -> bool:
        """Whether a run, described by stack, generation, recipe and release, meets the conditions."""
        wanted = {"stack": self.stack, "generation": self.generation, "recipe": self.recipe}
        return self.since <= run["release"] and all(not value or run[name] == value for name, value in wanted.items())

    def narrowness(self) -> tuple[bool, int, str]:
        """Whether it is of one chip, how many conditions there are, since when it holds."""
        conditions = (self.stack, self.generation, self.recipe, self.since)
        return bool(self.generation), sum(bool(each) for each in conditions), self.since


class WorkloadPrior(Record, frozen=True):
    """How far samples to target of a workload scatter: standard deviations of their logarithm."""

    key: str
    point_spread: float  # of a reference point around its curve
    between_recipes: float
    within_recipe: float  # of an entry, a mean of 5 or 10 runs
    new_recipe: float  # of a recipe that was not run: wider, since the best of those that were run were submitted
    evaluation_epochs: float  # between two evaluations; 0 where the entries tell
    evaluation_every: float  # samples between two evaluations; 0 where epochs or the entries tell
    tabled: bool  # samples lie between the reference points of the round: no curve is fitted
    evaluation_chips: Mapping[tuple[str, str], float]  # chips that evaluate, by architecture and release
    chips_per_instance: Mapping[str, float]  # chips that a host program serves one after the other, by architecture


class Priors(Record, frozen=True):
    """All of it. Releases: rounds between each and the anchor, for which efficiencies are stated, either way."""

    parameters: tuple[Prior, ...]
    releases: Mapping[str, int]
    anchor: str  # the release that efficiencies are stated for
    generations: Mapping[str, Generation]
    submitters: Mapping[str, Submitter]
    curves: tuple[Curve, ...]
    workloads: Mapping[str, WorkloadPrior]

    def curve_of(self, workload: str, stack: str, generation: str, recipe: str, release: str) -> Curve:
        """The curve that a run's samples lie on: of those whose conditions it meets, the narrowest."""
        asked = {"stack": stack, "generation": generation, "recipe": recipe, "release": release}
        met = [each for each in self.curves if each.workload == workload and each.meets(asked)]
        return max(met, key=Curve.narrowness)
