"""Priors, their unbounded space, and the columns of constants."""

import numpy as np
import pytest

from ipuwhatif.model.parameters import PARAMETERS, Parameter, natural, parameter_index, prior_center, prior_spread


def test_that_every_parameter_has_a_name_of_its_own_a_reason_and_a_width() -> None:
    assert len({parameter.name for parameter in PARAMETERS}) == len(PARAMETERS)
    for parameter in PARAMETERS:
        assert parameter.reason and parameter.unit and parameter.spread > 0, parameter
        assert parameter.transform in ("log", "logit"), parameter
        assert parameter.median > 0, parameter
        assert parameter.transform == "log" or parameter.median < 1, parameter


def test_that_prior_centres_are_the_stated_medians() -> None:
    values = natural(prior_center()[None])[0]
    assert values[:-2] == pytest.approx([parameter.median for parameter in PARAMETERS], rel=1e-12)
    assert prior_spread().shape == prior_center().shape == (len(PARAMETERS),)


def test_that_the_last_columns_are_one_and_zero() -> None:
    values = natural(np.zeros((3, len(PARAMETERS))))
    index = parameter_index()
    assert values.shape == (3, len(PARAMETERS) + 2)
    assert set(values[:, index["one"]]) == {1.0} and set(values[:, index["zero"]]) == {0.0}


def test_that_a_logit_is_a_share_and_a_logarithm_is_positive_however_far_out() -> None:
    for distance in (-1e6, -50.0, 50.0, 1e6):
        values = natural(np.full((1, len(PARAMETERS)), distance))[0, :-2]
        for parameter, value in zip(PARAMETERS, values, strict=True):
            assert np.isfinite(value) and value > 0, parameter
            assert parameter.transform == "log" or value <= 1, parameter


def test_that_a_share_of_a_half_is_the_origin_of_its_space() -> None:
    assert Parameter("x", 0.5, 1.0, "logit", "1", "why").center == 0.0
    assert Parameter("x", 1.0, 1.0, "log", "1", "why").center == 0.0
    assert Parameter("x", 0.8, 1.0, "logit", "1", "why").center == pytest.approx(np.log(4.0))
