"""The Shapley value: what each factor adds to a change, without preferring an order of changing them.

A part is what the change of one factor adds, averaged over all orders in which the factors can change from one end to
the other [1]_ [2]_. Nothing is left over, and swapping the ends flips every sign. The logarithmic mean Divisia index
would do the same, but not where a factor is 0 [3]_, as the time of checkpoints often is.

.. [1] Shapley, "A value for n-person games", Contributions to the Theory of Games 2 (1953), 307-317.
.. [2] Shorrocks, "Decomposition procedures for distributional analysis: a unified framework based on the Shapley
   value", Journal of Economic Inequality (2013).
.. [3] Wood and Lenzen, "Zero-value problems of the logarithmic mean Divisia index decomposition method", Energy
   Policy 34 (2006), 1326-1331.
"""

from collections.abc import Callable, Mapping
from math import factorial, fsum

Factors = Mapping[str, float]


def shapley(before: Factors, after: Factors, total: Callable[[Factors], float]) -> dict[str, float]:
    """What each factor adds to `total(after) - total(before)`: the mean over all orders of changing the factors.

    Both ends have the same keys. The values add up to the change but for rounding, and flip exactly with the ends.
    """
    keys = list(before)
    size = len(keys)

    def at(changed: int) -> float:
        return total({key: (after if changed >> bit & 1 else before)[key] for bit, key in enumerate(keys)})

    values = [at(changed) for changed in range(2**size)]
    weights = [factorial(count) * factorial(size - count - 1) / factorial(size) for count in range(size)]
    return {
        key: fsum(
            weights[others.bit_count()] * (values[others | 1 << bit] - values[others])
            for others in range(2**size)
            if not others >> bit & 1
        )
        for bit, key in enumerate(keys)
    }
