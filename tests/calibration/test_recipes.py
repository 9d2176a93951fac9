"""Recipes that were run before: shrunk towards the curve, and unknown to a back-test that left them out."""

from collections.abc import Callable
from math import exp, log

import numpy as np
import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.backtest import seen_catalog
from ipuwhatif.calibration.entries import is_language
from ipuwhatif.calibration.folds import Fold
from ipuwhatif.calibration.observations import case_of_entry, usable
from ipuwhatif.calibration.recipes import (
    ODD,
    RecipeKey,
    known_recipes,
    recipe_key,
    with_known_recipes,
)
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.convergence import samples_to_target
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.layout import submitted
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import known
from ipuwhatif.records import replace

Entry = Callable[[str], OfficialResult]
POD16 = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"
DGX_BERT = "v1.1/NVIDIA/dgxa100_ngc21.09_pytorch/bert/closed"


def inputs_of(catalog: Catalog, row: OfficialResult, seen: Catalog | None = None) -> Inputs:
    assert row.layout is not None
    case, layout = case_of_entry(row), submitted(row.layout)
    return with_known_recipes(lower(catalog, [case], [layout]), seen or catalog, [case], [layout])


def test_that_every_usable_entry_knows_its_own_recipe(catalog: Catalog) -> None:
    for row in catalog.official:
        if usable(row) and not is_language(row.workload):
            inputs = inputs_of(catalog, row)
            assert 0.0 < inputs.recipe_weight[0] < 1.0, row.key
            assert inputs.recipe_batch[0] == row.global_batch


def test_that_a_recipe_run_once_remembers_what_it_needed(catalog: Catalog, entry: Entry) -> None:
    inputs = inputs_of(catalog, entry(POD16))
    prior = known().workloads["resnet50"]
    between, within = prior.between_recipes**2, prior.within_recipe**2
    assert inputs.recipe_samples[0] == pytest.approx(entry(POD16).samples_to_target, rel=1e-12)
    assert inputs.recipe_weight[0] == pytest.approx(between / (between + within), rel=1e-12)


def test_that_a_recipe_run_in_several_rounds_is_their_mean_and_weighs_more(catalog: Catalog, entry: Entry) -> None:
    rows = [entry(key) for key in (DGX_BERT, "v1.0/NVIDIA/dgxa100_ngc21.05_pytorch/bert/closed")]
    mean = np.exp(np.mean(np.log([row.samples_to_target for row in rows])))
    prior = known().workloads["bert-large"]
    between, within = prior.between_recipes**2, prior.within_recipe**2
    for row in rows:
        inputs = inputs_of(catalog, row)
        assert inputs.recipe_samples[0] == pytest.approx(mean, rel=1e-12)
        assert inputs.recipe_weight[0] == pytest.approx(between / (between + within / 2), rel=1e-12)


def test_that_a_known_recipe_lies_between_the_curve_and_its_log(world: World, entry: Entry) -> None:
    row = entry(POD16)
    known = replace(inputs_of(world.catalog, row), reference_floor=np.zeros(1))
    unknown = replace(known, recipe_weight=np.zeros(1))
    center = world.calibration.center
    shrunk, curve = samples_to_target(known, center)[0, 0], samples_to_target(unknown, center)[0, 0]
    logged = row.samples_to_target
    assert min(curve, logged) <= shrunk <= max(curve, logged)
    assert abs(np.log(shrunk / logged)) < 0.2 * abs(np.log(curve / logged)) + 1e-12


def test_that_a_searched_layout_follows_the_curve(catalog: Catalog, entry: Entry) -> None:
    row = entry(POD16)
    assert row.layout is not None
    case, layout = case_of_entry(row), replace(row.layout, policy="best")
    inputs = with_known_recipes(lower(catalog, [case], [layout]), catalog, [case], [layout])
    assert inputs.recipe_weight[0] == 0.0


def test_that_a_catalog_without_the_rows_does_not_know_their_recipe(catalog: Catalog, entry: Entry) -> None:
    row = entry(POD16)
    rest = tuple(other for other in catalog.official if usable(other) and other.key != row.key)
    seen = seen_catalog(catalog, Fold(rest, catalog.references, (), (row,)))
    assert row not in seen.official
    assert seen.evidence_hash != catalog.evidence_hash  # or a cache would hand out what was left out
    assert inputs_of(catalog, row).recipe_weight[0] > 0.0
    assert inputs_of(seen, row).recipe_weight[0] == 0.0
    assert row.layout is not None
    key = recipe_key(catalog.chips["gc200"], case_of_entry(row), submitted(row.layout))
    assert key in known_recipes(catalog) and key not in known_recipes(seen)


def test_that_the_reference_floor_of_a_back_test_knows_only_the_points_left_in(catalog: Catalog, entry: Entry) -> None:
    row = entry("v1.1/Graphcore/ipu-pod64-POPART-closed/bert/closed")
    assert row.layout is not None
    kept = tuple(point for point in catalog.references if point.workload != "bert-large")
    seen = seen_catalog(catalog, Fold(catalog.official, kept, (), (row,)))
    case, layout = case_of_entry(row), submitted(row.layout)
    assert lower(catalog, [case], [layout]).reference_floor[0] > 0.0
    assert lower(seen, [case], [layout]).reference_floor[0] == 0.0


