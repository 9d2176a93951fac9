"""Workers of a Dask scheduler over loopback: the same files as one process writes, also where a worker is lost."""

import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas
import pytest
from distributed import Client

from ipuwhatif.analysis.sweep import cluster
from ipuwhatif.analysis.sweep.plan import SweepPlan, read_plan
from ipuwhatif.analysis.sweep.run import sweep_by_scheduler, sweep_to_files
from ipuwhatif.analysis.world import load_world
from tests.refusals import refused

WORLD = load_world()
ROOT = Path(__file__).resolve().parents[3]
AXES = {
    "workload": ["resnet50", "bert-large"],
    "system": ["ipu-pod", "dgx-a100"],
    "chips": [16, 64, 256],
    "clock": {"from": 0.9, "to": 1.1, "count": 20},
    "stack": ["mlperf", "pytorch"],
}
CHUNK = 20

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a scheduler or a worker of Dask, which ends with the test; they find each other by a file."""
    begun: list[subprocess.Popen[bytes]] = []

    def start(program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", "scheduler.json"]
        command += ["--dashboard-address", "127.0.0.1:0", *arguments]
        paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        kept = {**os.environ, "PYTHONPATH": paths, "DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
        with (tmp_path / f"{program}-{len(begun)}.log").open("wb") as log:
            begun.append(subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log, env=kept))
        return begun[-1]

    yield start
    for each in begun:
        each.kill()
        each.wait()


@pytest.fixture
def scheduler(start: Start) -> "subprocess.Popen[bytes]":
    return start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")


@pytest.fixture
def address(scheduler: "subprocess.Popen[bytes]", tmp_path: Path) -> str:
    """The address of a scheduler that has no worker yet."""
    told = tmp_path / "scheduler.json"
    while not told.exists() or not told.read_text(encoding="utf-8").rstrip().endswith("}"):
        assert scheduler.poll() is None
        time.sleep(0.05)
    found: str = json.loads(told.read_text(encoding="utf-8"))["address"]
    return found


@pytest.fixture
def workers(start: Start, address: str) -> "list[subprocess.Popen[bytes]]":
    return [start("dask_worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1") for _ in range(2)]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine under load takes its time to start programs."""
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN_S", 120.0)
    monkeypatch.setattr(cluster, "WORKERS_WITHIN_S", 120.0)


class Page(socketserver.BaseRequestHandler):
    """Answers whoever comes as a server of web pages does."""

    def handle(self) -> None:
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def plan() -> SweepPlan:
    return read_plan({"axes": AXES}, WORLD)


def one_process(folder: Path) -> pandas.DataFrame:
    path = folder / "one.parquet"
    sweep_to_files(WORLD, plan(), path, chunk=CHUNK)
    return pandas.read_parquet(path)


def test_that_a_worker_that_is_lost_costs_what_it_had_begun(
    tmp_path: Path, address: str, workers: "list[subprocess.Popen[bytes]]"
) -> None:
    path = tmp_path / "there.parquet"
    lost: list[int] = []

    def lose_one(done: int, plans: int) -> None:
        if done and not lost:
            workers[0].kill()
            lost.append(done)

    sweep_by_scheduler(WORLD, plan(), path, address, lose_one, chunk=CHUNK)
    assert lost == [CHUNK] and workers[0].wait() != 0
    pandas.testing.assert_frame_equal(pandas.read_parquet(path), one_process(tmp_path), rtol=1e-14)


def test_that_a_scheduler_that_is_lost_ends_in_one_sentence_and_what_is_done_is_kept(
    tmp_path: Path,
    scheduler: "subprocess.Popen[bytes]",
    address: str,
    workers: "list[subprocess.Popen[bytes]]",
) -> None:
    path = tmp_path / "there.parquet"

    def lose_it(done: int, plans: int) -> None:
        if done:
            scheduler.kill()

    with refused(f"the scheduler {address} is lost; what is done is kept, and the same command goes on from there"):
        sweep_by_scheduler(WORLD, plan(), path, address, lose_it, chunk=CHUNK)
    assert list(path.glob("_part-*"))
    sweep_to_files(WORLD, plan(), path)
    pandas.testing.assert_frame_equal(pandas.read_parquet(path), one_process(tmp_path), rtol=1e-14)


def test_that_what_is_no_scheduler_is_told_though_it_answers(
    tmp_path: Path, start: Start, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address of a dashboard or a worker is easily taken for that of the scheduler."""
    start("dask_worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
    with Client(address) as client:
        client.wait_for_workers(1, timeout=120.0)
        (worker,) = client.scheduler_info()["workers"]
    with refused(f"{worker} is no scheduler of Dask: something else answers there"):
        sweep_by_scheduler(WORLD, plan(), tmp_path / "there.parquet", worker)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"tcp://127.0.0.1:{server.server_address[1]}"
        with refused(f"{address} is no scheduler of Dask: something else answers there"):
            sweep_by_scheduler(WORLD, plan(), tmp_path / "there.parquet", address)
        server.shutdown()
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN_S", 2.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with refused(f"the scheduler {address} does not answer within 2 s"):
            sweep_by_scheduler(WORLD, plan(), tmp_path / "there.parquet", address)


def test_that_a_scheduler_that_does_not_answer_or_has_no_worker_is_told(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WORKERS_WITHIN_S", 0.5)
    path = tmp_path / "there.parquet"
    with refused(f"the scheduler {address} has no worker: start some"):
        sweep_by_scheduler(WORLD, plan(), path, address)
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN_S", 2.0)
    with refused("the scheduler tcp://127.0.0.1:1 does not answer within 2 s"):
        sweep_by_scheduler(WORLD, plan(), path, "tcp://127.0.0.1:1")
    for text in ("127.0.0.1:8786", "http://127.0.0.1:8786", "tcp://", "tcp://host"):
        with refused(f"'{text}' is no scheduler; write for example tcp://host:8786"):
            sweep_by_scheduler(WORLD, plan(), path, text)
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with refused('a scheduler needs Dask: pip install "ipuwhatif[sweep]", or use --workers'):
        sweep_by_scheduler(WORLD, plan(), path, address)
    assert not path.exists()
