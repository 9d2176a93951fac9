"""What the model does not know for certain: its parameters, each with a physical prior, a unit and a reason.

A parameter lives in an unbounded space where its prior is a bell curve: the logarithm of a positive quantity, the
logit of a share between 0 and 1. Fitting and drawing happen there; the model sees natural values only. The priors
stand in `resources/priors`.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from ipuwhatif.catalog.priors.priors import LOGIT, Prior, Priors
from ipuwhatif.catalog.priors.read import read_priors
from ipuwhatif.files import resource

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

JOINING_CHIPS = 64.0


@cache
def known() -> Priors:
    """What is known before any measurement; InputError where a file of it is damaged."""
    return read_priors(resource())


def parameters() -> tuple[Prior, ...]:
    """All parameters of the model, in the order of their columns."""
    return known().parameters


def anchor_release() -> str:
    """The release that efficiencies are stated for: others are told from it by drift and by effects of their own."""
    return known().anchor


def rounds_ago(release: str) -> float:
    """Rounds between a release and the anchor; negative for later ones."""
    rounds = known().releases[release]
    return float(rounds if release <= anchor_release() else -rounds)


@cache
def parameter_index() -> dict[str, int]:
    """Column of each parameter; "one" and "zero" are columns of constants after the last."""
    index = {prior.name: column for column, prior in enumerate(parameters())}
    return index | {"one": len(index), "zero": len(index) + 1}


def _unbounded(prior: Prior) -> float:
    median = prior.median
    return float(np.log(median / (1.0 - median) if prior.transform == LOGIT else median))


def prior_center() -> FloatArray:
    """Prior centres in the unbounded space; shape (parameters,)."""
    return np.array([_unbounded(prior) for prior in parameters()])


def prior_spread() -> FloatArray:
    """Prior standard deviations in the unbounded space; shape (parameters,)."""
    return np.array([prior.spread for prior in parameters()])


@cache
def _is_logit() -> npt.NDArray[np.bool_]:
    return np.array([prior.transform == LOGIT for prior in parameters()])


def natural(unbounded: FloatArray) -> FloatArray:
    """Natural values of draws in the unbounded space.

    unbounded: shape (draws, parameters); returns shape (draws, parameters + 2), the last columns hold 1 and 0.
    """
    values = np.exp(np.clip(unbounded, -60.0, 60.0))
    shares = values / (1.0 + values)
    values = np.where(_is_logit(), shares, values)
    ones = np.ones((len(values), 1))
    return np.concatenate([values, ones, 0.0 * ones], axis=1)


def natural_rate(unbounded: FloatArray) -> FloatArray:
    """How natural values move with the unbounded ones, shape (draws, parameters)."""
    values = natural(unbounded)[:, :-2]
    return values * np.where(_is_logit(), 1.0 - values, 1.0)


@cache
def of_language() -> npt.NDArray[np.bool_]:
    """Which parameters are those of language models; they stand after all others."""
    return np.array(["language" in prior.name for prior in parameters()])


@cache
def kinds_of_parameters() -> IntArray:
    """The kind of each parameter, counted from 0; no case depends on two of one kind. Shape (parameters,)."""
    names = [prior.name.split(".") for prior in parameters()]
    # each class of ops has an efficiency of its own on each architecture
    kinds = [words[0] if words[0] != "efficiency" else f"{words[0]}.{words[2]}" for words in names]
    return np.array([kinds.index(kind) for kind in kinds], dtype=np.intp)
