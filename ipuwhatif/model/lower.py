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
from ipuwhatif.model.op_table import framework_calls, op_arrays
from ipuwhatif.model.parameters import LATEST_RELEASE, FloatArray, IntArray, parameter_index, rounds_ago
from ipuwhatif.model.roles import ROLES, physics_of, roles_of, software_of
from ipuwhatif.networks.graph import Network
from ipuwhatif.networks.library import network_for

#: Bytes of optimizer state moved per parameter and step where it lives off the chip: two fp32 moments, in and out.
OFF_CHIP_STATE_BYTES = 16.0
#: Blocks that the stage of embedding and head is spared, over the blocks that its weights amount to. Chosen so that
#: BERT's stage is spared 4: 48 + 4 over 4 and 8 stages gives the 13 and 7 blocks of the v1.1 entries, and leaves 9 and
#: 3 of them on the stage of the embedding, as those entries had it.
SPARED_SHARE = 0.75
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
    "framework_calls",
    "shares_update",
    "rounds_ago",
    "head_blocks",
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

    def of_groups(self, column: FloatArray) -> FloatArray:
        """A column over cases as one over groups; one value that stands for all cases stands for all groups."""
        return column if len(column) == 1 else column[self.first_of_group]

    def value_of_groups(self, name: str) -> FloatArray:
        return self.of_groups(self.value[name])

    def role_of_groups(self, name: str) -> IntArray:
        column = self.role[name]
        return column if len(column) == 1 else column[self.first_of_group]


@dataclass(frozen=True, slots=True)
class Columns:
    """What cases and their layouts say, as arrays of shape (cases,), or (1,) where one value stands for all cases."""

    chips: FloatArray
    replicas: FloatArray
    stages: FloatArray
    micro_batch: FloatArray
    accumulation: FloatArray
    global_batch: FloatArray
    blocks_per_stage: FloatArray
    batch_norm_group: FloatArray
    off_chip: FloatArray
    cuda_graph: FloatArray
    horizon_samples: FloatArray
    evaluation_every: FloatArray
    chips_per_instance: FloatArray
    samples: FloatArray  # that the user states; 0 for the workload's default
    compute_gain: FloatArray
    link_gain: FloatArray
    clock_gain: FloatArray


def lower(catalog: Catalog, cases: Sequence[Case], layouts: Sequence[Layout]) -> Inputs:
    """Cases and their layouts, of equal length, as arrays. KeyError where the catalog lacks a key."""
    position: dict[StaticKey, int] = {}
    rows, take = [], []
    for case, layout in zip(cases, layouts, strict=True):
        take.append(position.setdefault(StaticKey.of(case, layout), len(position)))
        rows.append(_row(case, layout))
    columns = Columns(*np.array(rows, dtype=np.float64).T.copy())
    return lower_columns(catalog, tuple(position), columns, np.array(take, dtype=np.intp))


def _row(case: Case, layout: Layout) -> tuple[float, ...]:
    """The values of Columns, in its order."""
    return (
        case.choice.chips,
        layout.replicas,
        layout.pipeline_stages,
        layout.micro_batch,
        layout.gradient_accumulation,
        layout.global_batch,
        layout.blocks_per_stage,
        layout.batch_norm_group,
        layout.off_chip_state,
        layout.cuda_graph,
        layout.horizon_samples,
        layout.evaluation_every,
        layout.chips_per_instance,
        case.samples or 0.0,
        case.gains.compute,
        case.gains.link_bandwidth,
        case.gains.clock,
    )


