"""What the chips of a language model send each other in a step: over links, over the network, over the replicas."""

import numpy as np

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.language.language_shares import REACHED, layers_held, tokens_of_chip, trained_held
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.networks.graph import HALF_PRECISION_BYTES

#: Gathers and scatters of a layer's activations over tensor parallel chips in a step (Korthikanti et al. 2022,
#: arXiv:2205.05198, section 4.2.2: sequence parallel).
TENSOR_TRANSFERS = 8.0
CONTEXT_PASSES = 3.0  # keys and values go around the ring once forward, their gradients and they again backward
#: Bytes of a gradient that is summed (32 bit) and of the new weight that is gathered (16 bit), of each parameter.
SUMMED_BYTES = 6.0
#: Bytes of a weight that is gathered and of its gradient that is summed each micro-batch, where replicas share both.
GATHERED_BYTES, SCATTERED_BYTES = 2.0, 4.0


def link_rate(inputs: Inputs, ranks: FloatArray, axes: FloatArray) -> FloatArray:
    """B/s that a chip sends to `ranks` - 1 peers of its domain, shape (cases,).

    Over a switch all links lead to any peer; in a mesh one link leads to each; in a torus those along the axes on which
    the peers lie.
    """
    value = inputs.value
    peers = np.maximum(value["chips_per_domain"] - 1.0, 1.0)
    share = np.where(value["meshed"] > 0.0, np.minimum(np.maximum(ranks - 1.0, 1.0) / peers, 1.0), 1.0)
    share = np.where(value["torus_axes"] > 0.0, axes / np.maximum(value["torus_axes"], 1.0), share)
    reached = np.minimum(REACHED * inputs.factor("link_efficiency"), 1.0)
    wider = inputs.factor("link_bandwidth") * inputs.factor("communication")
    return value["link_bandwidth"] * share * wider * reached


def inner_axes(inputs: Inputs) -> FloatArray:
    """Axes of a torus on which the chips of a replica lie: one where other replicas take the rest, else all."""
    return np.where(inputs.replicas > 1.0, 1.0, inputs.value["torus_axes"])


def outer_axes(inputs: Inputs) -> FloatArray:
    """Axes of a torus on which the replicas lie: those that the chips of a replica leave."""
    axes = inputs.value["torus_axes"]
    return np.where(inputs.tensor * inputs.context > 1.0, np.maximum(axes - 1.0, 1.0), axes)


def network_rate(inputs: Inputs) -> FloatArray:
    """B/s of a chip between domains, shape (cases,)."""
    reached = np.minimum(REACHED * inputs.factor("network_efficiency"), 1.0)
    wider = inputs.factor("link_bandwidth") * inputs.factor("communication")
    return inputs.value["network_bandwidth"] * wider * reached


def _exposed(inputs: Inputs, role: str, parameters: FloatArray) -> FloatArray:
    return np.minimum(inputs.drawn(role, parameters) * inputs.factor("exposed"), 1.0)


def tensor_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Gathering and scattering the activations of each layer over tensor parallel chips: hardly hidden."""
    ranks = inputs.tensor
    inside = link_rate(inputs, ranks, inner_axes(inputs))
    rate = np.where(ranks <= inputs.value["chips_per_domain"], inside, network_rate(inputs))
    values = TENSOR_TRANSFERS * tokens_of_chip(inputs) * inputs.value["hidden"] * layers_held(inputs)
    sent = HALF_PRECISION_BYTES * values * (ranks - 1.0) / ranks
    return sent / rate * _exposed(inputs, "tensor_exposed", parameters)


def context_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Keys and values going around the ring of context parallel chips (Liu et al. 2023, arXiv:2310.01889)."""
    ranks, together = inputs.context, inputs.context * inputs.tensor
    inside = link_rate(inputs, ranks, inner_axes(inputs))
    rate = np.where(together <= inputs.value["chips_per_domain"], inside, network_rate(inputs))
    values = 2.0 * inputs.value["key_value_width"] / inputs.tensor * tokens_of_chip(inputs) * layers_held(inputs)
    sent = HALF_PRECISION_BYTES * values * CONTEXT_PASSES * (ranks - 1.0)
    return sent / rate * _exposed(inputs, "context_exposed", parameters)


def stage_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Handing activations and their gradients to the next piece of the pipeline, over the network."""
    values = 2.0 * inputs.interleaving * tokens_of_chip(inputs) / inputs.tensor * inputs.value["hidden"]
    sent = np.where(inputs.stages > 1.0, HALF_PRECISION_BYTES * values, 0.0)
    return sent / network_rate(inputs) * _exposed(inputs, "stage_exposed", parameters)


def gradient_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Summing the gradients and gathering the new weights over the replicas, by levels.

    The replicas inside of a domain sum over its links; each then brings its share of the sum, 1/r, to the network.
    """
    size = np.where(inputs.gathers > 0.0, 0.0, SUMMED_BYTES * trained_held(inputs))  # else each micro-batch does
    inside, outside = _over_replicas(inputs, size)
    return (inside + outside) * _exposed(inputs, "gradient_exposed", parameters)


def sharded_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Gathering the weights and summing the gradients of a micro-batch, where replicas share both (ZeRO-3 and FSDP).

    By levels, as the gradients of replicas that hold their weights: inside of a domain over its links, and each chip's
    share, 1/r, over the network (Rajbhandari et al. 2020, arXiv:1910.02054, section 7.2). Domains that each hold the
    weights, and sum gradients of 32 bit there and back, send as many bytes over it.
    """
    moved = np.where(inputs.gathers > 0.0, GATHERED_BYTES * inputs.gathers + SCATTERED_BYTES, 0.0)
    inside, outside = _over_replicas(inputs, moved * trained_held(inputs))
    return (inside + outside) * _exposed(inputs, "sharded_exposed", parameters)


def _over_replicas(inputs: Inputs, size: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Seconds of bringing so many bytes around the replicas, over the links of a domain and over the network."""
    together = inputs.tensor * inputs.context
    ranks = np.minimum(inputs.replicas, np.maximum(np.floor(inputs.value["chips_per_domain"] / together), 1.0))
    inside = size * (ranks - 1.0) / ranks / link_rate(inputs, ranks, outer_axes(inputs))
    outside = np.where(inputs.replicas > ranks, size / ranks, 0.0) / network_rate(inputs)
    return inside, outside
