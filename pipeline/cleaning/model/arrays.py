"""Names for the array types that the model's modules share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
Mask = NDArray[np.bool_]
Anything = NDArray[Any]
Span = tuple[int, int]
"""Where a block begins and ends, in characters of the page's text."""


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)), without overflow."""
    chance: Floats = (0.5 * (1 + np.tanh(0.5 * x))).astype(np.float32)
    return chance


def running_sums(values: Anything) -> Doubles:
    """Return float64[n + 1]: the sum of the first 0, 1, ... n values."""
    sums = np.zeros(len(values) + 1, np.float64)
    np.cumsum(values, out=sums[1:])
    return sums
