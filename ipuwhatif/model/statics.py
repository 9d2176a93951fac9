"""What cases of one workload, system, software, recipe and optimizer share: values, roles, ops and curves.

Each is looked up once; cases take theirs by index, so that ten thousand cases cost little more than one.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.stacks import HULL, POINTS
from ipuwhatif.catalog.types import LANGUAGE, STATED, Catalog, Chip, ReferencePoint, System, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.model.op_table import framework_calls, op_arrays
from ipuwhatif.model.parameters import FloatArray, IntArray, known, parameter_index, rounds_ago
from ipuwhatif.model.roles import (
    ROLES,
    SMALL_STEPS,
    decoder_of,
    kernels_of,
    physics_of,
    roles_of,
    software_of,
)
from ipuwhatif.model.rounds import told_by
from ipuwhatif.networks.graph import Network
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import Record

#: Blocks that the stage of embedding and head is spared, over the blocks that its weights amount to. Chosen so that
#: BERT's stage is spared 4: 48 + 4 over 4 and 8 stages gives the 13 and 7 blocks of the v1.1 entries, and leaves 9 and
#: 3 of them on the stage of the embedding, as those entries had it.
SPARED_SHARE = 0.75
#: Share of the peak that the best product reaches where nobody has measured it: about the mean of those measured.
USUAL_BEST_SHARE = 0.75
#: Links that lead to one peer each, without a switch between them.
MESHED = ("infinity-fabric", "ethernet")
#: The chip on which the parameters of an architecture are stated.
REFERENCE_CHIP = {"ipu": "gc200", "gpu": "a100-80gb"}


class SharedCatalog:
    """A catalog that can be a cache key: two are the same when they were read from the same."""

    __slots__ = ("catalog", "content")

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.content = catalog.content

    def __hash__(self) -> int:
        return hash(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharedCatalog) and other.content == self.content


#: The last round whose reference points are all in the evidence; of later ones it has what they changed or added.
LISTED_WHOLE = "v1.1"
HULL_STEPS = 128
#: Rounds in which the software of a new chip catches up.
YOUNG_ROUNDS = 2.0
BoolArray = npt.NDArray[np.bool_]
Curves = TypeVar("Curves")
#: What is known at some batches: natural logarithm of the batch, and the value there.
Curve = tuple[FloatArray, FloatArray]


class StaticKey(NamedTuple):
    """What tells cases apart that share nothing of a Static."""

    workload: str
    system: str
    release: str
    recipe: str
    optimizer: str
    software: str
    layers: tuple[int, ...]

    @classmethod
    def of(cls, case: Case, layout: Layout) -> "StaticKey":
        system = case.choice.system
        return cls(case.workload, system, case.release, case.recipe, layout.optimizer, case.software, case.layers)


class Static(Record, frozen=True):
    """What all cases of one workload, system, software, recipe and optimizer share. SI units."""

    values: FloatArray  # (len(VALUES),)
    roles: IntArray  # (len(ROLES),): columns of the parameters
    op_flops: FloatArray  # (ops,) per sample and micro-batch, all passes
    op_bytes: FloatArray  # (ops,) activations per sample, all passes
    op_weight_bytes: FloatArray  # (ops,) per micro-batch
    op_launches: FloatArray  # (ops,) kernels or supersteps per micro-batch
    op_in_block: FloatArray  # (ops,) 1 where a pipeline spreads the op over its stages
    op_efficiency: IntArray  # (ops,) column of the efficiency
    references: tuple[Curve, ...]  # log samples by log batch: floors of a closed v1.1 score
    tabled: tuple[Curve, ...]  # the same, of a job that follows its reference points; none for others
    evaluation: Curve  # samples between evaluations by log batch


#: What a step of a language model is made of; 0 for other jobs.
LANGUAGE_VALUES = (
    "is_language",
    "peak_flops_8",
    "peak_flops_4",
    "best_share",
    "meshed",
    "torus_axes",
    "tokens",
    "layers",
    "layer_products",
    "head_weights",
    "hidden",
    "feed_forward",
    "query_width",
    "key_value_width",
    "frozen",
    "passes",
    "trained_parameters",
    "newest_rounds_ago",
    "chip_rounds_ago",
)
VALUES = (
    "youth",
    "peak_flops",
    "memory_bandwidth",
    "link_bandwidth",
    "network_bandwidth",
    "streaming_bandwidth",
    "chips_per_domain",
    "parameters",
    "blocks",
    "block_parameters",
    "evaluation_samples",
    "clock_ratio",
    "is_ipu",
    "update_bandwidth_ratio",
    "evaluation_chips",
    "usual_chips_per_instance",
    "batch_normalisations",
    "default_samples",
    "update_launches",
    "framework_calls",
    "shares_update",
    "rounds_ago",
    "head_blocks",
    "named_software",
    "length_ratio",
    *LANGUAGE_VALUES,
)


@lru_cache(maxsize=512)
def static_of(shared: SharedCatalog, key: StaticKey) -> Static:
    """What the cases of a key share. KeyError where the catalog lacks a key."""
    catalog = shared.catalog
    workload = catalog.workloads[key.workload]
    system = catalog.systems[key.system]
    chip = catalog.chips[system.chip]
    software = software_of(catalog, workload, chip.architecture, key.release, key.software)
    network = network_for(workload.network, chip.architecture, key.layers, kernels_of(software))
    told = told_by(catalog, workload, chip, key.release)
    asked = (key.release, key.recipe, key.optimizer)
    roles = roles_of(workload, chip, system, *asked, software, told, layers=key.layers)
    return Static(
        values=_values(catalog, workload, system, key, told.stack, network, named=software is not None),
        roles=np.array([parameter_index()[roles[name]] for name in ROLES], dtype=np.intp),
        references=_reference_curves(shared, key.workload, key.release, key.recipe),
        tabled=_tabled_curve(shared, key.workload, key.release),
        evaluation=_evaluation_spacing(shared, key.workload),
        **(_no_ops() if LANGUAGE in workload.traits else op_arrays(network, chip.architecture)),  # type: ignore[arg-type]
    )


def _values(
    catalog: Catalog,
    workload: Workload,
    system: System,
    key: StaticKey,
    told_by: str,
    network: Network,
    *,
    named: bool,
) -> FloatArray:
    """told_by: the release whose set-up tells of that of the case. named: a published software runs it."""
    chip = catalog.chips[system.chip]
    reference_chip = catalog.chips[REFERENCE_CHIP[physics_of(chip.architecture)]]
    is_ipu = chip.architecture == "ipu"
    stated, length = workload.kind == STATED, _length_ratio(workload, key.layers)
    prior = known().workloads.get(workload.key)
    memory_ratio = reference_chip.value("memory_bandwidth") / chip.value("memory_bandwidth")
    values = {
        "youth": _youth(chip, key.release),
        "peak_flops": chip.value("peak_flops"),
        "memory_bandwidth": chip.value("memory_bandwidth"),
        "link_bandwidth": system.value("link_bandwidth"),
        "network_bandwidth": system.value("network_bandwidth"),
        "streaming_bandwidth": system.value("streaming_bandwidth") if is_ipu else 1.0,
        "chips_per_domain": system.chips_per_domain,
        "parameters": network.parameters,
        "blocks": network.blocks,
        "block_parameters": block_parameters(network),
        "evaluation_samples": workload.data["evaluation_samples"].value,
        "default_samples": workload.data["default_samples"].value * length if stated else 0.0,
        "length_ratio": length,
        "update_launches": network.tensors if stated else 0.0,
        "shares_update": float(chip.architecture == "tpu"),
        "framework_calls": 0.0 if is_ipu or SMALL_STEPS not in workload.traits else framework_calls(network),
        "evaluation_chips": prior.evaluation_chips.get((chip.architecture, told_by), np.inf) if prior else np.inf,
        "batch_normalisations": network.batch_normalisations,
        "usual_chips_per_instance": prior.chips_per_instance.get(chip.architecture, np.inf) if prior else np.inf,
        "clock_ratio": chip.value("clock") / reference_chip.value("clock") if is_ipu else 1.0,
        "is_ipu": float(is_ipu),
        "update_bandwidth_ratio": 1.0 if is_ipu else memory_ratio,
        "rounds_ago": rounds_ago(key.release),
        "head_blocks": head_blocks(network),
        "named_software": float(named),
    } | _language_values(catalog, workload, system, key.layers)
    return np.array([values[name] for name in VALUES], dtype=np.float64)


def _length_ratio(workload: Workload, layers: tuple[int, ...]) -> float:
    """Samples that hold as many tokens as one of the job's usual length: work is stated in tokens."""
    if not workload.tokens_per_sample or not layers:
        return 1.0
    if LANGUAGE not in workload.traits:
        return workload.tokens_per_sample / layers[-1]
    return workload.tokens_per_sample / decoder_of(workload, layers).tokens


