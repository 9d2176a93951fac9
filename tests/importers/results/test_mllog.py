"""A log tells its run whatever else stands in it; one that is damaged is refused by its line."""

import resource
import sys

import pytest

from ipuwhatif.importers.results import mllog
from ipuwhatif.importers.results.mllog import read_run
from tests.importers.results.conftest import DATA, START, event
from tests.refusals import refused

AMD = DATA / "AMD/results/MI300X_EPYC_9575F_pytorch/llama2_70b_lora"


def test_a_real_log_tells_time_batch_and_samples():
    run = read_run(AMD / "result_0.txt")
    assert (run.benchmark, run.submitter, run.division, run.platform) == (
        "llama2_70b_lora",
        "AMD",
        "closed",
        "1xMI300X",
    )
    assert (run.reached, run.global_batch, run.in_samples) == (True, 8, True)
    assert run.time_s == pytest.approx(1727.8, rel=0.05) and run.counted == 3072.0


def test_a_log_without_run_stop_has_no_time():
    run = read_run(DATA / "tinycorp/results/tinybox_green/retinanet/result_4.txt")
    assert run.time_s is None and not run.reached


def test_what_programs_print_around_an_event_is_let_be(log):
    path = log("result_0.txt")
    lines = path.read_text().splitlines()
    path.write_text("\n".join(f"17: {line} done" for line in ["no event", *lines]))
    assert read_run(path).time_s == 600.0


def test_of_several_processes_the_first_start_and_the_last_stop_count(log):
    late = [event("run_start", at=START + 5_000), event("run_stop", at=START + 400_000, status="success")]
    assert read_run(log("result_0.txt", extra=late)).time_s == 600.0


def test_a_run_that_was_aborted_did_not_reach_its_target(log):
    assert not read_run(log("result_0.txt", status="aborted")).reached


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (
            {"extra": [event("run_stop")[:-9]]},
            "result_0.txt, line 7: the event is broken or cut off; leave the log out or mend the line",
        ),
        (
            {"extra": [event("train_loss", float("nan"))]},
            "result_0.txt, line 7: a loss or a quality is not a number, and the run is said to have reached its "
            "target; leave it out",
        ),
        (
            {"seconds": -5.0},
            "result_0.txt, line 7: run_stop does not follow run_start within a year; leave the log out",
        ),
        ({"start": -1}, "result_0.txt, line 5: time_ms is no time; leave the log out or mend the line"),
    ],
)
def test_a_log_that_cannot_be_right_is_refused_by_its_line(log, told, line):
    with refused(line):
        read_run(log("result_0.txt", **told))


def test_a_loss_that_is_no_number_is_let_be_in_a_run_that_failed(log):
    lost = [event("train_loss", float("nan"))]
    assert not read_run(log("result_0.txt", status="aborted", extra=lost)).reached


def test_a_file_without_events_says_what_is_read(tmp_path):
    path = tmp_path / "result_0.txt"
    path.write_text("hello\n")
    with refused("'result_0.txt' holds no line with :::MLLOG; logs of MLPerf v0.7 and later are read"):
        read_run(path)


def test_a_log_that_was_cut_before_its_run_is_refused(tmp_path):
    path = tmp_path / "result_0.txt"
    path.write_text(event("submission_benchmark", "bert") + "\n")
    with refused("result_0.txt, line 1: the log ends without run_start; leave it out"):
        read_run(path)


def test_a_log_of_more_lines_than_the_cap_is_refused(log, monkeypatch):
    monkeypatch.setattr(mllog, "MOST_LINES", 3)
    with refused("'result_0.txt' has more than 3 lines"):
        read_run(log("result_0.txt"))


def test_one_endless_line_is_read_in_pieces(log):
    path = log("result_0.txt", extra=["x" * 5 * mllog.LONGEST_LINE])
    assert read_run(path).time_s == 600.0


@pytest.mark.skipif(sys.platform == "win32", reason="memory is counted otherwise")
def test_many_lines_take_no_memory_of_their_own(log):
    path = log("result_0.txt", extra=[event("tracked_stats", 1.0, step=step) for step in range(100_000)])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_run(path).lines == 100_007
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB; the file is 15 MB
