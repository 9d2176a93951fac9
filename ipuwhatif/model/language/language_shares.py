"""What of a language model each chip holds, and what share of a bandwidth it reaches."""

import numpy as np

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray

#: Share of a bandwidth that large transfers reach, of memory and of links alike: 70 to 90 % are measured.
REACHED = 0.8


def layers_held(inputs: Inputs) -> FloatArray:
    """Layers on the fullest stage, shape (cases,)."""
    return np.ceil(inputs.value["layers"] / inputs.stages)


def tokens_of_chip(inputs: Inputs) -> FloatArray:
    """Tokens of a micro-batch that a chip works on, all of whose values it has; shape (cases,)."""
    return inputs.micro_batch * inputs.value["tokens"] / inputs.context


def trained_held(inputs: Inputs) -> FloatArray:
    """Trained parameters that the fullest chip works on, shape (cases,)."""
    value = inputs.value
    held = value["layer_products"] * layers_held(inputs) + 2.0 * value["head_weights"] / inputs.stages
    return np.where(value["frozen"] > 0.0, value["trained_parameters"] / inputs.stages, held) / inputs.tensor
