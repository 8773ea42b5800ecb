"""Pages made by pasting others together."""

import random

from training.dataset import Line, TrainingPage
from training.mixes import _shortened, _with_leftovers, mixed_pages


def test_made_pages_are_the_same_again_and_made_of_the_given_pages(
    pages: list[TrainingPage],
) -> None:
    made = list(mixed_pages(pages[:6], 20, seed=3))
    assert [p.text for p in made] == [p.text for p in mixed_pages(pages[:6], 20, seed=3)]
    given = {group for page in pages[:6] for group in page.groups}
    assert {group for page in made for group in page.groups} <= given
    assert max(line.story for page in made for line in page.lines) > 0


def test_leftovers_of_another_page_come_as_lines_to_drop() -> None:
    rng = random.Random(1)
    prose = "Anna Berg writes about ports and ships and lives by the sea."
    donor = page_of([("a b", "keep"), (prose, "drop"), ("Share", "drop"), ("c d", "keep")])
    story = page_of([(f"Paragraph {i}.", "keep") for i in range(4)])
    made = [_with_leftovers(list(story.lines), donor, rng) for _ in range(20)]
    assert all([x for x in lines if x.label == "keep"] == list(story.lines) for lines in made)
    assert {x.text for lines in made for x in lines if x.label == "drop"} <= {prose, "Share"}
    assert any(prose in {x.text for x in lines} for lines in made)


def test_a_page_without_prose_to_drop_gives_no_leftovers() -> None:
    rng = random.Random(1)
    donor = page_of([("a b", "keep"), ("Share", "drop")])
    story = page_of([(f"Paragraph {i}.", "keep") for i in range(4)])
    assert _with_leftovers(list(story.lines), donor, rng) == list(story.lines)


def test_a_brief_keeps_the_top_and_the_first_paragraphs() -> None:
    rng = random.Random(1)
    lines = page_of([("T", "title"), *[("w " * 50, "keep")] * 9, ("Share", "drop")]).lines
    short = _shortened(list(lines), rng)
    assert short[0].label == "title"
    assert short[-1].text == "Share"
    assert 1 <= sum(x.label == "keep" for x in short) <= 5


def page_of(lines: list[tuple[str, str]]) -> TrainingPage:
    return TrainingPage(
        "p", ("g",), "leaky", "single", "x", "en", tuple(Line(t, k, 0) for t, k in lines), ("",)
    )
