"""The only place that turns cases and their layouts into arrays: what fitting and projecting both evaluate.

What a case shares with others (workload, system, release, recipe, optimizer) is looked up once and taken by index,
so that ten thousand cases cost little more than one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ipuwhatif.catalog.types import STATED, Catalog, Layout, System, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.model.op_table import op_arrays
from ipuwhatif.model.parameters import LATEST_RELEASE, FloatArray, IntArray, parameter_index, rounds_ago
from ipuwhatif.model.roles import ROLES, physics_of, roles_of, software_of
from ipuwhatif.networks.graph import Network
from ipuwhatif.networks.library import network_for

#: Bytes of optimizer state moved per parameter and step where it lives off the chip: two fp32 moments, in and out.
OFF_CHIP_STATE_BYTES = 16.0
#: Work of embedding and head, in blocks: 48 + 4 over 4 and 8 stages gives the 13 and 7 blocks of the v1.1 entries, and
#: leaves 9 and 3 of them on the stage of the embedding, as those entries had it.
HEAD_BLOCKS = 4
#: The chip on which the parameters of an architecture are stated.
REFERENCE_CHIP = {"ipu": "gc200", "gpu": "a100-80gb"}
#: In v1.0 the IPU entries evaluated ResNet-50 on 16 IPUs, whatever their size (`notes` in the layouts table).
EVALUATION_CHIPS = {("ipu", "resnet50", "2021-06"): 16.0}
#: IPUs that one host program feeds with images in every v1.1 entry; it serves them one after the other. The input of
#: BERT is too small to matter.
CHIPS_PER_INSTANCE = {("ipu", "resnet50"): 2.0}
EVALUATION_EPOCHS = 4  # ResNet-50 entries evaluate every fourth epoch


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


@dataclass(frozen=True, slots=True)
class Static:
    """What all cases of one workload, system, software, recipe and optimizer share. SI units."""

    values: FloatArray  # (len(VALUES),)
    roles: IntArray  # (len(ROLES),): columns of the parameters
    op_flops: FloatArray  # (ops,) per sample and micro-batch, all passes
    op_bytes: FloatArray  # (ops,) activations per sample, all passes
    op_weight_bytes: FloatArray  # (ops,) per micro-batch
    op_launches: FloatArray  # (ops,) kernels or supersteps per micro-batch
    op_in_block: FloatArray  # (ops,) 1 where a pipeline spreads the op over its stages
    op_efficiency: IntArray  # (ops,) column of the efficiency
    references: tuple[tuple[FloatArray, FloatArray], ...]  # log batch, log samples: floors of a closed v1.1 score
    evaluation: tuple[FloatArray, FloatArray]  # log batch, samples between evaluations


VALUES = (
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
    "rounds_ago",
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Arrays over cases, shape (cases,), unless said otherwise. Read `value["peak_flops"]`, `role["launch"]`."""

    value: dict[str, FloatArray]
    role: dict[str, IntArray]
    group: IntArray  # cases of one group run the same micro-batch: same network, system, software and layout of a stage
    first_of_group: IntArray  # (groups,): a case that stands for its group
    op_flops: FloatArray  # (groups, ops)
    op_bytes: FloatArray
    op_weight_bytes: FloatArray
    op_launches: FloatArray
    op_efficiency: IntArray
    op_share: FloatArray  # part of the op's instances that the most loaded stage holds
    chips: FloatArray
    replicas: FloatArray
    stages: FloatArray
    micro_batch: FloatArray
    accumulation: FloatArray
    global_batch: FloatArray
    held_parameters: FloatArray  # on the chip that holds most
    batch_norm_group: FloatArray  # chips that normalise their samples together
    off_chip: FloatArray
    host_load: FloatArray  # chips that a host program serves, over the usual number
    cuda_graph: FloatArray
    horizon_samples: FloatArray  # 0 where not known
    evaluation_every: FloatArray
    reference_floor: FloatArray  # samples; 0 where the rule does not apply
    stated_samples: FloatArray  # of a job without a quality target; 0 for others
    recipe_samples: FloatArray  # needed by a known recipe; used with the weight
    recipe_batch: FloatArray
    recipe_weight: FloatArray  # 0 where the recipe is not known
    compute_gain: FloatArray
    link_gain: FloatArray
    clock_gain: FloatArray
    size: int = field(default=0)


