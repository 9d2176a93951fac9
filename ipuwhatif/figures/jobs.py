"""What a job is called and what its time is the time of: its target quality, or the amount of work that was stated."""

from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import STATED, Workload
from ipuwhatif.figures.scenarios.amounts import amount_text
from ipuwhatif.texts import marked, tr


def workload_name(key: str) -> str:
    """The name of a workload as the catalog writes it; the key itself where the catalog has none."""
    workload = _workload(key)
    return key if workload is None else workload.name


def is_stated(key: str) -> bool:
    """Whether a job has no quality target: its time is that of an amount of work."""
    workload = _workload(key)
    return workload is not None and workload.kind == STATED


def time_words(key: str, samples: float | None = None) -> str:
    """What is timed: "time to train", or "time for 350 epochs" without a quality target."""
    workload = _workload(key)
    if workload is None or workload.kind != STATED:
        return tr("time to train")
    return tr("time for {amount}", amount=amount_text(workload, samples))


def amount_words(key: str, samples: float | None = None) -> str:
    """The amount of work of a job without a quality target: "350 epochs"; empty for any other."""
    workload = _workload(key)
    return amount_text(workload, samples) if workload is not None and workload.kind == STATED else ""


def job_words(key: str, recipe: str, samples: float | None = None) -> str:
    """A job and what is timed, as a title: "ResNet-50, closed division: time to train"."""
    name, timed = workload_name(key), time_words(key, samples)
    if is_stated(key):
        return tr("{workload}: {timed}", workload=name, timed=timed)
    return tr("{workload}, {division}: {timed}", workload=name, division=division(recipe), timed=timed)


#: Divisions of MLPerf®, which recipes are named after.
DIVISIONS = (marked("closed"), marked("open"))


def division(recipe: str) -> str:
    """ "closed division"."""
    return tr("{recipe} division", recipe=tr(recipe))


def _workload(key: str) -> Workload | None:
    return load_world().catalog.workloads.get(key)
