"""What a training step adds to its micro-batches: the pipeline's fill, the weight update and the wait for the host."""

import numpy as np

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray

#: Bytes of optimizer state moved per parameter and step where it lives off the chip: two fp32 moments, in and out.
OFF_CHIP_STATE_BYTES = 16.0


def pipeline_fill(inputs: Inputs) -> FloatArray:
    """Micro-batch times lost to filling and draining the pipeline, shape (cases,).

    .. math:: fill = 2 (stages - 1)

    One forward and one backward ramp of a schedule that runs each stage once per micro-batch and direction (Huang et
    al. 2019, "GPipe", arXiv:1811.06965, section 2.3).
    """
    return 2.0 * (inputs.stages - 1.0)


def clock_slowdown(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Factor on the per-step part: an uncertain share of it follows the chip's clock. Shape (draws, cases)."""
    share = inputs.drawn("clock_share", parameters)
    return 1.0 - share + share / (inputs.value["clock_ratio"] * inputs.factor("clock"))


def step_effect(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Factor on the per-step part by the software's round; shape (draws, cases)."""
    return inputs.drifted("step_drift", parameters) * inputs.drawn("step_effect", parameters)


def update_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Seconds for one weight update, shape (draws, cases).

    Arithmetic and movement are proportional to the parameters that the fullest chip holds, and do not get faster with
    the host's software. Entries update all tensors at once, jobs without entries launch one update a tensor. Where
    the optimizer's state lives off the chip it is streamed in and out once a step, each replica holding its share.
    """
    # A TPU updates its share of the weights and gathers the rest (Xu et al. 2020, arXiv:2004.13336).
    held = inputs.held_parameters
    updated = held / np.where(inputs.value["shares_update"] > 0.0, inputs.replicas, 1.0)
    on_chip = inputs.drawn("update", parameters) * updated * inputs.value["update_bandwidth_ratio"]
    on_chip = on_chip * inputs.drawn("update_effect", parameters)
    # The update of a GPU is bound by its memory; that of an IPU is not known to be.
    on_chip = on_chip / np.where(inputs.value["is_ipu"] > 0.0, 1.0, inputs.factor("memory_bandwidth"))
    launched = inputs.value["update_launches"] * inputs.drawn("launch", parameters)
    on_chip = on_chip + launched * inputs.drawn("launch_effect", parameters)
    streamed = inputs.off_chip * held / inputs.replicas * OFF_CHIP_STATE_BYTES / inputs.value["streaming_bandwidth"]
    off_chip = streamed / inputs.drawn("off_chip_efficiency", parameters)
    return clock_slowdown(inputs, parameters) * on_chip + off_chip


def host_wait(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Seconds a step waits for the host: synchronisation and the start of its input. Shape (draws, cases).

    A host program serves its chips one after the other. A framework adds what it does itself between two steps.
    """
    effect = step_effect(inputs, parameters) * clock_slowdown(inputs, parameters)
    changed = inputs.factor("host_wait") / inputs.factor("host_input")
    fixed = inputs.drawn("step_fixed", parameters) * inputs.drawn("host_effect", parameters)
    return (effect * fixed * inputs.host_load + inputs.drawn("framework_step", parameters)) * changed
