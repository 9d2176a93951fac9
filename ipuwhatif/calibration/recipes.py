"""Recipes that were run: a submitted recipe run again needs about the samples that it needed before.

Convergence differs from recipe to recipe by a few percent around the curve, and between runs of one recipe by much
less. A job with the layout and recipe of an entry therefore follows what entries with that recipe measured, shrunk
towards the curve by the ratio of the two scatters; any other job follows the curve.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from ipuwhatif.calibration.entries import is_language
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import TARGET, Catalog, Chip
from ipuwhatif.model.case import AS_SUBMITTED, Case
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import known
from ipuwhatif.model.roles.convergence import convergence_curve
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import Record, replace

#: Distance of ln(samples) from the lower median beyond which an entry is left out of what its recipe needs.
ODD = 0.15

RecipeKey = tuple[str, str, str, str, int, float]


class Recipe(Record, frozen=True):
    """Samples that entries of one recipe needed (geometric mean), and how many entries there are."""

    samples: float
    entries: int


def recipe_key(chip: Chip, case: Case, layout: Layout) -> RecipeKey:
    """What makes two runs the same recipe: chips of one architecture on one convergence curve share it.

    Where the decay length is not known, only one release counts as the same.
    """
    release, horizon = "" if layout.horizon_samples > 0.0 else case.release, layout.horizon_samples
    curve = convergence_curve(case.workload, chip, case.recipe, case.release).key
    return chip.architecture, curve, case.recipe + release, layout.optimizer, layout.recipe_batch, horizon


def known_recipes(catalog: Catalog) -> Mapping[RecipeKey, Recipe]:
    """The recipes of all usable entries of a catalog."""
    return _known(SharedCatalog(catalog))


def with_known_recipes(inputs: Inputs, catalog: Catalog, cases: Sequence[Case], layouts: Sequence[Layout]) -> Inputs:
    """Inputs in which cases with a submitted recipe that was run know what it needed."""
    samples, batch, weight = np.zeros(len(cases)), np.ones(len(cases)), np.zeros(len(cases))
    for row, (case, layout) in enumerate(zip(cases, layouts, strict=True)):
        if layout.policy != AS_SUBMITTED or not _has_curve(catalog, case.workload):
            continue
        key = recipe_key(catalog.chip_of(case.choice), case, layout)
        recipe = known_recipes(catalog).get(key)
        if recipe is not None:
            prior = known().workloads[case.workload]
            between, within = prior.between_recipes**2, prior.within_recipe**2
            samples[row], batch[row] = recipe.samples, layout.recipe_batch
            weight[row] = between / (between + within / recipe.entries)
    return replace(inputs, recipe_samples=samples, recipe_batch=batch, recipe_weight=weight)


def _has_curve(catalog: Catalog, workload: str) -> bool:
    """Whether the samples of a job follow a curve: language models lie between reference points, others are stated."""
    return catalog.workloads[workload].kind == TARGET and not is_language(workload)


@lru_cache(maxsize=128)
def _known(shared: SharedCatalog) -> Mapping[RecipeKey, Recipe]:
    logs: dict[RecipeKey, list[float]] = {}
    for row in shared.catalog.official:
        workload = str(row.workload)
        if usable(row) and row.layout and row.choice and _has_curve(shared.catalog, workload):
            case = Case(workload, row.choice, row.release, row.division)
            layout = replace(row.layout, recipe_batch=row.layout.global_batch)
            key = recipe_key(shared.catalog.chip_of(row.choice), case, layout)
            logs.setdefault(key, []).append(float(np.log(row.samples_to_target)))
    typical = {key: _typical(values) for key, values in logs.items()}
    return {key: Recipe(float(np.exp(np.mean(values))), len(values)) for key, values in typical.items()}


def _typical(logs: Sequence[float]) -> list[float]:
    """Those near the lower median: runs of others have a slow tail, and none of them says why."""
    middle = sorted(logs)[(len(logs) - 1) // 2]
    return [value for value in logs if abs(value - middle) < ODD]
