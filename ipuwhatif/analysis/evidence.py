"""What is known about a job: every official entry and published figure that bears on it, beside the model's answer.

An answer to a row that the model was fitted to is in-sample: its error is no prediction error and no official metric.
"""

from collections.abc import Iterator, Mapping, Sequence

from ipuwhatif.analysis.refusals import UnknownScope
from ipuwhatif.analysis.results import Quantity
from ipuwhatif.analysis.solving.inputs import inputs_of
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import LEVEL, Interval, intervals
from ipuwhatif.calibration.entries import case_of_entry
from ipuwhatif.calibration.published import PER_EPOCH, PublishedRow, language_rows, published_rows, reason_not_to_learn
from ipuwhatif.calibration.support.support import support_of
from ipuwhatif.catalog.datum import Datum, Origin
from ipuwhatif.catalog.evidence.suite_results import FolderWithoutRow, load_folders_without_row
from ipuwhatif.catalog.evidence.usable import comparable, reason_left_out
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, OfficialResult, PublishedResult, Statement, SystemChoice
from ipuwhatif.model.layouts.layout import submitted
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import Record
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, RefusedError, nearest

OFFICIAL, PUBLISHED = "official", "published"
WORKLOAD, HARDWARE = "workload", "hardware"
SCOPES = (WORKLOAD, HARDWARE)
#: Attributes of chips and systems, in the order in which they are listed.
ATTRIBUTES = (
    "peak_flops",
    "peak_flops_32",
    "peak_flops_8",
    "peak_flops_4",
    "best_product",
    "memory_bandwidth",
    "memory_size",
    "clock",
    "exchange_bandwidth",
    "power",
    "link_bandwidth",
    "network_bandwidth",
    "streaming_bandwidth",
    "host_bandwidth",
)


class EvidenceRow(Record, frozen=True):
    """One row: who states what about which system, and what the model says of it in-sample.

    `value` and `model` are in `unit`: "s" (of the whole job), "s/epoch" or "samples/s". `model` is None where the
    model does not learn from the row, and `left_out` says why.
    """

    kind: str  # OFFICIAL or PUBLISHED
    key: str  # of the entry or the figure
    producer: str  # who submitted or printed it
    system: str  # our name where the catalog has the system, else as submitted or printed
    family: str
    choice: SystemChoice | None
    chips: int
    dated: str  # round of an entry, date of a published figure; empty where not known
    value: float
    unit: str
    origin: Origin
    left_out: str
    model: Quantity | None
    official: OfficialResult | None = None
    published: PublishedResult | None = None
    epoch_samples: float = 0.0  # samples of an epoch, of a row in s/epoch

    @property
    def residual(self) -> float | None:
        """The model over the row, minus one: in-sample, no official metric."""
        return None if self.model is None else self.model.median / self.value - 1.0

    @property
    def inside(self) -> bool | None:
        """Whether the row lies inside the model's interval."""
        return None if self.model is None else self.model.low <= self.value <= self.model.high

    @property
    def comparable(self) -> bool:
        """Whether an official row is a score of the workload as it is today."""
        return self.official is not None and comparable(self.official)


class HardwareRow(Record, frozen=True):
    """One figure of a data sheet. Rank 1 is what the model uses; the others conflict with it and rank lower."""

    owner: str  # name of the chip or system
    family: str
    attribute: str  # one of ATTRIBUTES
    rank: int
    datum: Datum
    used: float  # the value of rank 1, in the same unit


class Evidence(Record, frozen=True):
    """Rows of one scope; `statements` are the stated ratios of a job that nobody measured.

    `without_row`: result folders of the job that were published and are in no table here.
    """

    scope: str
    workload: str
    rows: tuple[EvidenceRow, ...] = ()
    statements: tuple[Statement, ...] = ()
    hardware: tuple[HardwareRow, ...] = ()
    without_row: tuple[FolderWithoutRow, ...] = ()


def evidence(world: World, scenario: Scenario, scope: str = WORKLOAD) -> Evidence:
    """The evidence on the scenario's workload, or with scope "hardware" the data-sheet figures of its systems.

    Official entries come first, by round, system and chips, then published figures. InputError for another scope.
    """
    if scope not in SCOPES:
        raise unknown_scope(scope, SCOPES)
    if scope == HARDWARE:
        return Evidence(scope, scenario.workload, hardware=tuple(_hardware(world.catalog, scenario)))
    catalog, workload = world.catalog, scenario.workload
    officials = [entry for entry in catalog.official if entry.workload == workload]
    taught = (*published_rows(catalog), *language_rows(catalog))
    learnt = {row.result.key: row for row in taught if row.case.workload == workload}
    printed = [each for each in (*catalog.published, *catalog.language_speeds) if each.workload == workload]
    answers = _in_sample(world, officials, [learnt[result.key] for result in printed if result.key in learnt])
    rows = (
        *(_official_row(catalog, entry, answers.get(entry.key)) for entry in officials),
        *(_published_row(catalog, result, learnt.get(result.key), answers.get(result.key)) for result in printed),
    )
    return Evidence(
        scope,
        workload,
        rows=tuple(sorted(rows, key=_place)),
        statements=catalog.workloads[workload].statements,
        without_row=tuple(each for each in load_folders_without_row() if each.workload == workload),
    )


