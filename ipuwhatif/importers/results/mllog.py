"""One MLPerf log, line by line: when the run began and ended, whether it reached the target, and with what batch.

Of a million lines a few are decoded: most are told from the others by their first letters and by their key.
"""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

from ipuwhatif.importers.reasons import PathFault, Refused, refused_path
from ipuwhatif.importers.results.reasons import LineOf, OfResult, ResultFault
from ipuwhatif.records import Record
from ipuwhatif.units import InputError, RefusedError, printable

MARK = b":::MLLOG"
LONGEST_TEXT = 200  # letters of a name that a log tells
LONGEST_LINE = 65_536  # bytes; what is longer is no event
MOST_LINES = 50_000_000  # of one log
_KEY = re.compile(rb'"key"\s*:\s*"([a-z_0-9]+)"')
_TEXTS = ("submission_benchmark", "submission_org", "submission_division", "submission_platform")
_BATCH, _EVALUATION, _START, _STOP = "global_batch_size", "eval_accuracy", "run_start", "run_stop"
_LOSSES = ("train_loss", "eval_loss", "loss")
_WANTED = frozenset(key.encode() for key in (*_TEXTS, *_LOSSES, _BATCH, _EVALUATION, _START, _STOP))
_LONGEST_RUN_S = 366 * 86_400.0
_SUCCESS = "success"


class Run(Record, frozen=True):
    """What a log says of its run. Texts are empty and numbers None where it does not say."""

    name: str  # of the file
    benchmark: str
    submitter: str
    division: str
    platform: str
    started_s: float  # since 1970
    time_s: float | None  # from run_start to run_stop; None where the log ends before run_stop
    reached: bool  # the target
    lines: int
    global_batch: int | None
    counted: float | None  # what the last evaluation came after, in what the log counts: samples or epochs
    in_samples: bool  # whether that is said to be samples


class _Seen:
    """What of a log has been read so far."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.start_ms: float | None = None
        self.stop_ms: float | None = None
        self.status = ""
        self.batch: int | None = None
        self.counted: float | None = None
        self.in_samples = False
        self.not_a_number = 0  # the first line with a loss or a quality that is none


def read_run(path: Path) -> Run:
    """The run of one log. InputError with file, line and what to do where the log does not hold one whole run."""
    seen, last, marked, name = _Seen(), 0, False, printable(path.name)
    for last, line in _lines(path):
        at = line.find(MARK)
        if at < 0:
            continue
        marked = True
        key = _KEY.search(line, at)
        if key is not None and key[1] in _WANTED:
            _take(seen, key[1].decode(), _event(name, last, line, at), name, last)
    if not marked:
        raise RefusedError(OfResult(ResultFault.NO_LOG, path.name))
    return _run(name, seen, last)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers from 1 on; of what is longer than an event the first part alone."""
    number, whole = 0, True
    try:
        with path.open("rb") as stream:
            while line := stream.readline(LONGEST_LINE):
                if whole:
                    number += 1
                    if number > MOST_LINES:
                        raise RefusedError(OfResult(ResultFault.TOO_MANY_LINES, path.name, most=MOST_LINES))
                    yield number, line
                whole = line.endswith(b"\n")
    except OSError as error:
        raise refused_path(PathFault.NOT_READ, path, error) from error


def _event(file: str, number: int, line: bytes, at: int) -> dict[str, object]:
    """The event of a line as JSON. What a program printed behind it on the same line is let be."""
    text = line[at + len(MARK) :].decode("utf-8", "replace").lstrip(": ")
    try:
        event, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise _fault(file, number, ResultFault.BROKEN_EVENT)
    return event


def _take(seen: _Seen, key: str, event: dict[str, object], file: str, number: int) -> None:
    """One event; of several the first start and the last stop count, as every process of a run may tell them."""
    value = event.get("value")
    told = event.get("metadata")
    metadata = told if isinstance(told, dict) else {}
    if key in _TEXTS:
        seen.texts.setdefault(key, printable(str(value)[:LONGEST_TEXT]))
    elif key == _BATCH:
        seen.batch = int(value) if isinstance(value, (int, float)) and 1 <= value < 1e12 else seen.batch
    elif key == _START:
        seen.start_ms = _milliseconds(event, file, number) if seen.start_ms is None else seen.start_ms
    elif key == _STOP:
        seen.stop_ms, seen.status = _milliseconds(event, file, number), str(metadata.get("status", ""))
    elif isinstance(value, float) and not math.isfinite(value):
        seen.not_a_number = seen.not_a_number or number
    elif key == _EVALUATION:
        in_samples = "samples_count" in metadata
        counted = metadata.get("samples_count" if in_samples else "epoch_num")
        if isinstance(counted, (int, float)) and 0 < counted < 1e15:
            seen.counted, seen.in_samples = float(counted), in_samples


def _milliseconds(event: dict[str, object], file: str, number: int) -> float:
    value = event.get("time_ms")
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e14:
        raise _fault(file, number, ResultFault.NO_TIME)
    return float(value)


def _run(file: str, seen: _Seen, last: int) -> Run:
    """The whole of what was seen, refused where a part without which there is no time is lacking."""
    if seen.start_ms is None:
        raise _fault(file, last, ResultFault.NO_START)
    time_s = None if seen.stop_ms is None else (seen.stop_ms - seen.start_ms) / 1e3
    if time_s is not None and not 0.0 < time_s < _LONGEST_RUN_S:
        raise _fault(file, last, ResultFault.STOP_WITHOUT_START)
    reached = seen.status == _SUCCESS
    if reached and seen.not_a_number:
        raise _fault(file, seen.not_a_number, ResultFault.REACHED_WITH_NO_NUMBER)
    return Run(
        name=file,
        benchmark=seen.texts.get("submission_benchmark", ""),
        submitter=seen.texts.get("submission_org", ""),
        division=seen.texts.get("submission_division", "").casefold(),
        platform=seen.texts.get("submission_platform", ""),
        started_s=seen.start_ms / 1e3,
        time_s=time_s,
        reached=reached,
        lines=last,
        global_batch=seen.batch,
        counted=seen.counted,
        in_samples=seen.in_samples,
    )


def _fault(file: str, number: int, reason: ResultFault) -> InputError:
    """A log that cannot be read, by its file and line."""
    return RefusedError(Refused(LineOf(file, number), reason))
