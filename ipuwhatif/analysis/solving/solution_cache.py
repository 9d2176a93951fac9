"""Solutions that are kept: while a slider moves, the baseline and what it does not touch stay as they are.

And the hash of the model that tells them, by which whoever keeps answers for longer knows whether they are still its.
"""

from functools import lru_cache
from hashlib import sha256

import numpy as np

from ipuwhatif import __version__
from ipuwhatif.analysis.solving.solve import Solution, solve, solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.model.case import Case
from ipuwhatif.model.time_to_train import Outcome
from ipuwhatif.texts import worded_cache

KEPT = 24  # solutions at most: those of a screen, and the last few moves


class SharedWorld:
    """A world that can be a cache key: two are the same when they hold the same object."""

    __slots__ = ("world",)

    def __init__(self, world: World) -> None:
        self.world = world

    def __hash__(self) -> int:
        return id(self.world)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharedWorld) and other.world is self.world


@worded_cache(maxsize=KEPT)
def kept_solution(shared: SharedWorld, cases: tuple[Case, ...], draws: int | None) -> Solution:
    """As `solve`. InputError, which is not kept, where a case cannot run."""
    return solve(shared.world, cases, draws)


@worded_cache(maxsize=KEPT)
def kept_center(shared: SharedWorld, cases: tuple[Case, ...]) -> Outcome:
    """As `solve_center`. InputError, which is not kept, where a case cannot run."""
    return solve_center(shared.world, cases)


def model_hash(world: World) -> str:
    """Hash of what the model has learned, and of the version of the program that computes with it."""
    return _model_hash(SharedWorld(world))


@lru_cache(maxsize=4)
def _model_hash(shared: SharedWorld) -> str:
    calibration = shared.world.calibration
    digest = sha256(__version__.encode())
    for array in (calibration.center, calibration.draws, calibration.noise):
        digest.update(repr(array.shape).encode())
        digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    digest.update(repr(sorted(calibration.shapes.items())).encode())
    return digest.hexdigest()
