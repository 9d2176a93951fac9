"""What the user asks, as one frozen value: workload, systems, release and levers. Every edit returns a new scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import BEST

SUFFIX = ".ipuwhatif"  # of the name of a file that holds a scenario
MOST_SYSTEMS = 24  # as many as a chart can still be read with


@dataclass(frozen=True, slots=True)
class Scenario:
    """A what-if question over several systems. `levers` maps `scope.lever` to a value in the lever's unit;

    scope is a family ("ipu.compute_gain") or one system ("ipu-pod:64.global_batch"), the narrower one wins.
    """

    workload: str
    recipe: str
    release: str
    systems: tuple[SystemChoice, ...]
    reference: str  # key of the system that others are compared with
    policy: str = BEST
    levers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    show_official: bool = True
    samples: float | None = None  # amount of work of a job without a quality target; None: the workload's default
    layers: tuple[int, ...] = ()  # sizes of a network that the user sets; empty: its default
    software: str = ""  # key of a published software state; empty: the workload's own
    baseline_time_s: float | None = None  # what a job that is known by a stated ratio takes the user today
    statement: str = ""  # key of the ratio that is applied to it; empty: the workload's first

    def with_lever(self, name: str, value: float | None) -> "Scenario":
        """The scenario with a lever set, or back at its default for `None`."""
        levers = {key: old for key, old in self.levers.items() if key != name}
        if value is not None:
            levers[name] = value
        return replace(self, levers=MappingProxyType(levers))

    def with_system(self, choice: SystemChoice, present: bool) -> "Scenario":
        """The scenario with a system ticked or not; a reference that is unticked passes to the first system."""
        others = tuple(old for old in self.systems if old != choice)
        systems = (*others, choice) if present and choice not in self.systems else (self.systems if present else others)
        keys = [system.key for system in systems]
        reference = self.reference if self.reference in keys else (keys[0] if keys else "")
        return replace(self, systems=systems, reference=reference)


FIRST_START = Scenario(
    workload="resnet50",
    recipe="closed",
    release="2021-12",
    systems=(
        SystemChoice("ipu-pod", 16),
        SystemChoice("ipu-pod", 64),
        SystemChoice("ipu-pod", 256),
        SystemChoice("dgx-a100", 8),
        SystemChoice("dgx-a100", 64),
    ),
    reference="dgx-a100:8",
)
