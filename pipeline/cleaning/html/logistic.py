"""A logistic regression: what tells a page that holds an article from others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Anything, Floats

MOST_DEVIATIONS: Final = 4.0
"""Standard deviations beyond which a figure counts no more: pages are odd in all directions."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights of standardised figures: `mean`, `scale` and `weight` float32[k], and `bias`."""

    mean: Floats
    scale: Floats
    weight: Floats
    bias: float

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, Anything], name: str) -> Logistic:
        """Return the regression of that name in a model file; KeyError if it is not there."""
        return cls(
            arrays[f"{name}.mean"].astype(np.float32),
            arrays[f"{name}.scale"].astype(np.float32),
            arrays[f"{name}.weight"].astype(np.float32),
            float(arrays[f"{name}.bias"][0]),
        )

    def arrays(self, name: str) -> dict[str, Anything]:
        """Return the arrays of a model file from which `of_arrays` makes the same regression."""
        return {
            f"{name}.mean": self.mean,
            f"{name}.scale": self.scale,
            f"{name}.weight": self.weight,
            f"{name}.bias": np.array([self.bias], np.float32),
        }

    def standardised(self, rows: Floats) -> Floats:
        """Return the figures in standard deviations; one that is not known (NaN) is the mean."""
        deviations = (rows - self.mean) / self.scale
        found: Floats = np.nan_to_num(np.clip(deviations, -MOST_DEVIATIONS, MOST_DEVIATIONS))
        return found

    def scores(self, rows: Floats) -> Floats:
        """Return the log-odds float32[n] for rows float32[n, k]."""
        found: Floats = self.standardised(rows) @ self.weight + np.float32(self.bias)
        return found
