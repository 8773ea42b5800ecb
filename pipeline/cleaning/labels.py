"""What the labeller decides for each block, and the form of a labeller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from pipeline.cleaning.page import Page
from pipeline.documents import Hints
from schemas.roles import Role


class Label(NamedTuple):
    """The role of a block, the story it belongs to, why, and how sure that is (0 to 1).

    `reason` names what decided: `phrase:…` a phrase of the data files, `rule:…` a rule, with the
    evidence it saw.
    """

    role: Role
    story: int
    score: float
    reason: str


class Labeller(Protocol):
    """Gives every block of a page its role and its story."""

    @property
    def version(self) -> str:
        """Name and version of the labeller, as it stands in `model_version`."""
        ...

    def label(self, page: Page, hints: Hints) -> Sequence[Label]:
        """Return one label for every block, in order."""
        ...
