"""How work grows with its input: a ratio of two times of the same call, never a time by itself."""

import gc
import time
from collections.abc import Callable

REPEATS = 4
LINEAR = 9.0  # four times the input takes about four times as long, and sixteen where the work is quadratic


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times as long the work takes for four times the size; the fastest of several runs counts."""
    times = {count: [] for count in (size, 4 * size)}
    gc.collect()
    for _ in range(REPEATS):
        for count, taken in times.items():
            begun = time.process_time()
            work(count)
            taken.append(time.process_time() - begun)
    small, large = (min(taken) for taken in times.values())
    return large / max(small, 1e-6)
