"""The assumptions behind a projection: parameters of the model in groups that people can name.

Which of them a case uses is told by the roles that they play for it.
"""

from collections.abc import Mapping

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import parameters as all_parameters

OPS = "ops"
#: Groups of assumptions: key -> the roles of the model that belong to it. The efficiencies of ops come besides.
GROUPS: Mapping[str, tuple[str, ...]] = {
    OPS: ("product_efficiency", "product_start", "attention_share", "attention_before"),
    "memory": (
        "memory_efficiency",
        "memory_effect",
        "activation_traffic",
        "weight_traffic",
        "elementwise_traffic",
        "language_traffic",
        "language_casts",
        "block_casts",
        "wide_layers",
    ),
    "launch": ("launch", "launch_effect", "graph_launch", "framework_launch", "layer_start", "graph_start"),
    "chip": ("chip_effect", "matmul_effect", "language_chip"),
    "software": (
        "drift",
        "micro_effect",
        "stack_effect",
        "stack_fit",
        "framework_effect",
        "framework_fit",
        "software_effect",
        "channels_effect",
        "sixteen_bit",
        "language_published",
        "language_class",
        "language_framework",
        "language_software",
        "submitter_effect",
        "round_gain",
        "young_loss",
        "adapter_cost",
        "near_below",
        "near_above",
    ),
    "host": (
        "step_fixed",
        "step_drift",
        "step_effect",
        "clock_share",
        "host_effect",
        "framework_step",
        "input_loss",
        "step_start",
    ),
    "update": ("update", "update_effect", "off_chip_efficiency"),
    "links": ("link_efficiency", "link_latency"),
    "network": ("network_efficiency", "network_latency", "network_effect", "scale_loss"),
    "overlap": ("overlap", "tensor_exposed", "context_exposed", "stage_exposed", "gradient_exposed", "sharded_exposed"),
    "floor": (
        "floor",
        "floor_effect",
        "optimizer_penalty",
        "recipe_effect",
        "horizon",
        "horizon_ratio",
        "horizon_slope",
        "tabled_effect",
    ),
    "rise": ("slope", "critical_batch", "critical_batch_effect", "rise", "rise_effect", "far_batch", "far_rise"),
    "start_up": ("start_up", "joining", "joining_growth", "start_up_drift", "start_up_effect"),
    "evaluation": ("evaluation",),
    "checkpoint": ("checkpoint",),
}


def groups_of(inputs: Inputs) -> dict[str, list[int]]:
    """The columns of the parameters that a case uses, by group; constants are no assumption."""
    known = len(all_parameters())
    found = {key: {int(inputs.role[role][0]) for role in roles} for key, roles in GROUPS.items()}
    found[OPS] |= set(inputs.op_efficiency.ravel().tolist())
    groups = {key: sorted(column for column in columns if column < known) for key, columns in found.items()}
    return {key: columns for key, columns in groups.items() if columns}
