"""The labeller by rules: the role and the story of every block of a page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from typing import Final

from pipeline.cleaning.author_box import author_box
from pipeline.cleaning.claims import Claim, Claims
from pipeline.cleaning.evidence import Evidence, gather
from pipeline.cleaning.labels import Label
from pipeline.cleaning.page import Page
from pipeline.cleaning.sections import sections
from pipeline.cleaning.stories import story_starts
from pipeline.cleaning.story_signs import is_place_and_day
from pipeline.cleaning.tail import trailing
from pipeline.cleaning.top_matter import given_headline, is_heading_word, lead_of, top_matter
from pipeline.documents import Hints
from schemas.roles import Role

_LONG_REPEAT_WORDS: Final = 12
"""Words from which on a repeated line can be the page's doing: shorter ones may be a refrain."""

_NEAR_REPEAT: Final = 3
"""Blocks. A line that comes again this near was put there twice; farther away, only a run of lines
that come again in the same order was. In the development data two of three lone repeats far apart
are the author's own (steps of a list, a recurring notice)."""


_SUBHEADING_WORDS: Final = 16
_QUESTION_WORDS: Final = 10
"""Words of the longest subheading, and of the longest that is a question."""

_LEAST_OFFER_WORDS: Final = 3
_OFFER_WORDS: Final = 25
"""Words of the shortest and of the longest line between two of a prompt."""
_MAY_OFFER: Final = frozenset(
    {Role.BODY, Role.SUBHEADING, Role.STANDFIRST, Role.OTHER, Role.TEASER}
)
"""What such a line is taken for by its words."""
_SURE_PROMPT: Final = 0.84

_CAPTION_WORDS: Final = 40
_CAPTION_LABEL: Final = re.compile(
    r"(?:(?:image|photo|picture|video|media) )?caption\s*[,:]?|"
    r"bild(?:unterschrift|text|beschreibung)\s*[,:]?|légende\s*:?|"
    r"pie de (?:foto|imagen)\s*:?|legenda(?: da foto)?\s*:?|"
    r"didascalia\s*:?|bijschrift\s*:?|podpis(?: pod)? zdjęci[ae]\s*:?|подпись к фото\s*[,:]?",
    re.I,
)
"""What stands alone on a line above a caption."""

_QUOTES: Final = "\"'“„«‘‚»「『"
_SUBHEADING: Final = Claim(Role.SUBHEADING, 0.7, "rule: a short line above a paragraph")
_PARAGRAPH: Final = Claim(Role.BODY, 0.9, "rule: running text")
_SENTENCE: Final = Claim(Role.BODY, 0.75, "rule: running text")
_UNOPPOSED: Final = Claim(Role.BODY, 0.5, "rule: between the paragraphs, nothing speaks against it")
_NAME: Final = Claim(Role.BYLINE, 0.86, "rule: a name alone above a later story")
_PLACE: Final = Claim(Role.DATELINE, 0.86, "rule: a place and a day above a later story")
_FOREIGN: Final = Claim(Role.OTHER, 0.5, "not of the text")
GIVEN_TITLE: Final = Claim(Role.HEADLINE, 0.95, "the title that the input gives")
_BYLINE: Final = Claim(Role.BYLINE, 0.9, "rule: says who it is by")
_CAPTIONED: Final = Claim(Role.CAPTION, 0.9, "rule: below the label of a caption")
_OFFERED: Final = Claim(Role.NEWSLETTER_PROMPT, 0.85, "rule: between two lines of a prompt")
_STANDFIRST: Final = Claim(Role.STANDFIRST, 0.7, "rule: a sentence between headline and byline")


class RuleLabeller:
    """Labels by phrases, by the form of a line, and by where it stands."""

    version = "rules-1"

    def label(self, page: Page, hints: Hints) -> Sequence[Label]:
        """Return one label for every block, in order."""
        return label_by_rules(gather(page), hints)


def label_by_rules(lines: Sequence[Evidence], hints: Hints) -> list[Label]:
    """Return one label for every line, in order."""
    inside = sections(lines)
    starts = story_starts(lines, inside)
    inside = within_stories(inside, starts)
    labels: list[Label] = []
    for story, start in enumerate(starts):
        end = starts[story + 1] if story + 1 < len(starts) else len(lines)
        given = given_headline(lines, start, end, hints.title if story == 0 else None)
        headline = None if given is None else (given, GIVEN_TITLE)
        claims = claims_of_story(lines, start, end, inside, headline)
        labels += [Label(claim.role, story, claim.score, claim.reason) for claim in claims]
    return labels


