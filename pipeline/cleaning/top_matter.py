"""What stands above the first paragraph of a story: headline, standfirst, byline, labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from pipeline.cleaning.breadcrumb import headline_below
from pipeline.cleaning.claims import Claim, Claims
from pipeline.cleaning.cohesion import bag, share
from pipeline.cleaning.dateline import parse_plain_dateline
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.names import is_full_name
from pipeline.cleaning.phrases import fold
from pipeline.cleaning.signature import parse_signature
from schemas.roles import Role

_SECTION_WORDS: Final = 4
"""Words of the longest section label."""

_MENU_WORDS: Final = frozenset(
    "home homepage menu search back next previous skip top close open login log sign register more "
    "all main content navigation toggle index archive archives contact about help faq page pages "
    "startseite suche zuruck menue anmelden kontakt accueil rechercher retour connexion contactez "
    "inicio buscar volver contacto portada pesquisar voltar entrar contato cerca contatti indietro "
    "zoeken terug inloggen sok logga strona glowna szukaj kontakty главная поиск назад меню войти "
    "контакты ana sayfa arama giris hem hjem forside ホーム 検索 首页 搜索 홈 검색".split()
)
"""Folded words of menus that name no section."""

_HEADLINE_WORDS: Final = 28
"""Words of the longest headline."""

_SAYS: Final = 4
"""Words from which on a line above the first author or date is likely the headline."""

_SIGNED_REACH: Final = 4
"""Blocks from the headline to the author or date below it."""

_BELOW_BYLINE: Final = 1.5
"""Points that a headline below it would have to make up for."""

_HEADING_WORDS: Final = 3
"""Words of a short subheading."""

_STANDFIRST_WORDS: Final = 70
"""Words of the longest standfirst."""

_REACH: Final = 30
"""Blocks at the start of a story among which the title that the input gives is looked for."""

_PROSE_ABOVE: Final = 2
"""Paragraphs above a headline at most: a notice or two of the page."""

_CROWDED: Final = 12
"""Short lines between headline and text from which on they are a menu and no key points."""

_MENU: Final = 6
"""Lines above the headline from which on the ones right above it are a menu's as well."""

_NAME_REACH: Final = 3
"""Blocks below the headline in which a bare name is the author's, where many lines follow it."""

_LEAST_ABOVE: Final = 6
_ABOVE_WORDS: Final = 18
"""Words of the shortest and of the longest headline above a doubtful one."""
_LEAST_SHARE: Final = 0.1
"""Share of its words that the text has too."""
_NO_HEADLINE: Final = re.compile(r"[|/»›>•·\t+]|[:!]\s*$|\d{4}|\d[:.]\d\d")
"""Marks of menus, paths and days."""

_SITE: Final = re.compile(r"\s+[|–—-]\s+[^|–—]{1,60}$")

_HEADLINE: Final = Claim(Role.HEADLINE, 0.8, "rule: the title-like line that fits the text best")
_LABEL: Final = Claim(Role.SECTION_LABEL, 0.7, "rule: a short line right above the headline")
_ABOVE: Final = Claim(Role.NAVIGATION, 0.5, "rule: a line above the headline")
_FAR_ABOVE: Final = Claim(Role.NAVIGATION, 0.5, "rule: a short line far above the first paragraph")
_UNTITLED: Final = Claim(
    Role.BODY, 0.5, "rule: a line above the first paragraph, no headline found"
)
_NO_TEXT: Final = Claim(Role.OTHER, 0.6, "rule: no sentence anywhere in the story")
_NAME_WORDS: Final = 4
_LABEL_WORDS: Final = 2
"""Words of a section's name at most that was taken for a headline."""
_NAME: Final = Claim(Role.BYLINE, 0.7, "rule: a person's name between headline and text")
_NAME_BELOW: Final = Claim(Role.BYLINE, 0.84, "rule: a person's name right below the headline")
_NAME_ABOVE: Final = Claim(Role.BYLINE, 0.84, "rule: a person's name right above the day")
_SIGNED: Final = Claim(Role.BYLINE, 0.85, "rule: an agency or a desk between headline and text")
_DECK: Final = Claim(Role.STANDFIRST, 0.7, "rule: a sentence between headline and byline")
_LONG_DECK: Final = Claim(Role.STANDFIRST, 0.5, "rule: a long line between headline and text")
_PICTURE: Final = Claim(Role.CAPTION, 0.5, "rule: no full stop, between headline and byline")
_FEW_WORDS: Final = Claim(Role.OTHER, 0.5, "rule: a few words between headline and text")
_FIRST_HEADING: Final = Claim(Role.SUBHEADING, 0.5, "rule: a short line between headline and text")
_CROWD: Final = Claim(Role.OTHER, 0.6, "rule: one of many short lines between headline and text")
_IN_A_LIST: Final = Claim(Role.BODY, 0.5, "rule: a list or table between headline and text")


