"""What entries near by leave of the scatter of a language model's step: what they share is no longer unknown.

.. math:: v = \\frac{s^2 / (1 + w\\, s^2 / \\sigma^2) + \\sigma^2}{s^2 + \\sigma^2}

is the part of the variance that is left, s and sigma the standard deviations of what rows near by share and of a row's
own (`near_rows` finds them), w how many rows are near: one at the same number of chips counts whole, one at twice or
half as many not at all.
"""

from collections.abc import Iterable
from math import log2, sqrt

SHARED, OWN = 0.038, 0.032  # the likeliest for all entries


def near_spread(chips: int, near: Iterable[int]) -> float:
    """The part of a standard deviation that entries on `near` chips leave on `chips`: 1 where none is near."""
    count = sum(max(0.0, 1.0 - abs(log2(size / chips))) ** 2 for size in near)
    return sqrt((SHARED**2 / (1.0 + count * SHARED**2 / OWN**2) + OWN**2) / (SHARED**2 + OWN**2))
