"""The labeller that ships: rules where they are certain, a learned model for everything else.

The rules see what a line says (a byline, a credit, a phrase that only furniture has) and name its
role; the model sees the whole page and knows prose that belongs from prose that does not. So the
model decides where stories begin, which line is the headline, and for every block of which no rule
is certain whether it stays. What it drops gets the role that the rules would give a block there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from pipeline.cleaning.author_box import is_about_a_person
from pipeline.cleaning.breadcrumb import behind_path, headline_below
from pipeline.cleaning.briefs import OF_A_BRIEF, announced_briefs, unlike_briefs
from pipeline.cleaning.claims import Claim
from pipeline.cleaning.evidence import Evidence, gather
from pipeline.cleaning.labeller import (
    GIVEN_TITLE,
    claims_of_story,
    label_by_rules,
    within_stories,
)
from pipeline.cleaning.labels import Label
from pipeline.cleaning.model import Headline, TextModel, cautious, keep_mask
from pipeline.cleaning.model.modelfile import digest_of
from pipeline.cleaning.page import Page
from pipeline.cleaning.ruled_starts import with_ruled_starts
from pipeline.cleaning.sections import sections
from pipeline.cleaning.top_matter import (
    given_headline,
    headline_above,
    headline_under_label,
)
from pipeline.cleaning.turns import in_live_blogs, is_time, speeches, turns
from pipeline.documents import Hints
from schemas.roles import TEXT_ROLES, Role

CERTAIN: Final = 0.85
"""Score from which on a rule's word stands against the model's."""

HEADLINE: Final = 0.25
"""Least probability of a headline. Lower finds more titles, and invents some: nothing is invented
is the promise."""

SURE_HEADLINE: Final = 0.72
"""Probability from which on the line above a headline is none. Of 1,500 pages of the development
data one changes below it."""

LIKELIER: Final = 0.1
"""Probability from which on the model's headline is better than one that the rules alone guess, and
whose line the model would drop: of 23 such pages in the development data it is right on 11, and the
rules on one."""

LEAST_WORDS: Final = 150
"""Words of the shortest page that the model is asked about: 99.5% of those it learned from are
longer, and of a few lines alone it says strange things."""

LEAST_KEEP: Final = 0.5
"""Probability of keep that at least one paragraph has where there is an article at all."""

LISTED: Final = 0.8
"""Score from which on a rule's furniture goes where the model is not sure of it."""

FAIRLY: Final = 0.75
"""Probability of keep up to which what a rule lists goes, unless it is prose."""

LIKELY: Final = 0.84
"""Score from which on a rule's furniture goes unless the model is sure of it."""

SURE: Final = 0.9
"""Probability of keep from which on the model is sure."""

LEAST_HEADS: Final = 0.35
"""Probability of keep from which on a subheading between two blocks that are kept is kept too."""

LEAST_DECK: Final = 0.08
"""Probability of keep from which on what reads like a standfirst right below the headline is one.
Out of fold 42 such lines belong to the text and 44 do not by the labels; but of those 44 most, read
by eye, are standfirsts, which one half of the data counts as text and the other does not."""

LEAST_OF_TURNS: Final = 1 / 3
"""Share of an interview's or a live blog's blocks that the model keeps; a list of other articles,
or of frequent questions, has none."""

_TURN: Final = Claim(Role.SUBHEADING, 0.6, "rule: questions and answers, or times and entries")

Floats = NDArray[np.float32]

_LEAST_TITLE: Final = 3
"""Words of a line that the model rather doubts, from which on it can be the headline."""

_SAYS: Final = 4
"""Words of a line from which on it can be the title of another story."""


