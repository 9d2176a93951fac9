"""A sweep as files: the same however it is cut, taken up where it stopped, and nothing half written."""

import csv
import errno
import multiprocessing
import os
from pathlib import Path
from typing import Any

import pandas
import pytest

from ipuwhatif.analysis.sweep import columns, run, store
from ipuwhatif.analysis.sweep.plan import SweepPlan, read_plan
from ipuwhatif.analysis.sweep.run import estimate, sweep, sweep_by_processes, sweep_to_files
from ipuwhatif.analysis.world import load_world
from ipuwhatif.records import replace
from ipuwhatif.texts import language
from ipuwhatif.units import InputError, told
from tests.refusals import refused

WORLD = load_world()
AXES = {
    "workload": ["resnet50", "bert-large"],
    "system": ["ipu-pod", "dgx-a100"],
    "chips": [1, 8, 16, 64],
    "ipu.clock": [0.9, 1.0, 1.1],
    "release": ["2021-06", "2021-12"],
}
PLANS = 2 * 2 * 4 * 3 + 2 * 2 * 4
BERT_ON_ONE = (
    "BERT-Large does not fit on 1 IPU: the smallest number that does is 4 IPUs (a chip would need 1.42 GB; of its "
    "900 MB, 720 MB are there for that)"
)


def why(summary: run.Summary) -> dict[str, int]:
    """The plans that are left out, by the reason as it is told."""
    assert not any(isinstance(reason, str) for reason in summary.left_out)
    return {told(reason): count for reason, count in summary.left_out.items()}


def plan_of(**more: Any) -> SweepPlan:
    return read_plan({"axes": AXES, **more}, WORLD)


def test_that_parquet_parts_read_as_the_table_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "plans.parquet"
    summary = sweep_to_files(WORLD, plan_of(), path, chunk=7)
    assert (summary.plans, summary.rows, why(summary)) == (PLANS, PLANS - 6, {BERT_ON_ONE: 6})
    read = pandas.read_parquet(path)
    pandas.testing.assert_frame_equal(read, sweep(WORLD, plan_of()), rtol=1e-14)
    assert read["workload"].dtype == "category" and read["system"].dtype == "category"


def test_that_a_csv_file_holds_the_same_numbers_to_the_last_bit(tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    sweep_to_files(WORLD, plan_of(), path, chunk=7)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = sweep(WORLD, plan_of())
    assert [row["workload"] for row in rows] == known["workload"].tolist()
    for name in ("plan", "chips", "time_to_train_s", "throughput_samples_per_s"):
        assert [float(row[name]) for row in rows] == known[name].tolist()
    assert {row["ipu.clock"] for row in rows if row["system"] == "dgx-a100"} == {""}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plans.csv"]


def test_that_worker_processes_write_what_one_writes(tmp_path: Path) -> None:
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    sweep_to_files(WORLD, plan_of(), here, chunk=20)
    told: list[tuple[int, int]] = []
    summary = sweep_by_processes(WORLD, plan_of(), there, 2, lambda *done: told.append(done), chunk=20)
    assert summary.rows == PLANS - 6 and told[0] == (0, PLANS) and told[-1] == (PLANS, PLANS)
    assert {each.name: each.read_bytes() for each in here.iterdir()} == {
        each.name: each.read_bytes() for each in there.iterdir()
    }


def test_that_a_worker_process_that_dies_costs_no_part(tmp_path: Path) -> None:
    path = tmp_path / "plans.parquet"
    killed: list[int] = []

    def kill_one(done: int, plans: int) -> None:
        if done and not killed:
            (worker, *_) = multiprocessing.active_children()
            worker.kill()
            worker.join()
            killed.append(done)

    summary = sweep_by_processes(WORLD, plan_of(), path, 2, kill_one, chunk=2)
    assert killed and summary.rows == PLANS - 6
    pandas.testing.assert_frame_equal(pandas.read_parquet(path), sweep(WORLD, plan_of()), rtol=1e-14)


def test_that_a_worker_with_other_evidence_is_refused(tmp_path: Path) -> None:
    plan = replace(plan_of(), evidence="of another version")
    begun = store.open_store(tmp_path / "plans.csv", plan.key, PLANS, 10)
    with refused("a worker has other evidence: install the same version of ipuwhatif on all of them"):
        run.do_part(plan, begun, 0, language())


def test_that_plans_of_which_none_runs_make_an_empty_table(tmp_path: Path) -> None:
    axes = {"workload": ["bert-large"], "system": ["ipu-pod:1"], "clock": [0.9, 1.1]}
    plan = read_plan({"axes": axes, "keep": ["time_to_train_s", "energy_kwh", "basis", "share_fastest"]}, WORLD)
    path = tmp_path / "plans.parquet"
    assert why(sweep_to_files(WORLD, plan, path)) == {BERT_ON_ONE: 2}
    read = pandas.read_parquet(path)
    assert len(read) == 0
    assert list(read.columns) == ["plan", "system", "chips", "workload", "clock", *plan.keep]


def test_that_a_sweep_that_was_stopped_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plans.parquet"

    def stop(done: int, plans: int) -> None:
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep_to_files(WORLD, plan_of(), path, progress=stop, chunk=10)
    begun = {each.name for each in path.glob("part-*")}
    assert begun == {"part-0000000.parquet", "part-0000001.parquet"}
    starts = []
    table_of = columns.table_of
    monkeypatch.setattr(run, "table_of", lambda *asked: (starts.append(asked[-2]), table_of(*asked))[1])
    sweep_to_files(WORLD, plan_of(), path)  # in parts as they were begun
    assert starts == [20, 30, 40, 50, 60]
    pandas.testing.assert_frame_equal(pandas.read_parquet(path), sweep(WORLD, plan_of()), rtol=1e-14)


def test_that_a_part_without_its_mark_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "plans.parquet"
    sweep_to_files(WORLD, plan_of(), path, chunk=40)
    (path / "part-0000001.parquet").write_bytes(b"half")
    (path / "_part-0000001.json").unlink()
    sweep_to_files(WORLD, plan_of(), path)
    pandas.testing.assert_frame_equal(pandas.read_parquet(path), sweep(WORLD, plan_of()), rtol=1e-14)


@pytest.mark.parametrize("ending", [".parquet", ".csv"])
def test_that_a_full_disk_ends_in_one_sentence_and_keeps_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"plans{ending}"
    folder = path if ending == ".parquet" else tmp_path / "plans.csv.parts"
    full = folder / f"part-0000003{ending}"
    write = store.write_atomic

    def write_until_full(target: Path, data: bytes) -> None:
        if target == full:
            monkeypatch.setattr(os, "fsync", no_space)
        write(target, data)

    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, "of the operating system")

    with monkeypatch.context() as patched:
        patched.setattr(store, "write_atomic", write_until_full)
        with refused(f"{full} cannot be written: No space left on device"):
            sweep_to_files(WORLD, plan_of(), path, chunk=10)
    monkeypatch.undo()
    assert len(list(folder.glob("part-*"))) == 3 and not list(folder.glob(".*"))
    assert sweep_to_files(WORLD, plan_of(), path).rows == PLANS - 6


