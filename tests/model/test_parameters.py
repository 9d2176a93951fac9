"""Priors, their unbounded space, and the columns of constants."""

import numpy as np
import pytest

from ipuwhatif.calibration.entries import is_language, vendors
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.parameters import (
    anchor_release,
    known,
    natural,
    parameter_index,
    prior_center,
    prior_spread,
    rounds_ago,
)
from ipuwhatif.model.parameters import parameters as all_parameters


def test_that_every_parameter_has_a_name_of_its_own_a_reason_and_a_width() -> None:
    assert len({parameter.name for parameter in all_parameters()}) == len(all_parameters())
    for parameter in all_parameters():
        assert parameter.reason and parameter.unit and parameter.spread > 0, parameter
        assert parameter.transform in ("log", "logit"), parameter
        assert parameter.median > 0, parameter
        assert parameter.transform == "log" or parameter.median < 1, parameter


def test_that_prior_centres_are_the_stated_medians() -> None:
    values = natural(prior_center()[None])[0]
    assert values[:-2] == pytest.approx([parameter.median for parameter in all_parameters()], rel=1e-12)
    assert prior_spread().shape == prior_center().shape == (len(all_parameters()),)


def test_that_the_last_columns_are_one_and_zero() -> None:
    values = natural(np.zeros((3, len(all_parameters()))))
    index = parameter_index()
    assert values.shape == (3, len(all_parameters()) + 2)
    assert set(values[:, index["one"]]) == {1.0} and set(values[:, index["zero"]]) == {0.0}


def test_that_a_logit_is_a_share_and_a_logarithm_is_positive_however_far_out() -> None:
    for distance in (-1e6, -50.0, 50.0, 1e6):
        values = natural(np.full((1, len(all_parameters())), distance))[0, :-2]
        for parameter, value in zip(all_parameters(), values, strict=True):
            assert np.isfinite(value) and value > 0, parameter
            assert parameter.transform == "log" or value <= 1, parameter


def test_that_a_share_of_a_half_and_a_factor_of_one_are_the_origins_of_their_spaces() -> None:
    centers = dict(zip(all_parameters(), prior_center(), strict=True))
    halves = [center for each, center in centers.items() if (each.transform, each.median) == ("logit", 0.5)]
    ones = [center for each, center in centers.items() if (each.transform, each.median) == ("log", 1.0)]
    assert set(halves) == set(ones) == {0.0}
    (overlap,) = (center for each, center in centers.items() if each.name == "overlap.gpu")
    assert overlap == pytest.approx(np.log(0.7 / 0.3))


@pytest.mark.parametrize(
    ("release", "rounds"), [("2019-07", 3), ("2020-07", 2), ("2021-06", 1), ("2021-12", 0), ("2022-06", -1)]
)
def test_that_rounds_are_counted_from_the_latest_with_entries_and_negative_after_it(release: str, rounds: int) -> None:
    assert rounds_ago(release) == float(rounds)


def test_that_every_release_of_the_catalog_has_its_place_and_no_other_has(catalog: Catalog) -> None:
    assert set(catalog.releases) == set(known().releases)
    # a release without a round is one to come; the anchor lies among those with entries
    assert {key for key, release in catalog.releases.items() if not release.mlperf_round} == {"2025-11", "2026-06"}
    assert {key: rounds_ago(key) for key in ("2021-06", "2021-12", "2022-06", "2022-11")} == {
        "2021-06": 1.0,
        "2021-12": 0.0,
        "2022-06": -1.0,
        "2022-11": -2.0,
    }
    with pytest.raises(KeyError):
        rounds_ago("2018-12")


def test_that_a_release_departs_from_the_drift_the_further_the_more() -> None:
    width = {parameter.name: parameter.spread for parameter in all_parameters()}
    for effect in ("micro_effect", "step_effect", "start_up_effect"):
        name = f"{effect}.ipu.resnet50"
        assert f"{name}.{anchor_release()}" not in width
        assert width[f"{name}.2021-06"] == width[f"{name}.2022-06"]  # one round, either way
        assert width[f"{name}.2019-07"] == pytest.approx(3**0.5 * width[f"{name}.2021-06"])
    recipes = "recipe_effect.bert-large/gpu"
    assert width[f"{recipes}.2022-06"] == width[f"{recipes}.2021-06"] < width[f"{recipes}.2020-07"]


def test_that_every_chip_but_the_reference_departs_as_far_as_it_is_another(catalog: Catalog) -> None:
    width = {parameter.name: parameter.spread for parameter in all_parameters()}
    for generation in {chip.generation for chip in catalog.chips.values()}:
        for effect in ("chip_effect", "matmul_effect"):
            assert (f"{effect}.{generation}" in width) == (not known().generations[generation].reference_of)
    board, generation, architecture = (width[f"chip_effect.{chip}"] for chip in ("a100-40gb", "v100", "tpu-v4"))
    assert board < generation < architecture


def test_that_every_published_software_and_every_other_submitter_of_gpus_has_its_effect(catalog: Catalog) -> None:
    effects = {each.name for each in all_parameters()}
    effect = {True: "language_software", False: "software_effect"}
    assert {f"{effect[each.of_language]}.{each.key}" for each in catalog.software.values()} <= effects
    gpus = {key for key, system in catalog.systems.items() if catalog.chips[system.chip].architecture == "gpu"}
    submitters = {
        row.submitter
        for row in catalog.official
        if usable(row) and row.choice and row.choice.system in gpus and not is_language(row.workload)
    }
    assert {f"submitter_effect.{each}" for each in submitters - set(vendors())} <= effects
    assert not {"submitter_effect.NVIDIA", "submitter_effect.Graphcore"} & effects