class LearnedLabeller:
    """Labels by rules and by a trained model."""

    def __init__(self, model: TextModel, version: str) -> None:
        """Take a trained model and the name under which it stands in `model_version`."""
        self._model = model
        self.version = version

    def label(self, page: Page, hints: Hints) -> Sequence[Label]:
        """Return one label for every block, in order."""
        lines = gather(page)
        if sum(line.shape.words for line in lines) < LEAST_WORDS:
            return label_by_rules(lines, hints)
        view = self._model.look(page.text, [(block.start, block.end) for block in page.blocks])
        scores = self._model.label_scores(view)
        inside = sections(lines)
        briefs = announced_briefs(lines) or unlike_briefs(lines)
        boundaries = briefs[1:] or with_ruled_starts(
            lines, inside, self._model.boundaries(view, scores, _opens(lines))
        )
        if boundaries and not briefs:
            entries = in_live_blogs(lines)
            boundaries = [start for start in boundaries if start not in entries]
        headlines = self._model.headlines(view, scores, boundaries)
        starts = (0, *boundaries)
        inside = within_stories(inside, starts)
        labels: list[Label] = []
        for story, (start, title) in enumerate(zip(starts, headlines, strict=True)):
            end = starts[story + 1] if story + 1 < len(starts) else len(lines)
            keep = scores[start:end, 0]
            kept = keep_mask(cautious(keep), view.page.units[start:end])
            if not _holds_text(lines[start:end], keep, kept):
                kept[:] = False
            part = _Part(lines, start, end, kept.tolist(), _asked(lines, start, end, kept))
            given = given_headline(lines, start, end, hints.title if story == 0 else None)
            headline = _headline(lines, start, end, given, title)
            if briefs:
                is_headed = not lines[briefs[story]].is_prose
                headline = (briefs[story], OF_A_BRIEF) if is_headed else None
            claims = claims_of_story(lines, start, end, inside, headline, part.dropped)
            says = title is not None and lines[title.block].shape.words >= _LEAST_TITLE
            if says and headline is None and _is_foreign_headline(claims, part.kept):
                headline = _headline(lines, start, end, None, title, LIKELIER)
                claims = claims_of_story(lines, start, end, inside, headline, part.dropped)
            labels += [
                Label(claim.role, story, claim.score, claim.reason)
                for claim in _decided(part, claims, keep.tolist(), headline is not None)
            ]
        return labels


@cache
def learned_labeller() -> LearnedLabeller:
    """Return the labeller with the model that comes with the package, read once for a process.

    The process then multiplies matrices on one thread: they are small, workers share the machine,
    and with more threads the last bits of a sum depend on how many there are.
    """
    threadpool_limits(limits=1, user_api="blas")
    data = files(__package__).joinpath("model", "text.model").read_bytes()
    return LearnedLabeller(TextModel.from_bytes(data), f"text-1+{digest_of(data)}")


class _Part(NamedTuple):
    """One story's blocks, for each of them whether the model keeps it, and those of turns."""

    lines: Sequence[Evidence]
    start: int
    end: int
    kept: Sequence[bool]
    asked: frozenset[int]

    @property
    def dropped(self) -> frozenset[int]:
        dropped = (self.start + i for i, kept in enumerate(self.kept) if not kept)
        return frozenset(dropped) - self.asked


def _opens(lines: Sequence[Evidence]) -> NDArray[np.bool_]:
    """Return which blocks could open a story by their form: no furniture, and no mere paragraph."""
    return np.array(
        [
            not line.is_furniture
            and line.appeal is None
            and (not line.is_prose or line.dateline is not None)
            for line in lines
        ]
    )


def _asked(
    lines: Sequence[Evidence], start: int, end: int, kept: NDArray[np.bool_]
) -> frozenset[int]:
    """Return the blocks of interviews and live blogs of which the model keeps enough."""
    runs: list[Iterable[int]] = [*turns(lines, start, end), speeches(lines, start, end)]
    return frozenset(
        i
        for run in runs
        if (blocks := np.array(sorted(run), np.intp)).size
        and kept[blocks - start].mean() >= LEAST_OF_TURNS
        for i in run
    )


def _holds_text(lines: Sequence[Evidence], keep: Floats, kept: NDArray[np.bool_]) -> bool:
    """Whether a paragraph is likelier an article's than not among the blocks that would stay.

    The best choice of blocks is never empty, not even where no block is good.
    """
    likely = (kept & (keep >= LEAST_KEEP)).tolist()
    return any(line.is_prose for line, is_likely in zip(lines, likely, strict=True) if is_likely)


def _kept(role: Role, probability: float) -> Claim:
    return Claim(role, round(probability, 3), "model: keep")


def _headline(
    lines: Sequence[Evidence],
    start: int,
    end: int,
    given: int | None,
    found: Headline | None,
    least: float = HEADLINE,
) -> tuple[int, Claim] | None:
    """Return the block of the headline and why: the title that the input gives, or the model's."""
    if given is not None:
        return given, GIVEN_TITLE
    if found is None or found.score < least or _is_certain(lines[found.block]):
        return None
    block = headline_under_label(lines, headline_below(lines, found.block, end), end)
    if found.score < SURE_HEADLINE and (above := headline_above(lines, start, block, end)) != block:
        return above, Claim(Role.HEADLINE, round(found.score, 3), "model: headline, below this one")
    is_plain = block == found.block and behind_path(lines[block].text) == lines[block].text
    reason = "model: headline" if is_plain else "model: headline, behind a path"
    return block, Claim(Role.HEADLINE, round(found.score, 3), reason)


