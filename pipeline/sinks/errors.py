"""Why an output cannot be written."""

from __future__ import annotations


class OutputError(Exception):
    """The user named an OUTPUT that cannot be used; nothing was touched."""


class OutputUnusableError(OutputError):
    """OUTPUT is a file, a folder that must not be swapped away, or cannot be written."""


class OutputNotOursError(OutputError):
    """OUTPUT is a folder with files that this pipeline did not write."""


class OutputModeError(OutputError):
    """OUTPUT holds batches and the run would replace them, or the other way round."""


class OutputBusyError(OutputError):
    """Another run is writing to OUTPUT."""


class PromotionError(Exception):
    """The finished output could not take the place of the former one, which is untouched."""
