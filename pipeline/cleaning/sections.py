"""Runs of lines that a heading opens: lists of other stories, comments, author boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.evidence import Evidence
from schemas.roles import Role

_PARAGRAPHS_ABOVE: Final = 1
"""Paragraphs above a heading that opens a section. Above the text it is a menu's, and what follows
it may be the article itself."""

_TEASER_WORDS: Final = 45
"""Words of the longest summary in a list of stories."""

_BIO_BLOCKS: Final = 2
"""Blocks of an author box below its heading: a name and what it says."""

_MEMBERS: Final = {Role.READ_MORE: Role.TEASER}
"""What stands below "Read also:" names other stories; the words themselves are a prompt."""

_COMMENT_MARKS: Final = 3
"""Comments have a date, a "Reply" or the like at least once in so many paragraphs."""


def sections(lines: Sequence[Evidence]) -> dict[int, tuple[Role, int]]:
    """Return, for each block inside a section, its role and the index of the section's heading.

    The heading itself is not among the keys: its own phrase gives its role.
    """
    inside: dict[int, tuple[Role, int]] = {}
    index = paragraphs = 0
    comments = _comments_from(lines)
    while index < len(lines):
        role = lines[index].opens
        if role is None or paragraphs < _PARAGRAPHS_ABOVE:
            paragraphs += lines[index].shape.is_paragraph and lines[index].is_prose
            index += 1
            continue
        if role is Role.COMMENT and index >= comments:
            inside |= _comments_and_lists(lines, index)
            break
        end = _end_of(role, lines, index + 1)
        for member in range(index + 1, end):
            inside[member] = (_MEMBERS.get(role, role), index)
        index = max(end, index + 1)
    return inside


def _comments_and_lists(lines: Sequence[Evidence], heading: int) -> dict[int, tuple[Role, int]]:
    """Return the members of a section of comments that reaches to the page's end.

    What a heading of other lists opens among them is that list's.
    """
    inside = dict.fromkeys(range(heading + 1, len(lines)), (Role.COMMENT, heading))
    index = heading + 1
    while index < len(lines):
        role = lines[index].opens
        end = index + 1
        if role is not None and role is not Role.COMMENT:
            end = max(end, _end_of(role, lines, end))
            del inside[index]
            for member in range(index + 1, end):
                inside[member] = (_MEMBERS.get(role, role), index)
        index = end
    return inside


def _end_of(role: Role, lines: Sequence[Evidence], start: int) -> int:
    """Return the index of the first block behind a section whose members begin at `start`."""
    if role is Role.AUTHOR_BIO:
        return _end_of_bio(lines, start)
    end = start
    while end < len(lines):
        line = lines[end]
        if line.opens not in (None, role) or line.credit is not None:
            break
        if line.shape.words > _TEASER_WORDS or (line.dateline and line.shape.is_paragraph):
            break
        if line.is_prose and not line.is_title_like and not _is_summary(lines, start, end):
            break
        end += 1
    return end


def _end_of_bio(lines: Sequence[Evidence], start: int) -> int:
    end = start
    while end < len(lines) and end - start < _BIO_BLOCKS and not lines[end].is_furniture:
        end += 1
        if lines[end - 1].is_prose:
            break
    return end


def _is_summary(lines: Sequence[Evidence], start: int, index: int) -> bool:
    """Whether a sentence stands between a title of the list and another, or the list's end."""
    if index == start or (lines[index - 1].is_prose and not lines[index - 1].is_title_like):
        return False
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is None or not following.is_prose or following.is_title_like


def _comments_from(lines: Sequence[Evidence]) -> int:
    """Return the index from which on the lines have the marks of comments between them.

    Of all headings, the first one that has them behind it opens the comments; read from the end,
    so that many headings cost no more than one.
    """
    marks = paragraphs = 0
    first = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.opens is Role.COMMENT and marks * _COMMENT_MARKS >= paragraphs:
            first = index
        marks += line.date is not None
        marks += line.phrase is not None and line.phrase.role is Role.COMMENT
        paragraphs += line.is_prose
    return first