def _is_foreign_headline(claims: Sequence[Claim], kept: Sequence[bool]) -> bool:
    """Whether the rules' headline is a line that the model drops."""
    return any(
        claim.role is Role.HEADLINE and not is_kept
        for claim, is_kept in zip(claims, kept, strict=True)
    )


def _is_certain(line: Evidence) -> bool:
    """Whether the words of a line alone rule out that it is a headline."""
    return (
        (line.is_furniture and behind_path(line.text) == line.text)
        or line.credit is not None
        or line.date is not None
        or (line.caption is not None and line.caption.score >= CERTAIN)
        or (line.byline is not None and line.byline.marked)
    )


def _decided(
    part: _Part, claims: Sequence[Claim], keep: Sequence[float], titled: bool
) -> list[Claim]:
    """Return the claims of a story with the model's word where no rule is certain."""
    text = [i for i, kept in enumerate(part.kept) if kept]
    first, last = (text[0], text[-1]) if text else (len(claims), -1)
    decided: list[Claim] = []
    for i, (claim, kept, probability) in enumerate(zip(claims, part.kept, keep, strict=True)):
        if claim.score >= CERTAIN and claim.role not in TEXT_ROLES:
            decided.append(claim)
        elif claim.role is Role.HEADLINE:
            # The rules' headline, where the model has found none, is text if the model keeps it.
            decided.append(claim if titled or not kept else _kept(Role.BODY, probability))
        elif part.start + i in part.asked and is_time(part.lines[part.start + i]):
            decided.append(_TURN)
        elif not kept and part.start + i in part.asked and claim.role in TEXT_ROLES:
            decided.append(Claim(claim.role, _TURN.score, _TURN.reason))
        elif kept and not _goes(claim, probability, part.lines[part.start + i]):
            stays = claim.role if claim.role in TEXT_ROLES else Role.BODY
            decided.append(_kept(stays, probability))
        elif _stays(part, claims, i, probability):
            decided.append(claim)
        else:
            goes: Role = claim.role
            if goes in TEXT_ROLES:
                goes = _role_of_foreign(part.lines[part.start + i], i < first, i > last)
            decided.append(Claim(goes, round(1.0 - probability, 3), f"model: drop; {claim.reason}"))
    return decided


def _goes(claim: Claim, probability: float, line: Evidence) -> bool:
    """Whether a rule's furniture goes where the model keeps it: doubt is for what looks like text.

    In the development data, 500 titles and labels in lists of other articles that the model keeps
    with less than `FAIRLY` go rightly by this, and 25 (most of one page) do not.
    """
    if claim.role in TEXT_ROLES or claim.score < LISTED:
        return False
    if claim.score >= LIKELY:
        return probability < SURE
    return probability < (LEAST_KEEP if line.is_prose else FAIRLY)


def _stays(part: _Part, claims: Sequence[Claim], index: int, probability: float) -> bool:
    """Whether a rule's subheading or standfirst stays though the model drops it."""
    role = claims[index].role
    if role is Role.STANDFIRST:
        below = index > 0 and claims[index - 1].role is Role.HEADLINE
        return below and probability >= LEAST_DECK
    return role is Role.SUBHEADING and _heads_text(part, index, probability)


def _heads_text(part: _Part, index: int, probability: float) -> bool:
    """Whether a subheading by the rules stays though the model drops it.

    Out of fold, of such lines 63 belonged and 27 did not where the block behind is kept and the one
    before is not; between two blocks that are kept, 25 and 16 from `LEAST_HEADS` on, and 18 and 21
    below.
    """
    if index + 1 >= len(part.kept) or not part.kept[index + 1]:
        return False
    return probability >= LEAST_HEADS or (index > 0 and not part.kept[index - 1])


def _role_of_foreign(line: Evidence, above: bool, behind: bool) -> Role:
    """Return the likeliest role of a line that reads like text and is not the article's."""
    if is_about_a_person(line.text):
        return Role.AUTHOR_BIO
    if above:
        return Role.OTHER if line.shape.words > _SAYS else Role.NAVIGATION
    is_title = line.is_title_like and line.shape.words >= _SAYS
    if line.shape.ends_cut or is_title or (behind and line.is_prose):
        return Role.TEASER
    return Role.OTHER
