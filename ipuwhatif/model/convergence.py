"""Samples to the quality target as a function of the global batch: nearly flat, then rising past a critical batch.

.. math::
    \\ln S(B) = \\ln S_0 + s \\ln\\frac{B}{B_1} + r\\,h\\!\\left(\\frac{B}{B_1}\\right)
              + f\\,h\\!\\left(\\frac{B}{B_2}\\right), \\qquad h(x) = w \\ln(1 + x^{1/w})

S_0 is the role `floor`, with what a release, a recipe and an optimizer do to it; s, r and f are `slope`, `rise` and
`far_rise`; B_1 and B_2 the batches `critical_batch` and `far_batch`; w is SMOOTHNESS.

All exponents are positive, so S never falls with B. The critical batch is that of McCandlish et al. 2018, "An
Empirical Model of Large-Batch Training", arXiv:1812.06162; the rise is gentler than theirs because recipes are tuned
anew for each batch.
"""

import numpy as np

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray

SMOOTHNESS = 0.06  # width of the bend, in units of ln B


def _hinge(log_ratio: FloatArray) -> FloatArray:
    return SMOOTHNESS * np.logaddexp(0.0, log_ratio / SMOOTHNESS)


#: Batch at which the usual decay length is stated.
HORIZON_BATCH = 3072.0


def samples_to_target(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Samples until the target is met, shape (draws, cases).

    A recipe that was run before keeps its distance from the curve, wherever the batch is moved from the recipe's own.
    A closed score of the v1.1 round is never below the reference convergence point. A job without a quality target
    takes the samples that the user states.
    """
    log_samples = log_curve(inputs, parameters, np.log(inputs.global_batch))
    if inputs.recipe_weight.any():
        at_recipe = log_curve(inputs, parameters, np.log(inputs.recipe_batch))
        known = np.where(inputs.recipe_weight > 0.0, inputs.recipe_samples, 1.0)
        log_samples = log_samples + inputs.recipe_weight * (np.log(known) - at_recipe)
    needed = np.maximum(np.exp(log_samples) * inputs.factor("samples"), inputs.reference_floor)
    if inputs.tabled_samples.any():
        tabled = inputs.tabled_samples * inputs.drawn("tabled_effect", parameters) * inputs.factor("samples")
        needed = np.where(inputs.tabled_samples > 0.0, tabled, needed)
    return np.where(inputs.stated_samples > 0.0, inputs.stated_samples, needed)


def log_curve(inputs: Inputs, parameters: FloatArray, log_batch: FloatArray) -> FloatArray:
    """The curve, natural logarithm of samples, at other batches than the inputs' own; shape (draws, cases).

    Where the length of the learning-rate decay is known, samples follow a share of its departure from the usual
    length.
    """

    def value(role: str) -> FloatArray:
        return inputs.drawn(role, parameters)

    past = log_batch - np.log(value("critical_batch") * value("critical_batch_effect"))
    far = log_batch - np.log(value("far_batch"))
    log_samples = (
        np.log(value("floor") * value("floor_effect") * value("recipe_effect") * value("optimizer_penalty"))
        + value("slope") * past
        + value("rise") * value("rise_effect") * _hinge(past)
        + value("far_rise") * _hinge(far)
    )
    if not inputs.horizon_samples.any():
        return log_samples
    horizon = np.where(inputs.horizon_samples > 0.0, np.log(np.maximum(inputs.horizon_samples, 1.0)), 0.0)
    usual = np.log(value("horizon_ratio")) + value("horizon_slope") * np.log(inputs.global_batch / HORIZON_BATCH)
    departure = horizon - usual - log_samples
    known = value("horizon") * (inputs.horizon_samples > 0.0)
    return log_samples + known * departure
