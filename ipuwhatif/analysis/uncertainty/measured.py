"""A measurement of the user's own against the projection, and which parameter of the model would explain it alone.

Each parameter is moved by itself within three standard deviations of its prior, the layout held, until the model meets
what was measured. How far that is in standard deviations of its draws says how plausible the explanation is.
"""

from collections.abc import Mapping, Sequence
from math import log

import numpy as np
import numpy.typing as npt

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.results import Projection, Quantity
from ipuwhatif.analysis.seek.reach import value_of, with_value
from ipuwhatif.analysis.solving.inputs import inputs_of
from ipuwhatif.analysis.uncertainty.assumptions import groups_of
from ipuwhatif.analysis.uncertainty.fitted import inputs_behind, unbounded
from ipuwhatif.analysis.uncertainty.swings import Part
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.parameters import FloatArray, prior_center, prior_spread
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.model.time_to_train import Outcome, evaluate
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.levers import GAIN, Lever
from ipuwhatif.scenario.measurements import TIME, Measurement, check_measurement, parse_measurement
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario

#: How far a parameter may be moved around its prior, in the prior's standard deviations.
BOUND = 3.0
#: Values on each side of the present one in the first call, and between two of them in the second.
SIDE, CLOSER = 12, 17
#: Change of a logarithm below which nothing acts.
NOTHING = 1e-6

Columns = npt.NDArray[np.intp]


class Explanation(Record, frozen=True):
    """One parameter, or one lever, that alone would bring the model to the measured value.

    `deviations`: how far that is in standard deviations of the parameter's draws, with its sign; `rank`: the part of
    its draws below the value. A lever has neither: it is what the user may know to be so.
    """

    group: str  # a key of `assumptions.group_names`; empty for a lever
    value: float
    present: float
    part: Part | None = None
    lever: Lever | None = None
    deviations: float = 0.0
    rank: float = 0.0


class Held(Record, frozen=True):
    """A measurement held against a projection. `explanations` begin with parameters, the most plausible first."""

    projection: Projection
    measurement: Measurement
    projected: Quantity  # in the measurement's own quantity
    residual: float  # measured over projected, less 1
    inside: bool  # the interval
    rank: float  # part of the draws of the parameters alone that lie below the measured value
    explanations: tuple[Explanation, ...]
    not_alone: tuple[str, ...]  # groups of assumptions that act and reach the value nowhere within their priors
    profile: str = ""  # that the scenario follows and this does not: it is held against evidence alone


def hold(world: World, scenario: Scenario, choice: SystemChoice, measurement: Measurement) -> Held:
    """A measurement against the projection of its system. InputError where the job cannot run, or nothing is so."""
    check_measurement(measurement)
    projection = project(world, case_of(scenario, choice, world.levers, world.catalog))
    timed = measurement.quantity == TIME
    projected = projection.time_to_train_s if timed else projection.throughput_samples_per_s
    parameters, acting, rank = _parameters(world, projection, measurement)
    explained = {each.group for each in parameters}
    return Held(
        projection=projection,
        measurement=measurement,
        projected=projected,
        residual=measurement.value / projected.median - 1.0,
        inside=projected.low <= measurement.value <= projected.high,
        rank=rank,
        explanations=(*parameters, *_levers(world, projection, measurement)),
        not_alone=tuple(group for group in acting if group not in explained),
        profile=scenario.profile,
    )


def read_measurement(world: World, scenario: Scenario, choice: SystemChoice, text: str) -> Measurement:
    """A typed measurement of a system, under the release that is asked about, which it keeps when another is.

    A step that was timed is one of the layout that is projected.
    """

    def global_batch() -> int:
        return project(world, case_of(scenario, choice, world.levers, world.catalog)).layout.global_batch

    found = parse_measurement(text, world.catalog.workloads[scenario.workload], choice.chips, global_batch)
    return replace(found, release=scenario.release)


def misses(outcome: Outcome, measurement: Measurement) -> FloatArray:
    """Natural logarithm of the model over the measured value; shape (draws, cases)."""
    model = outcome.time_to_train if measurement.quantity == TIME else outcome.throughput
    return np.asarray(np.log(model) - log(measurement.value))


def _parameters(
    world: World, projection: Projection, measurement: Measurement
) -> tuple[list[Explanation], list[str], float]:
    """Parameters that alone explain a measurement, the groups that act on it, and its rank among the draws.

    Two calls of the model: values far apart, together with the draws; then close to where the measured value is met.
    """
    inputs = inputs_behind(world, projection)
    owner = {column: group for group, columns in groups_of(inputs).items() for column in columns}
    columns = np.array(list(owner), dtype=np.intp)
    center, draws = world.calibration.center, world.calibration.draws
    here, spread = unbounded(center[:, columns], columns)[0], unbounded(draws[:, columns], columns).std(axis=0)
    reach = BOUND * prior_spread()[columns]
    middle = prior_center()[columns]
    grid = _outward(np.minimum(middle - reach, here), here, np.maximum(middle + reach, here))
    rows = np.concatenate([_moved(center, columns, grid), draws])
    found = misses(evaluate(inputs, rows), measurement)[:, 0]
    missed, drawn = found[: grid.size].reshape(grid.shape), found[grid.size :]
    acting = [place for place in range(len(columns)) if np.ptp(missed[place]) > NOTHING and spread[place] > NOTHING]
    places, brackets = _brackets(grid, missed, acting)
    met: list[float] = []
    if places:
        closer = _closer(brackets)
        again = misses(evaluate(inputs, _moved(center, columns[places], closer)), measurement)
        met = _met(closer, again[:, 0].reshape(closer.shape))
    explanations = [
        _explanation(world, owner, int(columns[place]), value, (value - float(here[place])) / float(spread[place]))
        for place, value in zip(places, met, strict=True)
    ]
    groups = dict.fromkeys(owner[int(columns[place])] for place in acting)
    below = float((drawn < 0.0).mean())
    return sorted(explanations, key=lambda each: abs(each.deviations)), list(groups), below


