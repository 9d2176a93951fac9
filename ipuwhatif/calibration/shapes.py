"""The shape of the scatter of a time to train, by kind of system, as rows that were left out have told it.

A projection has a middle and on either side a width, from the draws and their normal scatter. How the official times
of rows that nothing was fitted to lie in those widths is no normal distribution: many close to the middle, few far out.
A shape says where they lie; `learnt_shapes` reads it off the back-tests.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import NormalDist

import numpy as np

from ipuwhatif.calibration.reasons import StoreFault, Unusable
from ipuwhatif.files import RESOURCE_LIMIT, read_bounded, write_atomic
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError

FILE = "shapes.json"
#: Probabilities that a shape tells a quantile of; the middle one is that of the projection itself.
SHARES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
LOW, HIGH = 1, 5  # places in SHARES of the ends of the interval at LEVEL
#: Quantiles at SHARES, in standard deviations as the ends of the interval tell them; ascending, the middle one 0.
Shape = tuple[float, ...]
NORMAL: Shape = tuple(NormalDist().inv_cdf(share) for share in SHARES)
#: What a system and its job must be for the back-tests to tell their shape; anything else keeps the draws as they are.
IPU, GPU, OTHER, LANGUAGE_MODEL = "ipu", "gpu", "other", "language"
KINDS = (IPU, GPU, OTHER, LANGUAGE_MODEL)


class Sides(Record, frozen=True):
    """Standard deviations of the logarithm of a time to either side of the middle, shape (cases,) each.

    plain_below, plain_above: the part of them that no back-test tells of, and that stays normal.
    """

    below: FloatArray
    above: FloatArray
    plain_below: FloatArray
    plain_above: FloatArray


def stretched(scores: FloatArray, shape: Shape) -> FloatArray:
    """Distances from the middle at normal scores: linear between those of SHARES, in proportion beyond the last."""
    inner = np.interp(scores, NORMAL, shape)
    low, high = shape[0] / NORMAL[0], shape[-1] / NORMAL[-1]
    return np.where(scores < NORMAL[0], low * scores, np.where(scores > NORMAL[-1], high * scores, inner))


def score_of(distance: float, shape: Shape) -> float:
    """The normal score of a distance from the middle: `stretched` the other way round."""
    if not shape[0] <= distance <= shape[-1]:
        end = 0 if distance < shape[0] else -1
        return distance * NORMAL[end] / shape[end]
    return float(np.interp(distance, shape, NORMAL))


def _blended(scores: FloatArray, told: FloatArray, sides: Sides) -> FloatArray:
    """Logarithms of the time over the middle one at normal scores, the plain part added variance by variance.

    scores: shape (n, 1); told: distances of the shapes at them, shape (n, cases).
    """
    width = np.where(scores < 0.0, sides.below, sides.above)
    if not (sides.plain_below.any() or sides.plain_above.any()):
        return np.asarray(width * told)
    plain = np.minimum(np.where(scores < 0.0, sides.plain_below, sides.plain_above), width)
    return np.asarray(np.sign(scores) * np.sqrt((width**2 - plain**2) * told**2 + plain**2 * scores**2))


def shaped_ends(shapes: Sequence[Shape], sides: Sides) -> tuple[FloatArray, FloatArray]:
    """Logarithms of the ends of the interval at LEVEL over the middle, shape (cases,) each."""
    scores = np.array([[NORMAL[LOW]], [NORMAL[HIGH]]])
    told = np.array([[shape[LOW] for shape in shapes], [shape[HIGH] for shape in shapes]])
    low, high = _blended(scores, told, sides)
    return low, high


def shaped_draws(times: FloatArray, middle: FloatArray, shapes: Sequence[Shape], sides: Sides) -> FloatArray:
    """Draws of the time in their own order, spread as the shapes say around the middle; shape (draws, cases)."""
    scores = _scores(len(times))
    kinds = list(dict.fromkeys(shapes))
    told = np.stack([stretched(scores, kind) for kind in kinds], axis=1)
    spread = _blended(scores[:, None], told[:, [kinds.index(shape) for shape in shapes]], sides)
    found = np.empty_like(times)
    np.put_along_axis(found, np.argsort(times, axis=0), middle * np.exp(spread), axis=0)
    return found


@lru_cache(maxsize=8)
def _scores(draws: int) -> FloatArray:
    """Normal scores of so many ordered draws: where `np.quantile` has them, both ends half a place inside."""
    shares = np.clip(np.arange(draws) / max(draws - 1, 1), 0.5 / draws, 1.0 - 0.5 / draws)
    scores = np.array([NormalDist().inv_cdf(share) for share in shares.tolist()])
    scores.setflags(write=False)
    return scores


def save_shapes(shapes: Mapping[str, Shape], path: Path) -> None:
    """Write the shapes by kind, atomically."""
    told = {
        kind: {str(share): round(each, 6) for share, each in zip(SHARES, shape, strict=True)}
        for kind, shape in shapes.items()
    }
    write_atomic(path, (json.dumps(told, indent=1) + "\n").encode())


def load_shapes(path: Path) -> dict[str, Shape]:
    """The shapes by kind. InputError where the file is missing or damaged."""
    try:
        told = json.loads(read_bounded(path, RESOURCE_LIMIT))
        shapes = {kind: tuple(float(told[kind][str(share)]) for share in SHARES) for kind in KINDS}
        sound = all(is_sound(shape) for shape in shapes.values())
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise RefusedError(Unusable(str(path), StoreFault.SHAPES))
    return shapes


def is_sound(shape: Shape) -> bool:
    """Whether quantiles ascend through 0 and are finite."""
    return bool(np.isfinite(shape).all() and (np.diff(shape) > 0.0).all() and shape[len(shape) // 2] == 0.0)