def lower_columns(
    catalog: Catalog,
    keys: tuple[StaticKey, ...],
    columns: Columns,
    take: IntArray | None = None,
    groups: tuple[IntArray, IntArray] | None = None,
) -> Inputs:
    """Columns as the model's inputs. KeyError where the catalog lacks a key.

    take: which of the keys a case has, shape (cases,); None where one key stands for all, whose values then keep the
    shape (1,). groups: which cases run the same micro-batch, as a case of each group and the group of each case; found
    out where not given.
    """
    stack = _stack(SharedCatalog(catalog), keys)
    values = stack.values if take is None else stack.values[:, take]
    roles = stack.roles if take is None else stack.roles[:, take]
    value = dict(zip(VALUES, values, strict=True))
    piped = columns.stages > 1.0
    loaded = np.where(piped, columns.blocks_per_stage, 0.0)
    gains = (columns.compute_gain, columns.clock_gain)
    first, group = groups or _groups(
        *(() if take is None else (take,)), columns.micro_batch, piped, loaded, columns.cuda_graph, *gains
    )
    ops = stack.ops if take is None else {name: table[take[first]] for name, table in stack.ops.items()}
    share = (loaded / np.maximum(value["blocks"], 1.0))[first, None]
    known = 1 if take is None else len(take)
    every = _evaluation_every(stack.statics, take, columns.global_batch)
    return Inputs(
        value=value,
        role=dict(zip(ROLES, roles, strict=True)),
        group=group,
        first_of_group=first,
        op_flops=ops["op_flops"],
        op_bytes=ops["op_bytes"],
        op_weight_bytes=ops["op_weight_bytes"],
        op_launches=ops["op_launches"],
        op_efficiency=ops["op_efficiency"].astype(np.intp),
        op_share=np.where(piped[first, None], np.where(ops["op_in_block"] > 0.0, share, 0.0), 1.0),
        chips=columns.chips,
        replicas=columns.replicas,
        stages=columns.stages,
        micro_batch=columns.micro_batch,
        accumulation=columns.accumulation,
        global_batch=columns.global_batch,
        held_parameters=_held_parameters(value, columns.stages, columns.blocks_per_stage),
        host_load=_host_load(value, columns.chips_per_instance),
        batch_norm_group=columns.batch_norm_group,
        off_chip=columns.off_chip,
        cuda_graph=columns.cuda_graph,
        horizon_samples=columns.horizon_samples,
        evaluation_every=np.where(columns.evaluation_every > 0.0, columns.evaluation_every, every),
        reference_floor=_reference_floor(stack.statics, take, columns.global_batch),
        stated_samples=stated_samples(value, columns.samples),
        recipe_samples=np.ones(known),
        recipe_batch=np.ones(known),
        recipe_weight=np.zeros(known),
        compute_gain=columns.compute_gain,
        link_gain=columns.link_gain,
        clock_gain=columns.clock_gain,
        size=len(columns.global_batch),
    )


def _groups(*columns: npt.NDArray[np.generic]) -> tuple[IntArray, IntArray]:
    """Which cases agree in all columns: a case that stands for each group, and the group of each case."""
    key = np.zeros(max(len(column) for column in columns), dtype=np.intp)
    for column in columns:
        if len(column) > 1 and (column != column[0]).any():
            values, rank = np.unique(column, return_inverse=True)
            _, key = np.unique(key * len(values) + rank, return_inverse=True)
    first = np.empty(int(key.max()) + 1, dtype=np.intp)
    first[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    return first, key.astype(np.intp)


def stated_samples(value: dict[str, FloatArray], stated: FloatArray) -> FloatArray:
    """Samples of jobs without a quality target: what the user states, else the workload's default; 0 for others."""
    default = value["default_samples"]
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
        "block_parameters": block_parameters(network),
        "evaluation_samples": workload.data["evaluation_samples"].value,
        "default_samples": workload.data["default_samples"].value if stated else 0.0,
        "update_launches": network.tensors if stated else 0.0,
        "shares_update": float(chip.architecture == "tpu"),
        "framework_calls": framework_calls(network, chip.architecture),
        "evaluation_chips": EVALUATION_CHIPS.get((*run, release), np.inf),
        "batch_normalisations": network.batch_normalisations,
        "usual_chips_per_instance": CHIPS_PER_INSTANCE.get(run, np.inf),
        "clock_ratio": chip.value("clock") / reference_chip.value("clock") if is_ipu else 1.0,
        "is_ipu": float(is_ipu),
        "update_bandwidth_ratio": 1.0 if is_ipu else memory_ratio,
        "rounds_ago": rounds_ago(release),
        "head_blocks": head_blocks(network),
    }
    return np.array([values[name] for name in VALUES], dtype=np.float64)