def _language_values(catalog: Catalog, workload: Workload, system: System, layers: tuple[int, ...]) -> dict[str, float]:
    """Ones keep what other jobs divide by them finite."""
    if LANGUAGE not in workload.traits:
        return dict.fromkeys(LANGUAGE_VALUES, 1.0) | {"is_language": 0.0}
    sizes, chip = decoder_of(workload, layers), catalog.chips[system.chip]
    peak = chip.value("peak_flops")
    newest = max(release.key for release in catalog.releases.values() if release.mlperf_round)
    return {
        "is_language": 1.0,
        **{name: chip.value(name) if name in chip.data else peak for name in ("peak_flops_8", "peak_flops_4")},
        "best_share": chip.value("best_product") / peak if "best_product" in chip.data else USUAL_BEST_SHARE,
        "meshed": float(system.link_class in MESHED),
        "torus_axes": system.torus_axes,
        "tokens": sizes.tokens,
        "layers": sizes.layers,
        "layer_products": sizes.layer_products,
        "head_weights": sizes.head_weights,
        "hidden": sizes.hidden,
        "feed_forward": sizes.feed_forward,
        "query_width": sizes.query_width,
        "key_value_width": sizes.key_value_width,
        "frozen": float(sizes.adapter > 0),
        "passes": 2.0 if sizes.adapter else 3.0,
        "trained_parameters": sizes.trained_parameters,
        "newest_rounds_ago": rounds_ago(newest),
        "chip_rounds_ago": rounds_ago(_kernels_since(chip) or min(catalog.releases)),
    }


