"""The labeller that ships: what the rules and the model make of a page together."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cleaning.evidence import gather
from pipeline.cleaning.learned import LEAST_WORDS, learned_labeller
from pipeline.cleaning.page import page_from_text
from pipeline.cleaning.ruled_starts import with_ruled_starts
from pipeline.documents import Hints
from schemas.roles import TEXT_ROLES, Role

Dress = Callable[[str, str, str, list[str]], list[str]]

STORIES = [
    (
        "Ferry service to the islands resumes after storm",
        "Ada Moss",
        "PORT ELLEN",
        [
            "Ferries to the northern islands resumed on Friday after a storm had kept them in "
            "harbour for three days, the operator said in a statement.",
            "About two hundred passengers had been waiting on both sides of the sound, and the "
            "first sailing left with all of its places taken shortly before seven in the morning.",
            '"We are glad to be moving again," said the captain, who has worked on the line for '
            "twenty years and remembers only one longer break.",
            "Supplies in the island shops had begun to run low, and two weddings were put off "
            "until the guests could cross the water.",
        ],
    ),
    (
        "Council approves new library building on market square",
        "Ben Lund",
        "LINTON",
        [
            "The town council voted by a large majority on Tuesday for a new library on the "
            "market square, ending a debate that had gone on for six years.",
            "The building will cost eleven million and hold some ninety thousand books, a café "
            "and rooms for school classes, according to the architect's plans.",
            "Opponents had argued that the money would be better spent on roads. "
            '"Nobody reads on paper any more," one councillor told the meeting.',
            "Work is to begin next spring, and the old library will stay open until the move is "
            "finished in two years.",
        ],
    ),
    (
        "Striker signs three-year contract with home club",
        "Cora Bay",
        "BERGEN",
        [
            "The league's top scorer has signed a new contract that keeps him at his home club "
            "for three more seasons, the club announced on Sunday evening.",
            "He scored twenty-six goals last season and had been linked with several teams "
            "abroad, but said his family wanted to stay in the region.",
            'The coach called the signature "the best news of the summer" and hinted that a '
            "second forward would arrive before training resumes in July.",
            "Season tickets have sold faster than in any year since the club moved into its new "
            "stadium.",
        ],
    ),
]

FURNITURE = ["Sign up for our newsletter", "Read more", "Share on Facebook", "Advertisement"]


def byline(title: str, author: str, place: str, body: list[str]) -> list[str]:
    return [title, f"By {author}", *body]


def dateline(title: str, author: str, place: str, body: list[str]) -> list[str]:
    return [title, f"{place} (Coast Wire) - {body[0]}", *body[1:]]


def twice(title: str, author: str, place: str, body: list[str]) -> list[str]:
    return [title, title, f"A picture of it all. (AP Photo/{author})", *body]


def bare(title: str, author: str, place: str, body: list[str]) -> list[str]:
    return [title, *body]


def stories_of(text: str) -> list[int]:
    return [label.story for label in learned_labeller().label(page_from_text(text), Hints())]


@pytest.mark.parametrize(
    ("dress", "line", "story"),
    [
        (byline, "\n\n", "\n\n\n"),
        (byline, "\n", "\n"),
        (dateline, "\n\n", "\n\n"),
        (twice, "\n\n", "\n\n\n"),
        (bare, "\n\n", "\n\n\n\n"),
    ],
)
def test_short_stories_are_told_apart(dress: Dress, line: str, story: str) -> None:
    parts = [dress(*each) for each in STORIES]
    text = story.join(line.join(part) for part in parts)
    assert stories_of(text) == [i for i, part in enumerate(parts) for _ in part]


def test_a_quotation_is_a_subheading() -> None:
    """What the model takes for a headline is none where all of it is quoted."""
    lines = gather(page_from_text("\n".join(["“We will not wait any longer”", *STORIES[0][3]])))
    assert with_ruled_starts(lines, {}, [0]) == []
    unquoted = gather(page_from_text("\n".join(["“We will” not wait", *STORIES[0][3]])))
    assert with_ruled_starts(unquoted, {}, [0]) == [0]


@pytest.mark.parametrize("behind", [0, 1, 2])
def test_a_dateline_moves_the_model_s_start_to_it(behind: int) -> None:
    first, second = STORIES[0][3], STORIES[1][3]
    dated = ["LINTON, May 4 (QPX) - " + second[0], *second[1:]]
    lines = gather(page_from_text("\n".join([STORIES[0][0], *first, *dated])))
    assert with_ruled_starts(lines, {}, [len(first) + 1 + behind]) == [len(first) + 1]
    headed = gather(page_from_text("\n".join([*first, STORIES[1][0], *dated])))
    assert with_ruled_starts(headed, {}, [len(first)]) == [len(first)]


@pytest.mark.parametrize("number", range(len(STORIES)))
def test_a_single_story_stays_whole(number: int) -> None:
    title, author, _, body = STORIES[number]
    text = "\n\n".join([title, f"By {author}", *body, *body[::-1]])
    assert set(stories_of(text)) == {0}


def test_furniture_in_the_flow_goes_and_the_text_stays() -> None:
    lines = [line for each in STORIES for line in each[3]]
    mixed = [line for pair in zip(lines, FURNITURE * 3, strict=True) for line in pair]
    labels = learned_labeller().label(page_from_text("\n\n".join(["Week", *mixed])), Hints())[1:]
    kept = [line for line, label in zip(mixed, labels, strict=True) if label.role in TEXT_ROLES]
    assert kept == lines


def test_the_title_that_the_input_gives_is_the_headline() -> None:
    title, author, _, body = STORIES[0]
    text = "\n\n".join(["Islands", title, f"By {author}", *body, *STORIES[0][3]])
    labels = learned_labeller().label(page_from_text(text), Hints(title=title.upper()))
    assert [label.role for label in labels[:3]] == [Role.SECTION_LABEL, Role.HEADLINE, Role.BYLINE]


def test_a_long_page_of_furniture_holds_no_text() -> None:
    menu = ["Home", "News", "Sport", "Contact", "Privacy policy", "Terms of use", "Sign in"]
    page = page_from_text("\n".join((menu + FURNITURE) * 12))
    assert sum(len(block.text.split()) for block in page.blocks) > LEAST_WORDS
    labels = learned_labeller().label(page, Hints())
    assert {label.role for label in labels}.isdisjoint(TEXT_ROLES)


def test_the_version_names_the_trained_file() -> None:
    name, _, digest = learned_labeller().version.partition("+")
    assert name == "text-1"
    assert len(digest) == 12


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=60))
def test_any_page_gets_a_label_for_each_block_and_the_same_twice(lines: list[str]) -> None:
    text = "\n".join([*lines, *(line for each in STORIES for line in each[3]), *lines])
    page = page_from_text(text)
    labels = learned_labeller().label(page, Hints())
    assert len(labels) == len(page.blocks)
    assert all(0.0 <= label.score <= 1.0 and label.reason for label in labels)
    assert [label.story for label in labels] == sorted(label.story for label in labels)
    assert labels == learned_labeller().label(page, Hints())


def test_a_path_that_ends_with_the_title_is_the_headline_where_nothing_repeats_it() -> None:
    title, _, _, body = STORIES[0]
    page = page_from_text("\n".join([f"Home > Islands > {title}", *body, *body[1:]]))
    first = learned_labeller().label(page, Hints())[0]
    assert (first.role, first.reason) == (Role.HEADLINE, "model: headline, behind a path")


def test_the_models_start_right_above_a_dateline_moves_to_it() -> None:
    first = STORIES[0][3]
    second = [f"SANDHAVEN NORD. {STORIES[1][3][0]}", *STORIES[1][3][1:]]
    lines = gather(page_from_text("\n\n".join((*first, *second))))
    assert with_ruled_starts(lines, {}, [len(first) - 1]) == [len(first)]
    assert with_ruled_starts(lines, {}, [len(first)]) == [len(first)]
