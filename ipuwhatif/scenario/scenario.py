"""What the user asks, as one frozen value: workload, systems, release and levers. Every edit returns a new scenario."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import BEST
from ipuwhatif.records import Record, field, replace
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.prices.prices import Price

SUFFIX = ".ipuwhatif"  # of the name of a file that holds a scenario
#: What systems can be compared by.
PER_SYSTEM, PER_CHIP, PER_MONEY, PER_KW, PER_RACK_UNIT = "system", "chip", "money", "kw", "rack-unit"
BASES = (PER_SYSTEM, PER_CHIP, PER_MONEY, PER_KW, PER_RACK_UNIT)
MOST_SYSTEMS = 24  # as many as a chart can still be read with


class Scenario(Record, frozen=True):
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
    target_s: float | None = None  # the time that is sought; None: none
    basis: str = PER_SYSTEM  # what systems are compared by
    prices: Mapping[str, Price] = field(default_factory=lambda: MappingProxyType({}))  # by key of a system
    measurements: Mapping[str, Measurement] = field(default_factory=lambda: MappingProxyType({}))  # by key of a system
    subject: str = ""  # key of the system that headlines speak of; empty: the first beside the reference
    headlines: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # the user's own, by view
    start: str = ""  # day on which a run begins, "2026-12-01"; empty: not stated
    profile: str = ""  # name of a profile of the user's that projections follow; empty: none
    scales: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # of the axis of time, by page

    @property
    def currencies(self) -> frozenset[str]:
        """Those of the prices that are stated."""
        return frozenset(price.currency for price in self.prices.values())

    @property
    def spoken_of(self) -> str:
        """Key of the system that headlines speak of: the subject, or the first beside the reference."""
        others = (choice.key for choice in self.systems if choice.key != self.reference)
        return self.subject or next(others, self.reference)

    def with_lever(self, name: str, value: float | None) -> "Scenario":
        """The scenario with a lever set, or back at its default for `None`."""
        return replace(self, levers=_with(self.levers, name, value))

    def with_price(self, system: str, price: Price | None) -> "Scenario":
        """The scenario with the price of a system stated, or taken back for `None`."""
        return replace(self, prices=_with(self.prices, system, price))

    def with_measurement(self, system: str, measurement: Measurement | None) -> "Scenario":
        """The scenario with what the user measured on a system, or that taken back for `None`."""
        return replace(self, measurements=_with(self.measurements, system, measurement))

    def with_headline(self, page: str, text: str | None) -> "Scenario":
        """The scenario with a headline of the user's own on a page, or with the one by rule for `None`."""
        return replace(self, headlines=_with(self.headlines, page, text))

    def with_scale(self, page: str, scale: str) -> "Scenario":
        """The scenario with the axis of time of a page as one of SCALES."""
        return replace(self, scales=_with(self.scales, page, scale))

    def with_system(self, choice: SystemChoice, present: bool) -> "Scenario":
        """The scenario with a system ticked or not; a reference that is unticked passes to the first system.

        A subject that is unticked passes to the first beside the reference.
        """
        others = tuple(old for old in self.systems if old != choice)
        systems = (*others, choice) if present and choice not in self.systems else (self.systems if present else others)
        keys = [system.key for system in systems]
        reference = self.reference if self.reference in keys else (keys[0] if keys else "")
        subject = self.subject if self.subject in keys else ""
        return replace(self, systems=systems, reference=reference, subject=subject)


Value = TypeVar("Value")


def _with(old: Mapping[str, Value], key: str, value: Value | None) -> Mapping[str, Value]:
    """A mapping with one value set, or taken out for `None`; what is set last stands last."""
    values = {each: kept for each, kept in old.items() if each != key}
    if value is not None:
        values[key] = value
    return MappingProxyType(values)


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
