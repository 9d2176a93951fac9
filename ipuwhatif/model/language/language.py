"""The step of a language model that is cut over tensor, context, pipeline and data parallel chips.

.. math::
    t_{step} = \\left(\\left(GA + \\frac{p - 1}{v}\\right) t_{mb} + t_{sum} + t_{update} + t_{launch} + t_{host}\\right)
    (1 + s)^{\\log_2 (n/8)}\\; d^{rounds}\\; y

p stages hold v pieces each (Narayanan et al. 2021, arXiv:2104.04473, section 2.2); n are the chips, d the gain of the
software a round and y what a chip lacks in its first rounds. A micro-batch is the sum of its products, its attention,
the bytes that move through memory, and what tensor, context and pipeline parallel chips send each other and do not
hide; and where replicas share the weights, what they gather and sum for it.

Published software multiplies the work of a chip by what its class, its framework and its release tell; it moves more
bytes outside of products, and casts to 8 or 4 bit what tuned entries fuse.
"""

import numpy as np

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.networks.graph import HALF_PRECISION_BYTES

#: Share of a bandwidth that large transfers reach, of memory and of links alike: 70 to 90 % are measured.
REACHED = 0.8
#: Passes of attention in a training step: its backward pass computes the scores again (Dao 2023, arXiv:2307.08691).
ATTENTION_PASSES = 3.5
#: Values that a layer moves through memory for each token outside of its products, in units of its hidden and its
#: feed-forward width, and passes over them in a step.
HIDDEN_MOVED, WIDE_MOVED, MOVING_PASSES = 10.0, 4.0, 2.0
#: Gathers and scatters of a layer's activations over tensor parallel chips in a step (Korthikanti et al. 2022,
#: arXiv:2205.05198, section 4.2.2: sequence parallel).
TENSOR_TRANSFERS = 8.0
CONTEXT_PASSES = 3.0  # keys and values go around the ring once forward, their gradients and they again backward
#: Bytes of a gradient that is summed (32 bit) and of the new weight that is gathered (16 bit), of each parameter.
SUMMED_BYTES = 6.0
#: Bytes of a weight that is gathered and of its gradient that is summed each micro-batch, where replicas share both.
GATHERED_BYTES, SCATTERED_BYTES = 2.0, 4.0
#: Bytes of a score of the next token: written in 16 bit, read into a softmax of 32 bit, its gradient back again.
SCORE_BYTES = 16.0
#: Bytes of a value that is cast: read in 16 bit. Then it is written, and written again transposed for the other pass.
CAST_BYTES = 2.0
BITS_OF_BYTE, WIDE_BITS, FOUR_BITS = 8.0, 16.0, 4.0
UPDATE_BYTES = 30.0  # gradient, moments and weight of a parameter, read and written
ACCUMULATED_BYTES = 8.0  # gradient of a weight, read and written in 32 bit, each micro-batch
FIRST_CHIPS = 8.0
BEND = 16.0  # how sharply the rate of products bends below the peak
#: Rounds in which the software of a new chip catches up.
YOUNG_ROUNDS = 2.0


def language_parts(inputs: Inputs, parameters: FloatArray) -> dict[str, FloatArray]:
    """Seconds of a step by STEP_PARTS; shape (draws, cases) each."""
    software = software_effect(inputs, parameters)
    compute = software * (products_time(inputs, parameters) + attention_time(inputs, parameters))
    memory = software * (activation_time(inputs, parameters) + weight_time(inputs, parameters))
    sent = tensor_time(inputs, parameters) + context_time(inputs, parameters) + stage_time(inputs, parameters)
    sent = sent + sharded_time(inputs, parameters)
    often, slower = inputs.accumulation, slowdown(inputs, parameters)
    bubble = (inputs.stages - 1.0) / inputs.interleaving
    return {
        "compute": slower * often * compute,
        "memory": slower * often * memory,
        "launch": slower * launch_time(inputs, parameters),
        "pipeline_bubble": slower * bubble * (compute + memory + sent),
        "collective": slower * (often * sent + gradient_time(inputs, parameters)),
        "update": slower * update_time(inputs) * inputs.factor("update"),
        "host_wait": slower * host_time(inputs, parameters),
    }


