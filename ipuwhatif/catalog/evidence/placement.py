"""What a published figure belongs to: which workload ran, on which system of the catalog, with which software.

The evidence names models, platforms and containers as their sources do; two documents translate these names.
"""

from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.machines import FAMILIES, one_of
from ipuwhatif.catalog.origins import read_origin
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES, SOFTWARE_TRAITS, Software
from ipuwhatif.catalog.tables import Row
from ipuwhatif.catalog.types import System, SystemChoice, Workload
from ipuwhatif.records import Record
from ipuwhatif.units import nearest

_HALF = ("AMP", "AMP+XLA")


class Job(Record, frozen=True):
    """Rows of a model on systems of some families that ran a workload; `variants` narrows them where it names any."""

    models: tuple[str, ...]
    families: tuple[str, ...]
    variants: tuple[str, ...]
    workload: str
    half_precision: bool  # of a row that does not say


class Placements(Record, frozen=True):
    """The names of the evidence and what they mean here."""

    jobs: tuple[Job, ...]
    platforms: Mapping[str, str]  # platform as printed -> system
    containers: Mapping[str, str]  # container as printed -> software
    systems: Mapping[str, System]

    def choice(self, row: Row, platform: str, chips: int) -> SystemChoice | None:
        """The system and chip count of a platform; None where the catalog has no such system."""
        if platform not in self.platforms:
            return None
        system = self.systems[self.platforms[platform]]
        if not system.minimum_chips <= chips <= system.maximum_chips:
            raise row.refuse(Flawed(Flaw.CHIPS_OUT_OF_RANGE, system.key, chips))
        return SystemChoice(system.key, chips)

    def job(self, model: str, variant: str, choice: SystemChoice | None) -> Job | None:
        """What ran; None where no workload of the catalog did, or on no system of it."""
        if choice is None:
            return None
        family = self.systems[choice.system].family
        for job in self.jobs:
            if model in job.models and family in job.families and (not job.variants or variant in job.variants):
                return job
        return None

    def software(self, container: str) -> str:
        """The software of a container; empty where the catalog has none."""
        return self.containers.get(container, "")


def half_precision(precision: str, job: Job | None) -> bool:
    """Whether a row ran on 16-bit numbers: as it says, else as the job usually does."""
    if precision:
        return precision in _HALF
    return job is not None and job.half_precision


def read_software(folder: Path) -> tuple[dict[str, Software], dict[str, str]]:
    """The software of `folder/software.json` by key, and the keys by the containers' printed names."""
    root = read_document(folder, "software.json")
    software: dict[str, Software] = {}
    containers: dict[str, str] = {}
    for key, node in keyed(root.children("software")):
        printed = node.texts("printed") if node.has("printed") else ()
        for container in filter(None, (node.text("container", ""), *printed)):
            if container in containers:
                raise node.refuse(Flawed(Flaw.DUPLICATE, container))
            containers[container] = key
        software[key] = Software(
            key=key,
            name=node.text("name"),
            framework=node.text("framework"),
            date=node.text("date"),
            origin=read_origin(node.child("origin")),
            stack=one_of(node, "class", SOFTWARE_CLASSES),
            traits=_traits(node),
            of_language=node.flag("language", default=False),
        )
        node.close()
    root.close()
    return software, containers


def _traits(node: Node) -> tuple[str, ...]:
    traits = node.texts("traits") if node.has("traits") else ()
    for trait in traits:
        if trait not in SOFTWARE_TRAITS:
            raise node.refuse(Flawed(Flaw.NAME_UNKNOWN, trait, nearest=nearest(trait, SOFTWARE_TRAITS)))
    return traits


def read_placements(
    folder: Path, systems: Mapping[str, System], workloads: Mapping[str, Workload], containers: Mapping[str, str]
) -> Placements:
    """The translations of `folder/published.json`; a name of a system or workload that there is not is refused."""
    root = read_document(folder, "published.json")
    jobs = []
    for node in root.children("jobs"):
        variants = node.texts("variants") if node.has("variants") else ()
        workload = one_of(node, "workload", tuple(workloads))
        half = node.flag("half_precision", False)
        jobs.append(Job(node.texts("models"), _families(node), variants, workload, half))
        node.close()
    platforms: dict[str, str] = {}
    for node in root.children("platforms"):
        system = one_of(node, "system", tuple(systems))
        for name in node.texts("names"):
            if name in platforms:
                raise node.refuse(Flawed(Flaw.DUPLICATE, name))
            platforms[name] = system
        node.close()
    root.close()
    return Placements(tuple(jobs), platforms, containers, systems)


def _families(node: Node) -> tuple[str, ...]:
    families = node.texts("families")
    for family in families:
        if family not in FAMILIES:
            raise node.refuse(Flawed(Flaw.FAMILY_UNKNOWN, family, nearest=nearest(family, FAMILIES)))
    return families
