"""Bundles of made-up articles, the same for the same seed, of any size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SYLLABLES: Final = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu an el in or us".split()
)
_FURNITURE: Final = (
    "Sign up for our newsletter",
    "Read more",
    "Share on Facebook",
    "Advertisement",
    "Recent Posts",
)


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4)))


def article(dice: random.Random, characters: int) -> str:
    """Return a text of about so many characters: headline, byline, paragraphs, furniture."""
    vocabulary = [_word(dice) for _ in range(400)]

    def words(least: int, most: int) -> str:
        return " ".join(dice.choices(vocabulary, k=dice.randint(least, most)))

    lines = [words(6, 12).title(), f"By {words(2, 2).title()}"]
    length = 0
    while length < characters:
        sentences = (words(9, 25).capitalize() + "." for _ in range(dice.randint(1, 4)))
        lines.append(" ".join(sentences))
        length += len(lines[-1])
        if dice.random() < 0.15:
            lines.append(dice.choice(_FURNITURE[:4]))
    lines += [_FURNITURE[4], *(words(5, 10).title() for _ in range(4))]
    return "\n\n".join(lines) + "\n"


def articles(count: int, characters: int, seed: int = 1) -> Iterator[str]:
    """Yield articles of about so many characters; every thousandth is new, the others vary it."""
    dice = random.Random(seed)
    stock = [article(dice, characters) for _ in range(min(count, 1000))]
    for number in range(count):
        yield f"{stock[number % len(stock)]}\n"


def write_jsonl(path: Path, size: int, characters: int = 8_000) -> int:
    """Write rows until the file has `size` bytes; return how many there are."""
    rows = written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        while written < size:
            for text in articles(1000, characters):
                line = json.dumps({"id": str(rows), "text": text}) + "\n"
                file.write(line)
                written += len(line)
                rows += 1
                if written >= size:
                    break
    return rows


def write_files(folder: Path, count: int, characters: int = 2_000) -> int:
    """Write so many text files; return their bytes."""
    folder.mkdir(parents=True)
    size = 0
    for number, text in enumerate(articles(count, characters)):
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8", newline="\n")
        size += len(text)
    return size
