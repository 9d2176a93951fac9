"""The parameters that a projection rests on: central value, draws, what they do to the time, what tells them."""

import numpy as np
import numpy.typing as npt

from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.solving.solve import followed_inputs
from ipuwhatif.analysis.uncertainty.assumptions import groups_of
from ipuwhatif.analysis.uncertainty.swings import Part
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import Record

#: Spread of the draws over that of the prior, below which the evidence tells a parameter.
TOLD = 0.7
#: Part of the time below which a parameter is said to do nothing.
NOTHING = 5e-4


class Fitted(Record, frozen=True):
    """One parameter, moved alone through 80 % of its draws: `swing` is what that does to the time, as a part of it."""

    group: str  # a key of `assumptions.group_names`
    part: Part
    swing: float
    told: bool  # whether evidence narrows it; else it is as wide as its prior


def inputs_behind(world: World, projection: Projection) -> Inputs:
    """The arrays of a projection, its layout held."""
    cases, layouts = [projection.case], [projection.layout]
    return followed_inputs(world, cases, layouts)


def unbounded(values: FloatArray, columns: npt.NDArray[np.intp]) -> FloatArray:
    """Natural values of parameters, shape (rows, columns), in the space where priors are bell curves."""
    share = np.array([all_parameters()[column].transform == "logit" for column in columns])
    logit = np.where(share, values, 0.0)
    return np.asarray(np.log(values) - np.where(share, np.log1p(-logit), 0.0))


def fitted_of(world: World, projection: Projection) -> tuple[Fitted, ...]:
    """The parameters that move the time of a projection, the one that moves it most first; one call of the model."""
    inputs = inputs_behind(world, projection)
    owner = {column: group for group, columns in groups_of(inputs).items() for column in columns}
    columns = np.array(list(owner), dtype=np.intp)
    center, draws = world.calibration.center, world.calibration.draws
    ends = np.quantile(draws[:, columns], [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0], axis=0)
    rows = np.repeat(center, 2 * len(columns), axis=0)
    each = np.arange(len(columns))
    rows[2 * each, columns], rows[2 * each + 1, columns] = ends
    seconds = evaluate(inputs, rows).time_to_train[:, 0].reshape(-1, 2)
    swings = np.abs(seconds[:, 1] - seconds[:, 0]) / projection.time_to_train_s.median
    spread = unbounded(draws[:, columns], columns).std(axis=0)
    found = [
        Fitted(
            group=owner[column],
            part=Part(all_parameters()[column], float(center[0, column]), float(ends[0, place]), float(ends[1, place])),
            swing=float(swings[place]),
            told=bool(spread[place] < TOLD * all_parameters()[column].spread),
        )
        for place, column in enumerate(columns.tolist())
        if swings[place] > NOTHING
    ]
    return tuple(sorted(found, key=lambda fitted: -fitted.swing))
