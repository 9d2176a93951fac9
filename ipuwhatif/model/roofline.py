"""Arithmetic, memory and launch time of one micro-batch on the most loaded stage.

.. math:: t_{op} = \\max\\left(\\frac{m F}{P\\,\\eta_{class}}, \\frac{m A + W}{M\\,\\eta_{memory}}\\right)

with F the FLOPs and A the bytes of activations per sample over all passes, W the bytes of weights, m the micro-batch,
P the peak rate and M the memory bandwidth. The time of an op goes wholly to the side that binds [1]_.

.. [1] Williams, Waterman, Patterson 2009, "Roofline: an insightful visual performance model", CACM 52 (4).
"""

from dataclasses import dataclass

import numpy as np

from ipuwhatif.model.lower import Inputs
from ipuwhatif.model.parameters import FloatArray


@dataclass(frozen=True, slots=True)
class MicroBatchTime:
    """Seconds for one micro-batch; shape (draws, cases) each."""

    compute: FloatArray
    memory: FloatArray
    launch: FloatArray

    @property
    def total(self) -> FloatArray:
        return self.compute + self.memory + self.launch


def micro_batch_time(inputs: Inputs, parameters: FloatArray) -> MicroBatchTime:
    """Time of one micro-batch, forward and backward, on the most loaded stage.

    parameters: natural values, shape (draws, parameters). On an IPU the clock drives the memory too, which is SRAM.
    Cases of one group have the same micro-batch to run, so that it is worked out once.
    """
    value, role = inputs.value_of_groups, inputs.role_of_groups
    clock_gain = inputs.of_groups(inputs.clock_gain)
    sram_gain = np.where(value("is_ipu") > 0.0, clock_gain, 1.0)
    peak = value("peak_flops") * inputs.of_groups(inputs.compute_gain) * clock_gain
    bandwidth = value("memory_bandwidth") * sram_gain
    samples = inputs.of_groups(inputs.micro_batch)[:, None]
    flops = samples * inputs.op_flops * inputs.op_share / peak[:, None]
    moved = (samples * inputs.op_bytes + inputs.op_weight_bytes) * inputs.op_share / bandwidth[:, None]
    arithmetic = flops[None] / parameters[:, inputs.op_efficiency]
    memory = moved[None] / parameters[:, role("memory_efficiency")][:, :, None]
    bound_by_memory = memory > arithmetic
    launches = np.sum(inputs.op_launches * inputs.op_share, axis=1) / (value("clock_ratio") * sram_gain)
    graph = np.where(inputs.of_groups(inputs.cuda_graph) > 0.0, parameters[:, role("graph_launch")], 1.0)
    # A framework for prototyping launches its own calls more slowly, not what a library launches inside of one.
    slow = (parameters[:, role("launch_effect")] - 1.0) * value("framework_calls")
    cost = parameters[:, role("launch")]
    slower, group = slowdown(inputs, parameters), inputs.group
    return MicroBatchTime(
        compute=slower * np.sum(np.where(bound_by_memory, 0.0, arithmetic), axis=2)[:, group],
        memory=slower * np.sum(np.where(bound_by_memory, memory, 0.0), axis=2)[:, group],
        launch=(cost * (graph * launches + slow))[:, group],
    )


def slowdown(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Factor on arithmetic and memory time against the latest entries on the reference chip; shape (draws, cases).

    Software drifts by a factor a round; a round, a published framework, a submitter and a chip each depart from what
    the data sheet and the drift say.
    """
    drift = parameters[:, inputs.role["drift"]] ** inputs.value["rounds_ago"]
    effect = drift * parameters[:, inputs.role["micro_effect"]] * parameters[:, inputs.role["software_effect"]]
    chip = parameters[:, inputs.role["chip_effect"]] * parameters[:, inputs.role["matmul_effect"]]
    return np.asarray(effect * parameters[:, inputs.role["submitter_effect"]] / chip)
