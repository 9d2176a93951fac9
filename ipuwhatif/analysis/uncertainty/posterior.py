"""How the posterior draws of some parameters spread around the centre: the same for every question, so it is kept."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from ipuwhatif.analysis.solving.solution_cache import SharedWorld
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import LEVEL, quantiles
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record


class Spread(Record, frozen=True):
    """Of some parameters: their values at both ends of LEVEL, and how far each draw is from the centre.

    ends: shape (2, parameters); moved: ln(end / centre), shape (2, parameters); away: ln(draw / centre), shape (draws,
    parameters).
    """

    ends: FloatArray
    moved: FloatArray
    away: FloatArray


def spread_of(world: World, columns: Iterable[int]) -> Spread:
    """The spread of the parameters in these columns."""
    return _spread(SharedWorld(world), tuple(columns))


@lru_cache(maxsize=32)
def _spread(shared: SharedWorld, columns: tuple[int, ...]) -> Spread:
    calibration = shared.world.calibration
    center, draws = calibration.center[:, columns], calibration.draws[:, columns]
    ends = np.array(quantiles(draws, ((1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0)))
    spread = Spread(ends, np.log(ends / center), np.log(draws / center))
    for values in (spread.ends, spread.moved, spread.away):
        values.setflags(write=False)
    return spread
