"""In what numbers products run, and on which chips."""

import pytest

from ipuwhatif.model.precision import BY_BITS, PRECISIONS
from tests.model.prior import CATALOG


@pytest.mark.parametrize(
    ("chip", "possible"),
    [
        ("a100-80gb", ["bf16"]),
        ("h200-sxm", ["bf16", "fp8"]),
        ("mi300x", ["bf16", "fp8"]),
        ("gb300", ["bf16", "fp8", "mxfp8", "fp4"]),
        ("mi355x", ["bf16", "fp8", "mxfp8", "fp4"]),
    ],
)
def test_that_a_chip_runs_what_its_data_sheet_has_a_rate_for(chip: str, possible: list[str]) -> None:
    assert [key for key, precision in PRECISIONS.items() if precision.runs_on(CATALOG.chips[chip])] == possible


def test_that_a_number_of_bits_means_one_precision() -> None:
    assert {bits: PRECISIONS[key].bits for bits, key in BY_BITS.items()} == {bits: bits for bits in (4, 8, 16)}


def test_that_narrow_products_of_blackwell_have_the_rates_of_its_data_sheets() -> None:
    rates = {key: CATALOG.chips[key].value("peak_flops_4") for key in ("b200-sxm", "gb200", "b300-sxm", "gb300")}
    assert rates == {"b200-sxm": 9e15, "gb200": 1e16, "b300-sxm": 1.26e16, "gb300": 1.5e16}