def block_parameters(network: Network) -> float:
    """Parameters of one of the blocks that a pipeline spreads over its stages."""
    return sum(op.parameters * op.count for op in network.ops if op.in_block) / max(network.blocks, 1)


def head_blocks(network: Network) -> int:
    """Blocks that the stage of embedding and head is spared; 0 where all ops belong to blocks, or there are none."""
    block = block_parameters(network)
    outside = network.parameters - block * network.blocks
    return round(SPARED_SHARE * outside / block) if block > 0.0 else 0


def _held_parameters(value: dict[str, FloatArray], stages: FloatArray, loaded: FloatArray) -> FloatArray:
    """Parameters on the fullest stage: that of the embedding, or the one with most blocks."""
    total, block = value["parameters"], value["block_parameters"]
    embedding_stage = total - block * value["blocks"] + np.maximum(loaded - value["head_blocks"], 0.0) * block
    return np.where(stages > 1.0, np.maximum(embedding_stage, loaded * block), total)


def _host_load(value: dict[str, FloatArray], served: FloatArray) -> FloatArray:
    usual = value["usual_chips_per_instance"]
    return np.where((served > 0.0) & np.isfinite(usual), served / usual, 1.0)


@dataclass(frozen=True, slots=True)
class Stack:
    """Several statics beside each other."""

    statics: tuple[Static, ...]
    values: FloatArray  # (len(VALUES), statics)
    roles: IntArray  # (len(ROLES), statics)
    ops: dict[str, FloatArray]  # (statics, ops) each, padded to one length; padding does no work


@lru_cache(maxsize=256)
def _stack(shared: SharedCatalog, keys: tuple[StaticKey, ...]) -> Stack:
    statics = tuple(_static(shared, key) for key in keys)
    longest = max(len(static.op_flops) for static in statics)
    tables = {name: np.zeros((len(statics), longest)) for name in OP_TABLES}
    for row, static in enumerate(statics):
        for name, table in tables.items():
            table[row, : len(static.op_flops)] = getattr(static, name)
    values = np.stack([static.values for static in statics], axis=1)
    return Stack(statics, values, np.stack([static.roles for static in statics], axis=1), tables)


OP_TABLES = ("op_flops", "op_bytes", "op_weight_bytes", "op_launches", "op_in_block", "op_efficiency")


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


def _reference_floor(statics: Sequence[Static], take: IntArray | None, batch: FloatArray) -> FloatArray:
    """The lowest of the reference curves at each batch; 0 where the rule does not apply."""
    if not any(static.references for static in statics):
        return np.zeros(1 if take is None else len(batch))
    log_batch, floor = np.log(batch), np.zeros(len(batch))
    for row, static in enumerate(statics):
        if static.references:
            mask = slice(None) if take is None else take == row
            floor[mask] = np.exp(np.min([np.interp(log_batch[mask], *curve) for curve in static.references], axis=0))
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


def _evaluation_every(statics: Sequence[Static], take: IntArray | None, batch: FloatArray) -> FloatArray:
    """Samples between evaluations, by the workload's rule."""
    if all(len(static.evaluation[1]) == 1 for static in statics):
        every = np.array([static.evaluation[1][0] for static in statics])
        return every if take is None else every[take]
    log_batch, every = np.log(batch), np.zeros(len(batch))
    for row, static in enumerate(statics):
        mask = slice(None) if take is None else take == row
        every[mask] = np.interp(log_batch[mask], *static.evaluation)
    return every
