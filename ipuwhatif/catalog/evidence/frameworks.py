"""Training speeds that documents print for frameworks as they are run: PyTorch, TensorFlow, MXNet, Paddle, DeepSpeed.

They are no MLPerf results and are never mixed with them. Each row says its batches, so that it can be asked for again.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.datum import DERIVED, Origin
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.layouts import AS_SUBMITTED
from ipuwhatif.catalog.notes import Tokens
from ipuwhatif.catalog.origins import OriginRules, file_origin, with_kind
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import TRANSFORMER, PublishedResult, System, SystemChoice, Workload
from ipuwhatif.records import replace

FILE = "published_frameworks.csv"
_COLUMNS = (
    "source locator workload system chips sequence_length micro_batch global_batch precision software date measured "
    "unit note"
)
#: A file of a repository at one of its states, a repository, and a paper.
_PLACES = (
    (re.compile(r"^([\w.-]+/[\w.-]+)\n(\S+)@(\S+)$"), "https://github.com/{0}/blob/{2}/{1}"),
    (re.compile(r"^([\w.-]+/[\w.-]+)\n"), "https://github.com/{0}"),
    (re.compile(r"^arXiv (\d{4}\.\d{5})"), "https://arxiv.org/abs/{0}"),
)


def read_frameworks(
    folder: Path,
    rules: OriginRules,
    systems: Mapping[str, System],
    workloads: Mapping[str, Workload],
    containers: Mapping[str, str],
) -> tuple[PublishedResult, ...]:
    """Every row in file order. containers: keys of the software by the names that documents print."""
    return tuple(_result(row, rules, systems, workloads, containers) for row in read_table(folder, FILE, _COLUMNS))


def _result(
    row: Row,
    rules: OriginRules,
    systems: Mapping[str, System],
    workloads: Mapping[str, Workload],
    containers: Mapping[str, str],
) -> PublishedResult:
    system = row.choice("system", systems)
    software = row.filled("software")
    tokens = row.text("sequence_length")
    own_length = f"{row.filled('workload')}-{tokens}"  # a job of its own, where lengths are told apart
    workload = own_length if own_length in workloads else row.choice("workload", workloads)
    of_one_length = not tokens or tokens == str(workloads[workload].tokens_per_sample)
    return PublishedResult(
        key=f"{row.text('workload')}/{system}/{row.whole('chips')}/{software}#frameworks:{row.line}",
        model=workloads[workload].name,
        variant=Tokens(tokens) if tokens else "",
        platform=systems[system].name,
        accelerators=row.whole("chips"),
        software=software,
        precision=row.text("precision"),
        value=row.positive("measured"),
        unit="samples/s",
        origin=_origin(row, rules),
        note=row.text("note"),
        workload=workload if of_one_length else None,
        choice=SystemChoice(system, row.whole("chips")),
        software_key=containers.get(software, ""),
        half_precision=True,  # every row of the table
        document=f"{row.text('source')}/{row.text('locator')}",
        layout=_layout(row, workloads[workload]),
    )


def _layout(row: Row, workload: Workload) -> Layout | None:
    """How the row was laid out; a single micro-batch where no batch is printed, None where no micro-batch is.

    Transformers are trained by Adam and LAMB, whose updates cost alike, other networks by momentum SGD.
    """
    if not row.text("micro_batch"):
        return None
    chips, micro_batch = row.whole("chips"), row.whole("micro_batch")
    printed = row.whole("global_batch") if row.text("global_batch") else 0
    accumulation = max(1, round(printed / (chips * micro_batch)))
    return Layout(
        policy=AS_SUBMITTED,
        global_batch=chips * accumulation * micro_batch,
        replicas=chips,
        pipeline_stages=1,
        micro_batch=micro_batch,
        gradient_accumulation=accumulation,
        optimizer="lamb" if TRANSFORMER in workload.traits else "sgd",
    )


def _origin(row: Row, rules: OriginRules) -> Origin:
    """By the rule of the file, at the address that source and locator make; derived where the note says so."""
    place = f"{row.text('source')}\n{row.text('locator')}"
    found = ((pattern.match(place), address) for pattern, address in _PLACES)
    locator = next((address.format(*match.groups()) for match, address in found if match), None)
    origin = replace(file_origin(rules, row, row.text("date")), locator=locator)
    return with_kind(origin, DERIVED, row.text("note")) if row.text("note").startswith("derived") else origin