def test_that_without_a_known_decay_length_only_the_same_release_is_the_same_recipe(
    catalog: Catalog, entry: Entry
) -> None:
    chip = catalog.chips["gc200"]
    newer, older = entry(POD16), entry("v1.0/Graphcore/ipu-pod16-TF1/resnet/closed")
    assert newer.layout is not None and older.layout is not None
    layout = submitted(newer.layout)
    assert recipe_key(chip, case_of_entry(newer), layout) != recipe_key(chip, case_of_entry(older), layout)
    known = replace(layout, horizon_samples=1e7)
    assert recipe_key(chip, case_of_entry(newer), known) == recipe_key(chip, case_of_entry(older), known)


def samples_of(catalog: Catalog, row: OfficialResult, needed: list[float]) -> tuple[float, int]:
    """What the recipe of a row needs, and over how many entries, in a catalog of entries that needed so much."""
    made = [replace(row, key=f"made by hand {each}", samples_to_target=each) for each in needed]
    seen = replace(catalog, official=tuple(made), evidence_hash=f"made by hand {needed}")
    (recipe,) = known_recipes(seen).values()
    return recipe.samples, recipe.entries


def test_that_a_recipe_needs_the_mean_of_its_runs(catalog: Catalog, entry: Entry) -> None:
    found, entries = samples_of(catalog, entry(POD16), [1e6, 1.1e6, 1.05e6])
    assert (found, entries) == (pytest.approx((1e6 * 1.1e6 * 1.05e6) ** (1 / 3), rel=1e-12), 3)


def test_that_odd_runs_are_left_out_of_what_a_recipe_needs(catalog: Catalog, entry: Entry) -> None:
    near, far = exp(0.99 * ODD), exp(1.01 * ODD)
    assert samples_of(catalog, entry(POD16), [1e6, 1e6, near * 1e6])[0] == pytest.approx(near ** (1 / 3) * 1e6)
    assert samples_of(catalog, entry(POD16), [1e6, 1e6, far * 1e6])[0] == pytest.approx(1e6)
    assert samples_of(catalog, entry(POD16), [1e6, 1e6, 1e6 / far])[0] == pytest.approx(1e6)


def test_that_of_two_runs_far_apart_the_quick_one_is_right(catalog: Catalog, entry: Entry) -> None:
    """The tail of others is slow: the lower median is never in it."""
    assert samples_of(catalog, entry(POD16), [2e6, 1e6])[0] == pytest.approx(1e6)
    assert samples_of(catalog, entry(POD16), [1e6, 1e6, 2e6, 2e6])[0] == pytest.approx(1e6)


def test_that_a_recipe_with_a_known_decay_length_is_one_as_long_as_its_convergence_curve_is(
    catalog: Catalog, entry: Entry
) -> None:
    """NVIDIA's BERT at 448 sequences ran one decay length in v1.0 and v1.1, and the A30 the same: with more samples."""
    rows = [
        entry(f"{key}/bert/closed")
        for key in (
            "v1.0/NVIDIA/dgxa100_ngc21.05_pytorch",
            "v1.1/NVIDIA/dgxa100_ngc21.09_pytorch",
            "v2.0/NVIDIA/2xa30_ngc22.04_pytorch",
        )
    ]
    assert len({row.layout.horizon_samples for row in rows if row.layout}) == 1
    first, second, other = (
        recipe_key(catalog.chip_of(row.choice), case_of_entry(row), submitted(row.layout))
        for row in rows
        if row.choice and row.layout
    )
    assert first == second != other
    older, newer = (
        entry(f"{key}/bert/closed")
        for key in ("v2.0/NVIDIA/dgxa100_ngc22.04_pytorch", "v2.1/NVIDIA/dgxa100_ngc22.09_pytorch")
    )
    assert older.layout and newer.layout and older.layout.horizon_samples == newer.layout.horizon_samples
    chip = catalog.chips["a100-80gb"]
    assert recipe_key(chip, case_of_entry(older), submitted(older.layout)) != recipe_key(
        chip, case_of_entry(newer), submitted(newer.layout)
    )


def test_that_a_recipe_is_shared_by_all_who_submit_on_an_architecture(catalog: Catalog) -> None:
    alike: dict[RecipeKey, list[OfficialResult]] = {}
    for row in catalog.official:
        if usable(row) and row.layout and row.choice and not is_language(row.workload):
            key = recipe_key(catalog.chip_of(row.choice), case_of_entry(row), submitted(row.layout))
            alike.setdefault(key, []).append(row)
    recipes = known_recipes(catalog)
    assert alike.keys() == recipes.keys()
    # Odd runs are left out of what a recipe needs, and of how sure it is.
    assert all(1 <= recipe.entries <= len(alike[key]) for key, recipe in recipes.items())
    assert sum(recipe.entries < len(alike[key]) for key, recipe in recipes.items()) > 0
    most = max(alike, key=lambda key: len(alike[key]))
    rows = alike[most]
    assert len({row.submitter for row in rows}) > 3 and len({row.choice.system for row in rows if row.choice}) > 3
    assert len({key[0] for key in alike}) > 2  # architectures, each with its own
    assert all(abs(log(row.samples_to_target / recipes[most].samples)) < ODD for row in rows)
