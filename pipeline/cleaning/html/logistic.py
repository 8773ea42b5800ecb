"""A logistic regression: what tells a page that holds an article from others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Floats

MOST_DEVIATIONS: Final = 4.0
"""Standard deviations beyond which a figure counts no more: pages are odd in all directions."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights of standardised figures: `mean`, `scale` and `weight` float32[k], and `bias`."""

    mean: Floats
    scale: Floats
    weight: Floats
    bias: float

    def standardised(self, rows: Floats) -> Floats:
        """Return the figures in standard deviations; one that is not known (NaN) is the mean."""
        deviations = (rows - self.mean) / self.scale
        found: Floats = np.nan_to_num(np.clip(deviations, -MOST_DEVIATIONS, MOST_DEVIATIONS))
        return found

    def scores(self, rows: Floats) -> Floats:
        """Return the log-odds float32[n] for rows float32[n, k]."""
        found: Floats = self.standardised(rows) @ self.weight + np.float32(self.bias)
        return found
