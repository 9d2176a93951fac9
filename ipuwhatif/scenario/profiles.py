"""Named profiles: results of the user's own that projections are to follow, each with where it was read.

A profile is a small readable text. What it moves is worked out anew from its runs whenever it is used, so that the one
that was made under another calibration follows the present one, and says so.
"""

import re

from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.software import software_choices
from ipuwhatif.catalog.types import RELATIVE, STATED, Catalog
from ipuwhatif.records import Record
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement, check_measurement
from ipuwhatif.scenario.reasons import (
    NoProfileName,
    NoProfileText,
    NothingLearnt,
    ProfileFault,
    ProfileTooLarge,
    TooFewOrManyRuns,
)
from ipuwhatif.units import InputError, RefusedError, reason_of

METHOD = "gaussian-process"  # of what is made of the runs
MOST_RUNS = 200
LIMIT_BYTES = 100_000  # of one text; a run takes three hundred
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class ProfileRun(Record, frozen=True):
    """One result: what was measured of which job on which system, under whose software of when."""

    workload: str
    recipe: str
    system: str  # key of a system with its size
    release: str
    measurement: Measurement
    software: str = ""  # as in a scenario
    global_batch: int | None = None
    read_from: str = ""  # "runs.csv, row 7"
    hash: str = ""  # SHA-256 of what it was read from


class Profile(Record, frozen=True):
    """Runs under a name. `calibration`: hash of the one that it was made under."""

    name: str
    made: str  # day
    calibration: str
    runs: tuple[ProfileRun, ...]
    method: str = METHOD
    text: str = ""  # as it is kept


def check_profile_name(name: str) -> str:
    """The name. InputError for one that no file could have."""
    if not NAME.fullmatch(name):
        raise RefusedError(NoProfileName(name))
    return name


def read_profile(text: str, file: str, catalog: Catalog) -> Profile:
    """The profile of a text. InputError names the file, the run and the fault."""
    import tomllib  # with the first profile, not at the start

    if len(text) > LIMIT_BYTES:
        raise RefusedError(ProfileTooLarge(file, LIMIT_BYTES))
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(NoProfileText(file, str(error))) from None
    node = Node(file, "$", values)
    name, made, hash_of = node.text("name"), node.text("made"), node.text("calibration")
    method = one_of(node, "method", (METHOD,))
    if not (NAME.fullmatch(name) and _DATE.fullmatch(made) and _HASH.fullmatch(hash_of)):
        raise node.refuse(ProfileFault.HEAD)
    inside = node.child("runs")
    if not 1 <= len(inside.names()) <= MOST_RUNS:
        raise node.refuse(TooFewOrManyRuns(MOST_RUNS))
    runs = tuple(_run(inside.child(key), catalog) for key in inside.names())
    node.close()
    return Profile(name, made, hash_of, runs, method, text)


def _run(node: Node, catalog: Catalog) -> ProfileRun:
    workload = catalog.workloads[one_of(node, "job", tuple(catalog.workloads))]
    measurement = _measurement(node)
    if workload.kind == RELATIVE or (workload.kind == STATED and measurement.quantity == TIME):
        raise node.refuse(why_not_learnt(workload.kind))
    try:
        check_measurement(measurement)
        choice = parse_system(node.text("system"), catalog)
    except InputError as error:
        raise node.refuse(reason_of(error)) from None
    software = one_of(node, "software", ("", *software_choices(workload, catalog))) if node.has("software") else ""
    found = _HASH.fullmatch(node.text("hash", "")) if node.has("hash") else None
    run = ProfileRun(
        workload=workload.key,
        recipe=one_of(node, "recipe", workload.recipes),
        system=choice.key,
        release=one_of(node, "release", tuple(catalog.releases)),
        measurement=measurement,
        software=software,
        global_batch=node.whole("global_batch") if node.has("global_batch") else None,
        read_from=node.text("read_from", ""),
        hash=found.group() if found else "",
    )
    node.close()
    return run


def _measurement(node: Node) -> Measurement:
    if node.has("time_s") == node.has("samples_per_s"):
        raise node.refuse(ProfileFault.TIME_OR_RATE)
    timed = node.has("time_s")
    return Measurement(TIME if timed else THROUGHPUT, node.number("time_s" if timed else "samples_per_s"))


def why_not_learnt(kind: str) -> NothingLearnt:
    """Why nothing is learnt from a job of a kind."""
    return NothingLearnt.RATIO_ONLY if kind == RELATIVE else NothingLearnt.NO_TIME_OF_ITS_OWN
