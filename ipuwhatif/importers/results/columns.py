"""Which column of a table holds what: proposed from its head, with the units that stand there; the user corrects it."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.importers.results.cells import Cell, Line
from ipuwhatif.records import Record
from ipuwhatif.scenario.times import read_unit
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, nearest, quoted

SYSTEM, CHIPS, WORKLOAD, BATCH = "system", "chips", "workload", "batch"
TIME, THROUGHPUT, RELEASE, SUBMITTER, NOTE = "time", "throughput", "release", "submitter", "note"
#: What a column can hold, in words.
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        SYSTEM: marked("system"),
        CHIPS: marked("chips"),
        WORKLOAD: marked("workload"),
        BATCH: marked("global batch"),
        TIME: marked("time to train"),
        THROUGHPUT: marked("throughput"),
        RELEASE: marked("software as of"),
        SUBMITTER: marked("who measured"),
        NOTE: marked("note"),
    }
)
#: Words of a head, without its unit, that say what a column holds.
_WORDS: Mapping[str, tuple[str, ...]] = {
    SYSTEM: ("system", "machine", "platform", "server", "cluster", "hardware", "system name", "系统", "机器", "平台"),
    CHIPS: (
        *("chips", "gpus", "ipus", "tpus", "hpus", "accelerators", "num gpus", "number of gpus", "n gpus", "# gpus"),
        *(
            "gpu count",
            "chip count",
            "num chips",
            "accelerators count",
            "world size",
            "ngpus",
            "芯片数",
            "卡数",
            "芯片",
        ),
    ),
    WORKLOAD: ("workload", "model", "benchmark", "network", "job", "任务", "模型", "工作负载"),
    BATCH: ("batch", "batch size", "global batch", "global batch size", "gbs", "全局批量", "批量", "批大小"),
    TIME: (
        *("time", "time to train", "ttt", "duration", "training time", "elapsed", "elapsed time", "wall time"),
        *("runtime", "run time", "walltime", "train time", "时间", "训练时间", "耗时", "时长"),
    ),
    THROUGHPUT: ("throughput", "speed", "rate", "training throughput", "吞吐量", "吞吐", "速度"),
    RELEASE: ("release", "software as of", "date", "日期", "软件截至"),
    SUBMITTER: ("submitter", "who", "source", "who measured", "来源"),
    NOTE: ("note", "notes", "comment", "comments", "remark", "备注", "说明"),
}
_NEEDED = (SYSTEM, WORKLOAD)
_UNIT = re.compile(r"[(\[（【](?P<unit>[^()\[\]（）【】]*)[)\]）】]\s*$")
_SUFFIX = re.compile(r"[\s_](?:in[\s_])?(?P<unit>ms|s|sec|secs|seconds|m|min|mins|minutes|h|hr|hrs|hours|days)$", re.I)
#: A head that is a rate itself: "images/s", "tokens/sec/GPU", "samples_per_second".
_RATE = re.compile(r"(?:\w+\s*(?:/|\bper\b)\s*(?:s|sec|second)\b.*)|(?:ms\s*/\s*(?:step|it|iter))", re.I)


#: Heads that a table of projections has: those that `ipuwhatif sweep` writes beside a system.
OF_A_SWEEP = {"plan", "time_to_train_s"}


class Column(Record, frozen=True):
    """A column that is read: its place from 0 on, its head as written, and the unit of its bare numbers."""

    place: int
    head: str
    unit: str = ""


class Mapped(Record, frozen=True):
    """What is read of a table: columns by field, and the heads of what is not read."""

    head: Line
    columns: Mapping[str, Column]
    unread: tuple[str, ...]


def map_columns(
    lines: Sequence[Line],
    stated: Mapping[str, str] = MappingProxyType({}),
    units: Mapping[str, str] = MappingProxyType({}),
    proposed: bool = True,
) -> Mapped:
    """The mapping of a table: by its head, the first row that names a system, a workload and what was measured.

    stated: the head of a column by its field; units: the unit of a field's bare numbers; both as the user says, and
    both go before what is proposed, or stand alone. InputError for what is lacking, stands twice, or is no head of the
    table.
    """
    if not lines:
        raise InputError(tr("the table is empty"))
    for field in (*stated, *units):
        if field not in FIELDS:
            raise InputError(
                tr(
                    "{name} is no column that is read; nearest: {nearest}",
                    name=quoted(field),
                    nearest=nearest(field, FIELDS),
                )
            )
    head = head_of(lines, stated)
    names = heads_of(head)
    if set(names) >= OF_A_SWEEP:
        raise InputError(tr("these are projections that a sweep wrote, no measurements: nothing is read of them"))
    columns: dict[str, Column] = {}
    for field in FIELDS:
        place = None
        if field in stated:
            place = _stated_place(stated[field], names)
        elif proposed:
            place = _proposed_place(field, names, stated)
        if place is not None:
            unit = units.get(field) or split_head(names[place])[1]
            columns[field] = Column(place, names[place], unit)
    _check(columns, names)
    taken = {column.place for column in columns.values()}
    return Mapped(
        head, MappingProxyType(columns), tuple(n for place, n in enumerate(names) if n and place not in taken)
    )


def head_of(lines: Sequence[Line], stated: Mapping[str, str] = MappingProxyType({})) -> Line:
    """The row that names the columns: among the first twenty one that says enough, else the first."""
    return next((line for line in lines[:20] if _is_head(line, stated)), lines[0])


def heads_of(head: Line) -> list[str]:
    """What the columns are called."""
    return [_text(cell) for cell in head.cells]


def proposed_heads(heads: Sequence[str]) -> dict[str, str]:
    """The head that is proposed for each field: of several the first."""
    found: dict[str, str] = {}
    for head in heads:
        field = _field_of(head)
        if field is not None:
            found.setdefault(field, head)
    return found


def split_head(head: str) -> tuple[str, str]:
    """The words of a head, small, and its unit: "Duration (h)" is "duration" and "h"; "images/s" is a unit alone."""
    found = _UNIT.search(head)
    if found is None:
        found = _SUFFIX.search(head)
    if found is not None:
        return _plain(head[: found.start()]), found["unit"].strip()
    rate = head.replace("_", " ").strip()
    if _RATE.fullmatch(rate):
        return "throughput", re.sub(r"\s+per\s+", "/", rate)
    return _plain(head), ""


def _plain(words: str) -> str:
    return re.sub(r"[\s_]+", " ", words).strip().casefold()


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _field_of(head: str) -> str | None:
    """What a head says its column holds."""
    words, unit = split_head(head)
    for field, known in _WORDS.items():
        if words in known:
            return field
    if words and unit and read_unit(unit) is not None and any(each in words for each in ("time", "duration")):
        return TIME
    return THROUGHPUT if _RATE.fullmatch(unit) and "throughput" in words else None


def _is_head(line: Line, stated: Mapping[str, str]) -> bool:
    names = [_text(cell) for cell in line.cells]
    found = {_field_of(name) for name in names} | {field for field, head in stated.items() if head in names}
    return set(_NEEDED) <= found and bool(found & {TIME, THROUGHPUT})


def _stated_place(head: str, names: Sequence[str]) -> int:
    if head not in names:
        near = nearest(head, [name for name in names if name])
        raise InputError(
            tr("no column is called {head}; nearest: {nearest}", head=quoted(head), nearest=quoted(near or ""))
        )
    return names.index(head)


def _proposed_place(field: str, names: Sequence[str], stated: Mapping[str, str]) -> int | None:
    places = [place for place, name in enumerate(names) if name not in stated.values() and _field_of(name) == field]
    if len(places) > 1:
        first, second = (names[place] for place in places[:2])
        raise InputError(
            tr(
                "columns {first} and {second} may both be the {field}; say which (--column {example})",
                first=quoted(first),
                second=quoted(second),
                field=tr(FIELDS[field]),
                example=quoted(f"{field}={first}"),
            )
        )
    return places[0] if places else None


def _check(columns: Mapping[str, Column], names: Sequence[str]) -> None:
    """InputError where a table says too little to hold a row against a projection."""
    lacking = [field for field in _NEEDED if field not in columns]
    if not lacking and not {TIME, THROUGHPUT} & set(columns):
        lacking = [TIME]
    if lacking:
        raise InputError(
            tr(
                "no column is the {field} among {heads}; say which (--column {example})",
                field=tr(FIELDS[lacking[0]]),
                heads=", ".join(quoted(name) for name in names if name) or "–",
                example=quoted(f"{lacking[0]}={next((name for name in names if name), 'Name')}"),
            )
        )
