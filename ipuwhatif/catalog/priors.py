"""What is known before any measurement: priors of the model's parameters, and the kinds of thing they are made for.

A new chip, round, submitter, software state or workload is a new row in `resources/`, here or in the catalog.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import sqrt
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.types import SOFTWARE_CLASSES
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import nearest, quoted

Value = TypeVar("Value")

LOG, LOGIT = "log", "logit"
TRANSFORMS = (LOG, LOGIT)
#: What the model tells apart by its code: whose physics, which classes of ops, whose software and hosts, which update.
ARCHITECTURES = ("ipu", "gpu")
EFFICIENCY_CLASSES = ("dense_convolution", "grouped_convolution", "matmul", "attention")
STACKS = ("ipu", "gpu", "other")
OPTIMIZERS = ("sgd", "lars", "lamb")
#: What products of a language model reach on a chip whose best product was measured.
LANGUAGE_SPREAD = 0.1
RUNS = ("architecture", "release")  # what tells the entries of a workload apart
#: Networks that frameworks fit differently well.
NETWORK_KINDS = ("convolution", "transformer", "fused-transformer")
SETS = {
    "architecture": ARCHITECTURES,
    "stack": STACKS,
    "class": SOFTWARE_CLASSES,
    "op_class": EFFICIENCY_CLASSES,
    "optimizer": OPTIMIZERS,
}


class Prior(Record, frozen=True):
    """A parameter before any measurement: `median` in natural units, `spread` as one standard deviation in the space
    of its transform.
    """

    name: str
    median: float
    spread: float
    transform: str
    unit: str
    reason: str


class Generation(Record, frozen=True):
    """Chips that are alike. Efficiencies are stated for the reference generation of each architecture."""

    key: str
    reference_of: str  # an architecture, or ""
    spread: float  # of what it reaches against what its data sheet says; 0 for a reference
    own_host: bool = False  # its hosts are of another kind than those of the reference
    language_spread: float = LANGUAGE_SPREAD  # of what its products reach in language models
    eight_bit: bool = False  # its entries of transformers ran products in 8 bit
    own_memory: bool = False  # its memory got faster by another factor than its arithmetic
    #: The first release whose kernels of language models were written for its chips, or for others that run them.
    kernels_since: str = ""


class Submitter(Record, frozen=True):
    """Who handed in entries: a vendor that the model is judged on first, or one with a set-up of its own."""

    key: str
    vendor: bool
    architecture: str  # of the systems on which it has an effect of its own; "" for a vendor
    company: str  # the submitter's name, or that of the company that submitted under two


class Curve(Record, frozen=True):
    """Runs whose samples to target lie on one curve: those of a workload that meet each condition that is not empty."""

    key: str
    workload: str
    stack: str
    generation: str
    recipe: str
    since: str  # a release
    floor: float  # median of its floor over the workload's
    fixed: bool  # stands for one state of the software and has no release effect
    bends_as: str  # the curve whose bend it shares: its own key, or another's
    references: tuple[str, ...]  # families of reference points that lie on it

    def meets(self, run: Mapping[str, str]) -> bool:
        """Whether a run, described by stack, generation, recipe and release, meets the conditions."""
        wanted = {"stack": self.stack, "generation": self.generation, "recipe": self.recipe}
        return self.since <= run["release"] and all(not value or run[name] == value for name, value in wanted.items())

    def narrowness(self) -> tuple[bool, int, str]:
        """Whether it is of one chip, how many conditions there are, since when it holds."""
        conditions = (self.stack, self.generation, self.recipe, self.since)
        return bool(self.generation), sum(bool(each) for each in conditions), self.since


class WorkloadPrior(Record, frozen=True):
    """How far samples to target of a workload scatter: standard deviations of their logarithm."""

    key: str
    point_spread: float  # of a reference point around its curve
    between_recipes: float
    within_recipe: float  # of an entry, a mean of 5 or 10 runs
    new_recipe: float  # of a recipe that was not run: wider, since the best of those that were run were submitted
    evaluation_epochs: float  # between two evaluations; 0 where the entries tell
    evaluation_every: float  # samples between two evaluations; 0 where epochs or the entries tell
    tabled: bool  # samples lie between the reference points of the round: no curve is fitted
    evaluation_chips: Mapping[tuple[str, str], float]  # chips that evaluate, by architecture and release
    chips_per_instance: Mapping[str, float]  # chips that a host program serves one after the other, by architecture


class Priors(Record, frozen=True):
    """All of it. Releases: rounds between each and the anchor, for which efficiencies are stated, either way."""

    parameters: tuple[Prior, ...]
    releases: Mapping[str, int]
    anchor: str  # the release that efficiencies are stated for
    generations: Mapping[str, Generation]
    submitters: Mapping[str, Submitter]
    curves: tuple[Curve, ...]
    workloads: Mapping[str, WorkloadPrior]

    def curve_of(self, workload: str, stack: str, generation: str, recipe: str, release: str) -> Curve:
        """The curve that a run's samples lie on: of those whose conditions it meets, the narrowest."""
        asked = {"stack": stack, "generation": generation, "recipe": recipe, "release": release}
        met = [each for each in self.curves if each.workload == workload and each.meets(asked)]
        return max(met, key=Curve.narrowness)


