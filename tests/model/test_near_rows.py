"""The factor of rows near by: where it holds, that it is smooth along the chips, and 1 where nobody measured."""

import numpy as np
import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.model.near_rows import (
    SIZES,
    near_columns,
    near_effect,
    near_roles,
    near_shares,
    parameters_of_near_rows,
    without_near_rows,
)
from ipuwhatif.model.parameters import FloatArray, IntArray, parameter_index
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.records import replace
from tests.model.synthetic import inputs

CATALOG = load_catalog()
ONE = parameter_index()["one"]


def columns(chip: str = "h100-sxm", release: str = "2024-06", software: str = "") -> IntArray:
    named = CATALOG.software[software] if software else None
    return near_columns(CATALOG.workloads["llama2-70b-lora"], CATALOG.chips[chip], release, named)


def factor(chips: FloatArray, told: dict[int, float]) -> FloatArray:
    """At some numbers of H100, where the parameters at some sizes have other values than 1."""
    values = np.ones((1, len(all_parameters()) + 2))
    for size, value in told.items():
        values[0, columns()[SIZES.index(size)]] = value
    case = replace(inputs(chips=chips), role=inputs().role | near_roles(columns()[:, None], None, chips))
    return np.broadcast_to(near_effect(case, values), (1, len(chips)))[0]


def test_that_rows_are_near_where_job_chip_and_round_are_the_same_and_entries_tell() -> None:
    assert {name for name, at in parameter_index().items() if at in columns()} >= {
        "language_near.llama2-70b-lora.h100-sxm.2024-06.8",
        "language_near.llama2-70b-lora.h100-sxm.2024-06.1024",
    }
    assert (columns(chip="h100-pcie") == ONE).all() and (columns(release="2019-07") == ONE).all()
    assert (columns(software="llm-foundry") == ONE).all()


def test_that_at_a_size_its_own_parameter_counts_alone() -> None:
    chips = np.array([8.0, 64.0, 512.0])
    assert factor(chips, {64: 1.1}) == pytest.approx([1.0, 1.1, 1.0])


def test_that_between_two_sizes_logarithms_are_taken_along_the_logarithm_of_the_chips() -> None:
    between = 8.0 * 2.0 ** np.array([0.25, 0.5])
    assert factor(between, {8: 1.2, 16: 0.9}) == pytest.approx(
        1.2 ** np.array([0.75, 0.5]) * 0.9 ** np.array([0.25, 0.5])
    )


def test_that_nothing_jumps_along_the_chips() -> None:
    chips = np.geomspace(1.0, 50_000.0, 20_001)
    found = np.log(factor(chips, {8: 1.2, 16: 0.9, 64: 1.1, 1024: 1.05}))
    assert np.abs(np.diff(found)).max() < 0.001
    assert found[0] == pytest.approx(0.0) and found[-1] == pytest.approx(0.0)


def test_that_shares_of_the_two_sizes_add_up_to_one() -> None:
    below, above = near_shares(np.geomspace(1.0, 50_000.0, 500))
    assert below + above == pytest.approx(1.0) and below.min() >= 0.0 and above.min() >= 0.0


def test_that_a_fit_of_the_rest_does_not_know_of_them() -> None:
    chips = np.array([64.0])
    case = replace(inputs(chips=chips), role=inputs().role | near_roles(columns()[:, None], None, chips))
    moved = np.full((1, len(all_parameters()) + 2), 2.0)
    assert near_effect(without_near_rows(case), moved) == 1.0 != near_effect(case, moved)


def test_that_they_are_the_last_of_the_parameters() -> None:
    places = parameters_of_near_rows()
    assert places.tolist() == list(range(len(all_parameters()) - len(places), len(all_parameters())))
