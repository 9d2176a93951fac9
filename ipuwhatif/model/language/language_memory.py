"""Bytes that the fullest chip needs to train its part of a language model.

.. math::
    M = (w + g) P + \\frac{o P}{r} + f\\,m\\,(a\\,A + (1 - a)\\,h)

with P the parameters of a chip, w, g and o the bytes of weight, gradient and optimizer state of each, r the replicas
that share the state [1]_, m the micro-batch, f the micro-batches in flight on the first stage, A the bytes of a
sample's activations on a stage [2]_, h those between its layers, and 1 - a the share of the layers that is computed
again. Tensor and context parallel chips share all of it evenly (sequence parallel). Where replicas share weights and
gradients too, r divides all bytes of parameters, and a chip gathers one layer while it works on another, its part of
it where tensor parallel chips share products; the weights that it shares are those of 32 bit, which o counts. Compiled
programs gather product by product: what entries ran fits no other way.

.. [1] Rajbhandari et al. 2020, "ZeRO", arXiv:1910.02054: states are shared, weights and gradients are not.
.. [2] Korthikanti et al. 2022, arXiv:2205.05198, sections 4.1 and 4.2.3; kernels store no scores.
"""

import numpy as np

from ipuwhatif.model.memory import ACTIVATIONS, GATHERED, GRADIENTS, SCORES, STATE, WEIGHTS
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.networks.decoder import Decoder
from ipuwhatif.networks.graph import HALF_PRECISION_BYTES
from ipuwhatif.records import Record, field

Bytes = dict[str, FloatArray]  # by part
#: 32 bit: the gradient that micro-batches are added to; two moments and a copy of the weight.
GRADIENT_BYTES, STATE_BYTES = 4.0, 12.0
BITS_OF_BYTE = 8.0
#: Inputs of products are kept as narrow as the products read them. Other values are not: their share is chosen so that
#: every entry in 8 bit whose cut was read fits.
KEPT_IN_16_BIT = 0.1


class Held(Record, frozen=True):
    """How a network is cut, as arrays that broadcast; `bits` are those of a number in a product."""

    tensor: FloatArray
    context: FloatArray
    stages: FloatArray
    interleaving: FloatArray
    recomputed: FloatArray
    bits: FloatArray
    shared: FloatArray = field(default_factory=lambda: np.zeros(()))  # 1 where replicas share weights and gradients
    by_product: FloatArray = field(default_factory=lambda: np.zeros(()))  # 1 where a product is gathered, not a layer


def bytes_needed(sizes: Decoder, held: Held, replicas: FloatArray, micro_batch: FloatArray) -> FloatArray:
    """Bytes on the fullest chip."""
    split, kept = shared_bytes(sizes, held)
    return np.asarray(split / replicas + kept + micro_batch * sample_bytes(sizes, held))


def parts_needed(sizes: Decoder, held: Held, replicas: FloatArray, micro_batch: FloatArray) -> Bytes:
    """The same by part: they add up to `bytes_needed`."""
    found = dict.fromkeys((WEIGHTS, GRADIENTS, STATE, GATHERED, ACTIVATIONS, SCORES), np.zeros(()))
    split, kept = _shared(sizes, held), _kept(sizes, held)
    samples = _of_sample(sizes, held)
    for part in found:
        of_parameters = split.get(part, 0.0) / replicas + kept.get(part, 0.0)
        found[part] = np.asarray(of_parameters + micro_batch * samples.get(part, 0.0))
    return found


def shared_bytes(sizes: Decoder, held: Held) -> tuple[FloatArray, FloatArray]:
    """Bytes of parameters that replicas share, and those that each chip holds whatever their number."""
    return _sum(_shared(sizes, held)), _sum(_kept(sizes, held))


def _sum(parts: Bytes) -> FloatArray:
    return np.asarray(sum(parts.values()))


def _shared(sizes: Decoder, held: Held) -> Bytes:
    """Of each part the bytes that replicas share."""
    fixed = fixed_bytes(sizes, held)
    if not sizes.adapter:
        fixed = {**fixed, WEIGHTS: np.zeros(())}  # made of 32 bit anew
    return {**{part: held.shared * each for part, each in fixed.items()}, STATE: state_bytes(sizes, held)}


