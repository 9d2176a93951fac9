"""Whether plans leave the data, many at once: as `solve` finds it, without a draw."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.explore.plans import Plans, case_at
from ipuwhatif.analysis.solving.acting import acting_cases
from ipuwhatif.analysis.solving.inputs import inputs_of
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.support.support import support_of
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.scenario.scenario import Scenario


def beyond_data(world: World, scenario: Scenario, plan: SweepPlan, plans: Plans, rows: Sequence[int]) -> FloatArray:
    """1 for each of some plans that leaves the data, 0 for one that does not."""
    cases = [case_at(world, scenario, plan, plans, row) for row in rows]
    layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    center = evaluate(inputs_of(world, cases, layouts), world.calibration.center)
    acting = acting_cases(world, cases, layouts, center.parts)
    return np.array(
        [float(bool(support_of(world.catalog, *each).beyond)) for each in zip(acting, layouts, strict=True)]
    )
