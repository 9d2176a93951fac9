"""Workloads and releases from their documents, and which MLPerf entries and reference points belong to them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.machines import one_of, read_data
from ipuwhatif.catalog.notes import Target, text_of
from ipuwhatif.catalog.origins import read_origin
from ipuwhatif.catalog.pointers import Evidence
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.stacks import LIFTS, Release
from ipuwhatif.catalog.types import RELATIVE, STATED, TARGET, WORKLOAD_KINDS, Claim, Packing, Statement, Workload
from ipuwhatif.records import Record
from ipuwhatif.units import nearest

_SIZES = {"dataset_samples": "samples", "evaluation_samples": "samples"}
WORKLOAD_UNITS: Mapping[str, Mapping[str, str]] = {
    TARGET: {**_SIZES, "target_quality": "1"},
    STATED: {**_SIZES, "default_samples": "samples"},
    RELATIVE: {},
}
"""Attributes of each kind of workload and their base units; all must be there."""


class OtherTask(Record, frozen=True):
    """Entries of a benchmark in which another task ran under the name."""

    mlperf_round: str
    submitter: str
    division: str
    reason: str


class WorkloadRule(Record, frozen=True):
    """What of a benchmark belongs to a workload; `families` names the recipe family of a reference batch size."""

    workload: str
    other_tasks: tuple[OtherTask, ...]
    families: Mapping[int, str]
    packs: tuple[Packing, ...]
    layers: int = 0  # of a language model; 0 for others

    def samples_per_count(self, release: str, submitter: str) -> float:
        """Samples that a submitter's log counts as one."""
        own = [
            each
            for each in self.packs
            if submitter in each.counted_by and each.since <= release <= (each.counted_until or release)
        ]
        return own[-1].samples if own else 1.0

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
        node.flag("anchor", default=False)  # of the priors
        lifted = one_of(node, "lifted_to", LIFTS) if node.has("lifted_to") else ""
        releases[key] = Release(key, node.text("mlperf_round", ""), read_origin(node.child("origin")), lifted)
        node.close()
    root.close()
    return releases


def read_workload_rules(folder: Path) -> dict[str, WorkloadRule]:
    """The rules of `folder/workloads.json` by benchmark, of the workloads that have one.

    They are read before the entries that workloads point at.
    """
    rules: dict[str, WorkloadRule] = {}
    for key, node in keyed(read_document(folder, "workloads.json").children("workloads")):
        if not node.has("benchmark"):
            continue
        benchmark = node.text("benchmark")
        if benchmark in rules:
            raise node.refuse(Flaw.SAME_BENCHMARK)
        rules[benchmark] = WorkloadRule(key, _other_tasks(node), _families(node), _packs(node), _layers(node))
    return rules


def _other_tasks(node: Node) -> tuple[OtherTask, ...]:
    tasks = []
    for task in node.children("other_tasks"):
        words = [task.text(name) for name in ("mlperf_round", "submitter", "division", "reason")]
        tasks.append(OtherTask(*words))
        task.close()
    return tuple(tasks)


def _packs(node: Node) -> tuple[Packing, ...]:
    """In the order of their releases."""
    packs = []
    for pack in node.children("packs") if node.has("packs") else ():
        packs.append(
            Packing(
                pack.text("architecture"),
                pack.text("since"),
                pack.number("samples"),
                pack.texts("counted_by"),
                pack.text("counted_until", ""),
                pack.flag("batch_in_packs", default=False),
            )
        )
        pack.text("note")
        pack.close()
    return tuple(sorted(packs, key=lambda each: each.since))


def _layers(node: Node) -> int:
    return node.whole("layers") if node.has("layers") else 0


def _families(node: Node) -> Mapping[int, str]:
    table = node.child("recipe_families")
    families: dict[int, str] = {}
    for name in table.names():
        for batch in table.wholes(name):
            if batch in families:
                raise table.refuse(Flawed(Flaw.BATCH_IN_TWO_FAMILIES, batch))
            families[batch] = name
    return MappingProxyType(families)


def read_workloads(folder: Path, evidence: Evidence, claims: Sequence[Claim]) -> dict[str, Workload]:
    """The workloads of `folder/workloads.json` by key; statements of relative ones are taken from the claims."""
    root = read_document(folder, "workloads.json")
    by_key = {claim.key: claim for claim in claims}
    workloads = {key: _workload(key, node, evidence, by_key) for key, node in keyed(root.children("workloads"))}
    root.close()
    return workloads


def _workload(key: str, node: Node, evidence: Evidence, claims: Mapping[str, Claim]) -> Workload:
    kind = one_of(node, "kind", WORKLOAD_KINDS) if node.has("kind") else TARGET
    units = WORKLOAD_UNITS[kind]
    data = read_data(node.child("data"), key, units, tuple(units), evidence) if units else MappingProxyType({})
    recipes = node.texts("recipes")
    if not recipes:
        raise node.refuse(Flaw.NO_RECIPE)
    workload = Workload(
        key=key,
        name=text_of(node.text("name")),
        benchmark=node.text("benchmark") if kind == TARGET else "",
        network="" if kind == RELATIVE else node.text("network"),
        recipes=recipes,
        sample_word="" if kind == RELATIVE else node.text("sample_word"),
        target=Target(data["target_quality"].value, node.text("target_words")) if kind == TARGET else "",
        data=data,
        kind=kind,
        sector=node.text("sector"),
        frameworks=node.texts("frameworks") if node.has("frameworks") else (),
        statements=_statements(node, claims) if kind == RELATIVE else (),
        tokens_per_sample=node.whole("tokens_per_sample") if node.has("tokens_per_sample") else 0,
        traits=node.texts("traits") if node.has("traits") else (),
        packs=_packs(node),
    )
    node.close(read_elsewhere=("other_tasks", "recipe_families", "layers") if kind == TARGET else ())
    return workload


def _statements(node: Node, claims: Mapping[str, Claim]) -> tuple[Statement, ...]:
    """The ratios that were stated for a kind of job; refused where it has none or one is no ratio."""
    statements = []
    for child in node.children("statements"):
        key = child.text("claim")
        if key not in claims:
            raise child.refuse(Flawed(Flaw.CLAIM_UNKNOWN, key, nearest=nearest(key, claims)))
        claim = claims[key]
        if claim.unit != "ratio":
            raise child.refuse(Flawed(Flaw.CLAIM_NO_RATIO, key))
        statements.append(Statement(key, claim.subject, child.text("baseline"), claim.value, claim.origin))
        child.close()
    if not statements:
        raise node.refuse(Flaw.NO_STATEMENT)
    return tuple(statements)
