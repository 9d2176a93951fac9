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
    """
    is_ipu = inputs.value["is_ipu"]
    peak = inputs.value["peak_flops"] * inputs.compute_gain * inputs.clock_gain
    bandwidth = inputs.value["memory_bandwidth"] * np.where(is_ipu > 0.0, inputs.clock_gain, 1.0)
    effect = parameters[:, inputs.role["micro_effect"]] / parameters[:, inputs.role["chip_effect"]]
    samples = inputs.micro_batch[:, None]
    flops = samples * inputs.op_flops * inputs.op_share / peak[:, None]
    moved = (samples * inputs.op_bytes + inputs.op_weight_bytes) * inputs.op_share / bandwidth[:, None]
    arithmetic = flops[None] / parameters[:, inputs.op_efficiency]
    memory = moved[None] / parameters[:, inputs.role["memory_efficiency"]][:, :, None]
    bound_by_memory = memory > arithmetic
    launches = np.sum(inputs.op_launches * inputs.op_share, axis=1)
    clock = inputs.value["clock_ratio"] * np.where(is_ipu > 0.0, inputs.clock_gain, 1.0)
    graph = np.where(inputs.cuda_graph > 0.0, parameters[:, inputs.role["graph_launch"]], 1.0)
    return MicroBatchTime(
        compute=effect * np.sum(np.where(bound_by_memory, 0.0, arithmetic), axis=2),
        memory=effect * np.sum(np.where(bound_by_memory, memory, 0.0), axis=2),
        launch=parameters[:, inputs.role["launch"]] * graph * (launches / clock),
    )