def lower(catalog: Catalog, cases: Sequence[Case], layouts: Sequence[Layout]) -> Inputs:
    """Cases and their layouts, of equal length, as arrays. KeyError where the catalog lacks a key."""
    keys = [StaticKey.of(case, layout) for case, layout in zip(cases, layouts, strict=True)]
    distinct = list(dict.fromkeys(keys))
    statics = [_static(SharedCatalog(catalog), key) for key in distinct]
    position = {key: row for row, key in enumerate(distinct)}
    take = np.array([position[key] for key in keys], dtype=np.intp)
    values = np.stack([static.values for static in statics])[take]
    roles = np.stack([static.roles for static in statics])[take]
    stages = _column(layout.pipeline_stages for layout in layouts)
    blocks = _column(layout.blocks_per_stage for layout in layouts)
    loaded = np.where(stages > 1.0, blocks, 0.0)
    batch = _column(layout.global_batch for layout in layouts)
    micro_batch = _column(layout.micro_batch for layout in layouts)
    cuda_graph = _column(layout.cuda_graph for layout in layouts)
    compute_gain = _column(case.gains.compute for case in cases)
    clock_gain = _column(case.gains.clock for case in cases)
    first, group = _groups(take, micro_batch, stages > 1.0, loaded, cuda_graph, compute_gain, clock_gain)
    op_tables = _stack_ops(statics)
    share = loaded / np.maximum(values[:, VALUES.index("blocks")], 1.0)
    in_block = op_tables["op_in_block"][take[first]]
    piped = (stages > 1.0)[first, None]
    return Inputs(
        value={name: values[:, column] for column, name in enumerate(VALUES)},
        role={name: roles[:, column] for column, name in enumerate(ROLES)},
        group=group,
        first_of_group=first,
        op_flops=op_tables["op_flops"][take[first]],
        op_bytes=op_tables["op_bytes"][take[first]],
        op_weight_bytes=op_tables["op_weight_bytes"][take[first]],
        op_launches=op_tables["op_launches"][take[first]],
        op_efficiency=op_tables["op_efficiency"][take[first]].astype(np.intp),
        op_share=np.where(piped, np.where(in_block > 0.0, share[first, None], 0.0), 1.0),
        chips=_column(case.choice.chips for case in cases),
        replicas=_column(layout.replicas for layout in layouts),
        stages=stages,
        micro_batch=micro_batch,
        accumulation=_column(layout.gradient_accumulation for layout in layouts),
        global_batch=batch,
        held_parameters=_held_parameters(values, stages, blocks),
        host_load=_host_load(values, layouts),
        batch_norm_group=_column(layout.batch_norm_group for layout in layouts),
        off_chip=_column(layout.off_chip_state for layout in layouts),
        cuda_graph=cuda_graph,
        horizon_samples=_column(layout.horizon_samples for layout in layouts),
        evaluation_every=_evaluation_every(
            statics, take, batch, _column(layout.evaluation_every for layout in layouts)
        ),
        reference_floor=_reference_floor(statics, take, batch),
        stated_samples=_stated_samples(values, cases),
        recipe_samples=np.ones(len(cases)),
        recipe_batch=np.ones(len(cases)),
        recipe_weight=np.zeros(len(cases)),
        compute_gain=compute_gain,
        link_gain=_column(case.gains.link_bandwidth for case in cases),
        clock_gain=clock_gain,
        size=len(cases),
    )


