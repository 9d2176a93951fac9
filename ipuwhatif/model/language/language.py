"""The step of a language model that is cut over tensor, context, pipeline and data parallel chips.

.. math::
    t_{step} = \\left(\\left(GA + \frac{p - 1}{v}\right) t_{mb} + t_{sum} + t_{update} + t_{launch} + t_{host}\right)
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
from ipuwhatif.model.language.language_shares import REACHED, layers_held, tokens_of_chip, trained_held
from ipuwhatif.model.language.language_traffic import context_time, gradient_time, sharded_time, stage_time, tensor_time
from ipuwhatif.model.near_rows import near_effect
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.networks.graph import HALF_PRECISION_BYTES

#: Passes of attention in a training step: its backward pass computes the scores again (Dao 2023, arXiv:2307.08691).
ATTENTION_PASSES = 3.5
#: Values that a layer moves through memory for each token outside of its products, in units of its hidden and its
#: feed-forward width, and passes over them in a step.
HIDDEN_MOVED, WIDE_MOVED, MOVING_PASSES = 10.0, 4.0, 2.0
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
    """Factor on a step: by the chips, the round of the software, the age of the chip in it, and rows near by."""
    value = inputs.value
    doublings = np.log2(np.maximum(inputs.chips / FIRST_CHIPS, 1.0))
    rounds = value["rounds_ago"] - value["newest_rounds_ago"]
    young = np.maximum(1.0 - (value["chip_rounds_ago"] - value["rounds_ago"]) / YOUNG_ROUNDS, 0.0)
    grown = inputs.drawn("scale_loss", parameters) * doublings + inputs.drawn("round_gain", parameters) * rounds
    grown = grown + inputs.drawn("young_loss", parameters) * np.minimum(young, 1.0)
    return np.exp(grown) * inputs.drawn("adapter_cost", parameters) * near_effect(inputs, parameters)
