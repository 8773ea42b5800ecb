"""Time the text model: `python -m training.speed DATA.jsonl.gz MODEL`.

Prints milliseconds of processor time per 8,000 characters, best of five rounds, by step, on pages
of 6,000 to 10,000 characters.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path

from pipeline.cleaning.model import TextModel, keep_mask
from training.blocks import blocks_of
from training.dataset import read_pages

STEPS = ("blocks", "features and network", "second look", "splitting", "headlines", "choice")
ROUNDS = 5
PAGES = 120


def times_of(model: TextModel, text: str) -> list[float]:
    """Return the processor time of every step on one page, in seconds."""
    marks = [time.process_time()]
    blocks = blocks_of(text)
    marks.append(time.process_time())
    view = model.look(text, blocks)
    marks.append(time.process_time())
    scores = model.label_scores(view)
    marks.append(time.process_time())
    starts = model.boundaries(view, scores)
    marks.append(time.process_time())
    model.headlines(view, scores, starts)
    marks.append(time.process_time())
    keep_mask(scores[:, 0], view.page.units)
    marks.append(time.process_time())
    return [after - before for before, after in pairwise(marks)]


def main() -> None:
    """Print the table."""
    model = TextModel.read(Path(sys.argv[2]))
    pages = read_pages(Path(sys.argv[1]))
    for stratum in ("leaky", "full", "comingled"):
        texts = [p.text for p in pages if p.stratum == stratum]
        texts = [t for t in texts if 6000 < len(t) < 10_000][:PAGES]
        rounds = []
        for _ in range(ROUNDS):
            steps = [sum(step) for step in zip(*(times_of(model, t) for t in texts), strict=True)]
            rounds.append(steps)
        best = min(rounds, key=sum)
        scale = 8_000_000 / sum(map(len, texts))
        cells = ", ".join(f"{n} {s * scale:.2f}" for n, s in zip(STEPS, best, strict=True))
        print(f"{stratum} {len(texts)} pages: {cells} = {sum(best) * scale:.2f} ms")


if __name__ == "__main__":
    main()