def _kept(sizes: Decoder, held: Held) -> Bytes:
    """Of each part the bytes that a chip holds whatever the number of replicas."""
    at_once = np.where(held.by_product > 0.0, sizes.hidden * sizes.feed_forward, sizes.layer_parameters)
    bytes_each = (2 * HALF_PRECISION_BYTES + GRADIENT_BYTES) / held.tensor
    gathered = bytes_each * np.maximum(at_once, sizes.head_weights)
    alone = {part: (1.0 - held.shared) * each for part, each in fixed_bytes(sizes, held).items()}
    return {**alone, GATHERED: held.shared * gathered}


def least_bytes(sizes: Decoder) -> float:
    """Bytes on all chips together, however a network is cut: weights, and gradients and state of those that train."""
    return sum(least_parts(sizes).values())


def least_parts(sizes: Decoder) -> dict[str, float]:
    """The same by part."""
    trained = sizes.trained_parameters
    return {
        WEIGHTS: HALF_PRECISION_BYTES * sizes.parameters,
        GRADIENTS: GRADIENT_BYTES * trained,
        STATE: STATE_BYTES * trained,
    }


def parameters_held(sizes: Decoder, held: Held) -> FloatArray:
    """Parameters of the fullest chip: its layers, and the embedding or the head."""
    layers = np.ceil(sizes.layers / held.stages) * sizes.layer_parameters
    ends = np.where(held.stages > 1.0, 1.0, 1.0 if sizes.tied else 2.0) * sizes.head_weights
    return np.asarray((layers + ends) / held.tensor)


def fixed_bytes(sizes: Decoder, held: Held) -> Bytes:
    """Weights, and gradients of those that have one. Frozen weights are kept as the products take them."""
    parameters = parameters_held(sizes, held)
    if sizes.adapter:
        trained = sizes.adapter_parameters / held.stages
        frozen = held.bits / BITS_OF_BYTE * parameters
        return {WEIGHTS: frozen + HALF_PRECISION_BYTES * trained, GRADIENTS: GRADIENT_BYTES * trained}
    return {WEIGHTS: HALF_PRECISION_BYTES * parameters, GRADIENTS: GRADIENT_BYTES * parameters}


def state_bytes(sizes: Decoder, held: Held) -> FloatArray:
    """Optimizer state of a replica's share of a chip, before the replicas share it."""
    trained = sizes.adapter_parameters / held.stages if sizes.adapter else parameters_held(sizes, held)
    return STATE_BYTES * trained / held.context


def sample_bytes(sizes: Decoder, held: Held) -> FloatArray:
    """Activations of a sample on the first stage, whose micro-batches wait for all other stages."""
    return _sum(_of_sample(sizes, held))


def _of_sample(sizes: Decoder, held: Held) -> Bytes:
    """The same, and apart from them the scores of the vocabulary."""
    hidden, ways = sizes.hidden, 2 if sizes.gated else 1
    layer = 3 * hidden + 2 * sizes.query_width + 2 * sizes.key_value_width + (ways + 1) * sizes.feed_forward
    kept = (KEPT_IN_16_BIT + (1.0 - KEPT_IN_16_BIT) * held.bits / 16.0) * layer
    layers = np.ceil(sizes.layers / held.stages)
    flying = held.stages + (held.stages - 1.0) / held.interleaving
    on_stage = layers * ((1.0 - held.recomputed) * kept + held.recomputed * hidden) * flying
    again = np.where(held.recomputed > 0.0, layer, 0.0)  # the layer that is computed again is there as a whole
    scores = np.where(held.stages > 1.0, 0.0, 2.0 * sizes.vocabulary)  # and their gradients, for one micro-batch
    each = HALF_PRECISION_BYTES * sizes.tokens / (held.tensor * held.context)
    return {ACTIVATIONS: each * (on_stage + again), SCORES: each * scores}
