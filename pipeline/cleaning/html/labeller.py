"""The labeller of HTML pages: trees over blocks decide what is text, tags and rules name the rest.

The model sees each block's place in the tree, its neighbours and, with the engine `best`, what the
text model and trafilatura say of it. Rules that read a line (a byline, a credit, a date) name the
role of what stands near the text; what stands far from it is named by the tree alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from threadpoolctl import threadpool_limits

from pipeline.cleaning import model as model_package
from pipeline.cleaning.claims import Claim
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.html.class_words import bits_of
from pipeline.cleaning.html.elements import WITHIN_BIT
from pipeline.cleaning.html.extraction import extracted_text
from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.title import shown_title
from pipeline.cleaning.html.headline import headline_block
from pipeline.cleaning.html.labels import PageLabels
from pipeline.cleaning.html.later_headlines import LEAST_CHANCE, later_headlines, regions_of
from pipeline.cleaning.html.lists import is_listed, listings_whole, lists_whole
from pipeline.cleaning.html.outside import outside_of_text
from pipeline.cleaning.html.overlap import BlockRuns, Overlap
from pipeline.cleaning.html.page_kind import is_running_text, kind_features
from pipeline.cleaning.html.page_model import (
    TEXT_MODEL,
    TRAFILATURA,
    BlockEvidence,
    PageModel,
    block_table,
)
from pipeline.cleaning.html.refrains import meant_again
from pipeline.cleaning.html.roles import dropped_role, is_caption
from pipeline.cleaning.html.rule_claims import rule_claims
from pipeline.cleaning.html.stories import Region, story_regions
from pipeline.cleaning.html.visible import HtmlPage, Place, part_of
from pipeline.cleaning.labels import Label
from pipeline.cleaning.model import PageView, TextModel, keep_mask
from pipeline.cleaning.model.arrays import Floats, Mask, Span
from pipeline.cleaning.model.modelfile import digest_of
from pipeline.cleaning.model.page_features import NAMES as TEXT_NAMES
from pipeline.cleaning.model.page_features import PageFeatures, page_features
from pipeline.cleaning.model.words import words_of
from pipeline.documents import Hints
from schemas.roles import TEXT_ROLES, Role

_NEAR: Final = 8
"""Blocks before the first and behind the last of the text whose lines the rules read."""
LEAST_KEEP: Final = 0.5
"""Chance that at least one block of text has where there is an article at all."""
LEAST_WITH_EVIDENCE: Final = 0.3
"""The same with the engine `best`: with trafilatura's word against them, or none, the few lines of
short articles have .3 to .5."""
RUNNING_TEXT: Final = 0.5
"""Least chance of an article where most words of a page are kept, in sentences."""
_SURELY: Final = 0.7
"""Score from which on the tree's word on a dropped block suffices."""
_CERTAIN: Final = 0.85
"""Score from which on a rule's word on metadata stands against the model's."""
_PROSE: Final = TEXT_NAMES.index("prose")


@cache
def best_page_labeller() -> LearnedPageLabeller:
    """Return the labeller of the engine `best`, read once for a process."""
    return _labeller("best.model")


@cache
def fast_page_labeller() -> LearnedPageLabeller:
    """Return the labeller of the engine `fast`: one parse, no text model, no trafilatura."""
    return _labeller("fast.model")


def _labeller(name: str) -> LearnedPageLabeller:
    threadpool_limits(limits=1, user_api="blas")
    data = files(__package__).joinpath(name).read_bytes()
    text = files(model_package).joinpath("text.model").read_bytes()
    version = f"page-{name.removesuffix('.model')}-2+{digest_of(data)}.{digest_of(text)}"
    return LearnedPageLabeller(PageModel.from_bytes(data), TextModel.from_bytes(text), version)


class _Seen(NamedTuple):
    """What the models say of n blocks.

    `keep` float32[n] is how likely each is text, `chosen` bool[n] the best choice of blocks by
    that: what kind of page it is shows in these. `whole` float32[n] are the chances with listings
    as one and `likely` bool[n] the best choice by them, in which a second story is looked for;
    `kept` bool[n] are the blocks of these that stay, and `again` those that only repeat text before
    them. `view` is what the text model saw, where it was asked.
    """

    text: PageFeatures
    view: PageView | None
    keep: Floats
    chosen: Mask
    whole: Floats
    likely: Mask
    kept: Mask
    again: Mask


