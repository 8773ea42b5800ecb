"""What the tests of the cleaning share."""

from __future__ import annotations

from pipeline.cleaning.clean import Cleaned, clean_document
from pipeline.cleaning.evidence import Evidence, gather
from pipeline.cleaning.labeller import RuleLabeller
from pipeline.cleaning.labels import Label
from pipeline.cleaning.page import page_from_text
from pipeline.cleaning.validate import validate_cleaned
from pipeline.documents import Hints, RawDocument
from schemas import Article, Format, Source

NO_HINTS = Hints()

SOURCE = Source(
    uri="bundle/one.txt",
    format=Format.TEXT,
    record=None,
    id=None,
    sha256="0" * 64,
    encoding="utf-8",
    fetched_at=None,
)

BRIDGE = (
    "The council voted on Monday to close the iron bridge to lorries from the first of "
    "June, after an inspection found cracks in two of the six girders that carry the "
    "roadway.",
    "Engineers told the council that the bridge was safe for cars and bicycles, but that "
    "lorries of more than seven tonnes could widen the cracks within a single winter.",
    "The detour over the northern bridge adds eleven kilometres for drivers from the "
    "harbour, and the haulage firms say it will cost each of them several thousand a month.",
    "The mayor said the repair of the girders would take two years at least and that the "
    "money for it had not been found, but that waiting was no choice any more.",
)
"""Four paragraphs of one story."""

WHALE = (
    "A young humpback whale that had swum into the estuary on Saturday found its way back "
    "to the open sea last night, led by three fishing boats and a choir of pipes.",
    "Marine biologists had feared that the animal would strand on the sandbanks at low "
    "tide, as another whale of the same pod did eleven years ago near the lighthouse.",
    "Volunteers kept watch from the pier with lamps and blankets, and cheered when the tail "
    "rose for the last time beyond the breakwater shortly before midnight.",
)
"""Three paragraphs of another story, which shares no telling word with the first."""


def document(text: str, hints: Hints = NO_HINTS) -> RawDocument:
    return RawDocument(SOURCE, text, hints)


def clean(text: str, hints: Hints = NO_HINTS) -> Cleaned:
    return clean_document(document(text, hints), RuleLabeller())


def articles(text: str, hints: Hints = NO_HINTS) -> list[Article]:
    """Return the validated articles of a text; what is rejected fails the test."""
    rows = list(validate_cleaned(clean(text, hints)))
    assert not [row for row in rows if hasattr(row, "error_message")]
    return [row for row in rows if isinstance(row, Article)]


def labels(text: str, hints: Hints = NO_HINTS) -> list[Label]:
    return list(RuleLabeller().label(page_from_text(text), hints))


def roles(text: str, hints: Hints = NO_HINTS) -> list[str]:
    return [label.role.value for label in labels(text, hints)]


def evidence(*lines: str) -> tuple[Evidence, ...]:
    """Return the evidence of lines with an empty line between each two."""
    return gather(page_from_text("\n\n".join(lines)))
