"""Whose entries the model is judged on first, and the Case that asks for one of them again."""

from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.case import AS_SUBMITTED, Case
from ipuwhatif.model.parameters import known


def vendors() -> tuple[str, ...]:
    """Submitters of their own chips, against whose entries the model is judged first."""
    return tuple(each.key for each in known().submitters.values() if each.vendor)


def separates_training(entry: OfficialResult) -> bool:
    """Whether a log tells training from the rest: the BERT logs of NVIDIA's code did not before v3.1."""
    told = entry.workload != "bert-large" or entry.submitter == "Graphcore" or entry.mlperf_round >= "v3.1"
    return told and entry.training_s is not None


def case_of_entry(entry: OfficialResult) -> Case:
    """The Case that asks for this entry again. The entry must be usable."""
    assert entry.workload is not None and entry.choice is not None
    return Case(entry.workload, entry.choice, entry.release, entry.division, AS_SUBMITTED)


def is_language(workload: str | None) -> bool:
    """Whether a job is a language model, whose step and samples have parameters of their own."""
    prior = known().workloads.get(workload or "")
    return prior is not None and prior.tabled


def architecture(entry: OfficialResult, catalog: Catalog) -> str:
    """The architecture of the chip that an entry ran on. The entry must be usable."""
    assert entry.choice is not None
    return catalog.chip_of(entry.choice).architecture