class LearnedPageLabeller:
    """Labels the blocks of HTML pages by a trained model, the tree and rules."""

    def __init__(self, model: PageModel, text_model: TextModel, version: str) -> None:
        """Take the trained models and the name under which they stand in `model_version`."""
        self._model = model
        self._text_model = text_model
        self.version = version

    def label(self, tree: Any, page: HtmlPage, hints: Hints, facts: PageFacts) -> PageLabels:
        """Return what a page is and what its blocks are."""
        extracted = extracted_text(tree) if TRAFILATURA in self._model.evidence else None
        seen = self._look(page, facts, extracted)
        text = seen.text
        kind = kind_features(page, text, facts, hints.url, seen.keep, seen.chosen)
        chance = self._model.article_chance(kind)
        if is_running_text(kind):
            chance = max(chance, RUNNING_TEXT)
        shown = shown_title(facts.title, page.page)
        title = hints.title or (shown.value if shown else None)
        prose = text.dense[:, _PROSE] > 0
        regions = story_regions(page, prose, text.units) or self._regions_by_words(
            page, seen, prose
        )
        if not regions:
            return PageLabels(_labels(page, seen, title, 0), chance)
        return PageLabels(self._labels_of_stories(page, regions, title), chance)

    def _look(self, page: HtmlPage, facts: PageFacts, extracted: str | None) -> _Seen:
        """Ask the models about the blocks of a page, or a part of one."""
        evidence = self._model.evidence
        texts = [block.text for block in page.page.blocks]
        spans = _spans(page)
        words = words_of(texts)
        runs = BlockRuns(words)
        scores = logits = view = None
        if TEXT_MODEL in evidence:
            view = self._text_model.look(page.page.text, spans, words)
            scores, logits, text = self._text_model.label_scores(view), view.logits, view.page
        else:
            vocabulary = self._text_model.vocabulary
            text = page_features(page.page.text, spans, vocabulary, words, likeness=False)

        def compared(reference: str | None) -> Overlap | None:
            return runs.overlap(texts, reference) if reference else None

        summary = facts.description.value if facts.description else None
        given = BlockEvidence(
            scores, logits, compared(facts.article_body), compared(summary), compared(extracted)
        )
        keep = self._model.keep_chances(block_table(page, text, given, evidence, runs))
        keep = lists_whole(page.places, keep)
        chosen = keep_mask(keep, text.units)
        whole = listings_whole(page.places, keep)
        stays = chosen if whole is keep else keep_mask(whole, text.units)
        # The best choice of blocks is never empty; all of them may be bad.
        least = LEAST_WITH_EVIDENCE if TRAFILATURA in evidence else LEAST_KEEP
        kept = stays & bool((whole[stays] >= least).any())
        inside = kept & ~outside_of_text(page.places, kept, text.units)
        again = runs.repeated(inside) & ~meant_again(page)
        return _Seen(text, view, keep, chosen, whole, kept, inside & ~again, again)

    def _regions_by_words(self, page: HtmlPage, seen: _Seen, prose: Mask) -> tuple[Region, ...]:
        """Return the stories whose headlines stand where the page's words change."""
        heads = later_headlines(page, prose, seen.likely, seen.text.units)
        if not heads:
            return ()
        view = seen.view or self._text_model.look(page.page.text, _spans(page))
        chances = self._text_model.boundary_chances(view, seen.likely, heads)
        starts = [
            head
            for head, chance in zip(heads, chances, strict=True)
            if chance >= LEAST_CHANCE[page.places[head].heading]
        ]
        return regions_of(starts, len(prose))

    def _labels_of_stories(
        self, page: HtmlPage, regions: Sequence[Region], title: str | None
    ) -> list[Label]:
        """Label every story as a page of its own; what stands between them belongs to the first."""
        labels: list[Label | None] = [None] * len(page.places)
        for story, region in enumerate(regions):
            part = part_of(page, region.start, region.end)
            # What the page and trafilatura say is about one of the stories, not about each.
            seen = self._look(part, PageFacts(), None)
            named = title if story == 0 else _first_heading(part)
            labels[region.start : region.end] = _labels(part, seen, named, story)
        first, last = regions[0].start, regions[-1].end
        for number, place in enumerate(page.places):
            if labels[number] is None:
                length = len(page.page.blocks[number].text)
                claim = dropped_role(place, length, number < first, number >= last) or _OTHER
                labels[number] = Label(claim.role, 0, claim.score, claim.reason)
        return [label for label in labels if label is not None]


def _first_heading(page: HtmlPage) -> str | None:
    """Return what a later story begins with: its headline, which the page's title does not name."""
    headed = (number for number, place in enumerate(page.places) if place.heading)
    first = next(headed, None)
    return None if first is None else page.page.blocks[first].text


