"""What a job is called and what its time is the time of: its target quality, or the amount of work that was stated."""

from collections.abc import Mapping

from ipuwhatif.catalog.types import STATED, Workload
from ipuwhatif.figures.scenarios.amounts import amount_text
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import told


def workload_name(key: str | None, workloads: Mapping[str, Workload]) -> str:
    """The name of a workload as the catalog writes it; the key itself where the catalog has none."""
    found = workloads.get(key or "")
    return key or "" if found is None else told(found.name)


def is_stated(job: Workload) -> bool:
    """Whether a job has no quality target: its time is that of an amount of work."""
    return job.kind == STATED


def time_words(job: Workload, samples: float | None = None) -> str:
    """What is timed: "time to train", or "time for 350 epochs" without a quality target."""
    return tr("time for {amount}", amount=amount_text(job, samples)) if is_stated(job) else tr("time to train")


def amount_words(job: Workload, samples: float | None = None) -> str:
    """The amount of work of a job without a quality target: "350 epochs"; empty for any other."""
    return amount_text(job, samples) if is_stated(job) else ""


def job_words(job: Workload, recipe: str, samples: float | None = None) -> str:
    """A job and what is timed, as a title: "ResNet-50, closed division: time to train"."""
    timed = time_words(job, samples)
    if is_stated(job):
        return tr("{workload}: {timed}", workload=job.name, timed=timed)
    return tr("{workload}, {division}: {timed}", workload=job.name, division=division(recipe), timed=timed)


#: Divisions of MLPerf®, which recipes are named after.
DIVISIONS = (marked("closed"), marked("open"))


def division(recipe: str) -> str:
    """ "closed division"."""
    return tr("{recipe} division", recipe=tr(recipe))