def given_headline(
    lines: Sequence[Evidence], start: int, end: int, title: str | None
) -> int | None:
    """Return the index of the block that is the title which the input gives, or None.

    Case, punctuation and a site's name behind the title make no difference.
    """
    if not title:
        return None
    wanted = {fold(title), fold(_SITE.sub("", title))} - {""}
    paragraphs = 0
    for i in range(start, min(end, start + _REACH)):
        text = lines[i].text
        if not wanted.isdisjoint((fold(text), fold(_SITE.sub("", text)))):
            return i
        paragraphs += lines[i].is_prose
        if paragraphs > _PROSE_ABOVE:
            break
    return None


def headline_above(lines: Sequence[Evidence], start: int, deck: int, end: int) -> int:
    """Return the block of the headline right above what may be its standfirst, or `deck` itself.

    `deck` was taken for the headline of the story from `start` to `end`, with little certainty.
    Where a shorter line that reads like a sentence stands right above it, and says what the text
    says, that is the headline. A kicker is shorter still, in a menu most words are capitalised, and
    another story's title speaks of other things.
    """
    above = deck - 1
    if above < start or (above > start and lines[above - 1].opens is not None):
        return deck
    line, shape = lines[above], lines[above].shape
    says = line.byline or line.date or line.credit or line.caption or line.appeal
    if says or line.is_furniture or shape.is_list_item or not line.is_title_like:
        return deck
    if not _LEAST_ABOVE <= shape.words <= _ABOVE_WORDS or shape.words >= lines[deck].shape.words:
        return deck
    if not _reads_on(line.text) or _NO_HEADLINE.search(line.text):
        return deck
    body = bag([other.text for other in lines[deck + 1 : end] if other.is_prose][:8])
    return above if share(bag([line.text]), body) >= _LEAST_SHARE else deck


def headline_under_label(lines: Sequence[Evidence], label: int, end: int) -> int:
    """Return the block of the headline right below what may be a section's name, or `label` itself.

    `label` was taken for the headline of a story that ends before `end`. Where it is a word or two,
    and a longer title stands below that speaks of the text and has the byline or the day under it,
    that is the headline.
    """
    below = label + 1
    if below + 1 >= end or lines[label].shape.words > _LABEL_WORDS:
        return label
    line = lines[below]
    says = line.byline or line.date or line.credit or line.caption or line.appeal
    if says or line.is_furniture or not line.is_title_like:
        return label
    signed = lines[below + 1].date is not None or lines[below + 1].byline is not None
    if not signed or not _LEAST_ABOVE <= line.shape.words <= _HEADLINE_WORDS:
        return label
    body = bag([other.text for other in lines[below + 1 : end] if other.is_prose][:8])
    return below if share(bag([line.text]), body) >= _LEAST_SHARE else label


def lead_of(
    lines: Sequence[Evidence], start: int, end: int, claims: Claims, headline: int | None
) -> tuple[int, int | None]:
    """Return the index of a story's first paragraph, and of its standfirst if it has one.

    `headline` is the index of the headline if that is known. Without any paragraph the first is
    `end`. A standfirst is a sentence between headline and text, above a byline, a name or a date,
    or above the paragraph that a dateline opens. A question or a cry at the very top is the
    headline and no paragraph.
    """
    top = start if headline is None else headline + 1
    prose = list(islice((i for i in range(top, end) if lines[i].is_prose and i not in claims), 3))
    if not prose:
        return end, None
    if headline is None and len(prose) > 1 and lines[prose[0]].is_title_like:
        above = range(start, prose[0])
        if prose[1] - prose[0] <= 6 and not any(lines[i].is_title_like for i in above):
            del prose[0]
    first = prose[0]
    if len(prose) == 1 or lines[first].shape.words > _STANDFIRST_WORDS or lines[first].dateline:
        return first, None
    between = range(first + 1, min(prose[1], first + 5))
    if any(lines[i].shape.is_paragraph for i in between):
        return first, None
    titled = any(
        lines[i].is_title_like or i == headline for i in range(max(start, first - 4), first)
    )
    signed = any(_signs(lines, i, end, claims.get(i)) for i in between)
    if titled and signed:
        return prose[1], first
    headed = headline is not None and all(i in claims for i in range(headline + 1, first))
    if (titled or headed) and _opens_report(lines, prose[1], end):
        return prose[1], first
    return first, None


