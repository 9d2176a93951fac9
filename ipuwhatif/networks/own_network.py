"""A network of the user's own as a job: a TOML text with its family and sizes, or its ops, read strictly.

The key of the job is made of its name and of its content: two files with one name are two jobs, and what a key stands
for never changes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from ipuwhatif.catalog.datum import DERIVED, Datum, Origin
from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.job_layout import PublishedLayout
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.reasons import Flaw, Flawed, InFile
from ipuwhatif.catalog.types import STATED, TRANSFORMER, Catalog, Workload
from ipuwhatif.networks.bert import BertHeads, BertSizes
from ipuwhatif.networks.decoder import decoder_sizes
from ipuwhatif.networks.library import OWN, network_for
from ipuwhatif.networks.own_graph import (
    BERT,
    DECODER,
    FAMILIES,
    VISION,
    OwnGraph,
    is_transformer,
    read_ops,
    read_sizes,
    remember,
)
from ipuwhatif.networks.reasons import JobNote, OfJob, OfKey, OfSize, SizeFault, TextFault
from ipuwhatif.networks.size_bounds import SIZES, bounded
from ipuwhatif.networks.vision_transformer import VisionSizes
from ipuwhatif.records import Record, replace
from ipuwhatif.units import InputError, RefusedError, Said, reason_of, told

LIMIT_BYTES = 400_000  # of one text
LONGEST_NAME, LONGEST_NOTE, MOST_NOTES = 60, 400, 12
SECTOR = "own"
_TOKENS = list(SIZES).index("tokens")  # among the sizes of a decoder
IMAGES, SEQUENCES, SAMPLES = "images", "sequences", "samples"
DEFAULT_TOKENS, DEFAULT_WORK = 128e9, 100e6  # of a decoder, and samples of others: assumptions
#: The shipped job whose software and layouts a network of a family takes; one of convolutions has its own.
KIN = {DECODER: "transformer", BERT: "bert-large-512", VISION: "vit-b16"}
#: Software of which speeds of convolutions are known, the class first that a job runs by default.
CONVOLUTION_SOFTWARE = ("vendor", "framework", "pytorch", "tensorflow2", "mxnet", "tensorflow1")
#: Micro-batch, pipeline stages and global batch that a network without a kin begins with, by architecture.
LAYOUTS = {"gpu": (256, 1, 4096), "ipu": (16, 1, 4096)}


def read_own_network(text: str, file: str, catalog: Catalog) -> Workload:
    """The job of a text; its network is known from then on. InputError names file, key, and what is wrong.

    catalog: the shipped one, whose jobs tell software and layouts.
    """
    values = _decoded(text, file)
    node = Node(file, "$", values)
    name, family, source = node.text("name"), one_of(node, "family", FAMILIES), node.text("source")
    notes = node.texts("notes") if node.has("notes") else ()
    share = node.number("not_understood", 0.0)
    sample = one_of(node, "sample", (IMAGES, SEQUENCES, SAMPLES))
    tokens = node.whole("tokens") if node.has("tokens") else 0
    _check_words(node, name, source, notes, share)
    try:
        graph, sizes = _graph(node, family, source, tokens)
        if family != DECODER:
            graph.graph(OWN)  # refuses sizes that make no network
    except InputError as error:
        reason = reason_of(error)
        raise error if isinstance(reason, InFile) else node.refuse(reason) from error
    node.close()
    key, length = own_key(name, values), sizes[_TOKENS] if sizes else tokens
    job = Workload(
        key,
        told(OfJob(JobNote.OWN_NAME, name.strip())),
        benchmark="",
        network=KIN[DECODER] if family == DECODER else f"{OWN}{key}",
        recipes=(STATED,),
        sample_word=sample,
        target="",
        data=_work(key, family, length),
        kind=STATED,
        sector=SECTOR,
        tokens_per_sample=length,
        sizes=sizes,
        own=text,
        notes=notes,
        not_understood=share,
    )
    if family != DECODER:
        remember(job.network, graph)
    return _like_kin(job, family, graph, catalog)


def with_networks(catalog: Catalog, jobs: Iterable[Workload]) -> Catalog:
    """The catalog with jobs of the user's own behind those that it has; one that is called as another by its mark."""
    found = dict(catalog.workloads)
    for job in jobs:
        join(found, job)
    return catalog if len(found) == len(catalog.workloads) else replace(catalog, workloads=MappingProxyType(found))


def join(workloads: dict[str, Workload], job: Workload) -> None:
    """Put a job among the workloads, where it is not there yet."""
    if job.key in workloads:
        return
    if any(str(each.name) == str(job.name) for each in workloads.values()):
        job = replace(job, name=told(OfJob(JobNote.MARKED_NAME, job.name, job.key.rpartition("-")[2])))
    workloads[job.key] = job


def own_key(name: str, values: Mapping[str, object]) -> str:
    """The key of a job, "own-bert-base-uncased-3fa2c1", the same whatever language its notes are in."""
    content = json.dumps({key: value for key, value in values.items() if key != "notes"}, sort_keys=True, default=str)
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].strip("-")
    return "-".join(part for part in ("own", slug, sha256(content.encode()).hexdigest()[:6]) if part)


def _decoded(text: str, file: str) -> dict[str, object]:
    import tomllib  # with the first network of one's own, not at the start

    if len(text.encode()) > LIMIT_BYTES:
        raise RefusedError(Flawed(Flaw.TOO_LARGE, file, f"{LIMIT_BYTES:,}"))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(Flawed(Flaw.NO_TOML, file, str(error))) from None


