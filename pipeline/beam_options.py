"""The side of the command line that needs Beam: its flags, and the options object of a run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from apache_beam.options.pipeline_options import PipelineOptions, _BeamArgumentParser

from pipeline.options import BYTES_PER_MB, Settings, add_ingest_arguments, plain_message
from pipeline.usage import UsageError


class IngestOptions(PipelineOptions):
    """The pipeline's own flags as Beam's option class, so that runners list them with a job."""

    @classmethod
    def _add_argparse_args(cls, parser: argparse.ArgumentParser) -> None:
        add_ingest_arguments(parser)


class _Parser(_BeamArgumentParser):
    """Beam's parser, which raises UsageError where argparse would print and exit."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(plain_message(message))


class _Word(str):
    """A word of the command line that is told from an equal one by its identity."""

    __slots__ = ()


def _beam_parser() -> argparse.ArgumentParser:
    """Return a parser of the flags of all of Beam's option classes, without abbreviations."""
    parser = _Parser(allow_abbrev=False, add_help=False)
    for options in PipelineOptions.__subclasses__():
        if options.__module__.startswith("apache_beam."):
            options._add_argparse_args(parser)
    return parser


def known_flags() -> tuple[str, ...]:
    """Return the flags of all of Beam's option classes."""
    return tuple(flag for action in _beam_parser()._actions for flag in action.option_strings)


def separate(words: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return Beam's flags with their values, and the words that belong to none of them.

    Raises UsageError when a flag of Beam has a wrong value or none.
    """
    marked = [_Word(word) for word in words]
    try:
        rest = _beam_parser().parse_known_args(marked)[1]
    except ValueError as error:
        raise UsageError(f"a flag of Beam has a wrong value: {error}") from error
    left = {id(word) for word in rest}
    taken = tuple(str(word) for word in marked if id(word) not in left)
    return taken, [str(word) for word in rest]


def pipeline_options(settings: Settings) -> PipelineOptions:
    """Return Beam's options for a run: Beam's own flags as given, ours beside them."""
    return IngestOptions(
        [*settings.beam_flags, *settings.runner_flags],
        runner=settings.runner,
        input=list(settings.inputs),
        output=settings.output,
        workers=settings.workers,
        max_document_mb=settings.max_document_bytes / BYTES_PER_MB,
        labeller=settings.labeller.value,
        html_engine=settings.html_engine.value,
        html_timeout=settings.html_timeout,
        keep_non_articles=settings.keep_non_articles,
        ledger=settings.ledger.value,
        shards=settings.shards,
        incremental=settings.incremental,
        log_level=settings.log_level.value,
        progress=settings.progress.value,
    )
