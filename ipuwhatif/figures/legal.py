"""What the suite asks to be said beside official results, and what its tasks are, read from one dated resource file."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.files import read_bounded, resource
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError


class Task(Record, frozen=True):
    """A job of the suite that is a short part of a training: where it starts, and the target that ends it."""

    starts_from: str  # "published weights"
    target: str  # "log perplexity 5.6"
    origin: Origin


class Legal(Record, frozen=True):
    """What the MLPerf® messaging guidelines ask for; `score_scatter` is how far a score repeats, as a part of it."""

    guidelines: Origin
    suite: str  # "MLPerf® Training"
    ownership: str
    not_verified: str
    categories: Mapping[str, str]  # as logged -> in words
    score_scatter: Mapping[str, float]  # workload -> part
    score_scatter_origin: Origin
    tasks: Mapping[str, Task]  # workload -> what of a training it is


@cache
def legal() -> Legal:
    """The shipped lines. Raises InputError when the file is missing or broken."""
    path = resource("legal", "mlperf.json")
    try:
        data: dict[str, Any] = json.loads(read_bounded(path, 100_000))
        return Legal(
            guidelines=_origin(data),
            suite=str(data["suite"]),
            ownership=str(data["ownership"]),
            not_verified=str(data["not_verified"]),
            categories={str(key): str(value) for key, value in data["categories"].items()},
            score_scatter={str(key): float(value) for key, value in data["score_scatter"].items()},
            score_scatter_origin=_origin(data["score_scatter_origin"]),
            tasks={str(key): _task(value) for key, value in data["tasks"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(tr("resources/legal/mlperf.json is broken: {reason}", reason=reason)) from error


def _task(data: Mapping[str, Any]) -> Task:
    return Task(str(data["starts_from"]), str(data["target"]), _origin(data["origin"]))


def _origin(data: Mapping[str, Any]) -> Origin:
    return Origin(
        producer=str(data["producer"]),
        title=str(data["title"]),
        locator=data["locator"],
        published=data["published"],
        read=data["read"],
        kind=str(data["kind"]),
        note=str(data.get("note", "")),
    )
