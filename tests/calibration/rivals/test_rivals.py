"""The further rivals: what they say of an entry that has a twin, of one with another size, and of an unknown job."""

from math import log

import numpy as np
import pytest

from ipuwhatif.calibration.rivals.naive import QUANTITIES, measured_value
from ipuwhatif.calibration.rivals.rival_scores import interval_score, rival_score, rival_scores
from ipuwhatif.calibration.rivals.rivals import rivals_of
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.records import replace
from tests.calibration import answers


@pytest.fixture(scope="module")
def rows(catalog: Catalog) -> tuple[OfficialResult, ...]:
    return tuple(row for row in catalog.official if usable(row))


def test_that_of_an_entry_with_a_twin_the_nearest_is_the_twin(
    catalog: Catalog, rows: tuple[OfficialResult, ...]
) -> None:
    first = rows[0]
    twin = replace(first, key="a twin")
    (found,) = rivals_of(catalog, (*rows[1:], twin), (first,))
    for quantity in QUANTITIES:
        assert found[quantity].nearest == pytest.approx(measured_value(first, quantity), rel=1e-9)


def test_that_an_entry_on_twice_the_chips_is_the_nearest_scaled_by_its_peak_rate(
    catalog: Catalog, rows: tuple[OfficialResult, ...]
) -> None:
    row = next(each for each in rows if each.workload == "resnet50" and each.choice and each.choice.chips == 64)
    assert row.choice is not None
    larger = replace(row, choice=replace(row.choice, chips=128))
    (found,) = rivals_of(catalog, (row,), (larger,))
    assert found["throughput"].nearest == pytest.approx(2.0 * measured_value(row, "throughput"), rel=1e-9)
    assert found["time"].nearest == pytest.approx(0.5 * measured_value(row, "time"), rel=1e-9)
    assert found["samples"].nearest == pytest.approx(measured_value(row, "samples"), rel=1e-9)
    assert found["time"].constant == pytest.approx(found["time"].nearest, rel=1e-9)


def test_that_of_a_job_nobody_is_left_of_the_rivals_know_a_share_of_the_peak_alone(
    catalog: Catalog, rows: tuple[OfficialResult, ...]
) -> None:
    asked = next(row for row in rows if row.workload == "gpt3-175b")
    (found,) = rivals_of(catalog, [row for row in rows if row.workload != "gpt3-175b"], (asked,))
    assert found["throughput"].constant is not None and found["throughput"].nearest is not None
    assert all(found[quantity].constant is found[quantity].nearest is None for quantity in ("samples", "time"))


def test_that_four_of_five_entries_lie_inside_the_interval_of_their_nearest(
    catalog: Catalog, rows: tuple[OfficialResult, ...]
) -> None:
    """By its making, as far as the job of each is told by its own entries."""
    job = [row for row in rows if row.workload == "resnet50"]
    held = []
    for place, row in enumerate(job[::7]):
        (found,) = rivals_of(catalog, [each for each in job if each is not row], (row,))
        rival = found["throughput"]
        assert rival.nearest is not None and rival.half_width is not None, place
        held.append(abs(log(rival.nearest / measured_value(row, "throughput"))) <= rival.half_width)
    assert 0.6 < np.mean(held) < 0.97


def test_that_an_interval_is_scored_by_its_width_and_ten_times_what_lies_outside() -> None:
    assert interval_score(90.0, 110.0, 100.0) == pytest.approx(log(110.0 / 90.0))
    assert interval_score(90.0, 110.0, 120.0) == pytest.approx(log(110.0 / 90.0) + 10.0 * log(120.0 / 110.0))
    assert interval_score(90.0, 110.0, 80.0) == pytest.approx(log(110.0 / 90.0) + 10.0 * log(90.0 / 80.0))


def test_that_rivals_are_scored_on_the_rows_that_all_of_them_answer(rows: tuple[OfficialResult, ...]) -> None:
    told, silent = answers.answer(rows[0], 0.05, 0.1, naive=0.3), answers.answer(rows[1], 0.5, 0.1)
    found = rival_score("", (told, silent), "time")
    assert found is not None and found.rows == 1
    assert (found.model, found.naive) == (pytest.approx(0.05), pytest.approx(0.3))
    assert (found.constant, found.nearest) == (pytest.approx(0.4), pytest.approx(0.5))
    assert found.is_won
    assert rival_score("", (silent,), "time") is None


def test_that_nothing_is_compared_where_nothing_was_left_out(
    catalog: Catalog, rows: tuple[OfficialResult, ...]
) -> None:
    record = answers.wavy("in-sample", "in-sample", rows[:3])
    assert rival_scores(record, catalog, ("time",)) == ()
