"""What a rule says of one block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from schemas.roles import Role


class Claim(NamedTuple):
    """The role of a block, how sure that is (0 to 1), and why."""

    role: Role
    score: float
    reason: str


Claims = Mapping[int, Claim]
"""Claims by the index of their block. The first rule to speak of a block wins."""
