"""A static: values, roles, ops and curves of one workload, system, software, recipe and optimizer.

Each is looked up once; cases take theirs by index, so that ten thousand cases cost little more than one.
"""

from functools import lru_cache

import numpy as np

from ipuwhatif.catalog.types import LANGUAGE
from ipuwhatif.model.near_rows import near_columns
from ipuwhatif.model.op_table import op_arrays
from ipuwhatif.model.parameters import FloatArray, IntArray, parameter_index
from ipuwhatif.model.roles.names import ROLES
from ipuwhatif.model.roles.roles import roles_of
from ipuwhatif.model.roles.software import kernels_of, software_of
from ipuwhatif.model.rounds import told_by
from ipuwhatif.model.statics.curves import Curve, reference_curves, spacing_curve, tabled_curve
from ipuwhatif.model.statics.keys import SharedCatalog, StaticKey
from ipuwhatif.model.statics.values import values_of
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import Record

OP_TABLES = ("op_flops", "op_bytes", "op_weight_bytes", "op_launches", "op_in_block")


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
    near: IntArray  # (sizes,): parameters that rows near by tell, by number of chips


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
        values=values_of(catalog, workload, system, key, told.stack, network, named=software is not None),
        roles=np.array([parameter_index()[roles[name]] for name in ROLES], dtype=np.intp),
        references=reference_curves(shared, key.workload, key.release, key.recipe),
        tabled=tabled_curve(shared, key.workload, key.release),
        evaluation=spacing_curve(shared, key.workload),
        near=near_columns(workload, chip, key.release, software),
        **(_no_ops() if LANGUAGE in workload.traits else op_arrays(network, chip.architecture)),  # type: ignore[arg-type]
    )


def _no_ops() -> dict[str, FloatArray | IntArray]:
    """A table without work, of a job that is not timed op by op."""
    nothing: dict[str, FloatArray | IntArray] = {name: np.zeros(1) for name in OP_TABLES}
    nothing["op_efficiency"] = np.array([parameter_index()["one"]], dtype=np.intp)
    return nothing