def _signs(lines: Sequence[Evidence], i: int, end: int, claim: Claim | None) -> bool:
    """Whether a line is a byline, a date, or a name alone that takes no turns to speak.

    Words that look like a name head a part of the text as often, unless somebody knows that they
    are no text, or the day stands below them.
    """
    line = lines[i]
    if claim is not None and claim.role is not Role.OTHER:
        return claim.role in (Role.BYLINE, Role.DATE)
    if claim is None and (i + 1 == end or lines[i + 1].date is None):
        # A person of whom the text says nothing wrote it.
        names = line.text.casefold().split()
        around = (lines[n].text.casefold() for n in range(i + 1, end))
        if any(name in text for text in around for name in names):
            return False
    if line.byline is None or not line.byline.authors or line.is_furniture:
        return False
    return line.shape.words <= _NAME_WORDS and not any(
        other.repeats == i for other in lines[i + 1 : end]
    )


def _opens_report(lines: Sequence[Evidence], i: int, end: int) -> bool:
    """Whether a paragraph opens with a dateline, so that what stands above it is no part of it.

    Where several do, they are speakers, or stories.
    """
    behind = lines[i + 1 : min(end, i + _REACH)]
    if any(line.dateline is not None for line in behind):
        return False
    if lines[i].dateline is not None:
        return True
    others = [line.text for line in behind if line.is_prose]
    return parse_plain_dateline(lines[i].text, others) is not None


def top_matter(
    lines: Sequence[Evidence],
    start: int,
    lead: int,
    end: int,
    claims: Claims,
    headline: int | None,
) -> dict[int, Claim]:
    """Return the claims on the blocks above a story's first paragraph, at `lead`.

    Where `lead` is `end`, there is no paragraph: what is no headline is then no text either.
    `headline` is the index of the headline if that is known. Blocks that other rules have claimed
    are left alone, except that a section's name right above the headline is its label.
    """
    free = [i for i in range(start, lead) if i not in claims]
    found: dict[int, Claim] = {}
    if headline is None:
        headline = _best_headline(lines, start, lead, free)
        if headline is None:
            return {i: _without_headline(lines[i], lead - i, lead == end) for i in free}
        headline = headline_below(lines, headline, lead)
        found[headline] = _HEADLINE
    if lead < end and _names_section(lines, start, headline, claims):
        found[headline - 1] = _LABEL
    named = max(
        (i for i in range(headline + 1, lead) if lines[i].byline or lines[i].date), default=headline
    )
    crowded = sum(i > headline for i in free) > _CROWDED
    menu = sum(i < headline for i in free) > _MENU
    for i in free:
        if i == headline:
            continue
        if lead == end:
            found[i] = _NO_TEXT
        elif i < headline:
            found[i] = _LABEL if headline - i <= 2 and not menu and _is_label(lines[i]) else _ABOVE
        else:
            claim = _below_headline(lines[i], i == headline + 1, i < named, i + 1 == lead)
            if claim is _FEW_WORDS and i + 1 == lead and _has_headings(lines, lead, end, claims):
                claim = _FIRST_HEADING
            near = claim in (_NAME, _SIGNED) and i - headline <= _NAME_REACH
            above_day = i + 1 < lead and lines[i + 1].date is not None
            if above_day and _is_shouted_name(lines[i]):
                claim, near = _NAME, i - headline <= _NAME_REACH
            if claim is _NAME and i == headline + 1:
                claim = _NAME_BELOW
            elif claim is _NAME and above_day:
                claim = _NAME_ABOVE
            found[i] = _CROWD if crowded and not near and "\t" not in lines[i].text else claim
    return found


def _is_shouted_name(line: Evidence) -> bool:
    """Whether a line is a person's name in capitals: `ÁLVARO SECO`."""
    words = line.shape.words
    return 2 <= words <= _NAME_WORDS and line.text.isupper() and is_full_name(line.text.title())