def test_that_a_disk_that_is_full_before_the_first_part_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plans.parquet"

    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, "of the operating system")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", no_space)
        with refused(f"{path / '_plan.json'} cannot be written: No space left on device"):
            sweep_to_files(WORLD, plan_of(), path, chunk=10)
    assert list(path.iterdir()) == []
    assert sweep_to_files(WORLD, plan_of(), path).rows == PLANS - 6


def test_that_a_csv_file_that_has_no_room_leaves_the_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plans.csv"

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "of the operating system")

    with monkeypatch.context() as patched:
        patched.setattr(store.shutil, "copyfileobj", no_space)
        with refused(f"{path} cannot be written: No space left on device"):
            sweep_to_files(WORLD, plan_of(), path, chunk=10)
    assert not path.exists() and len(list((tmp_path / "plans.csv.parts").glob("part-*"))) == 7
    sweep_to_files(WORLD, plan_of(), path)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1 + PLANS - 6


def test_that_a_kill_while_the_parts_of_a_csv_file_are_removed_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plans.csv"

    def killed(folder: Path, ignore_errors: bool = False) -> None:
        if folder.exists():
            next(folder.glob("part-*")).unlink()
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store.shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            sweep_to_files(WORLD, plan_of(), path, chunk=10)
    whole = path.read_bytes()
    assert sweep_to_files(WORLD, plan_of(), path, chunk=10).rows == PLANS - 6
    assert path.read_bytes() == whole and [each.name for each in tmp_path.iterdir()] == ["plans.csv"]


def test_that_what_is_no_sweep_of_this_plan_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "plans.parquet"
    line = f"{path} exists and is no sweep of this plan, so nothing is written there; name another or remove it"
    path.mkdir()
    (path / "own.txt").write_text("mine", encoding="utf-8")
    with refused(line):
        sweep_to_files(WORLD, plan_of(), path)
    assert [each.name for each in path.iterdir()] == ["own.txt"]
    other = tmp_path / "other.parquet"
    sweep_to_files(WORLD, plan_of(), other, chunk=40)
    with refused(line.replace("plans.parquet", "other.parquet")):
        sweep_to_files(WORLD, plan_of(keep=["chip_hours"]), other)
    for mark in (b"", b"[1]", b'{"plan": 3}', b"\xff"):
        (other / "_plan.json").write_bytes(mark)
        with refused(line.replace("plans.parquet", "other.parquet")):
            sweep_to_files(WORLD, plan_of(), other)


def test_that_places_that_hold_no_sweep_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with refused(f"{tmp_path / 'plans.xlsx'}: a sweep is written as .parquet, .csv"):
        sweep_to_files(WORLD, plan_of(), tmp_path / "plans.xlsx")
    with refused(f"the folder {tmp_path / 'none'} does not exist"):
        sweep_to_files(WORLD, plan_of(), tmp_path / "none" / "plans.csv")
    monkeypatch.setattr(store, "find_spec", lambda name: None)
    with refused('Parquet files need pyarrow: pip install "ipuwhatif[parquet]", or write a .csv file'):
        sweep_to_files(WORLD, plan_of(), tmp_path / "plans.parquet")


def test_that_filters_keep_what_lies_between_their_ends() -> None:
    whole = sweep(WORLD, plan_of())
    some = sweep(
        WORLD, plan_of(keep=["chip_hours"], filter={"time_to_train_s": {"at_most": 3600}, "chips": {"at_least": 8}})
    )
    kept = whole[(whole["time_to_train_s"] <= 3600) & (whole["chips"] >= 8)]
    assert some["plan"].tolist() == kept["plan"].tolist() and 0 < len(kept) < len(whole)
    assert "time_to_train_s" not in some and some["chip_hours"].iloc[0] == pytest.approx(
        kept["time_to_train_s"].iloc[0] * kept["chips"].iloc[0] / 3600
    )


def test_that_a_table_in_memory_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MOST_IN_MEMORY", 10)
    with pytest.raises(InputError, match=r"^64 plans are too many for memory, the most is 10: write them to a file$"):
        sweep(WORLD, plan_of())


def test_that_an_estimate_counts_all_plans() -> None:
    plans, seconds = estimate(WORLD, plan_of())
    assert plans == PLANS and seconds > 0.0
