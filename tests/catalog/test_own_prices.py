"""Of which systems a price of one's own list is, and how many times."""

import pytest

from ipuwhatif.catalog.own_prices import OwnPrice


@pytest.mark.parametrize(
    ("chips", "each", "asked", "times"),
    [
        (1, True, 5, 5),  # a price of each chip
        (8, False, 8, 1),
        (8, False, 64, 8),  # of a whole machine
        (8, False, 12, 0),
        (0, False, 16, 2),  # of a machine, however many chips that has
        (4, False, 8, 0),  # two small instances are no machine
        (4, False, 4, 1),
        (1, False, 8, 0),
        (64, False, 128, 0),  # a rack sold as one
    ],
)
def test_how_many_of_it_a_system_takes(chips, each, asked, times):
    price = OwnPrice("p, row 2", "x", ("dgx-h100",), chips, each, 1.0, "USD", "hour", "2025")
    assert price.times("dgx-h100", asked, 8) == times
    assert price.times("dgx-a100", asked, 8) == 0
