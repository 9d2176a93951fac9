"""The arrays of cases with what is known beside their layouts: recipes that were run, and the user's own site."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import Interval
from ipuwhatif.calibration.own_runs import SET_UPS, Run
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.software import usual_class
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import Case
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.time_to_train import OWN_SITE
from ipuwhatif.records import replace

#: Standard normals from the middle to either end of an interval that holds 80 %.
_END = 1.2816


def inputs_of(world: World, cases: Sequence[Case], layouts: Sequence[Layout]) -> Inputs:
    """Cases in these layouts as the model takes them, as evidence alone tells them."""
    return with_known_recipes(lower(world.catalog, cases, layouts), world.catalog, cases, layouts)


def at_site(inputs: Inputs, shift: FloatArray) -> Inputs:
    """Inputs whose steps take longer by a factor for each case, the exponential of `shift`; shape (cases,)."""
    return replace(inputs, factors={**inputs.factors, OWN_SITE: np.exp(shift)})


def runs_of(catalog: Catalog, cases: Sequence[Case], throughput: Interval) -> tuple[Run, ...]:
    """The cases as runs of one site; throughput: what evidence alone says of each, shape (cases,).

    However well a vendor's own entries are known: a user's set-up lies around them as those of others do.
    """
    spreads = np.maximum(np.log(throughput.high / throughput.low) / (2.0 * _END), SET_UPS)
    return tuple(_run_of(catalog, case, spread) for case, spread in zip(cases, spreads.tolist(), strict=True))


def _run_of(catalog: Catalog, case: Case, spread: float) -> Run:
    choice, key = case.choice, case.software or usual_class(catalog.workloads[case.workload])
    framework = catalog.software[key].framework if key in catalog.software else key
    generation = catalog.chip_of(choice).generation
    return Run(case.workload, generation, choice.system, choice.chips, spread, framework, case.release)