def _groups(*columns: npt.NDArray[np.generic]) -> tuple[IntArray, IntArray]:
    """Which cases agree in all columns: a case that stands for each group, and the group of each case."""
    key = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        values, rank = np.unique(column, return_inverse=True)
        if len(values) > 1:
            _, key = np.unique(key * len(values) + rank, return_inverse=True)
    _, first = np.unique(key, return_index=True)
    return first.astype(np.intp), key.astype(np.intp)


def _stated_samples(values: FloatArray, cases: Sequence[Case]) -> FloatArray:
    """Samples of jobs without a quality target: what the user states, else the workload's default; 0 for others."""
    default = values[:, VALUES.index("default_samples")]
    stated = _column(case.samples or 0.0 for case in cases)
    return np.where((stated > 0.0) & (default > 0.0), stated, default)


class SharedCatalog:
    """A catalog that can be a cache key: two are the same when they were read from the same evidence."""

    __slots__ = ("catalog",)

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __hash__(self) -> int:
        return hash(self.catalog.evidence_hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharedCatalog) and other.catalog.evidence_hash == self.catalog.evidence_hash


@lru_cache(maxsize=512)
def _static(shared: SharedCatalog, key: StaticKey) -> Static:
    catalog = shared.catalog
    workload = catalog.workloads[key.workload]
    system = catalog.systems[key.system]
    chip = catalog.chips[system.chip]
    network = network_for(workload.network, chip.architecture, key.layers)
    software = software_of(catalog, workload, chip.architecture, key.release, key.software)
    roles = roles_of(workload, chip, system, key.release, key.recipe, key.optimizer, software)
    return Static(
        values=_values(catalog, workload, system, key.release, network),
        roles=np.array([parameter_index()[roles[name]] for name in ROLES], dtype=np.intp),
        references=_reference_curves(catalog, key.workload, key.release, key.recipe),
        evaluation=_evaluation_spacing(catalog, workload),
        **op_arrays(network, chip.architecture),  # type: ignore[arg-type]
    )


def _values(catalog: Catalog, workload: Workload, system: System, release: str, network: Network) -> FloatArray:
    chip = catalog.chips[system.chip]
    reference_chip = catalog.chips[REFERENCE_CHIP[physics_of(chip.architecture)]]
    is_ipu = chip.architecture == "ipu"
    stated = workload.kind == STATED
    run = (chip.architecture, workload.key)
    memory_ratio = reference_chip.value("memory_bandwidth") / chip.value("memory_bandwidth")
    values = {
        "peak_flops": chip.value("peak_flops"),
        "memory_bandwidth": chip.value("memory_bandwidth"),
        "link_bandwidth": system.value("link_bandwidth"),
        "network_bandwidth": system.value("network_bandwidth"),
        "streaming_bandwidth": system.value("streaming_bandwidth") if is_ipu else 1.0,
        "chips_per_domain": system.chips_per_domain,
        "parameters": network.parameters,
        "blocks": network.blocks,
        "block_parameters": sum(op.parameters * op.count for op in network.ops if op.in_block) / max(network.blocks, 1),
        "evaluation_samples": workload.data["evaluation_samples"].value,
        "default_samples": workload.data["default_samples"].value if stated else 0.0,
        "update_launches": network.tensors if stated else 0.0,
        "evaluation_chips": EVALUATION_CHIPS.get((*run, release), np.inf),
        "batch_normalisations": network.batch_normalisations,
        "usual_chips_per_instance": CHIPS_PER_INSTANCE.get(run, np.inf),
        "clock_ratio": chip.value("clock") / reference_chip.value("clock") if is_ipu else 1.0,
        "is_ipu": float(is_ipu),
        "update_bandwidth_ratio": 1.0 if is_ipu else memory_ratio,
        "rounds_ago": rounds_ago(release),
    }
    return np.array([values[name] for name in VALUES], dtype=np.float64)


def _held_parameters(values: FloatArray, stages: FloatArray, loaded: FloatArray) -> FloatArray:
    """Parameters on the fullest stage: that of the embedding, or the one with most blocks."""
    total = values[:, VALUES.index("parameters")]
    block = values[:, VALUES.index("block_parameters")]
    outside = total - block * values[:, VALUES.index("blocks")]
    embedding_stage = outside + np.maximum(loaded - HEAD_BLOCKS, 0.0) * block
    return np.where(stages > 1.0, np.maximum(embedding_stage, loaded * block), total)


