"""Inputs with round numbers, so that a test can compute by hand what the model must say.

One case, two ops, and a parameter for each role in the order of ROLES; nothing comes from the catalog.
"""

import numpy as np

from ipuwhatif.model.factors import ASSUMED, GAINS
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.roles.names import ROLES
from ipuwhatif.records import replace

VALUES = {
    "peak_flops": 1e14,
    "memory_bandwidth": 1e12,
    "link_bandwidth": 1e11,
    "network_bandwidth": 2.5e10,
    "streaming_bandwidth": 1e10,
    "chips_per_domain": 8.0,
    "chips_per_host": np.inf,
    "parameters": 1e9,
    "blocks": 48.0,
    "block_parameters": 2e7,
    "evaluation_samples": 10_000.0,
    "clock_ratio": 1.0,
    "is_ipu": 0.0,
    "update_bandwidth_ratio": 1.0,
    "evaluation_chips": np.inf,
    "usual_chips_per_instance": np.inf,
    "batch_normalisations": 53.0,
    "default_samples": 0.0,
    "update_launches": 0.0,
    "framework_calls": 0.0,
    "shares_update": 0.0,
    "rounds_ago": 0.0,
    "head_blocks": 0.0,
    "named_software": 0.0,
    "length_ratio": 1.0,
    "youth": 0.0,
    "is_language": 0.0,
    # a language model of 8 layers of 10^8 weights, on 1,000 tokens
    "peak_flops_8": 2e14,
    "peak_flops_4": 4e14,
    "best_share": 0.8,
    "meshed": 0.0,
    "torus_axes": 0.0,
    "tokens": 1000.0,
    "layers": 8.0,
    "layer_products": 1e8,
    "head_weights": 1e8,
    "hidden": 4000.0,
    "feed_forward": 10_000.0,
    "query_width": 4000.0,
    "key_value_width": 1000.0,
    "frozen": 0.0,
    "passes": 3.0,
    "trained_parameters": 1e9,
    "newest_rounds_ago": -5.0,
    "chip_rounds_ago": 0.0,
}


#: What only a framework adds, and entries do not know.
OF_FRAMEWORKS = ("framework_step", "input_loss")


def column(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float64)


def inputs(values: dict[str, float] | None = None, **changes: object) -> Inputs:
    """A case of 8 GPUs, one stage, micro-batch 4, no accumulation; `values` changes entries of Inputs.value."""
    base = Inputs(
        value={name: column(value) for name, value in (VALUES | (values or {})).items()},
        role={name: np.array([position]) for position, name in enumerate(ROLES)},
        group=np.array([0]),
        first_of_group=np.array([0]),
        op_flops=np.array([[1e12, 1e9]]),
        op_bytes=np.array([[1e9, 1e10]]),
        op_weight_bytes=np.array([[1e8, 0.0]]),
        op_launches=np.array([[10.0, 5.0]]),
        op_efficiency=np.array([[len(ROLES), len(ROLES) + 1]]),
        op_count=np.array([2]),
        op_share=np.array([[1.0, 1.0]]),
        chips=column(8),
        replicas=column(8),
        stages=column(1),
        micro_batch=column(4),
        accumulation=column(1),
        global_batch=column(32),
        held_parameters=column(1e9),
        batch_norm_group=column(1),
        off_chip=column(0),
        host_load=column(1),
        cuda_graph=column(0),
        tensor=column(1),
        context=column(1),
        interleaving=column(1),
        recomputed=column(0),
        bits=column(16),
        by_blocks=column(0),
        gathers=column(0),
        in_network=column(0),
        horizon_samples=column(0),
        evaluation_every=column(1e5),
        reference_floor=column(0),
        stated_samples=column(0),
        tabled_samples=column(0),
        recipe_samples=column(1),
        recipe_batch=column(1),
        recipe_weight=column(0),
        factors={},
        size=1,
    )
    arrays = {name: np.atleast_1d(np.asarray(value, dtype=float)) for name, value in changes.items()}
    factors = {name: arrays.pop(name) for name in list(arrays) if name in GAINS + ASSUMED}
    return replace(base, factors=factors, **arrays)


def parameters(**roles: float) -> FloatArray:
    """Natural values by role, 1 where not given, and 0 of what frameworks add; shape (1, roles + 2).

    The last two are the efficiencies of the ops.
    """
    unknown = set(roles) - set(ROLES) - {"first_efficiency", "second_efficiency"}
    assert not unknown, unknown
    values = [roles.get(name, 0.0 if name in OF_FRAMEWORKS else 1.0) for name in ROLES]
    return np.array([[*values, roles.get("first_efficiency", 0.5), roles.get("second_efficiency", 0.5)]])
