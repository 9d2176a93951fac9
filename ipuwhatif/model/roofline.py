"""Arithmetic, memory and launch time of one micro-batch on the most loaded stage.

.. math:: a = \\frac{m F}{P\\,\\eta_{class}}, \\quad b = \\frac{m A + W}{M\\,\\eta_{memory}}, \\quad
    t_{op} = \\tfrac{1}{2}\\left(a + b + \\sqrt{(a - b)^2 + \\kappa^2 a b}\\right)

with F the FLOPs and A the bytes of activations per sample over all passes, W the bytes of weights, m the micro-batch,
P the peak rate, M the memory bandwidth and κ the width of the knee (KNEE). The time of an op goes wholly to the side
that binds [1]_.

.. [1] Williams, Waterman, Patterson 2009, "Roofline: an insightful visual performance model", CACM 52 (4).
"""

from functools import lru_cache

import numpy as np

from ipuwhatif.catalog.priors.priors import ARCHITECTURES, EFFICIENCY_CLASSES
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.op_table import STEP_CALLS
from ipuwhatif.model.parameters import FloatArray, IntArray, parameter_index
from ipuwhatif.records import Record

#: Where both roofs bind alike an op takes half of this share longer than either: no chip has a sharp knee, and a fit
#: would stop on its edge, here on one processor and there on another.
KNEE = 0.1
WORTH_APART = 0.75  # share of the work from which on ops of few networks are not worked out apart


class MicroBatchTime(Record, frozen=True):
    """Seconds for one micro-batch; shape (draws, cases) each."""

    compute: FloatArray
    memory: FloatArray
    launch: FloatArray

    @property
    def total(self) -> FloatArray:
        return self.compute + self.memory + self.launch


def micro_batch_time(inputs: Inputs, parameters: FloatArray) -> MicroBatchTime:
    """Time of one micro-batch, forward and backward, on the most loaded stage.

    parameters: natural values, shape (draws, parameters).
    Cases of one group have the same micro-batch to run, so that it is worked out once.
    """
    compute, memory = _work_times(inputs, parameters)
    slower, group = slowdown(inputs, parameters), inputs.group
    return MicroBatchTime(
        compute=slower * compute.take(group, axis=1),
        memory=slower * memory.take(group, axis=1),
        launch=_launch_time(inputs, parameters).take(group, axis=1),
    )


