"""How much of the scatter entries near by leave."""

import numpy as np
import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.entries import case_of_entry
from ipuwhatif.calibration.near.near_spread import OWN, SHARED, near_spread
from ipuwhatif.calibration.support.support import support_of
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.model.layouts.layout import submitted
from ipuwhatif.records import replace


def test_that_where_no_entry_is_near_all_of_it_is_left() -> None:
    assert near_spread(64, []) == near_spread(64, [8, 128, 1024]) == 1.0


def test_that_many_entries_at_the_same_size_leave_what_is_a_rows_own() -> None:
    assert near_spread(8, [8] * 10_000) == pytest.approx(OWN / np.hypot(SHARED, OWN), rel=1e-3)


def test_that_each_further_entry_leaves_less_and_a_nearer_one_less_still() -> None:
    found = [near_spread(64, near) for near in ([], [100], [70], [64], [64, 64])]
    assert found == sorted(found, reverse=True) and len(set(found)) == len(found)


def test_that_nothing_jumps_along_the_chips() -> None:
    found = [near_spread(chips, [1000, 1500]) for chips in range(400, 3200)]
    assert np.abs(np.diff(found)).max() < 0.004


def test_that_it_is_told_for_tuned_entries_of_language_models_alone(world: World) -> None:
    catalog = world.catalog
    rows = {str(row.workload): row for row in catalog.official if usable(row) and row.layout is not None}
    for job in ("resnet50", "llama31-405b"):
        row = rows[job]
        case, layout = case_of_entry(row), submitted(row.layout)
        left = support_of(catalog, case, layout).scattered
        assert (left < 1.0) == (job == "llama31-405b")
        named = replace(case, software="framework", release="2025-06")
        assert support_of(catalog, named, layout).scattered == 1.0
