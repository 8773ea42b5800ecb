from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline.cleaning.model
from pipeline.cleaning.model import TextModel
from pipeline.cleaning.model.splitter import LEAST_WORDS, Splitter
from pipeline.cleaning.model.trees import trees_of
from training.blocks import blocks_of

FILE = Path(pipeline.cleaning.model.__file__).with_name("text.model")
HARBOUR = """Council backs new harbour wall
The town council voted on Monday to build a new wall around the old harbour, officials said.
Storms broke through the quay twice last winter, and several boats sank at their moorings.
"We cannot wait for another winter," said the harbour master, who has run the port since 2009.
Work on the wall is due to begin in spring and will cost about 40 million pounds, the council said.
Fishermen fear that the entrance will be too narrow for their boats when the sea is rough.
The fishing fleet has shrunk by half in ten years, and most of its boats land their catch abroad.
A final decision on the entrance is expected after divers have looked at the sea bed in May."""
FOOTBALL = """Late goal sends Rovers into the cup final
Rovers reached the cup final for the first time in thirty years with a goal in the last minute.
The striker headed the ball past the goalkeeper after a corner, and the crowd ran onto the pitch.
"I have dreamed of this match since I was a boy," the coach told reporters after the game.
United had taken the lead in the first half, but their captain was sent off before the break.
The referee added six minutes because of an injury to a defender, who left the stadium on crutches.
Rovers will play the champions in the final, and tickets for the match go on sale next Tuesday.
The club has not won a trophy since its players were part-timers who trained in the evening."""


@cache
def _shared() -> TextModel:
    return TextModel.read(FILE)


@pytest.fixture
def model() -> TextModel:
    return _shared()


def run(model: TextModel, text: str) -> Any:
    view = model.look(text, blocks_of(text))
    scores = model.label_scores(view)
    starts = model.boundaries(view, scores)
    return scores, starts, model.headlines(view, scores, starts)


def test_the_file_is_small_enough_to_ship() -> None:
    assert FILE.stat().st_size < 6_000_000


def test_it_holds_no_text() -> None:
    names = {name.split(".")[0] for name in model_arrays()}
    assert names == {"net", "vocabulary", "second", "split", "briefs", "title"}


def model_arrays() -> dict[str, Any]:
    from pipeline.cleaning.model.modelfile import read_arrays

    return read_arrays(FILE.read_bytes())[0]


def test_furniture_scores_lower_than_prose(model: TextModel) -> None:
    text = f"{HARBOUR}\nSubscribe to our newsletter\nFollow us on Facebook and Twitter"
    keep = run(model, text)[0][:, 0]
    assert keep[1:8].min() > 0.8
    assert keep[8:].max() < 0.3


def test_the_headline_is_found(model: TextModel) -> None:
    (headline,) = run(model, f"Home\n{HARBOUR}")[2]
    assert headline.block == 1
    assert headline.score > 0.5


def test_one_story_stays_whole(model: TextModel) -> None:
    assert run(model, HARBOUR)[1] == []


def test_the_same_text_gives_the_same_answers(model: TextModel) -> None:
    text = f"{HARBOUR}\n{FOOTBALL}"
    one, other = run(model, text), run(TextModel.read(FILE), text)
    assert one[0].tobytes() == other[0].tobytes()
    assert one[1:] == other[1:]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=60), max_size=12))
def test_any_text_has_scores_and_ordered_starts(lines: list[str]) -> None:
    text = "\n".join(lines)
    scores, starts, headlines = run(_shared(), text)
    assert scores.shape == (len(blocks_of(text)), 2)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert starts == sorted(set(starts))
    assert len(headlines) == len(starts) + 1


ALWAYS = trees_of({"tree_info": [{"tree_structure": {"leaf_value": 9.0}}]})


@pytest.mark.parametrize("threshold", [0.0, 0.5])
def test_stories_are_long_enough_where_every_gap_is_liked(
    model: TextModel, threshold: float
) -> None:
    text = f"{HARBOUR}\n{FOOTBALL}" + "\nShort line here." * 8
    view = model.look(text, blocks_of(text))
    logits = np.zeros_like(view.logits)  # Every gap has a probability of one half.
    kept = np.ones(len(logits), np.bool_)
    splitter = Splitter(ALWAYS, ALWAYS, threshold, threshold)
    starts, chances = splitter.story_starts(view.page, logits, kept)
    assert starts == sorted(starts) != []
    assert len(chances) == len(starts)
    units = np.split(view.page.units, starts)
    assert min(part.sum() for part in units) >= LEAST_WORDS


@pytest.mark.parametrize(("repeated", "are_cut"), [(1, True), (20, False)])
def test_a_less_likely_cut_is_believed_between_short_stories(
    model: TextModel, repeated: int, are_cut: bool
) -> None:
    text = "\n".join(
        " ".join([story.replace("\n", " ")] * repeated) for story in (HARBOUR, FOOTBALL)
    )
    view = model.look(text, blocks_of(text))
    kept = np.ones(len(view.logits), np.bool_)
    splitter = Splitter(ALWAYS, ALWAYS, 1.0, 0.5)
    starts, _ = splitter.story_starts(view.page, view.logits * 0, kept)
    assert bool(starts) is are_cut


@pytest.mark.parametrize(("opened", "chance", "are_cut"), [(1, 0.6, 1), (0, 0.6, 0), (0, 0.8, 1)])
def test_a_brief_that_nothing_opens_must_be_likelier(
    model: TextModel, opened: int, chance: float, are_cut: int
) -> None:
    text = "\n".join(story.replace("\n", " ") for story in (HARBOUR, FOOTBALL))
    view = model.look(text, blocks_of(text))
    kept = np.ones(len(view.logits), np.bool_)
    leaf = {"leaf_value": float(np.log(chance / (1 - chance)))}
    briefs = trees_of({"tree_info": [{"tree_structure": leaf}]})
    splitter = Splitter(ALWAYS, briefs, 1.0, 0.5)
    opens = np.full(len(kept), bool(opened))
    starts, _ = splitter.story_starts(view.page, view.logits * 0, kept, opens)
    assert len(starts) == are_cut


def test_no_gap_is_cut_below_the_threshold(model: TextModel) -> None:
    text = f"{HARBOUR}\n{FOOTBALL}"
    view = model.look(text, blocks_of(text))
    kept = np.ones(len(view.logits), np.bool_)
    assert Splitter(ALWAYS, ALWAYS, 1.0, 1.0).story_starts(view.page, view.logits * 0, kept) == (
        [],
        [],
    )


def test_a_page_with_nothing_kept_has_no_boundaries(model: TextModel) -> None:
    text = HARBOUR
    view = model.look(text, blocks_of(text))
    nothing = np.zeros(len(view.logits), np.bool_)
    assert Splitter(ALWAYS, ALWAYS, 0.0, 0.0).story_starts(view.page, view.logits, nothing) == (
        [],
        [],
    )
