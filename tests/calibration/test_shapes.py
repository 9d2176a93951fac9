"""Shapes of the scatter: ends, draws and probabilities agree, and what no back-test tells of stays as it is drawn."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.calibration.shapes import (
    FILE,
    HIGH,
    KINDS,
    LOW,
    NORMAL,
    SHARES,
    Sides,
    is_sound,
    load_shapes,
    save_shapes,
    score_of,
    shaped_draws,
    shaped_ends,
    stretched,
)
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.units import InputError

PEAKED = (-3.0, -1.1, -0.3, 0.0, 0.2, 0.9, 2.7)
DRAWN = np.random.default_rng(3).permutation(np.random.default_rng(4).normal(size=(4001, 1)))


def sides(below: float, above: float, plain: float = 0.0) -> Sides:
    return Sides(*(np.array([each]) for each in (below, above, plain, plain)))


def draws(shape: tuple[float, ...], of: Sides) -> FloatArray:
    return shaped_draws(np.exp(0.3 * DRAWN), np.array([5.0]), [shape], of)


def test_that_the_draws_have_the_quantiles_of_the_shape_around_the_middle_and_keep_their_order() -> None:
    found = draws(PEAKED, sides(0.1, 0.2))
    expected = [5.0 * np.exp(each * (0.1 if each < 0.0 else 0.2)) for each in PEAKED]
    assert np.quantile(found[:, 0], SHARES) == pytest.approx(expected, rel=1e-4)
    assert (np.argsort(found, axis=0) == np.argsort(DRAWN, axis=0)).all()


def test_that_the_interval_ends_where_the_draws_do() -> None:
    for plain in (0.0, 0.05, 1.0):
        low, high = shaped_ends([PEAKED], sides(0.1, 0.2, plain))
        found = np.quantile(draws(PEAKED, sides(0.1, 0.2, plain)), (0.1, 0.9))
        assert 5.0 * np.exp([low[0], high[0]]) == pytest.approx(found, rel=1e-4)


def test_that_what_no_back_test_tells_of_stays_normal() -> None:
    low, high = shaped_ends([PEAKED], sides(0.1, 0.2, plain=0.3))  # more than there is: all of it
    assert (low[0], high[0]) == pytest.approx((0.1 * NORMAL[LOW], 0.2 * NORMAL[HIGH]))
    mixed = shaped_ends([PEAKED], sides(0.1, 0.2, plain=0.06))[0][0]
    assert mixed == pytest.approx(-np.hypot(0.08 * PEAKED[LOW], 0.06 * NORMAL[LOW]))


@given(st.floats(-8.0, 8.0))
def test_that_a_score_is_found_again_from_its_distance(score: float) -> None:
    assert score_of(float(stretched(np.array([score]), PEAKED)[0]), PEAKED) == pytest.approx(score, abs=1e-9)
    assert stretched(np.array([score]), NORMAL)[0] == pytest.approx(score, abs=1e-9)


def test_that_shapes_come_back_from_their_file_and_damaged_ones_are_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE
    save_shapes(dict.fromkeys(KINDS, PEAKED), path)
    assert load_shapes(path) == dict.fromkeys(KINDS, PEAKED)
    for text in ("{", "[]", path.read_text().replace("-1.1", "7.0"), path.read_text().replace("0.2,", "NaN,")):
        path.write_text(text)
        with pytest.raises(InputError, match=r"the shapes of the scatter cannot be read; make track-record"):
            load_shapes(path)
    with pytest.raises(InputError):
        load_shapes(tmp_path / "nowhere.json")


def test_that_a_shape_ascends_through_the_middle() -> None:
    assert is_sound(NORMAL) and is_sound(PEAKED)
    assert not any(map(is_sound, (PEAKED[::-1], (*PEAKED[:3], 0.1, *PEAKED[4:]), (*PEAKED[:-1], np.inf))))
