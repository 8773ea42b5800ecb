"""The learned text model: which blocks stay, where stories begin, which line is the headline.

Trained by `training/`; runs on numpy alone. `text.model` is the trained file, see its card.
"""

from pipeline.cleaning.model.text_model import (
    Headline,
    PageView,
    TextModel,
    cautious,
    keep_mask,
)

__all__ = ["Headline", "PageView", "TextModel", "cautious", "keep_mask"]