def _kernels_since(chip: Chip) -> str:
    """The release with which the software of language models on a chip begins; empty where it is as old as any."""
    return known().generations[chip.effects].kernels_since or chip.since


def _no_ops() -> dict[str, FloatArray | IntArray]:
    """A table without work, of a job that is not timed op by op."""
    nothing: dict[str, FloatArray | IntArray] = {name: np.zeros(1) for name in OP_TABLES}
    nothing["op_efficiency"] = np.array([parameter_index()["one"]], dtype=np.intp)
    return nothing


def _youth(chip: Chip, release: str) -> float:
    """1 in a chip's first round, half in its second, 0 from its third on, and of a chip of before the first round."""
    if not chip.since:
        return 0.0
    return min(max(1.0 - (rounds_ago(chip.since) - rounds_ago(release)) / YOUNG_ROUNDS, 0.0), 1.0)


def block_parameters(network: Network) -> float:
    """Parameters of one of the blocks that a pipeline spreads over its stages."""
    return sum(op.parameters * op.count for op in network.ops if op.in_block) / max(network.blocks, 1)


def head_blocks(network: Network) -> int:
    """Blocks that the stage of embedding and head is spared; 0 where all ops belong to blocks, or there are none."""
    block = block_parameters(network)
    outside = network.parameters - block * network.blocks
    return round(SPARED_SHARE * outside / block) if block > 0.0 else 0


class Statics(Record, frozen=True):
    """Several statics beside each other. The masks, shape (statics,), tell which of them follow a curve."""

    values: FloatArray  # (len(VALUES), statics)
    roles: IntArray  # (len(ROLES), statics)
    ops: dict[str, FloatArray]  # (statics, ops) each, padded to one length; padding does no work
    op_efficiency: IntArray  # (statics, ops)
    op_count: IntArray  # (statics,)
    references: tuple[tuple[tuple[Curve, ...], BoolArray], ...]
    tabled: tuple[tuple[tuple[Curve, ...], BoolArray], ...]
    evaluation: tuple[tuple[Curve, BoolArray], ...]


