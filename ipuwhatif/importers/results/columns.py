"""The columns of a table of results: what each is called, in which words people write it, and its unit."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.importers.tables.columns import Kind, plain_words, words_and_unit
from ipuwhatif.scenario.times import read_unit
from ipuwhatif.texts import marked

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
#: Heads that a table of projections has: those that `ipuwhatif sweep` writes beside a system.
OF_A_SWEEP = {"plan", "time_to_train_s"}
#: A head that is a rate itself: "images/s", "tokens/sec/GPU", "samples_per_second".
_RATE = re.compile(r"(?:\w+\s*(?:/|\bper\b)\s*(?:s|sec|second)\b.*)|(?:ms\s*/\s*(?:step|it|iter))", re.I)


def split_head(head: str) -> tuple[str, str]:
    """The words of a head and its unit; "images/s" is a unit alone."""
    found = words_and_unit(head)
    if found is not None:
        return found
    rate = head.replace("_", " ").strip()
    if _RATE.fullmatch(rate):
        return "throughput", re.sub(r"\s+per\s+", "/", rate)
    return plain_words(head), ""


def _field_of(head: str) -> str | None:
    """What a head says its column holds."""
    words, unit = split_head(head)
    for field, known in _WORDS.items():
        if words in known:
            return field
    if words and unit and read_unit(unit) is not None and any(each in words for each in ("time", "duration")):
        return TIME
    return THROUGHPUT if _RATE.fullmatch(unit) and "throughput" in words else None


RESULT_TABLE = Kind(
    fields=FIELDS,
    needed=(SYSTEM, WORKLOAD),
    one_of=(TIME, THROUGHPUT),
    numbers=(CHIPS, BATCH, TIME, THROUGHPUT),
    field_of=_field_of,
    split=split_head,
)
