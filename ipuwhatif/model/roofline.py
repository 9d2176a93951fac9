"""Arithmetic, memory and launch time of one micro-batch on the most loaded stage.

.. math:: t_{op} = \\max\\left(\\frac{m F}{P\\,\\eta_{class}}, \\frac{m A + W}{M\\,\\eta_{memory}}\\right)

with F the FLOPs and A the bytes of activations per sample over all passes, W the bytes of weights, m the micro-batch,
P the peak rate and M the memory bandwidth. The time of an op goes wholly to the side that binds [1]_.

.. [1] Williams, Waterman, Patterson 2009, "Roofline: an insightful visual performance model", CACM 52 (4).
"""

import numpy as np

from ipuwhatif.model.lower import Inputs
from ipuwhatif.model.op_table import STEP_CALLS
from ipuwhatif.model.parameters import ARCHITECTURES, EFFICIENCY_CLASSES, FloatArray, parameter_index
from ipuwhatif.records import dataclass


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
    value = inputs.value_of_groups
    clock_gain = inputs.of_groups(inputs.factor("clock"))
    sram_gain = np.where(value("is_ipu") > 0.0, clock_gain, 1.0)
    arithmetic_gain = inputs.of_groups(inputs.factor("compute")) * inputs.of_groups(inputs.factor("peak"))
    peak = value("peak_flops") * arithmetic_gain * clock_gain
    bandwidth = value("memory_bandwidth") * sram_gain * inputs.of_groups(inputs.factor("memory_bandwidth"))
    samples = inputs.of_groups(inputs.micro_batch)[:, None]
    flops = samples * inputs.op_flops * inputs.op_share / peak[:, None]
    moved = (samples * inputs.op_bytes + inputs.op_weight_bytes) * inputs.op_share / bandwidth[:, None]
    arithmetic = flops / op_efficiencies(inputs, parameters)
    memory = moved / inputs.drawn_of_groups("memory_efficiency", parameters)[:, :, None]
    by_memory = (memory > arithmetic).astype(np.float64)
    launches = np.vecdot(inputs.op_launches, inputs.op_share) / (value("clock_ratio") * sram_gain)
    in_graph = inputs.of_groups(inputs.cuda_graph) > 0.0
    graph = np.where(in_graph, inputs.drawn_of_groups("graph_launch", parameters), 1.0)
    # A framework for prototyping launches its own calls more slowly, not what a library launches inside of one. The
    # calls of the network are among the launches already.
    calls = value("framework_calls")
    network_calls = np.maximum(calls - STEP_CALLS, 0.0)
    slow = inputs.drawn_of_groups("launch_effect", parameters) * calls - network_calls
    cost = inputs.drawn_of_groups("launch", parameters)
    slower, group = slowdown(inputs, parameters), inputs.group
    return MicroBatchTime(
        compute=slower * np.vecdot(arithmetic, 1.0 - by_memory).take(group, axis=1),
        memory=slower * np.vecdot(memory, by_memory).take(group, axis=1),
        launch=(cost * (graph * launches + slow)).take(group, axis=1),
    )


def op_efficiencies(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Share of the peak rate that each op reaches, at most 1; shape (draws, groups, ops)."""
    reached = parameters.take(inputs.op_efficiency, axis=1)
    for op_class in EFFICIENCY_CLASSES:
        if op_class in inputs.factors:
            columns = [parameter_index()[f"efficiency.{chip}.{op_class}"] for chip in ARCHITECTURES]
            moved = np.isin(inputs.op_efficiency, columns)
            factor = inputs.of_groups(inputs.factor(op_class))[:, None]
            reached = np.minimum(reached * np.where(moved, factor, 1.0), 1.0)
    return np.asarray(reached)


def slowdown(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Factor on arithmetic and memory time against the latest entries on the reference chip; shape (draws, cases).

    Software drifts by a factor a round; a round, a published framework, a submitter and a chip each depart from what
    the data sheet and the drift say.
    """
    effect = (
        inputs.drifted("drift", parameters)
        * inputs.drawn("micro_effect", parameters)
        * inputs.drawn("software_effect", parameters)
    )
    chip = inputs.drawn("chip_effect", parameters) * inputs.drawn("matmul_effect", parameters)
    return np.asarray(effect * inputs.drawn("submitter_effect", parameters) / chip)
