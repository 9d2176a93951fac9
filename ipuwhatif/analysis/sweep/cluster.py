"""Workers of a Dask scheduler that the user names: the only network there is here, and nothing of it is served.

Each worker writes its own parts to a folder that all of them share; a worker that is lost costs the parts it had begun.
"""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ipuwhatif.analysis.sweep.reasons import Needs, Scheduler, SchedulerFault, Silent
from ipuwhatif.units import RefusedError

if TYPE_CHECKING:
    from distributed import Client

ANSWERS_WITHIN_S, WORKERS_WITHIN_S = 10.0, 30.0
RETRIES = 3  # of a part whose worker was lost
PROTOCOLS = ("tcp://", "tls://")


@contextmanager
def cluster_workers(address: str) -> Iterator[Executor]:
    """The workers of a scheduler. InputError where Dask is not installed, no scheduler answers, or it has no worker."""
    if not address.startswith(PROTOCOLS) or not address.rpartition(":")[2].isdigit():
        raise RefusedError(Scheduler(address, SchedulerFault.NO_ADDRESS))
    if find_spec("distributed") is None:
        raise RefusedError(Needs.DASK)
    from distributed import Client, KilledWorker

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told in a sentence of ours
    _check_that_it_answers(address)
    try:
        client = Client(address, timeout=ANSWERS_WITHIN_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise RefusedError(Silent(address, round(ANSWERS_WITHIN_S))) from error
    try:
        _wait_for_a_worker(client, address)
        yield client.get_executor(pure=False, retries=RETRIES)
    except (CancelledError, OSError) as error:
        raise RefusedError(Scheduler(address, SchedulerFault.LOST)) from error
    except KilledWorker as error:
        raise RefusedError(Needs.MEMORY_OF_WORKERS) from error
    finally:
        client.close(timeout=ANSWERS_WITHIN_S)


def _check_that_it_answers(address: str) -> None:
    """Ask who is there before there is a client: one that nobody answers takes twice as long again to close.

    In a thread, since a notebook runs an event loop of its own.
    """
    try:
        with ThreadPoolExecutor(1) as thread:
            answers = thread.submit(asyncio.run, _who_answers(address)).result()
    except OSError as error:
        raise RefusedError(Silent(address, round(ANSWERS_WITHIN_S))) from error
    except Exception as error:  # the words of a web server, read as a message of Dask, ask for exabytes
        raise RefusedError(Scheduler(address, SchedulerFault.NOT_DASK)) from error
    if answers != "Scheduler":
        raise RefusedError(Scheduler(address, SchedulerFault.NOT_DASK))


async def _who_answers(address: str) -> object:
    """The kind of Dask's programs that an address is of."""
    from distributed import Security
    from distributed.core import rpc

    async with (
        asyncio.timeout(ANSWERS_WITHIN_S),  # a server that waits for words of its own would be waited for without end
        rpc(address, timeout=ANSWERS_WITHIN_S, connection_args=Security().get_connection_args("client")) as there,
    ):
        return (await there.identity())["type"]


def _wait_for_a_worker(client: "Client", address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=WORKERS_WITHIN_S)
    except TimeoutError as error:
        raise RefusedError(Scheduler(address, SchedulerFault.NO_WORKER)) from error