def _spans(page: HtmlPage) -> list[Span]:
    return [(block.start, block.end) for block in page.page.blocks]


_AGAIN: Final = Claim(Role.DUPLICATE, 0.9, "rule: the same words as text before it")
_OTHER: Final = Claim(Role.OTHER, 0.5, "html: outside the stories")
_HEADING: Final = Claim(Role.SUBHEADING, 0.5, "html: a heading, of a person's name perhaps")
_LISTED: Final = Claim(Role.OTHER, 0.6, "html: who wrote what is listed behind the text")
_QUOTED: Final = Claim(Role.CREDIT, 0.6, "html: who wrote what is quoted")
_AUTHOR: Final = bits_of(("author",))


def _byline(place: Place, line: Evidence, claim: Claim, behind: bool) -> Claim:
    """Return the claim on a byline, or another one where it says who or what something else is.

    `behind` tells what stands behind the text: in a list there others wrote, or something else.
    """
    if place.within & WITHIN_BIT["blockquote"]:
        return _QUOTED
    is_of_author = bool((place.near | place.inline) & _AUTHOR)
    if behind and place.within & WITHIN_BIT["li"] and not is_of_author:
        return _LISTED
    is_marked = line.byline is not None and line.byline.marked
    if place.heading and not is_marked and not is_of_author:
        return _HEADING
    return claim


def _labels(page: HtmlPage, seen: _Seen, title: str | None, story: int) -> list[Label]:
    """Return the labels of a page, or a part of one, that holds one story."""
    keep, kept, again = seen.whole.tolist(), seen.kept.tolist(), seen.again.tolist()
    chosen = seen.kept.nonzero()[0].tolist()
    n = len(page.places)
    first, last = (chosen[0], chosen[-1]) if chosen else (n, -1)
    low, high = max(0, first - _NEAR), min(n, last + 1 + _NEAR)
    trees = [
        None
        if stays
        else dropped_role(place, block.end - block.start, number < first, number > last)
        for number, (place, block, stays) in enumerate(
            zip(page.places, page.page.blocks, kept, strict=True)
        )
    ]
    head = headline_block(page, low, high, first, title)
    far = [head] if head is not None and head < low else []
    # Rules read what is kept, and what the tree does not name surely: reading a line is dear.
    read = [
        number
        for number in (*far, *range(low, high))
        if number == head
        or (
            ((tree := trees[number]) is None or tree.score < _SURELY)
            and not (kept[number] and is_listed(page.places[number]))
        )
    ]
    claims, lines = rule_claims(page, read, keep, kept, head)
    labels = []
    for number, tree in enumerate(trees):
        claim = claims.get(number)
        if claim is not None and claim.role is Role.BYLINE:
            claim = _byline(page.places[number], lines[number], claim, number >= last)
        if claim is None and kept[number]:
            label = Claim(Role.BODY, round(keep[number], 3), "model: keep, a listing")
        elif claim is None:
            label = tree or Claim(Role.OTHER, round(1 - keep[number], 3), "model: drop")
        elif number == head:
            label = claim
        elif kept[number]:
            label = _of_kept(page.places[number], lines[number], claim, keep[number])
        else:
            label = _of_dropped(claim, tree, keep[number], number < first)
        if again[number] and number != head:
            label = _AGAIN
        labels.append(Label(label.role, story, label.score, label.reason))
    return labels


def _of_kept(place: Place, line: Evidence, claim: Claim, chance: float) -> Claim:
    """Return the claim on a block that the model keeps."""
    if claim.score >= _CERTAIN and claim.role not in TEXT_ROLES and claim.role is not Role.HEADLINE:
        return claim
    if is_caption(place):
        return Claim(Role.CAPTION, 0.95, "html: figcaption")
    role = claim.role if claim.role in TEXT_ROLES else Role.BODY
    if place.heading and role is Role.BODY and not line.is_prose:
        role = Role.SUBHEADING
    return Claim(role, round(chance, 3), "model: keep")


def _of_dropped(claim: Claim, tree: Claim | None, chance: float, above: bool) -> Claim:
    """Return the claim on a block that the model drops, near the text."""
    if claim.role not in TEXT_ROLES and claim.role is not Role.HEADLINE:
        if tree is None or claim.score >= tree.score:
            return claim._replace(reason=f"model: drop; {claim.reason}")
        return tree
    if tree is not None:
        return tree
    role = Role.NAVIGATION if above else Role.OTHER
    return Claim(role, round(1 - chance, 3), "model: drop")