def within_stories(
    inside: dict[int, tuple[Role, int]], starts: Sequence[int]
) -> dict[int, tuple[Role, int]]:
    """Return the sections' blocks without those that a story's start cuts off their heading."""
    return {
        i: (role, heading)
        for i, (role, heading) in inside.items()
        if bisect_right(starts, i) == bisect_right(starts, heading)
    }


def claims_of_story(
    lines: Sequence[Evidence],
    start: int,
    end: int,
    inside: dict[int, tuple[Role, int]],
    headline: tuple[int, Claim] | None,
    foreign: Container[int] = (),
) -> list[Claim]:
    """Return one claim for every block of a story, in order. The first rule to speak wins.

    `headline` is the block of the headline, if that is known, and why. `foreign` are blocks that
    somebody else knows to be no text: they are no first paragraph, but get a claim like all.
    """
    claims: dict[int, Claim] = {}
    if headline is not None:
        claims[headline[0]] = headline[1]
    elif start > 0 and (opening := _opening(lines, start, end)) is not None:
        claims[start] = opening
    first_prose = next((i for i in range(start, end) if lines[i].is_prose), end)
    for i in range(start, end):
        if i in claims:
            continue
        above = i < first_prose
        opened = i > start and lines[i - 1].opens is not None and not lines[i].is_prose
        claim = (
            _by_itself(lines[i], i, inside, above, opened)
            or _repeated(lines, i, start, above)
            or _labelled(lines, i, start)
        )
        if claim is not None:
            claims[i] = claim
    claims |= author_box(lines, start, end, claims)
    known = None if headline is None else headline[0]
    mine = {i: claims.get(i, _FOREIGN) for i in range(start, end) if i in claims or i in foreign}
    lead, standfirst = lead_of(lines, start, end, mine, known)
    if standfirst is not None:
        claims[standfirst] = _STANDFIRST
    claims |= top_matter(lines, start, lead, end, claims, known)
    claims |= trailing(lines, start, end, claims)
    for i in range(start, end):
        if i not in claims:
            claims[i] = _in_the_text(lines, i, end, claims)
    claims |= _repeats_of_metadata(lines, start, end, claims)
    claims |= _between_prompts(lines, start, end, claims)
    return [claims[i] for i in range(start, end)]


def _opening(lines: Sequence[Evidence], start: int, end: int) -> Claim | None:
    """Return the claim on the line that opens a later story without headline."""
    if start + 1 >= end or not lines[start + 1].shape.is_paragraph:
        return None
    byline = lines[start].byline
    if byline is not None and not byline.marked and len(byline.authors) == 1:
        return _NAME
    return _PLACE if is_place_and_day(lines[start].text) else None


def _by_itself(
    line: Evidence,
    index: int,
    inside: dict[int, tuple[Role, int]],
    above: bool,
    is_below_opener: bool,
) -> Claim | None:
    """Return what a line is whatever stands around it, or what the section around it makes it."""
    if index in inside and not _stands_alone(line, inside[index][0]):
        role, heading = inside[index]
        is_first = index == heading + 1 or is_below_opener
        score = 0.8 if line.phrase is None and not is_first else 0.84
        return Claim(role, score, f"rule: in the list that block {heading} opens")
    byline = line.byline if line.byline is not None and line.byline.marked else None
    if line.phrase is not None:
        if byline is not None and byline.authors and line.phrase.role is Role.AUTHOR_BIO:
            return _BYLINE
        return Claim(line.phrase.role, 0.95, line.phrase.reason)
    if line.is_control:
        score = 0.9 if any(map(str.isalnum, line.text)) else 0.8
        return Claim(Role.WIDGET, score, "rule: a control or a rule, no words")
    if line.credit is not None:
        return Claim(Role.CREDIT, 0.95, "rule: names who reported, wrote or edited")
    if line.date is not None:
        # A list of days belongs to the text as often as not; "6. Februar 2025" is none.
        score = 0.6 if line.shape.is_list_item and not line.text[0].isdigit() else 0.9
        return Claim(Role.DATE, score, "rule: nothing but a date or time")
    if line.caption is not None and line.caption.score >= 0.75:
        return Claim(Role.CAPTION, line.caption.score, "rule: names a picture's source")
    # Without a name in it ("By Request") it may as well be a heading inside the text.
    if byline is not None and (above or byline.authors or byline.agencies):
        return _BYLINE
    return line.appeal


_STANDS_ALONE: Final = frozenset(
    {Role.LEGAL, Role.COOKIE_NOTICE, Role.PAYWALL, Role.NEWSLETTER_PROMPT}
)
"""Roles that a phrase gives a line in a list too: they belong to the page, and to no list."""