def _host_load(values: FloatArray, layouts: Sequence[Layout]) -> FloatArray:
    usual = values[:, VALUES.index("usual_chips_per_instance")]
    served = _column(layout.chips_per_instance for layout in layouts)
    return np.where((served > 0.0) & np.isfinite(usual), served / usual, 1.0)


def _stack_ops(statics: Sequence[Static]) -> dict[str, FloatArray]:
    """Op arrays of all statics padded to one length; padding does no work."""
    longest = max(len(static.op_flops) for static in statics)
    names = ("op_flops", "op_bytes", "op_weight_bytes", "op_launches", "op_in_block", "op_efficiency")
    return {
        name: np.stack(
            [
                np.pad(getattr(static, name).astype(np.float64), (0, longest - len(static.op_flops)))
                for static in statics
            ]
        )
        for name in names
    }


def _reference_curves(
    catalog: Catalog, workload: str, release: str, recipe: str
) -> tuple[tuple[FloatArray, FloatArray], ...]:
    """Reference convergence points that a closed v1.1 score is scaled up to, per family a curve that never falls.

    In that round (the last there is here) a closed entry that had converged faster than the reference was scaled to
    it. ResNet-50 has two families of points; no entry was scaled to the slower one.
    """
    if release != LATEST_RELEASE or recipe != "closed":
        return ()
    last_round = max((point.mlperf_round for point in catalog.references), default="")
    families: dict[str, dict[int, float]] = {}
    for point in catalog.references:
        if point.workload == workload and point.mlperf_round == last_round:
            families.setdefault(point.recipe_family, {})[point.global_batch] = point.samples
    return tuple(
        (
            np.log(np.array(sorted(points), dtype=np.float64)),
            np.log(np.minimum.accumulate([points[batch] for batch in sorted(points, reverse=True)])[::-1]),
        )
        for points in families.values()
    )


def _reference_floor(statics: Sequence[Static], take: IntArray, batch: FloatArray) -> FloatArray:
    """The lowest of the reference curves at each batch; 0 where the rule does not apply."""
    floor = np.zeros(len(batch))
    for row, static in enumerate(statics):
        mask = take == row
        if static.references and mask.any():
            floor[mask] = np.exp(
                np.min([np.interp(np.log(batch[mask]), *curve) for curve in static.references], axis=0)
            )
    return floor


def _evaluation_spacing(catalog: Catalog, workload: Workload) -> tuple[FloatArray, FloatArray]:
    """Samples between evaluations by batch, as the entries with a known layout ran them; infinite without a target."""
    if workload.kind == STATED:
        return np.array([0.0]), np.array([np.inf])
    dataset = workload.data["dataset_samples"].value
    if dataset > 0.0:
        return np.array([0.0]), np.array([EVALUATION_EPOCHS * dataset])
    spacings: dict[int, list[float]] = {}
    for entry in catalog.official:
        if entry.workload == workload.key and entry.layout and entry.mlperf_round != "v0.7" and entry.evaluations > 0:
            spacings.setdefault(entry.global_batch, []).append(entry.samples_to_target / entry.evaluations)
    batches = sorted(spacings)
    return np.log(batches), np.array([float(np.median(spacings[batch])) for batch in batches])


def _evaluation_every(statics: Sequence[Static], take: IntArray, batch: FloatArray, stated: FloatArray) -> FloatArray:
    every = np.zeros(len(batch))
    for row, static in enumerate(statics):
        mask = take == row
        every[mask] = np.interp(np.log(batch[mask]), *static.evaluation)
    return np.where(stated > 0.0, stated, every)


def _column(values: object) -> FloatArray:
    return np.fromiter(values, dtype=np.float64)  # type: ignore[call-overload, no-any-return]
