import numpy as np
import pytest

from pipeline.cleaning.html.overlap import BlockRuns, overlap_of
from pipeline.cleaning.model.words import words_of

RIVER = "The old bridge over the river was closed on Monday"
FERRY = "The ferry will run every ten minutes in the morning"


@pytest.mark.parametrize(
    ("block", "reference", "exact", "share"),
    [
        (RIVER, f"{RIVER}\n{FERRY}", 1, 1),
        (RIVER, f"x {RIVER} y", 0, 1),
        (RIVER, FERRY, 0, 0),
        (f"{RIVER} {FERRY}", RIVER, 0, 0.5),
        ("Share this", "Share  this\nmore", 1, 1),
        ("Share this", f"Share this {RIVER}", 0, 0),
        ("...", RIVER, 0, 0),
        (RIVER, "", 0, 0),
    ],
)
def test_a_block_overlaps_by_runs_of_words(
    block: str, reference: str, exact: float, share: float
) -> None:
    found = overlap_of([block], reference)
    assert found.exact.tolist() == [exact]
    assert found.share.tolist() == pytest.approx([share])


def test_a_run_never_spans_two_blocks() -> None:
    assert overlap_of(["one two", "three four"], "one two three four").share.tolist() == [0, 0]


def test_repeats_are_told_before_and_behind() -> None:
    found = BlockRuns(words_of([RIVER, FERRY, RIVER, "short"])).repeats()
    assert found.T.tolist() == [[0, 1], [0, 0], [1, 0], [0, 0]]


@pytest.mark.parametrize(
    ("blocks", "chosen", "again"),
    [
        ([RIVER, FERRY, RIVER], [1, 1, 1], [0, 0, 1]),
        ([RIVER, FERRY, RIVER], [0, 1, 1], [0, 0, 0]),
        ([RIVER, f"{RIVER} {FERRY}"], [1, 1], [0, 0]),
        (["Three words only"] * 2, [1, 1], [0, 0]),
        ([RIVER], [0], [0]),
        (["...", "!"], [1, 1], [0, 0]),
    ],
)
def test_only_what_chosen_blocks_said_before_is_repeated(
    blocks: list[str], chosen: list[int], again: list[int]
) -> None:
    runs = BlockRuns(words_of(blocks))
    assert runs.repeated(np.array(chosen, np.bool_)).tolist() == [bool(x) for x in again]
