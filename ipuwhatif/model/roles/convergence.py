"""Roles of the samples to target: the curve that a recipe follows, and how it departs from it."""

from ipuwhatif.catalog.priors.priors import Curve
from ipuwhatif.catalog.types import Chip
from ipuwhatif.model.parameters import anchor_release, known, parameter_index
from ipuwhatif.model.roles.kinds import stack_of


def convergence_curve(workload: str, chip: Chip, recipe: str, release: str) -> Curve:
    """Which curve the samples of a job follow: entries of one kind of system and recipe share one."""
    # A chip never ran the recipes of before it came.
    ran = max(release, chip.since)
    return known().curve_of(workload, stack_of(chip.architecture), chip.generation, recipe, ran)


def roles_of_convergence(key: str, curve: Curve, told_by: str, optimizer: str) -> dict[str, str]:
    """key: of the workload. told_by: the release whose recipes those of the case are."""
    index = parameter_index()
    departs = told_by != anchor_release() and not curve.fixed

    def if_known(name: str, other: str) -> str:
        return name if name in index else other

    return {
        "slope": f"slope.{key}",
        "floor": f"floor.{key}",
        "floor_effect": f"floor_effect.{curve.key}",
        "critical_batch": f"critical_batch.{key}",
        "critical_batch_effect": f"critical_batch_effect.{curve.bends_as}",
        "rise": f"rise.{key}",
        "rise_effect": f"rise_effect.{curve.bends_as}",
        "far_batch": f"far_batch.{key}",
        "far_rise": f"far_rise.{key}",
        "optimizer_penalty": if_known(f"{optimizer}_penalty.{key}", "one"),
        "recipe_effect": f"recipe_effect.{curve.key}.{told_by}" if departs else "one",
        "horizon": if_known(f"horizon.{key}", "zero"),
        "horizon_ratio": if_known(f"horizon_ratio.{curve.key}", if_known(f"horizon_ratio.{key}", "one")),
        "horizon_slope": if_known(f"horizon_slope.{key}", "zero"),
    }