def _check_words(node: Node, name: str, source: str, notes: tuple[str, ...], share: float) -> None:
    """InputError for words that do not print on a line, and for a share that is none."""
    if len(name) > LONGEST_NAME or not name.isprintable() or not name.strip() or set("[]{}") & set(name):
        raise node.refuse(Flawed(Flaw.NO_NAME, "name", LONGEST_NAME))
    for key, words in (("source", (source,)), ("notes", notes)):
        if len(words) > MOST_NOTES or not all(each.isprintable() and len(each) <= LONGEST_NOTE for each in words):
            raise node.refuse(OfKey(TextFault.NO_LINE, key, LONGEST_NOTE))
    if not 0.0 <= share < 1.0:
        raise node.refuse(OfKey(TextFault.NO_SHARE, "not_understood"))


def _graph(node: Node, family: str, source: str, tokens: int) -> tuple[OwnGraph, tuple[int, ...]]:
    """The network, and of a decoder its sizes."""
    if family == DECODER:
        sizes = node.wholes("sizes")
        decoder_sizes(KIN[DECODER], sizes)
        return OwnGraph(family, source), sizes
    if family == BERT:
        found = BertSizes(**_sizes(node.child("sizes"), BertSizes))
        bounded(tuple(getattr(found, name) for name in ("layers", "hidden", "heads", "feed_forward")), _ENCODER)
        (tokens,) = bounded((tokens,), ("tokens",))
        heads = read_sizes(BertHeads, node.child("heads").values())
        return OwnGraph(family, source, tokens, bert=found, heads=BertHeads(**heads)), ()
    if family == VISION:
        vision = VisionSizes(**_sizes(node.child("sizes"), VisionSizes))
        bounded(tuple(getattr(vision, name) for name in ("layers", "hidden", "heads", "feed_forward")), _ENCODER)
        if not 1 <= vision.patch <= vision.image:
            raise node.refuse(OfSize(SizeFault.PATCH_BEYOND_IMAGE, vision.patch, vision.image))
        bounded((vision.patches,), ("tokens",))
        return OwnGraph(family, source, vision=vision), ()
    return OwnGraph(family, source, ops=read_ops(node.text("ops"))), ()


_ENCODER = ("layers", "hidden", "heads", "feed_forward")


def _sizes(node: Node, kind: type[Record]) -> dict[str, Any]:
    values = read_sizes(kind, node.values())
    missing = next((name for name in _ENCODER if not values.get(name)), None)
    if missing is not None or values["hidden"] % values["heads"]:
        raise node.refuse(Flawed(Flaw.KEY_MISSING, missing or "heads"))
    return values


def _work(key: str, family: str, tokens: int) -> MappingProxyType[str, Datum]:
    """The amount of work where none is stated: an assumption, and no data set and no evaluation."""
    samples, note = DEFAULT_WORK, OfJob(JobNote.SAMPLES)
    if family == DECODER:
        samples, note = DEFAULT_TOKENS / tokens, OfJob(JobNote.TOKENS, tokens=tokens)
    definition, assumed = _origin(JobNote.DEFINITION), _origin(JobNote.DEFAULT_AMOUNT, note)
    return MappingProxyType(
        {
            "dataset_samples": Datum(f"{key}.dataset_samples", 0.0, "samples", definition),
            "evaluation_samples": Datum(f"{key}.evaluation_samples", 0.0, "samples", definition),
            "default_samples": Datum(f"{key}.default_samples", samples, "samples", assumed),
        }
    )


def _like_kin(job: Workload, family: str, graph: OwnGraph, catalog: Catalog) -> Workload:
    """The job with what its kin tells: traits, software, layouts."""
    kin = catalog.workloads.get(KIN.get(family, ""))
    if kin is None:
        of_products = is_transformer(graph.ops)
        layouts = tuple(_assumed(job.key, where, "lamb" if of_products else "sgd") for where in LAYOUTS)
        software = catalog.workloads[KIN[BERT]].frameworks if of_products else CONVOLUTION_SOFTWARE
        return replace(job, traits=(TRANSFORMER,) if of_products else (), frameworks=software, layouts=layouts)
    rows = [row for row in catalog.published_layouts if row.workload == kin.key]
    scale = (
        1.0 if family == DECODER else network_for(kin.network, "gpu").kept_bytes / graph.graph(job.network).kept_bytes
    )
    layouts = tuple(_as_kin(row, job.key, kin, scale) for row in rows)
    return replace(job, traits=kin.traits, frameworks=kin.frameworks, layouts=layouts)


def _assumed(key: str, architecture: str, optimizer: str) -> PublishedLayout:
    """A layout that nobody has published."""
    micro, stages, batch = LAYOUTS[architecture]
    origin = _origin(JobNote.ASSUMPTION, OfJob(JobNote.LAYOUT, micro=micro, batch=batch))
    return PublishedLayout(key, architecture, "", (), micro, stages, batch, optimizer, origin)


def _as_kin(row: PublishedLayout, key: str, kin: Workload, scale: float) -> PublishedLayout:
    micro = max(round(row.micro_batch * scale), 1)
    batch = max(row.global_batch, micro)
    origin = _origin(JobNote.ASSUMPTION, OfJob(JobNote.LAYOUT_OF_KIN, kin.name))
    return replace(row, workload=key, micro_batch=min(micro, batch), global_batch=batch, origin=origin)


def _origin(title: JobNote, note: Said = "") -> Origin:
    return Origin("ipuwhatif", told(OfJob(title)), None, None, None, DERIVED, note)
