"""The priors of `resources/`, read strictly: every member of a set, and a prior of each parameter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.priors.priors import (
    ARCHITECTURES,
    LANGUAGE_SPREAD,
    NETWORK_KINDS,
    RUNS,
    SETS,
    STACKS,
    Curve,
    Generation,
    Priors,
    Submitter,
    WorkloadPrior,
)
from ipuwhatif.catalog.priors.rows import Members, priors_of_block
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES


def read_priors(root: Path) -> Priors:
    """The priors in `root/priors` and `root/catalog`; InputError with file, key and reason for the first fault."""
    folder, catalog = root / "priors", root / "catalog"
    document = read_document(folder, "parameters.json")
    anchor, ages = _releases(catalog)
    generations = _generations(folder, ARCHITECTURES, (anchor, *ages))
    submitters = _submitters(folder, ARCHITECTURES)
    workloads = _workloads(folder)
    curves = _curves(folder, workloads, STACKS, generations, [anchor, *ages])
    members = _members(folder, catalog, ages, generations, submitters, workloads, curves)
    parameters = {}
    for block in document.children("blocks"):
        for prior in priors_of_block(block, members, {}):
            if prior.name in parameters:
                raise block.refuse(Flawed(Flaw.DUPLICATE, prior.name))
            parameters[prior.name] = prior
    document.close()
    return Priors(
        parameters=tuple(parameters.values()),
        releases=MappingProxyType({anchor: 0} | ages),
        anchor=anchor,
        generations=MappingProxyType(generations),
        submitters=MappingProxyType(submitters),
        curves=curves,
        workloads=MappingProxyType(workloads),
    )


def _members(
    folder: Path,
    catalog: Path,
    ages: Mapping[str, int],
    generations: Mapping[str, Generation],
    submitters: Mapping[str, Submitter],
    workloads: Mapping[str, WorkloadPrior],
    curves: Iterable[Curve],
) -> Members:
    """The sets that a row may stand for each member of."""
    software = read_document(catalog, "software.json").children("software")
    spoken = [node for node in software if node.flag("language", default=False)]
    return {
        **{name: _plain(keys) for name, keys in SETS.items()},
        "network": {kind: {"plain": not kind.startswith("fused-")} for kind in NETWORK_KINDS},
        "workload": _plain(key for key, workload in workloads.items() if not workload.tabled),
        "tabled": {key: {"spread": each.point_spread} for key, each in workloads.items() if each.tabled},
        "release": {key: {"widens": sqrt(age)} for key, age in ages.items()},
        "generation": {
            each.key: {
                "spread": each.spread,
                "language_spread": each.language_spread,
                "own_host": each.own_host,
                "own_memory": each.own_memory,
            }
            for each in generations.values()
            if not each.reference_of
        },
        "submitter": {each.key: {} for each in submitters.values() if not each.vendor},
        "software": _plain(node.text("key") for node in software if node not in spoken),
        "framework": _plain(dict.fromkeys(node.text("framework") for node in software if node not in spoken)),
        "language_software": _plain(node.text("key") for node in spoken),
        "language_framework": _plain((*SOFTWARE_CLASSES, *(node.text("framework") for node in spoken))),
        "near": _plain(_near(folder)),
        "curve": {
            each.key: {"floor": each.floor, "moves": not each.fixed, "bends": each.bends_as == each.key}
            for each in curves
        },
    }


def _near(folder: Path) -> Iterator[str]:
    """Where entries of language models are near: by job, chip, round and number of chips."""
    document = read_document(folder, "near.json")
    for node in document.children("near"):
        place = ".".join(node.text(name) for name in ("workload", "chip", "release"))
        yield from (f"{place}.{size}" for size in node.wholes("sizes"))
        node.close()
    document.close()


def _plain(keys: Iterable[str]) -> dict[str, dict[str, float]]:
    """Members of which a row may read nothing but the name."""
    return {key: {} for key in keys}


def _releases(catalog: Path) -> tuple[str, dict[str, int]]:
    """The release that efficiencies are stated for, and the rounds between it and each of the others."""
    document = read_document(catalog, "releases.json")
    anchors = {key: node.flag("anchor", default=False) for key, node in keyed(document.children("releases"))}
    keys = sorted(anchors)
    if sum(anchors.values()) != 1:
        raise document.refuse(Flawed(Flaw.ANCHORS, sum(anchors.values())))
    place = next(place for place, key in enumerate(keys) if anchors[key])
    return keys[place], {key: abs(other - place) for other, key in enumerate(keys) if other != place}


def _generations(folder: Path, architectures: tuple[str, ...], releases: tuple[str, ...]) -> dict[str, Generation]:
    document, generations = read_document(folder, "generations.json"), {}
    for key, node in keyed(document.children("generations")):
        reference = one_of(node, "reference_of", architectures) if node.has("reference_of") else ""
        spread = 0.0 if reference else node.number("spread")
        if not reference:
            node.text("reason")
        generations[key] = Generation(
            key=key,
            reference_of=reference,
            spread=spread,
            own_host=node.flag("own_host", default=False),
            eight_bit=node.flag("eight_bit", default=False),
            own_memory=node.flag("own_memory", default=False),
            language_spread=node.number("language_spread") if node.has("language_spread") else LANGUAGE_SPREAD,
            kernels_since=one_of(node, "kernels_since", releases) if node.has("kernels_since") else "",
        )
        node.close()
    document.close()
    return generations


def _submitters(folder: Path, architectures: tuple[str, ...]) -> dict[str, Submitter]:
    document, submitters = read_document(folder, "submitters.json"), {}
    for key, node in keyed(document.children("submitters")):
        vendor = node.flag("vendor", default=False)
        architecture = "" if vendor else one_of(node, "architecture", architectures)
        submitters[key] = Submitter(key, vendor, architecture, node.text("company", key))
        node.close()
    document.close()
    return submitters


def _workloads(folder: Path) -> dict[str, WorkloadPrior]:
    document, workloads = read_document(folder, "workloads.json"), {}
    for key, node in keyed(document.children("workloads")):
        node.text("reason")
        evaluating = {(words[0], words[1]): chips for words, chips in _chips(node, "evaluation_chips", RUNS)}
        served = {words[0]: chips for words, chips in _chips(node, "chips_per_instance", RUNS[:1])}
        workloads[key] = WorkloadPrior(
            key=key,
            point_spread=node.number("point_spread"),
            between_recipes=node.number("between_recipes"),
            within_recipe=node.number("within_recipe"),
            new_recipe=node.number("new_recipe"),
            evaluation_epochs=node.number("evaluation_epochs", 0.0),
            evaluation_every=node.number("evaluation_every", 0.0),
            tabled=node.flag("tabled", default=False),
            evaluation_chips=MappingProxyType(evaluating),
            chips_per_instance=MappingProxyType(served),
        )
        node.close()
    document.close()
    return workloads


def _chips(node: Node, name: str, by: Sequence[str]) -> Iterator[tuple[list[str], float]]:
    """Rows of a list that give a number of chips with a reason, by some words."""
    for row in node.children(name) if node.has(name) else ():
        row.text("reason")
        yield [row.text(word) for word in by], row.number("chips")
        row.close()


def _curves(
    folder: Path,
    workloads: Mapping[str, WorkloadPrior],
    stacks: tuple[str, ...],
    generations: Iterable[str],
    releases: Sequence[str],
) -> tuple[Curve, ...]:
    document, curves = read_document(folder, "curves.json"), []
    for key, node in keyed(document.children("curves")):
        node.text("reason", "")
        curves.append(
            Curve(
                key=key,
                workload=one_of(node, "workload", tuple(workloads)),
                stack=one_of(node, "stack", stacks) if node.has("stack") else "",
                generation=one_of(node, "generation", tuple(generations)) if node.has("generation") else "",
                recipe=node.text("recipe", ""),
                since=one_of(node, "since", tuple(releases)) if node.has("since") else "",
                floor=node.number("floor", 1.0),
                fixed=node.flag("fixed", default=False),
                bends_as=node.text("bends_as", key),
                references=node.texts("references") if node.has("references") else (),
            )
        )
        node.close()
    document.close()
    return tuple(curves)