def _is_label(line: Evidence) -> bool:
    shape = line.shape
    return shape.words <= _SECTION_WORDS and not shape.ends_sentence and not shape.is_list_item


def _best_headline(
    lines: Sequence[Evidence], start: int, lead: int, free: Sequence[int]
) -> int | None:
    """Return the index of the headline among the blocks above the first paragraph, or None."""
    body = bag(line.text for line in lines[lead : lead + 8])
    twice = {line.repeats for line in lines[start : lead + 1]}
    signed = _signed(lines, start, lead, [i for i in free if share(bag([lines[i].text]), body)])
    best, best_points = None, 0.0
    for i in free:
        line = lines[i]
        words = line.shape.words
        if not line.is_title_like or words > _HEADLINE_WORDS or line.shape.is_list_item:
            continue
        if words < 3 and not (i == start and lead - start <= 2):
            continue
        points = 1.0 + 2.5 * share(bag([line.text]), body)
        points += 1.0 if 5 <= words <= 20 else 0.0
        points += 1.5 if i in twice else 0.0
        points -= 0.12 * min(20, lead - i)
        points += 0.4 if i == start else 0.0
        points -= _BELOW_BYLINE if i > signed else 0.0
        if best is None or points > best_points + 0.25 * (i > best):
            best, best_points = i, points
    return best


def _signed(lines: Sequence[Evidence], start: int, lead: int, free: Sequence[int]) -> int:
    """Return the index of the first author or date right below what could be the headline.

    `free` are the blocks that share a word with the text. Without such a line it is `lead`.
    """
    titles = [i for i in free if lines[i].is_title_like and lines[i].shape.words >= _SAYS]
    for i in range(start, lead):
        byline = lines[i].byline
        says = lines[i].date is not None or (byline is not None and byline.marked)
        if says and any(i - _SIGNED_REACH <= title < i for title in titles):
            return i
    return lead


def is_heading_word(line: Evidence) -> bool:
    """Whether a line is one capitalised word, as subheadings of round-ups are."""
    text = line.text
    return line.shape.words == 1 and text.isalpha() and text[0].isupper() and not line.is_furniture


def _has_headings(lines: Sequence[Evidence], lead: int, end: int, claims: Claims) -> bool:
    """Whether short lines head the paragraphs of a story: two at least."""
    short = (
        i
        for i in range(lead + 1, min(end - 1, lead + _REACH))
        if lines[i].shape.words <= _HEADING_WORDS
        and lines[i + 1].is_prose
        and not (i in claims or lines[i].is_prose)
    )
    return len(list(islice(short, 2))) == 2


def _names_section(lines: Sequence[Evidence], start: int, headline: int, claims: Claims) -> bool:
    """Whether one line of navigation alone stands right above the headline."""
    label = headline - 1
    if label < start or label not in claims or claims[label].role is not Role.NAVIGATION:
        return False
    alone = label == start or label - 1 not in claims or claims[label - 1].role is Role.DATE
    words = fold(lines[label].text).split()
    return alone and len(words) <= _SECTION_WORDS and _MENU_WORDS.isdisjoint(words)


def _without_headline(line: Evidence, above: int, no_text: bool) -> Claim:
    if no_text:
        return _NO_TEXT
    return _FAR_ABOVE if above > 6 and line.shape.words <= 6 else _UNTITLED


def _reads_on(text: str) -> bool:
    """Whether a line reads like a sentence without its full stop: no bars, most words small."""
    words = text.split()
    small = sum(word[0].islower() or not word[0].isupper() for word in words)
    return not any(sign in text for sign in "|•©") and 2 * small > len(words)


def _below_headline(
    line: Evidence, next_to_it: bool, above_byline: bool, above_lead: bool
) -> Claim:
    """Return the claim on a block between headline and first paragraph.

    `next_to_it`: nothing is between; `above_byline`: a byline or date follows before the text;
    `above_lead`: the text follows.
    """
    shape = line.shape
    signed = line.byline or parse_signature(line.text)
    if signed is not None:
        return _SIGNED if signed.marked else _NAME
    if shape.is_list_item or "\t" in line.text:
        return _IN_A_LIST
    if shape.is_sentence:
        return _DECK
    if shape.words >= 8:
        is_deck = next_to_it and _reads_on(line.text)
        return _PICTURE if above_byline and not is_deck else _LONG_DECK
    if shape.words <= 3 and not (above_lead and line.text.endswith(":")):
        return _FEW_WORDS
    return _FIRST_HEADING
