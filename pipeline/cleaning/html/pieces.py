"""What the pieces of a block's text come to: the length of some of them, the links among them.

A block's text stands in the tree in pieces, cut where elements begin and end. Most blocks are one
piece, and then nothing is to be counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

LONGEST_ADDRESS: Final = 2_000
"""Characters of a link's address that are kept."""


class Link(NamedTuple):
    """A link's address as it stands in the page, and its text."""

    url: str
    text: str


def length_of(some: Sequence[int], pieces: Sequence[str], length: int) -> int:
    """Return the characters of some pieces of a run that is `length` long, white space collapsed.

    White space before a piece counts for it.
    """
    if len(pieces) == 1:
        return length
    total = 0
    for number in some:
        text = pieces[number]
        own = len(" ".join(text.split()))
        if own and text[0].isspace() and number and not pieces[number - 1][-1].isspace():
            own += 1
        total += own
    return min(total, length)


def links_in(
    links: Sequence[tuple[str, int, int]], pieces: Sequence[str], text: str
) -> tuple[Link, ...]:
    """Return the links of a run with the text of each, without those that have none."""
    if len(pieces) == 1 and len(links) == 1:
        return (Link(links[0][0].strip()[:LONGEST_ADDRESS], text),)
    found = (
        Link(address.strip()[:LONGEST_ADDRESS], " ".join("".join(pieces[start:end]).split()))
        for address, start, end in links
    )
    return tuple(link for link in found if link.text)
