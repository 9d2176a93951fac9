"""Workers of a Dask scheduler that the user names: the only network there is here, and nothing of it is served.

Each worker writes its own parts to a folder that all of them share; a worker that is lost costs the parts it had begun.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, quoted

if TYPE_CHECKING:
    from distributed import Client

ANSWERS_WITHIN_S, WORKERS_WITHIN_S = 10.0, 30.0
RETRIES = 3  # of a part whose worker was lost
PROTOCOLS = ("tcp://", "tls://")


@contextmanager
def cluster_workers(address: str) -> Iterator[Executor]:
    """The workers of a scheduler. InputError where Dask is not installed, no scheduler answers, or it has no worker."""
    if not address.startswith(PROTOCOLS) or not address.rpartition(":")[2].isdigit():
        raise InputError(tr("{address} is no scheduler; write for example tcp://host:8786", address=quoted(address)))
    if find_spec("distributed") is None:
        raise InputError(tr('a scheduler needs Dask: pip install "ipuwhatif[sweep]", or use --workers'))
    from distributed import Client, KilledWorker

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told in a sentence of ours
    try:
        client = Client(address, timeout=ANSWERS_WITHIN_S, set_as_default=False)
    except (OSError, ValueError) as error:
        seconds = round(ANSWERS_WITHIN_S)
        told = tr("the scheduler {address} does not answer within {seconds} s", address=address, seconds=seconds)
        raise InputError(told) from error
    try:
        _wait_for_a_worker(client, address)
        yield client.get_executor(pure=False, retries=RETRIES)
    except (CancelledError, OSError) as error:
        kept = tr("what is done is kept, and the same command goes on from there")
        raise InputError(tr("the scheduler {address} is lost; {kept}", address=address, kept=kept)) from error
    except KilledWorker as error:
        raise InputError(tr("workers end again and again, perhaps for want of memory: give them more")) from error
    finally:
        client.close(timeout=ANSWERS_WITHIN_S)


def _wait_for_a_worker(client: "Client", address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=WORKERS_WITHIN_S)
    except TimeoutError as error:
        raise InputError(tr("the scheduler {address} has no worker: start some", address=address)) from error
