"""Why a sweep cannot be written or shared among workers, in words."""

from ipuwhatif.analysis.sweep.reasons import (
    AnotherSweep,
    Needs,
    NoFolder,
    OtherProfile,
    Scheduler,
    SchedulerFault,
    Silent,
    SweepEnding,
    Unwritable,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import quoted, told


@told.register
def _(said: SweepEnding) -> str:
    return tr("{path}: a sweep is written as {endings}", path=said.path, endings=", ".join(said.endings))


@told.register
def _(said: NoFolder) -> str:
    return tr("the folder {folder} does not exist", folder=said.folder)


@told.register
def _(said: AnotherSweep) -> str:
    return tr(
        "{folder} exists and is no sweep of this plan, so nothing is written there; name another or remove it",
        folder=said.folder,
    )


@told.register
def _(said: Unwritable) -> str:
    return tr("{path} cannot be written: {reason}", path=said.path, reason=said.reason)


_NEEDS = {
    Needs.PYARROW: marked('Parquet files need pyarrow: pip install "ipuwhatif[parquet]", or write a .csv file'),
    Needs.DASK: marked('a scheduler needs Dask: pip install "ipuwhatif[sweep]", or use --workers'),
    Needs.SAME_EVIDENCE: marked("a worker has other evidence: install the same version of ipuwhatif on all of them"),
    Needs.MEMORY: marked("worker processes end again and again, perhaps for want of memory: try fewer of them"),
    Needs.MEMORY_OF_WORKERS: marked("workers end again and again, perhaps for want of memory: give them more"),
}


@told.register
def _(said: Needs) -> str:
    return tr(_NEEDS[said])


@told.register
def _(said: OtherProfile) -> str:
    return tr("a worker has another profile {name}: bring the same one in on all of them", name=said.profile)


@told.register
def _(said: Scheduler) -> str:
    if said.fault is SchedulerFault.NO_ADDRESS:
        return tr("{address} is no scheduler; write for example tcp://host:8786", address=quoted(said.address))
    if said.fault is SchedulerFault.NOT_DASK:
        return tr("{address} is no scheduler of Dask: something else answers there", address=said.address)
    if said.fault is SchedulerFault.NO_WORKER:
        return tr("the scheduler {address} has no worker: start some", address=said.address)
    kept = tr("what is done is kept, and the same command goes on from there")
    return tr("the scheduler {address} is lost; {kept}", address=said.address, kept=kept)


@told.register
def _(said: Silent) -> str:
    return tr("the scheduler {address} does not answer within {seconds} s", address=said.address, seconds=said.seconds)