def _stands_alone(line: Evidence, section: Role) -> bool:
    """Whether the phrase of a line in a section is the page's, whatever the section is.

    Readers' comments hold none: among them every phrase is.
    """
    if line.phrase is None:
        return False
    return section is Role.COMMENT or line.phrase.role in _STANDS_ALONE


def _between_prompts(
    lines: Sequence[Evidence], start: int, end: int, claims: Claims
) -> dict[int, Claim]:
    """Return the claims on lines with a line of a newsletter's prompt above and one below.

    "Newsletter" / "The day in five minutes, every evening" / "Sign up": what stands between says
    what is offered, whatever its words are.
    """
    return {
        i: _OFFERED
        for i in range(start + 1, end - 1)
        if _LEAST_OFFER_WORDS <= lines[i].shape.words <= _OFFER_WORDS
        and claims[i - 1].role is Role.NEWSLETTER_PROMPT
        and claims[i + 1].role is Role.NEWSLETTER_PROMPT
        and min(claims[i - 1].score, claims[i + 1].score) >= _SURE_PROMPT
        and claims[i].role in _MAY_OFFER
    }


def _labelled(lines: Sequence[Evidence], index: int, start: int) -> Claim | None:
    """Return the claim on the line below one that says "Image caption," and nothing else."""
    line = lines[index]
    if index == start or line.shape.words > _CAPTION_WORDS:
        return None
    return _CAPTIONED if _CAPTION_LABEL.fullmatch(lines[index - 1].text) else None


def _repeated(lines: Sequence[Evidence], index: int, start: int, above: bool) -> Claim | None:
    """Return the claim on a weak caption or a long paragraph that stands there twice."""
    line = lines[index]
    caption = line.caption
    # A pair of names alone ("News/Sport") is a menu's as often as a picture's.
    if (caption is not None and caption.caption is not None) and (
        above
        or line.repeats is not None
        or any(other.repeats == index for other in lines[index + 1 : index + 8])
    ):
        return Claim(Role.CAPTION, 0.85, "rule: ends with a source, above the text or twice")
    first = line.repeats
    if first is not None and first >= start and line.shape.words >= _LONG_REPEAT_WORDS:
        run = _repeats_in_order(lines, index)
        if index - first <= _NEAR_REPEAT or run:
            return Claim(Role.DUPLICATE, 0.9, f"rule: the same as block {first}")
    return None


def _repeats_in_order(lines: Sequence[Evidence], index: int) -> bool:
    """Whether a neighbour repeats the neighbour of the block that this one repeats."""
    first = lines[index].repeats
    return first is not None and any(
        0 <= index + step < len(lines)
        and lines[index + step].repeats == first + step
        and lines[index + step].shape.words >= _LONG_REPEAT_WORDS
        for step in (-1, 1)
    )


_KEPT_ONCE: Final = frozenset(
    {
        Role.HEADLINE,
        Role.CAPTION,
        Role.BYLINE,
        Role.DATE,
        Role.STANDFIRST,
        Role.SECTION_LABEL,
        Role.CREDIT,
    }
)


def _repeats_of_metadata(
    lines: Sequence[Evidence], start: int, end: int, claims: dict[int, Claim]
) -> dict[int, Claim]:
    """Return the claims on blocks that repeat a headline, caption, byline or other metadata."""
    found: dict[int, Claim] = {}
    for i in range(start, end):
        first = lines[i].repeats
        if first is None or first < start or claims[first].role not in _KEPT_ONCE:
            continue
        if claims[i].role in _KEPT_ONCE or claims[i].role not in _FURNITURE:
            found[i] = Claim(Role.DUPLICATE, 0.95, f"rule: the same as block {first}")
    return found


_FURNITURE: Final = frozenset(
    {Role.WIDGET, Role.TEASER, Role.READ_MORE, Role.NEWSLETTER_PROMPT, Role.NAVIGATION, Role.LEGAL}
)


def _in_the_text(
    lines: Sequence[Evidence], index: int, end: int, claims: dict[int, Claim]
) -> Claim:
    """Return the claim on a block between the paragraphs: a paragraph, a subheading, an item."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < end else None
    if (
        (line.is_title_like or is_heading_word(line))
        and line.shape.words <= (_QUESTION_WORDS if line.is_prose else _SUBHEADING_WORDS)
        and "\t" not in line.text
        and not line.shape.is_list_item
        and not line.shape.ends_cut
        and line.text[0] not in _QUOTES
        and following is not None
        and (index + 1 not in claims or claims[index + 1].role is Role.BODY)
        and following.is_prose
    ):
        return _SUBHEADING
    if line.is_prose:
        return _PARAGRAPH if line.shape.is_paragraph else _SENTENCE
    return _UNOPPOSED