OP_TABLES = ("op_flops", "op_bytes", "op_weight_bytes", "op_launches", "op_in_block")


@lru_cache(maxsize=256)
def statics_of(shared: SharedCatalog, keys: tuple[StaticKey, ...]) -> Statics:
    """The statics of some keys, in their order."""
    statics = [static_of(shared, key) for key in keys]
    return Statics(
        values=np.stack([static.values for static in statics], axis=1),
        roles=np.stack([static.roles for static in statics], axis=1),
        ops={name: _padded([getattr(static, name) for static in statics]) for name in OP_TABLES},
        op_efficiency=_padded([static.op_efficiency for static in statics]).astype(np.intp),
        op_count=np.array([len(static.op_flops) for static in statics], dtype=np.intp),
        references=tuple(pair for pair in _followers([static.references for static in statics]) if pair[0]),
        tabled=tuple(pair for pair in _followers([static.tabled for static in statics]) if pair[0]),
        evaluation=_followers([static.evaluation for static in statics]),
    )


def _padded(tables: Sequence[FloatArray | IntArray]) -> FloatArray:
    """Arrays of several lengths as rows, filled up with zeros."""
    rows = np.zeros((len(tables), max(len(table) for table in tables)))
    for row, table in zip(rows, tables, strict=True):
        row[: len(table)] = table
    return rows


def _followers(curves: Sequence[Curves]) -> tuple[tuple[Curves, BoolArray], ...]:
    """Each of the curves, and which statics follow it; those of one workload are one object."""
    distinct = {id(each): each for each in curves}
    return tuple((one, np.array([each is one for each in curves])) for one in distinct.values())


@lru_cache(maxsize=64)
def _reference_curves(shared: SharedCatalog, workload: str, release: str, recipe: str) -> tuple[Curve, ...]:
    """Reference convergence points that a closed score is scaled up to where it converged faster.

    In v1.1 a curve that never falls per family of points: ResNet-50 has two, no entry was scaled to the slower one.
    From v2.1 on one for the benchmark, the lower hull of its points, linear in the batch: the scores of 60 entries at
    other batches than those of the points lie on it within 0.1 %.
    """
    lifted_to = shared.catalog.releases[release].lifted_to
    if not lifted_to or recipe != "closed" or known().workloads[workload].tabled:
        return ()
    families: dict[str, dict[int, float]] = {}
    for point in _in_force(shared, workload, release):
        families.setdefault(point.recipe_family if lifted_to == POINTS else "", {})[point.global_batch] = point.samples
    curves = [
        (
            np.array(sorted(points), dtype=np.float64),
            np.minimum.accumulate([points[batch] for batch in sorted(points, reverse=True)])[::-1],
        )
        for points in families.values()
    ]
    if lifted_to == HULL:
        curves = [_lower_hull(curve) for curve in curves]
    return tuple((np.log(batch), np.log(samples)) for batch, samples in curves)


def _in_force(shared: SharedCatalog, workload: str, release: str) -> list[ReferencePoint]:
    """The reference points that held in the round of a release: those of v1.1, and what later rounds changed."""
    mlperf_round = shared.catalog.releases[release].mlperf_round or "later"
    points = [each for each in shared.catalog.references if each.workload == workload]
    listed_whole = max((each.mlperf_round for each in points if each.mlperf_round <= LISTED_WHOLE), default="later")
    return [each for each in points if listed_whole <= each.mlperf_round <= mlperf_round]


def _lower_hull(points: Curve) -> Curve:
    """The lower hull of points that never fall, at batches near enough for a straight line in logarithms."""
    hull: list[tuple[float, float]] = []
    for batch, samples in zip(*points, strict=True):
        while len(hull) > 1 and _lies_above(hull[-2], hull[-1], (batch, samples)):
            hull.pop()
        hull.append((batch, samples))
    corners, heights = np.array(hull).T
    near = np.unique(np.concatenate([corners, np.geomspace(corners[0], corners[-1], HULL_STEPS)]))
    return near, np.interp(near, corners, heights)