def _work_times(inputs: Inputs, parameters: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Seconds of ops that arithmetic binds and of those that memory binds, shape (draws, groups) each."""
    value = inputs.value_of_groups
    clock_gain = inputs.of_groups(inputs.factor("clock"))
    arithmetic_gain = inputs.of_groups(inputs.factor("compute")) * inputs.of_groups(inputs.factor("peak"))
    peak = value("peak_flops") * arithmetic_gain * clock_gain
    bandwidth = value("memory_bandwidth") * _sram_gain(inputs) * inputs.of_groups(inputs.factor("memory_bandwidth"))
    samples = inputs.of_groups(inputs.micro_batch)[..., None]
    flops = samples * inputs.op_flops * inputs.op_share / peak[..., None]
    moved = (samples * inputs.op_bytes + inputs.op_weight_bytes) * inputs.op_share / bandwidth[..., None]
    efficiency = op_efficiencies(inputs, parameters)
    share = inputs.drawn_of_groups("memory_efficiency", parameters) * inputs.drawn_of_groups(
        "memory_effect", parameters
    )
    traffic = elementwise_traffic(inputs, parameters)
    compute, memory = np.zeros(()), np.zeros(())
    for groups, ops, back in _tiers(inputs.op_count.tobytes()):
        arithmetic = flops[..., groups, ops] / efficiency[:, groups, ops]
        streaming = moved[..., groups, ops] / share[:, groups, None]
        if traffic is not None:
            streaming = streaming * traffic[:, groups, ops]
        bound = bound_time(arithmetic, streaming)
        by_memory = np.vecdot(bound, (streaming > arithmetic).astype(np.float64))
        by_arithmetic = np.vecdot(bound, np.ones(bound.shape[-1])) - by_memory
        if back is not None:
            place, is_long = back
            by_arithmetic, by_memory = by_arithmetic[:, place] * is_long, by_memory[:, place] * is_long
        compute, memory = compute + by_arithmetic, memory + by_memory
    return compute, memory


def _launch_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Seconds of starting the ops of a micro-batch, shape (draws, groups)."""
    value = inputs.value_of_groups
    launches = np.vecdot(inputs.op_launches, inputs.op_share) / (value("clock_ratio") * _sram_gain(inputs))
    in_graph = inputs.of_groups(inputs.cuda_graph) > 0.0
    graph = np.where(in_graph, inputs.drawn_of_groups("graph_launch", parameters), 1.0)
    # A framework for prototyping launches its own calls more slowly, not what a library launches inside of one. The
    # calls of the network are among the launches already.
    calls = value("framework_calls")
    network_calls = np.maximum(calls - STEP_CALLS, 0.0)
    slow = inputs.drawn_of_groups("launch_effect", parameters) * calls - network_calls
    cost, often = inputs.drawn_of_groups("launch", parameters), inputs.drawn_of_groups("framework_launch", parameters)
    seconds: FloatArray = cost * (graph * launches * often + slow)
    return seconds


def _sram_gain(inputs: Inputs) -> FloatArray:
    """What the clock gives the memory, shape (groups,): on an IPU, whose memory is SRAM, as much as the chip."""
    return np.where(inputs.value_of_groups("is_ipu") > 0.0, inputs.of_groups(inputs.factor("clock")), 1.0)


@lru_cache(maxsize=64)
def _tiers(op_count: bytes) -> list[tuple[IntArray | slice, slice, tuple[IntArray, FloatArray] | None]]:
    """Parts of the table of ops that are worked out together: groups, ops, and how sums over these ops come back.

    Where few networks have many more ops than the rest, those ops are worked out for their groups alone. op_count: ops
    of each group, as bytes of integers.
    """
    counts = np.frombuffer(op_count, dtype=np.intp)
    most = int(counts.max())
    work = {int(few): len(counts) * few + int((counts > few).sum()) * (most - few) for few in np.unique(counts)}
    few = min(work, key=lambda each: work[each])
    if work[few] > WORTH_APART * work[most]:
        return [(slice(None), slice(None), None)]
    is_long = counts > few
    back = np.where(is_long, np.cumsum(is_long) - 1, 0), is_long.astype(np.float64)
    return [(slice(None), slice(0, few), None), (np.flatnonzero(is_long), slice(few, most), back)]


def bound_time(arithmetic: FloatArray, memory: FloatArray) -> FloatArray:
    """Seconds of an op that takes so long by its arithmetic and so long by its memory; never less than either.

    Far from the knee it is the longer of the two, where both are equal KNEE / 2 more.
    """
    both = arithmetic + memory
    time = arithmetic * memory  # worked on in place: in a sweep these are the largest arrays there are
    time *= KNEE**2 - 4.0
    time += both * both
    time = np.sqrt(time, out=time)
    time += both
    time *= 0.5
    return time


def op_efficiencies(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Share of the peak rate that each op reaches, at most 1; shape (draws, groups, ops)."""
    reached = parameters.take(inputs.op_efficiency, axis=1)
    for op_class in EFFICIENCY_CLASSES:
        if op_class in inputs.factors:
            columns = [parameter_index()[f"efficiency.{chip}.{op_class}"] for chip in ARCHITECTURES]
            moved = np.isin(inputs.op_efficiency, columns)
            factor = inputs.of_groups(inputs.factor(op_class))[..., None]
            reached = np.minimum(reached * np.where(moved, factor, 1.0), 1.0)
    return reached


def elementwise_traffic(inputs: Inputs, parameters: FloatArray) -> FloatArray | None:
    """Bytes of ops that only move, over those of ops that are joined; shape (draws, groups, ops), None for 1.

    Software that neither a compiler nor a hand has joined reads and writes between any two of them.
    """
    if not inputs.value["named_software"].any():
        return None
    factor = inputs.drawn_of_groups("elementwise_traffic", parameters)[:, :, None]
    moving = (inputs.op_efficiency == parameter_index()["one"]).astype(np.float64)
    traffic: FloatArray = 1.0 + (factor - 1.0) * moving
    return traffic


def slowdown(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Factor on arithmetic and memory time against the latest entries on the reference chip; shape (draws, cases).

    Software drifts by a factor a round; a round, a published framework, a submitter and a chip each depart from what
    the data sheet and the drift say.
    """
    effect = (
        inputs.drifted("drift", parameters)
        * inputs.drawn("micro_effect", parameters)
        * software_slowdown(inputs, parameters)
    )
    chip = inputs.drawn("chip_effect", parameters) * inputs.drawn("matmul_effect", parameters)
    youth = inputs.value["youth"]
    if youth.any():
        effect = effect * np.exp(inputs.drawn("young_loss", parameters) * youth)
    return effect * inputs.drawn("submitter_effect", parameters) / chip


#: Roles whose product a published state of a framework takes longer than tuned entries.
SOFTWARE_EFFECTS = (
    "stack_effect",
    "stack_fit",
    "framework_effect",
    "framework_fit",
    "software_effect",
    "channels_effect",
)


def software_slowdown(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """What a published state of a framework takes longer than tuned entries, shape (draws, cases); 1 for entries.

    .. math:: e = e_{class}\\, e_{class, network}\\, e_{framework}\\, e_{framework, network}\\, e_{release}\\,
        e_{channels}\\, e^{l \\log_2 m} / h

    with h the rate of products in 16 bit where those of entries are in 8 bit, m the chips that share a host which feeds
    them with pictures, and l what a doubling of them costs.
    """
    if not inputs.value["named_software"].any():
        return np.ones((1, 1))
    effect = inputs.drawn(SOFTWARE_EFFECTS[0], parameters)
    for role in SOFTWARE_EFFECTS[1:]:
        effect = effect * inputs.drawn(role, parameters)
    effect = effect / inputs.drawn("sixteen_bit", parameters)
    sharing = np.log2(np.minimum(inputs.chips, inputs.value["chips_per_domain"]))
    return effect * np.exp(inputs.drawn("input_loss", parameters) * sharing)