def read_priors(root: Path) -> Priors:
    """The priors in `root/priors` and `root/catalog`; InputError with file, key and reason for the first fault."""
    folder, catalog = root / "priors", root / "catalog"
    document = read_document(folder, "parameters.json")
    anchor, ages = _releases(catalog)
    generations = _generations(folder, ARCHITECTURES, (anchor, *ages))
    submitters = _submitters(folder, ARCHITECTURES)
    workloads = _workloads(folder)
    curves = _curves(folder, workloads, STACKS, generations, [anchor, *ages])
    software = read_document(catalog, "software.json").children("software")
    spoken = [node for node in software if node.flag("language", default=False)]
    members: Members = {
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
        "curve": {
            each.key: {"floor": each.floor, "moves": not each.fixed, "bends": each.bends_as == each.key}
            for each in curves
        },
    }
    parameters = {}
    for block in document.children("blocks"):
        for prior in _priors(block, members, {}):
            if prior.name in parameters:
                raise block.refuse(tr("duplicate key {key}", key=quoted(prior.name)))
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


def _plain(keys: Iterable[str]) -> dict[str, dict[str, float]]:
    """Members of which a row may read nothing but the name."""
    return {key: {} for key in keys}


#: Names of sets -> names of their members -> what a row may read of a member.
Members = Mapping[str, Mapping[str, Mapping[str, float]]]


def _priors(block: Node, members: Members, chosen: Mapping[str, str]) -> Iterator[Prior]:
    """The priors of a block, or of one row, for each member of the sets that it goes through."""
    each = block.texts("each") if block.has("each") else ()
    for name in each:
        if name not in members:
            found = nearest(name, members)
            text = tr("{name} {value} is unknown; nearest: {nearest}", name="each", value=quoted(name), nearest=found)
            raise block.refuse(text)
    rows = block.children("parameters") if block.has("parameters") else []
    for combination in product(*(members[name] for name in each)):
        picked = {**chosen, **dict(zip(each, combination, strict=True))}
        if block.has("where") and not _read(block, "where", members, picked):
            continue
        if not rows:
            yield _prior(block, members, picked)
            block.close()
        for row in rows:
            yield from _priors(row, members, picked)
    if rows:
        block.close()


def _prior(row: Node, members: Members, picked: Mapping[str, str]) -> Prior:
    try:
        name = row.text("name").format_map(dict(picked))
    except (KeyError, ValueError, IndexError, AttributeError):
        raise row.refuse(tr("key {key} is not {expected}", key=quoted("name"), expected=tr("a text"))) from None
    times = _read(row, "times", members, picked) if row.has("times") else 1.0
    median, spread = _read(row, "median", members, picked), _read(row, "spread", members, picked) * times
    transform = one_of(row, "transform", TRANSFORMS)
    if not median > 0.0 or not spread > 0.0 or (transform == LOGIT and median >= 1.0):
        raise row.refuse(tr("{name}: the prior has no place on its scale", name=quoted(name)))
    return Prior(name, median, spread, transform, row.text("unit"), _reason(row, picked))


def _read(row: Node, name: str, members: Members, picked: Mapping[str, str]) -> float:
    """A number; one of a table by the names of members, joined by dots; or what a member says, as "curve.floor"."""
    if row.is_text(name):
        of, _, what = row.text(name).partition(".")
        known = members.get(of, {}).get(picked.get(of, ""), {})
        if what not in known:
            raise row.refuse(tr("key {key} is unknown", key=quoted(row.text(name))))
        return float(known[what])
    if not row.is_object(name):
        return row.number(name)
    return _of_members(row.child(name), picked, Node.number)


def _reason(row: Node, picked: Mapping[str, str]) -> str:
    return _of_members(row.child("reason"), picked, Node.text) if row.is_object("reason") else row.text("reason")


def _of_members(table: Node, picked: Mapping[str, str], read: Callable[[Node, str], Value]) -> Value:
    """What a table says for the members that are picked: all of them in their order, or the last, or the first."""
    names = list(picked.values())
    for key in (".".join(names), *names):
        if table.has(key):
            return read(table, key)
    raise table.refuse(tr("key {key} is missing", key=quoted(".".join(names))))


def _releases(catalog: Path) -> tuple[str, dict[str, int]]:
    """The release that efficiencies are stated for, and the rounds between it and each of the others."""
    document = read_document(catalog, "releases.json")
    anchors = {key: node.flag("anchor", default=False) for key, node in keyed(document.children("releases"))}
    keys = sorted(anchors)
    if sum(anchors.values()) != 1:
        raise document.refuse(tr("the anchor is one release, here {count}", count=sum(anchors.values())))
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