def software_effect(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Time of a chip's work in published software against that of entries: of its class, framework and release."""
    of_class = inputs.drawn("language_published", parameters) * inputs.drawn("language_class", parameters)
    return of_class * inputs.drawn("language_framework", parameters) * inputs.drawn("language_software", parameters)


def layers_held(inputs: Inputs) -> FloatArray:
    """Layers on the fullest stage, shape (cases,)."""
    return np.ceil(inputs.value["layers"] / inputs.stages)


def tokens_of_chip(inputs: Inputs) -> FloatArray:
    """Tokens of a micro-batch that a chip works on, all of whose values it has; shape (cases,)."""
    return inputs.micro_batch * inputs.value["tokens"] / inputs.context


def product_rate(inputs: Inputs, parameters: FloatArray, peak: FloatArray) -> FloatArray:
    """FLOP/s of large products: the best product that was measured on the chip, and a share of it."""
    share = inputs.drawn("product_efficiency", parameters) * inputs.factor("matmul")
    return peak * _faster(inputs) * _reached(inputs, share, parameters)


def _faster(inputs: Inputs) -> FloatArray:
    return inputs.factor("compute") * inputs.factor("peak") * inputs.factor("clock")


def _reached(inputs: Inputs, share: FloatArray, parameters: FloatArray) -> FloatArray:
    """Share of the peak rate: that of the best product, and a share of it; below all of it.

    Bent and not cut off at 1, since a fit would stop on the edge: 0.8 stays 0.8 within 0.2 %.
    """
    wanted = inputs.value["best_share"] * share * inputs.drawn("language_chip", parameters)
    reached: FloatArray = wanted * (1.0 + wanted**BEND) ** (-1.0 / BEND)
    return reached


def products_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Products of a micro-batch on the fullest stage, those of adapters and of recomputed layers among them.

    .. math:: t = \\frac{2 W T (passes + r)}{tp \\cdot rate} \\left(1 + \\frac{T_0}{T}\\right)

    with T the tokens of a chip and T_0 those that filling the chip costs. Frozen weights have no gradient: two passes
    in place of three. The scores of the next token are computed in 16 bit.
    """
    value, tokens = inputs.value, tokens_of_chip(inputs)
    passes = value["passes"] + inputs.recomputed
    layers = 2.0 * value["layer_products"] * layers_held(inputs) * passes * tokens / inputs.tensor
    head = 2.0 * value["head_weights"] / inputs.stages * value["passes"] * tokens / inputs.tensor
    unfilled = 1.0 + inputs.drawn("product_start", parameters) / tokens
    head_time = head / product_rate(inputs, parameters, value["peak_flops"])
    return (layers / layer_rate(inputs, parameters) + head_time) * unfilled


def layer_rate(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """FLOP/s of the products of layers, in as many bits as their numbers have.

    In 4 bit the layers at the ends stay in 16 bit, a share k of all: 1 / rate = (1 - k) / rate_4 + k / rate_16.
    """
    value, bits = inputs.value, inputs.bits
    four = bits <= FOUR_BITS
    narrow = np.where(four, value["peak_flops_4"], value["peak_flops_8"])
    peak = np.where(bits < WIDE_BITS, narrow, value["peak_flops"])
    kept = np.where(four, np.minimum(inputs.drawn("wide_layers", parameters) / value["layers"], 1.0), 0.0)
    slower = (1.0 - kept) + kept * peak / value["peak_flops"]
    return product_rate(inputs, parameters, peak) / slower


def attention_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Attention of a micro-batch behind a causal mask, in 16 bit: 2 T tokens queries FLOPs a layer and pass."""
    value = inputs.value
    share = inputs.drawn("attention_share", parameters) * inputs.factor("attention")
    rate = value["peak_flops"] * _faster(inputs) * _reached(inputs, share, parameters)
    flops = 2.0 * tokens_of_chip(inputs) / inputs.tensor * value["tokens"] * value["query_width"] * layers_held(inputs)
    return flops * (ATTENTION_PASSES + inputs.recomputed) / rate / inputs.drawn("attention_before", parameters)


def memory_rate(inputs: Inputs) -> FloatArray:
    """B/s of memory, shape (cases,)."""
    reached = np.minimum(REACHED * inputs.factor("memory_efficiency"), 1.0)
    return inputs.value["memory_bandwidth"] * inputs.factor("memory_bandwidth") * reached


def activation_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Moving activations of a micro-batch through memory outside of the products, scores of the next token among them.

    A layer that is computed again moves them once more.
    """
    value = inputs.value
    moved = HIDDEN_MOVED * value["hidden"] + WIDE_MOVED * value["feed_forward"]
    layers = HALF_PRECISION_BYTES * moved * (MOVING_PASSES + inputs.recomputed) * layers_held(inputs)
    scores = SCORE_BYTES * value["head_weights"] / value["hidden"] / inputs.stages
    traffic = inputs.drawn("activation_traffic", parameters) * inputs.drawn("language_traffic", parameters)
    block_casts = np.where(inputs.by_blocks > 0.0, inputs.drawn("block_casts", parameters), 1.0)
    casts = cast_bytes(inputs) * inputs.drawn("language_casts", parameters) * block_casts
    rate = memory_rate(inputs) * inputs.tensor / tokens_of_chip(inputs)
    return ((layers + scores) * traffic + casts) / rate


def cast_bytes(inputs: Inputs) -> FloatArray:
    """Bytes that casts of a token to few bits move on a stage: inputs of products, and gradients of their outputs."""
    value = inputs.value
    hidden, queries, keys = value["hidden"], value["query_width"], value["key_value_width"]
    wide = value["layer_products"] / hidden - 2.0 * (queries + keys)  # inputs and outputs of the feed-forward layer
    values = 4.0 * hidden + 2.0 * queries + 2.0 * keys + wide
    bytes_each = CAST_BYTES + 2.0 * inputs.bits / BITS_OF_BYTE
    return np.where(inputs.bits < WIDE_BITS, bytes_each * values * layers_held(inputs), 0.0)


def weight_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Moving the weights of a stage through memory twice a micro-batch, and adding to the gradients of those that have
    one; the products hide a part of it."""
    value = inputs.value
    bytes_each = 2.0 * inputs.bits / BITS_OF_BYTE + np.where(value["frozen"] > 0.0, 0.0, ACCUMULATED_BYTES)
    held = value["layer_products"] * layers_held(inputs) / inputs.tensor
    return held * bytes_each / memory_rate(inputs) * inputs.drawn("weight_traffic", parameters)


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


def trained_held(inputs: Inputs) -> FloatArray:
    """Trained parameters that the fullest chip works on, shape (cases,)."""
    value = inputs.value
    held = value["layer_products"] * layers_held(inputs) + 2.0 * value["head_weights"] / inputs.stages
    return np.where(value["frozen"] > 0.0, value["trained_parameters"] / inputs.stages, held) / inputs.tensor


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


def update_time(inputs: Inputs) -> FloatArray:
    """The update of the share of the weights that a chip keeps the state of, shape (cases,)."""
    return trained_held(inputs) / inputs.replicas * UPDATE_BYTES / memory_rate(inputs)


def _graph(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    return np.where(inputs.cuda_graph > 0.0, inputs.drawn("graph_start", parameters), 1.0)


def launch_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Starting the layers of a stage once a step; later micro-batches are queued while earlier ones run."""
    each = inputs.drawn("layer_start", parameters) * inputs.factor("launch")
    return each * layers_held(inputs) * _graph(inputs, parameters)


def host_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """What a step costs besides, whatever its size."""
    changed = inputs.factor("host_wait") / inputs.factor("host_input")
    return inputs.drawn("step_start", parameters) * changed * _graph(inputs, parameters)


def slowdown(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Factor on a step: by the number of chips, the round of the software, and the age of the chip in it."""
    value = inputs.value
    doublings = np.log2(np.maximum(inputs.chips / FIRST_CHIPS, 1.0))
    rounds = value["rounds_ago"] - value["newest_rounds_ago"]
    young = np.maximum(1.0 - (value["chip_rounds_ago"] - value["rounds_ago"]) / YOUNG_ROUNDS, 0.0)
    grown = inputs.drawn("scale_loss", parameters) * doublings + inputs.drawn("round_gain", parameters) * rounds
    grown = grown + inputs.drawn("young_loss", parameters) * np.minimum(young, 1.0)
    return np.exp(grown) * inputs.drawn("adapter_cost", parameters)
