"""Workloads and releases from their documents, and which MLPerf entries and reference points belong to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.machines import read_data
from ipuwhatif.catalog.origins import read_origin
from ipuwhatif.catalog.pointers import Evidence
from ipuwhatif.catalog.types import Release, Workload
from ipuwhatif.texts import tr

WORKLOAD_UNITS = {"dataset_samples": "samples", "evaluation_samples": "samples", "target_quality": "1"}
"""Attributes of a workload and their base units."""


@dataclass(frozen=True, slots=True)
class OtherTask:
    """Entries of a benchmark in which another task ran under the name."""

    mlperf_round: str
    submitter: str
    division: str
    reason: str


@dataclass(frozen=True, slots=True)
class WorkloadRule:
    """What of a benchmark belongs to a workload; `families` names the recipe family of a reference batch size."""

    workload: str
    other_tasks: tuple[OtherTask, ...]
    families: Mapping[int, str]

    def other_task(self, mlperf_round: str, submitter: str, division: str) -> OtherTask | None:
        """The exception that an entry falls under, if any."""
        for task in self.other_tasks:
            if (task.mlperf_round, task.submitter, task.division) == (mlperf_round, submitter, division):
                return task
        return None


def read_releases(folder: Path) -> dict[str, Release]:
    """The releases of `folder/releases.json` by key."""
    root = read_document(folder, "releases.json")
    releases = {}
    for key, node in keyed(root.children("releases")):
        releases[key] = Release(key, node.text("mlperf_round"), read_origin(node.child("origin")))
        node.close()
    root.close()
    return releases


def read_workload_rules(folder: Path) -> dict[str, WorkloadRule]:
    """The rules of `folder/workloads.json` by benchmark. They are read before the entries that workloads point at."""
    rules: dict[str, WorkloadRule] = {}
    for key, node in keyed(read_document(folder, "workloads.json").children("workloads")):
        benchmark = node.text("benchmark")
        if benchmark in rules:
            raise node.refuse(tr("duplicate key: another workload has this benchmark"))
        rules[benchmark] = WorkloadRule(key, _other_tasks(node), _families(node))
    return rules


def _other_tasks(node: Node) -> tuple[OtherTask, ...]:
    tasks = []
    for task in node.children("other_tasks"):
        words = [task.text(name) for name in ("mlperf_round", "submitter", "division", "reason")]
        tasks.append(OtherTask(*words))
        task.close()
    return tuple(tasks)


def _families(node: Node) -> Mapping[int, str]:
    table = node.child("recipe_families")
    families: dict[int, str] = {}
    for name in table.names():
        for batch in table.wholes(name):
            if batch in families:
                raise table.refuse(tr("duplicate key: batch {batch} stands in two families", batch=batch))
            families[batch] = name
    return MappingProxyType(families)


def read_workloads(folder: Path, evidence: Evidence) -> dict[str, Workload]:
    """The workloads of `folder/workloads.json` by key."""
    root = read_document(folder, "workloads.json")
    workloads = {}
    for key, node in keyed(root.children("workloads")):
        data = read_data(node.child("data"), key, WORKLOAD_UNITS, tuple(WORKLOAD_UNITS), evidence)
        recipes = node.texts("recipes")
        if not recipes:
            raise node.refuse(tr("a workload needs a recipe"))
        workloads[key] = Workload(
            key=key,
            name=node.text("name"),
            benchmark=node.text("benchmark"),
            network=node.text("network"),
            recipes=recipes,
            sample_word=node.text("sample_word"),
            target=f"{data['target_quality'].value * 100:.1f} % {node.text('target_words')}",
            data=data,
        )
        node.close(read_elsewhere=("other_tasks", "recipe_families"))
    root.close()
    return workloads
