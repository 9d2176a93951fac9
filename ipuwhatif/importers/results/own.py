"""A result of the user's own as every reader here makes it, and what could not be read of a file.

It is neither an official result nor evidence: no parameter is fitted to it, and it is always shown as the user's own.
"""

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.records import Record
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.units import Said


class OwnResult(Record, frozen=True):
    """A time to train [s] or a training throughput [samples/s] that somebody measured on one system."""

    place: Said  # file, and row or line: "results.csv, row 7"
    system: str  # as the file names it
    chips: int | None  # None where the file does not say
    job: str  # key of a workload, or what MLPerf calls a benchmark that has no model here
    measurement: Measurement
    choice: SystemChoice | None = None  # the system of the catalog, where one is it
    workload: str | None = None  # the workload that has a model here
    global_batch: int | None = None
    samples: float | None = None  # to the target, mean of the runs that count
    submitter: str = ""
    division: str = ""
    mlperf_round: str = ""
    release: str = ""  # key of the software state that it is held against
    runs: int = 1  # that were measured
    by_rules: bool = False  # whether the value is a score by the rules of the round
    notes: tuple[Said, ...] = ()


class Imported(Record, frozen=True):
    """Everything that was read of a file or a folder; `notes` are about the whole of it."""

    results: tuple[OwnResult, ...]
    refused: tuple[Refused, ...] = ()
    notes: tuple[Said, ...] = ()
