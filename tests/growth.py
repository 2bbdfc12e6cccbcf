"""How the cost of a piece of work grows with its size: a ratio, as fast or slow machines share it."""

from __future__ import annotations

import time
from collections.abc import Callable

TOO_SMALL = 0.01  # seconds of computing that say nothing


def growth(work: Callable[[int], object], size: int) -> float:
    """The cost of the work at four times `size` over that at `size`: 4 where it is linear, 16 where it is quadratic."""
    small, large = (min(_cost(work, n) for _ in range(2)) for n in (size, 4 * size))
    return large / max(small, TOO_SMALL)


def _cost(work: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    work(size)
    return time.process_time() - start
