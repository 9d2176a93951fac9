"""The only place that turns cases and their layouts into arrays: what fitting and projecting both evaluate.

What cases share is taken by index from what `statics` looks up once.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import Case
from ipuwhatif.model.factors import NOTHING, OF_MICRO_BATCH, factors_of
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.near_rows import near_roles
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.precision import BF16, PRECISIONS
from ipuwhatif.model.roles.names import ROLES
from ipuwhatif.model.statics.beside import (
    BoolArray,
    Statics,
    evaluation_spacing,
    reference_floor,
    statics_of,
    tabled_samples,
)
from ipuwhatif.model.statics.keys import SharedCatalog, StaticKey
from ipuwhatif.model.statics.values import VALUES
from ipuwhatif.records import Record, replace

Table = TypeVar("Table", FloatArray, IntArray)


class Columns(Record, frozen=True):
    """What cases and their layouts say, as arrays of shape (cases,), or (1,) where one value stands for all cases."""

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
    tensor: FloatArray
    context: FloatArray
    interleaving: FloatArray
    recomputed: FloatArray
    bits: FloatArray
    by_blocks: FloatArray
    gathers: FloatArray
    in_network: FloatArray


def lower(catalog: Catalog, cases: Sequence[Case], layouts: Sequence[Layout], *, shared: bool = False) -> Inputs:
    """Cases and their layouts, of equal length, as arrays. KeyError where the catalog lacks a key.

    shared: where one key stands for all cases its values keep the shape (1,), which takes less time at many draws.
    """
    position: dict[StaticKey, int] = {}
    rows, take = [], []
    for case, layout in zip(cases, layouts, strict=True):
        take.append(position.setdefault(StaticKey.of(case, layout), len(position)))
        rows.append(_row(case, layout))
    columns = Columns(*np.array(rows, dtype=np.float64).T.copy())
    factors = factors_of([case.gains for case in cases], [case.assumed for case in cases])
    place = None if shared and len(position) == 1 else np.array(take, dtype=np.intp)
    return lower_columns(catalog, tuple(position), columns, place, factors=factors)


def _row(case: Case, layout: Layout) -> tuple[float, ...]:
    """The values of Columns, in its order."""
    precision = PRECISIONS[layout.precision or BF16]
    return (
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
        layout.tensor_parallel,
        layout.context_parallel,
        layout.interleaving,
        layout.recomputed,
        precision.bits,
        precision.by_blocks,
        layout.gathers,
        layout.in_network,
    )


def lower_columns(
    catalog: Catalog,
    keys: tuple[StaticKey, ...],
    columns: Columns,
    take: IntArray | None = None,
    groups: tuple[IntArray, IntArray] | None = None,
    factors: Mapping[str, FloatArray] = NOTHING,
) -> Inputs:
    """Columns as the model's inputs. KeyError where the catalog lacks a key.

    take: which of the keys a case has, shape (cases,); None where one key stands for all, whose values then keep the
    shape (1,). groups: which cases run the same micro-batch, as a case of each group and the group of each case; found
    out where not given. factors: what the user changes, as `factors_of` gives it.
    """
    statics = statics_of(SharedCatalog(catalog), keys)
    values, roles = statics.values, statics.roles
    value = dict(zip(VALUES, values if take is None else values.take(take, axis=1), strict=True))
    piped = columns.stages > 1.0
    loaded = np.where(piped, columns.blocks_per_stage, 0.0)
    gains = [factors[name] for name in OF_MICRO_BATCH if name in factors]
    cuda_graph, batch = columns.cuda_graph, columns.global_batch
    first, group = groups or _groups(take, columns.micro_batch, piped, loaded, cuda_graph, *gains)
    ops, efficiency, count = _ops_of_groups(statics, take, first)
    known = 1 if take is None else len(take)
    chips = columns.replicas * columns.stages * columns.tensor * columns.context
    role = dict(zip(ROLES, roles if take is None else roles.take(take, axis=1), strict=True))
    inputs = Inputs(
        value=value,
        role=role | near_roles(statics.near, take, chips),
        group=group,
        first_of_group=first,
        op_flops=ops["op_flops"],
        op_bytes=ops["op_bytes"],
        op_weight_bytes=ops["op_weight_bytes"],
        op_launches=ops["op_launches"],
        op_efficiency=efficiency,
        op_count=count,
        op_share=_held_share(ops["op_in_block"], piped, loaded / np.maximum(value["blocks"], 1.0), len(batch), first),
        chips=chips,
        replicas=columns.replicas,
        stages=columns.stages,
        micro_batch=columns.micro_batch,
        accumulation=columns.accumulation,
        global_batch=batch,
        held_parameters=_held_parameters(value, columns.stages, columns.blocks_per_stage),
        host_load=_host_load(value, columns.chips_per_instance),
        batch_norm_group=columns.batch_norm_group,
        off_chip=columns.off_chip,
        cuda_graph=cuda_graph,
        tensor=columns.tensor,
        context=columns.context,
        interleaving=columns.interleaving,
        recomputed=columns.recomputed,
        bits=columns.bits,
        by_blocks=columns.by_blocks,
        gathers=columns.gathers,
        in_network=columns.in_network,
        horizon_samples=columns.horizon_samples,
        evaluation_every=_evaluation_every(columns, evaluation_spacing(statics, take, batch)),
        reference_floor=reference_floor(statics, take, batch),
        stated_samples=stated_samples(value, columns.samples),
        tabled_samples=tabled_samples(statics, take, batch),
        recipe_samples=np.ones(known),
        recipe_batch=np.ones(known),
        recipe_weight=np.zeros(known),
        factors=NOTHING,
        size=len(batch),
    )
    return with_factors(factors, inputs) if factors else inputs


def _ops_of_groups(
    statics: Statics, take: IntArray | None, first: IntArray
) -> tuple[dict[str, FloatArray], IntArray, IntArray]:
    """Tables of ops, column of the efficiency and number of ops of each group; of one key those of all groups."""
    if take is None:
        return statics.ops, statics.op_efficiency, statics.op_count
    of_group = take[first]
    ops = {name: table[of_group] for name, table in statics.ops.items()}
    return ops, statics.op_efficiency[of_group], statics.op_count[of_group]


def _held_share(in_block: FloatArray, piped: BoolArray, share: FloatArray, count: int, first: IntArray) -> FloatArray:
    """Part of each op's instances that the most loaded stage holds, shape (groups, ops).

    piped, share: whether the cases, `count` of them, have stages, and which part of the blocks the fullest stage has.
    """
    held = in_block * np.broadcast_to(share, count)[first, None]
    return np.where(np.broadcast_to(piped, count)[first, None], held, 1.0)


def with_factors(factors: Mapping[str, FloatArray], inputs: Inputs, stated: FloatArray | None = None) -> Inputs:
    """Inputs without factors as they are under some, and with other stated samples where they are given."""
    if stated is None:
        stated = inputs.stated_samples
    floor, value = inputs.reference_floor, inputs.value
    if "samples" in factors:  # a score that is lifted to the reference is lifted to what the lever makes of it
        floor = floor * factors["samples"]
    if "rounds" in factors:
        value = value | {"rounds_ago": value["rounds_ago"] - factors["rounds"]}
    return replace(inputs, factors=factors, reference_floor=floor, value=value, stated_samples=stated)


def regrouped(inputs: Inputs, first: IntArray, group: IntArray) -> Inputs:
    """Inputs whose groups are split: a case that stands for each of the new groups, and the new group of each case."""
    before = inputs.group[first]

    def of_new(table: Table) -> Table:
        return table if len(table) == 1 else table[before]  # ops of the only network are those of all groups

    return replace(
        inputs,
        group=group,
        first_of_group=first,
        op_flops=of_new(inputs.op_flops),
        op_bytes=of_new(inputs.op_bytes),
        op_weight_bytes=of_new(inputs.op_weight_bytes),
        op_launches=of_new(inputs.op_launches),
        op_efficiency=of_new(inputs.op_efficiency),
        op_count=of_new(inputs.op_count),
        op_share=inputs.op_share[before],
    )


def _groups(*columns: npt.NDArray[np.generic] | None) -> tuple[IntArray, IntArray]:
    """Which cases agree in all columns: a case that stands for each group, and the group of each case."""
    telling = [column for column in columns if column is not None and len(column) > 1]
    position: dict[tuple[object, ...], int] = {}
    keys = zip(*(column.tolist() for column in telling), strict=True) if telling else [()]
    group = np.array([position.setdefault(key, len(position)) for key in keys], dtype=np.intp)
    first = np.empty(len(position), dtype=np.intp)
    first[group[::-1]] = np.arange(len(group) - 1, -1, -1)
    return first, group


def _evaluation_every(columns: Columns, spacing: FloatArray) -> FloatArray:
    """Samples between evaluations: the layout's own where it has one."""
    own = columns.evaluation_every
    return np.where(own > 0.0, own, spacing) if own.any() else spacing


def stated_samples(value: dict[str, FloatArray], stated: FloatArray) -> FloatArray:
    """Samples of jobs without a quality target: what the user states, else the workload's default; 0 for others.

    Both are stated in samples of the usual length; of longer ones fewer hold as many tokens.
    """
    default = value["default_samples"]
    return np.where((stated > 0.0) & (default > 0.0), stated * value["length_ratio"], default)


def _held_parameters(value: dict[str, FloatArray], stages: FloatArray, loaded: FloatArray) -> FloatArray:
    """Parameters on the fullest stage: that of the embedding, or the one with most blocks."""
    total, block = value["parameters"], value["block_parameters"]
    embedding_stage = total - block * value["blocks"] + np.maximum(loaded - value["head_blocks"], 0.0) * block
    return np.where(stages > 1.0, np.maximum(embedding_stage, loaded * block), total)


def _host_load(value: dict[str, FloatArray], served: FloatArray) -> FloatArray:
    usual = value["usual_chips_per_instance"]
    return np.where((served > 0.0) & np.isfinite(usual), served / usual, 1.0)
