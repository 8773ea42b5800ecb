"""The helpers of one worker process: as many as its threads use at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.helper.client import Helper
from pipeline.helper.protocol import HelperLimits


class HelperPool:
    """Lends helpers; one that is given back is lent again, its process alive."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]], limits: HelperLimits) -> None:
        """Make no helper yet; for the arguments see `Helper`."""
        self._make = make
        self._limits = limits
        self._free: list[Helper] = []

    def borrow(self) -> Helper:
        """Return a helper that nobody else uses."""
        try:
            return self._free.pop()
        except IndexError:
            return Helper(self._make, self._limits)

    def give_back(self, helper: Helper) -> None:
        """Take a helper back; answers that nobody took are forgotten, and its process with them."""
        if helper.waiting:
            helper.close()
        self._free.append(helper)