def unknown_scope(scope: str, scopes: Sequence[str]) -> InputError:
    """The refusal of a word that is none of the scopes."""
    return RefusedError(UnknownScope(scope, nearest(scope, scopes), tuple(scopes)))


def _place(row: EvidenceRow) -> tuple[str, str, str, int, str]:
    system = row.system if row.choice is None else row.choice.system
    return row.kind, row.dated, system, row.chips, row.producer.casefold()


class _InSample(Record, frozen=True):
    """What the model says of a row: time to train [s] and throughput [samples/s]."""

    time: Quantity
    throughput: Quantity


def _in_sample(
    world: World, officials: Sequence[OfficialResult], printed: Sequence[PublishedRow]
) -> dict[str, _InSample]:
    """The model on every row that it learns from, each laid out as it ran, in one evaluation; by key of the row.

    Several submitters may have run one system at one size: each entry keeps its own layout.
    """
    entries = [(entry, entry.layout) for entry in officials if not reason_left_out(entry)]
    cases = [*(case_of_entry(entry) for entry, _ in entries), *(row.case for row in printed)]
    if not cases:
        return {}
    layouts = [*(submitted(layout) for _, layout in entries if layout is not None), *(row.layout for row in printed)]
    inputs = inputs_of(world, cases, layouts)
    supports = [support_of(world.catalog, case, layout) for case, layout in zip(cases, layouts, strict=True)]
    center = evaluate(inputs, world.calibration.center)
    around = intervals(world.calibration, cases, inputs, supports, center)
    keys = [*(entry.key for entry, _ in entries), *(row.result.key for row in printed)]
    return {
        key: _InSample(
            _quantity(float(center.time_to_train[0, column]), around.time, column),
            _quantity(float(center.throughput[0, column]), around.throughput, column),
        )
        for column, key in enumerate(keys)
    }


def _quantity(median: float, interval: Interval, column: int) -> Quantity:
    return Quantity(median, float(interval.low[column]), float(interval.high[column]), LEVEL)


def _official_row(catalog: Catalog, entry: OfficialResult, answer: _InSample | None) -> EvidenceRow:
    choice = entry.choice
    return EvidenceRow(
        kind=OFFICIAL,
        key=entry.key,
        producer=entry.submitter,
        system=entry.system_name if choice is None else system_name(choice, catalog),
        family="other" if choice is None else catalog.systems[choice.system].family,
        choice=choice,
        chips=entry.chips if choice is None else choice.chips,  # logs of CPU entries count no accelerator
        dated=entry.mlperf_round,
        value=entry.score_s,
        unit="s",
        origin=entry.origin,
        left_out=reason_left_out(entry),
        model=None if answer is None else answer.time,
        official=entry,
    )


def _published_row(
    catalog: Catalog, result: PublishedResult, learnt: PublishedRow | None, answer: _InSample | None
) -> EvidenceRow:
    choice, software = result.choice, catalog.software.get(result.software_key)
    epoch = 0.0
    if learnt is not None and result.unit == PER_EPOCH:
        epoch = catalog.workloads[learnt.case.workload].data["dataset_samples"].value
    return EvidenceRow(
        kind=PUBLISHED,
        key=result.key,
        producer=result.origin.producer,
        system=result.platform,
        family="other" if choice is None else catalog.systems[choice.system].family,
        choice=choice,
        chips=result.accelerators,
        dated=result.origin.published or ("" if software is None else software.date),
        value=result.value,
        unit=result.unit,
        origin=result.origin,
        left_out=reason_not_to_learn(catalog, result),
        model=None if answer is None else _in_unit(answer.throughput, epoch),
        published=result,
        epoch_samples=epoch,
    )


def _in_unit(throughput: Quantity, epoch_samples: float) -> Quantity:
    """A throughput as it is, or as the time for an epoch of so many samples."""
    if not epoch_samples:
        return throughput
    ends = (epoch_samples / throughput.high, epoch_samples / throughput.low)
    return Quantity(epoch_samples / throughput.median, *ends, throughput.level)


def _hardware(catalog: Catalog, scenario: Scenario) -> Iterator[HardwareRow]:
    """Figures of each chip, then of each system of the scenario, once each."""
    systems = [catalog.systems[key] for key in dict.fromkeys(choice.system for choice in scenario.systems)]
    chips = {system.chip: system.family for system in systems}
    for key, family in chips.items():
        yield from _figures(catalog.chips[key].name, family, catalog.chips[key].data)
    for system in systems:
        yield from _figures(system.name, system.family, system.data)


def _figures(owner: str, family: str, data: Mapping[str, Datum]) -> Iterator[HardwareRow]:
    for attribute in ATTRIBUTES:
        if attribute in data:
            first = data[attribute]
            for rank, datum in enumerate((first, *first.alternatives), start=1):
                yield HardwareRow(owner, family, attribute, rank, datum, first.value)