def _lies_above(left: tuple[float, float], middle: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether a point lies on or above the straight line between two others."""
    share = (middle[0] - left[0]) / (right[0] - left[0])
    return middle[1] >= left[1] + share * (right[1] - left[1])


def reference_floor(statics: Statics, take: IntArray | None, batch: FloatArray) -> FloatArray:
    """The lowest of the reference curves at each batch; 0 where the rule does not apply.

    take: which static a case has, None where there is one for all. Shape (cases,), or (1,) where one value will do.
    """
    if not statics.references:
        return np.zeros(1 if take is None else len(batch))
    log_batch, floor = np.log(batch), np.zeros(len(batch))
    for curves, follows in statics.references:
        mask = _cases(follows, take)
        floor[mask] = np.exp(np.minimum.reduce([np.interp(log_batch[mask], *curve) for curve in curves]))
    return floor


@lru_cache(maxsize=64)
def _tabled_curve(shared: SharedCatalog, workload: str, release: str) -> tuple[Curve, ...]:
    """The reference points of the last round up to a release, or of the first there is; a curve that never falls."""
    prior = known().workloads.get(workload)
    if prior is None or not prior.tabled:
        return ()
    own = [point for point in shared.catalog.references if point.workload == workload]
    rounds = {point.mlperf_round for point in own}
    until = [each.mlperf_round for each in shared.catalog.releases.values() if each.key <= release]
    last = max((each for each in rounds if each in until), default=min(rounds, default=""))
    points = {point.global_batch: point.samples for point in own if point.mlperf_round == last}
    samples = np.maximum.accumulate([points[batch] for batch in sorted(points)])
    return ((np.log(np.array(sorted(points), dtype=np.float64)), np.log(samples)),) if points else ()


def tabled_samples(statics: Statics, take: IntArray | None, batch: FloatArray) -> FloatArray:
    """Samples between the reference points at each batch, in logarithms; 0 where a job does not follow them."""
    if not statics.tabled:
        return np.zeros(1)
    log_batch, samples = np.log(batch), np.zeros(len(batch))
    for (curve,), follows in statics.tabled:
        mask = _cases(follows, take)
        samples[mask] = np.exp(np.interp(log_batch[mask], *curve))
    return samples


@lru_cache(maxsize=64)
def _evaluation_spacing(shared: SharedCatalog, workload: str) -> Curve:
    """Samples between evaluations by batch, as the entries with a known layout ran them; infinite without a target."""
    job = shared.catalog.workloads[workload]
    if job.kind == STATED:
        return np.array([0.0]), np.array([np.inf])
    if known().workloads[workload].evaluation_every:
        return np.array([0.0]), np.array([known().workloads[workload].evaluation_every])
    dataset = job.data["dataset_samples"].value
    epochs = known().workloads[workload].evaluation_epochs
    if epochs > 0.0:
        return np.array([0.0]), np.array([epochs * dataset])
    spacings: dict[int, list[float]] = {}
    for entry in shared.catalog.official:
        if entry.workload == workload and entry.layout and entry.mlperf_round != "v0.7" and entry.evaluations > 0:
            spacings.setdefault(entry.global_batch, []).append(entry.samples_to_target / entry.evaluations)
    batches = sorted(spacings)
    return np.log(batches), np.array([float(np.median(spacings[batch])) for batch in batches])


def evaluation_spacing(statics: Statics, take: IntArray | None, batch: FloatArray) -> FloatArray:
    """Samples between evaluations by the workload's rule; take and shape as those of `reference_floor`."""
    if take is None and len(statics.evaluation[0][0][1]) == 1:
        return statics.evaluation[0][0][1]
    log_batch, every = np.log(batch), np.zeros(len(batch))
    for curve, follows in statics.evaluation:
        mask = _cases(follows, take)
        every[mask] = np.interp(log_batch[mask], *curve) if len(curve[1]) > 1 else curve[1]
    return every


def _cases(follows: BoolArray, take: IntArray | None) -> BoolArray | slice:
    """Which cases have a static that follows a curve."""
    return slice(None) if take is None or len(follows) == 1 else follows[take]