def _explanation(
    world: World, owner: Mapping[int, str], column: int, unbounded_value: float, deviations: float
) -> Explanation:
    """A parameter at the value where the model meets the measurement, beside its own draws."""
    draws, present = world.calibration.draws[:, column], float(world.calibration.center[0, column])
    value = float(_natural(np.array([[unbounded_value]]), np.array([column]))[0, 0])
    low, high = np.quantile(draws, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0]).tolist()
    return Explanation(
        group=owner[column],
        value=value,
        present=present,
        part=Part(all_parameters()[column], present, low, high),
        deviations=deviations,
        rank=float((draws < value).mean()),
    )


def _levers(world: World, projection: Projection, measurement: Measurement) -> list[Explanation]:
    """Gains that alone explain a measurement within their ranges, the smallest change first; the layout is held."""
    case = projection.case
    levers = [each for each in world.levers.values() if each.target == GAIN and each.is_for(projection.family)]
    present = np.array([value_of(case, lever) for lever in levers])
    low = np.minimum([lever.minimum for lever in levers], present)
    high = np.maximum([lever.maximum for lever in levers], present)
    grid = _outward(low, present, high)

    def missed(some: Sequence[Lever], values: FloatArray) -> FloatArray:
        pairs = zip(some, values.tolist(), strict=True)
        cases = [with_value(case, lever, value) for lever, row in pairs for value in row]
        layouts = [projection.layout] * len(cases)
        inputs = inputs_of(world, cases, layouts)
        return np.asarray(misses(evaluate(inputs, world.calibration.center), measurement)[0].reshape(values.shape))

    first = missed(levers, grid)
    acting = [place for place in range(len(levers)) if np.ptp(first[place]) > NOTHING]
    places, brackets = _brackets(grid, first, acting)
    if not places:
        return []
    closer = _closer(brackets)
    met = _met(closer, missed([levers[place] for place in places], closer))
    found = [
        Explanation("", value, float(present[place]), lever=levers[place])
        for place, value in zip(places, met, strict=True)
    ]
    return sorted(found, key=_change)


def _change(explanation: Explanation) -> float:
    """How far a lever is moved: as a logarithm, or by itself where it counts from 0."""
    value, present = explanation.value, explanation.present
    return abs(log(value / present)) if value > 0.0 and present > 0.0 else abs(value - present)


def _outward(low: FloatArray, here: FloatArray, high: FloatArray) -> FloatArray:
    """Values from `low` to `high` with `here` in the middle, shape (rows, 2 · SIDE + 1)."""
    left, right = np.linspace(low, here, SIDE + 1, axis=1), np.linspace(here, high, SIDE + 1, axis=1)
    return np.concatenate([left, right[:, 1:]], axis=1)


def _closer(brackets: Sequence[tuple[float, float]]) -> FloatArray:
    """Values between two neighbours each, shape (brackets, CLOSER)."""
    ends = np.array(brackets)
    return np.asarray(np.linspace(ends[:, 0], ends[:, 1], CLOSER, axis=1))


def _moved(center: FloatArray, columns: Columns, values: FloatArray) -> FloatArray:
    """The centre with one parameter a row moved: columns (n,), values (n, points) unbounded; (n · points, all)."""
    rows = np.repeat(center, values.size, axis=0)
    rows[np.arange(values.size), np.repeat(columns, values.shape[1])] = _natural(values, columns).ravel()
    return rows


def _natural(values: FloatArray, columns: Columns) -> FloatArray:
    """Unbounded values of parameters, shape (columns, points), as the model reads them."""
    share = np.array([all_parameters()[column].transform == "logit" for column in columns])[:, None]
    return np.where(share, 1.0 / (1.0 + np.exp(-values)), np.exp(values))


def _brackets(
    grid: FloatArray, missed: FloatArray, acting: Sequence[int]
) -> tuple[list[int], list[tuple[float, float]]]:
    """For each row that meets the measured value: the two neighbours around it that are nearest to the middle, the
    nearer one first."""
    places, brackets = [], []
    for place in acting:
        row = missed[place]
        turns = np.flatnonzero(row[1:] * row[:-1] <= 0.0)
        if len(turns):
            nearest = int(min(turns, key=lambda turn: abs(turn + 0.5 - SIDE)))
            ends = float(grid[place, nearest]), float(grid[place, nearest + 1])
            places.append(place)
            brackets.append(ends if nearest >= SIDE else ends[::-1])
    return places, brackets


def _met(values: FloatArray, missed: FloatArray) -> list[float]:
    """Where each row meets the measured value, between the first two values around it: where it keeps to the measured
    value for a stretch, at the end that is nearer to the present."""
    found = []
    for row, miss in zip(values, missed, strict=True):
        turn = int(np.argmax(miss[1:] * miss[:-1] <= 0.0))
        first, second = float(miss[turn]), float(miss[turn + 1])
        part = 0.0 if first == second else first / (first - second)
        found.append(float(row[turn] + part * (row[turn + 1] - row[turn])))
    return found
