"""Several statics beside each other, and their curves at the batches of cases."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.statics.curves import Curve
from ipuwhatif.model.statics.keys import SharedCatalog, StaticKey
from ipuwhatif.model.statics.static import OP_TABLES, static_of
from ipuwhatif.records import Record

BoolArray = npt.NDArray[np.bool_]
Curves = TypeVar("Curves")


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
    near: IntArray  # (sizes, statics)


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
        near=np.stack([static.near for static in statics], axis=1),
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


def tabled_samples(statics: Statics, take: IntArray | None, batch: FloatArray) -> FloatArray:
    """Samples between the reference points at each batch, in logarithms; 0 where a job does not follow them."""
    if not statics.tabled:
        return np.zeros(1)
    log_batch, samples = np.log(batch), np.zeros(len(batch))
    for (curve,), follows in statics.tabled:
        mask = _cases(follows, take)
        samples[mask] = np.exp(np.interp(log_batch[mask], *curve))
    return samples


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
