"""Many cases at once: layouts chosen, central values and intervals, as arrays over cases.

The slider, the table and the sweep all end in this one call.
"""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.solving.acting import acting_cases
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import Intervals, intervals
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.calibration.support import Support, support_of
from ipuwhatif.catalog.types import Layout
from ipuwhatif.model.case import Case
from ipuwhatif.model.layout import choose_layouts
from ipuwhatif.model.lower import Inputs, lower
from ipuwhatif.model.time_to_train import Outcome, evaluate
from ipuwhatif.records import Record


class Solution(Record, frozen=True):
    """Answers for all cases. `center` holds the model at the central parameters, shape (1, cases)."""

    cases: tuple[Case, ...]
    layouts: tuple[Layout, ...]
    supports: tuple[Support, ...]
    inputs: Inputs
    center: Outcome
    intervals: Intervals


def solve(world: World, cases: Sequence[Case], draws: int | None = None) -> Solution:
    """Choose layouts and evaluate; `draws` caps the ensemble (all by default). InputError where a case cannot run."""
    layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    inputs = with_known_recipes(lower(world.catalog, cases, layouts), world.catalog, cases, layouts)
    calibration = world.calibration
    # One call of the model for the centre and the draws: for few cases a call costs more than what it works out.
    both = evaluate(inputs, np.concatenate([calibration.center, calibration.draws[:draws]]))
    center, drawn = both.at(slice(1)), both.at(slice(1, None))
    acting = acting_cases(world, cases, layouts, center.parts)
    supports = tuple(support_of(world.catalog, case, layout) for case, layout in zip(acting, layouts, strict=True))
    around = intervals(calibration, cases, inputs, supports, center, draws, drawn)
    return Solution(tuple(cases), layouts, supports, inputs, center, around)


def solve_center(world: World, cases: Sequence[Case], layouts: Sequence[Layout] | None = None) -> Outcome:
    """The model at the central parameters alone, shape (1, cases). InputError where a case cannot run.

    layouts: of the cases, where whoever asks has chosen them already.
    """
    if layouts is None:
        layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    inputs = with_known_recipes(lower(world.catalog, cases, layouts), world.catalog, cases, layouts)
    return evaluate(inputs, world.calibration.center)
