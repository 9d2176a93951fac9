"""The numbers of the track record on answers made by hand."""

from collections.abc import Callable
from math import comb

import pytest

from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.calibration.scores import GROUPS, binomial_p_value, group_scores, score
from ipuwhatif.catalog.types import Catalog, OfficialResult
from tests.calibration.answers import answer, answered, wavy

Entry = Callable[[str], OfficialResult]
IPU = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"
GPU = "v1.1/NVIDIA/dgxa100_ngc21.09_mxnet/resnet/closed"


@pytest.fixture
def protocol(entry: Entry) -> Protocol:
    """Two rows: Graphcore 10 % too high and outside, NVIDIA 20 % too low and inside its interval."""
    answers = (answer(entry(IPU), 0.10, 0.05, 0.30), answer(entry(GPU), -0.20, 0.30, fits=False))
    return Protocol("by-hand", "by hand", answers, ())


@pytest.mark.parametrize(
    ("covered", "rows", "chance"),
    [
        (8, 10, 1.0),
        (10, 10, 0.8**10 + sum(comb(10, k) * 0.8**k * 0.2 ** (10 - k) for k in range(7))),
        (0, 10, 0.2**10),
        (0, 1, 0.2),
        (1, 1, 1.0),
        (0, 0, 1.0),
    ],
)
def test_that_the_coverage_test_is_the_exact_two_sided_one(covered: int, rows: int, chance: float) -> None:
    assert binomial_p_value(covered, rows) == pytest.approx(chance, rel=1e-9)


def test_that_the_coverage_test_agrees_with_scipy() -> None:
    from scipy.stats import binomtest

    for rows in (10, 11, 24, 35):
        for covered in range(rows + 1):
            assert binomial_p_value(covered, rows) == pytest.approx(binomtest(covered, rows, 0.8).pvalue, rel=1e-7)


@pytest.mark.parametrize("quantity", ["throughput", "samples", "time"])
def test_that_errors_widths_and_coverage_are_those_of_the_rows(protocol: Protocol, quantity: str) -> None:
    found = score(protocol.answers, quantity)
    assert found.quantity == quantity
    assert found.mape == pytest.approx(0.15) and found.median == pytest.approx(0.15)
    assert (found.worst, found.worst_row) == (pytest.approx(-0.20), GPU)
    assert found.covered == 1
    assert found.mean_width == pytest.approx((0.05 + 0.30) / 2)
    assert (found.naive_mape, found.naive_median, found.naive_rows) == (pytest.approx(0.3), pytest.approx(0.3), 1)
    assert found.in_sample_mape is None


def test_that_coverage_is_tested_from_ten_rows_on(catalog: Catalog) -> None:
    nine, ten = (wavy("by-hand", "by hand", answered(catalog)[:count]) for count in (9, 10))
    assert score(nine.answers, "time").p_value is None
    found = score(ten.answers, "time")
    assert found.p_value == pytest.approx(binomial_p_value(found.covered, 10))


def test_that_a_group_is_scored_alone_with_the_same_rows_in_sample(
    protocol: Protocol, entry: Entry, catalog: Catalog
) -> None:
    in_sample = Protocol("in-sample", "in-sample", (answer(entry(GPU), 0.02, 0.1), answer(entry(IPU), 0.01, 0.1)), ())
    groups = {group.key: group for group in group_scores(protocol, catalog, in_sample)}
    assert groups["ipu"].rows == 1 and groups["ipu"].of("time").mape == pytest.approx(0.10)
    assert groups["ipu"].of("time").in_sample_mape == pytest.approx(0.01)
    assert groups["nvidia"].of("time").mape == pytest.approx(0.20)
    assert groups["all"].of("time").in_sample_mape == pytest.approx(0.015)


def test_that_groups_with_the_same_rows_are_shown_once(protocol: Protocol, catalog: Catalog) -> None:
    assert [group.key for group in group_scores(protocol, catalog)] == ["ipu", "nvidia", "all"]


def test_that_groups_hold_the_entries_that_their_names_say(catalog: Catalog) -> None:
    groups = group_scores(wavy("in-sample", "in-sample", answered(catalog)), catalog)
    assert [group.key for group in groups] == [group.key for group in GROUPS]
    assert [group.rows for group in groups] == [
        16, 7, 24, 12, 106, 35, 157, 12, 41, 53, 319, 24, 355, 138, 86, 14, 38,
    ]  # fmt: skip


def test_that_true_samples_and_searched_layouts_are_held_against_the_score(
    protocol: Protocol, catalog: Catalog
) -> None:
    groups = {group.key: group for group in group_scores(protocol, catalog)}
    assert groups["all"].true_samples_mape == groups["all"].true_samples_median == pytest.approx(0.03)
    assert (groups["all"].searched_layout_mape, groups["all"].searched_layout_rows) == (pytest.approx(0.05), 1)
    assert (groups["nvidia"].searched_layout_mape, groups["nvidia"].searched_layout_rows) == (None, 0)
