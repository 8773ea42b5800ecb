"""Every flag of the command line, in one place.

This module does not import Beam, which takes over a second: `--help` and most usage errors need
none of it. Beam's own flags are looked up (`pipeline.beam_options`) only when the command line
holds a flag that is not one of ours.
"""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, NoReturn

from pipeline.runners import DEFAULT_RUNNER, runner_name
from pipeline.usage import UsageError, nearest
from pipeline.version import __version__

DEFAULT_OUTPUT: Final = "out"
DEFAULT_MAX_DOCUMENT_MB: Final = 16.0
BYTES_PER_MB: Final = 1 << 20
"""One MB of the command line and of the progress line: 1,048,576 bytes."""

MOST_WORKERS: Final = 256
MOST_SHARDS: Final = 10_000
MOST_DOCUMENT_MB: Final = 1 << 20
"""Upper bounds that catch slips of the keyboard: a process each, a file each, one tebibyte."""


DEFAULT_HTML_TIMEOUT: Final = 20.0
MOST_HTML_SECONDS: Final = 3600.0
"""Longest time for one page that can be asked for."""

_HYPHENED_FLAGS: Final = frozenset(
    {"--max-document-mb", "--log-level", "--html-engine", "--html-timeout", "--keep-non-articles"}
)
"""Our flags of several words, which may be written with underscores as well."""


class LedgerMode(StrEnum):
    """Whether the ledger's spans carry their text."""

    FULL = "full"
    OFFSETS = "offsets"


class LabellerName(StrEnum):
    """Who decides what a line is."""

    LEARNED = "learned"
    RULES = "rules"


class HtmlEngine(StrEnum):
    """What decides on the blocks of an HTML page."""

    BEST = "best"
    FAST = "fast"


class LogLevel(StrEnum):
    """The least serious message that is printed."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class ProgressMode(StrEnum):
    """How progress is shown."""

    AUTO = "auto"
    LINE = "line"
    LOG = "log"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line asks for, checked and typed.

    `inputs` and `output` are as the user wrote them (relative paths stay relative).
    `max_document_bytes` is the largest document in bytes, `html_timeout` the processor time for a
    page in seconds. `shards` 0 means: choose from the size
    of the input. `beam_flags` are the flags that belong to Beam, as they were written;
    `runner_flags` those behind a lone `--`, which nobody checks.
    """

    inputs: tuple[str, ...]
    output: str = DEFAULT_OUTPUT
    runner: str = DEFAULT_RUNNER
    workers: int = 1
    max_document_bytes: int = int(DEFAULT_MAX_DOCUMENT_MB) * BYTES_PER_MB
    labeller: LabellerName = LabellerName.LEARNED
    html_engine: HtmlEngine = HtmlEngine.BEST
    html_timeout: float = DEFAULT_HTML_TIMEOUT
    keep_non_articles: bool = False
    ledger: LedgerMode = LedgerMode.FULL
    shards: int = 0
    incremental: bool = False
    log_level: LogLevel = LogLevel.INFO
    progress: ProgressMode = ProgressMode.AUTO
    beam_flags: tuple[str, ...] = ()
    runner_flags: tuple[str, ...] = ()


_DESCRIPTION: Final = """\
Turn a raw bundle of news text into clean, validated articles.

Reads plain text and HTML (one document a file), JSON Lines (one document a row)
and web archives (WARC and WET, one document a record), also as .gz, .bz2, .zst.
Writes articles, a ledger of every character, rejected documents and a manifest
as JSON Lines and JSON."""

_EPILOG: Final = """\
Flags of Beam and of the chosen runner (--flink_master, --job_endpoint,
--environment_type, --temp_location, --direct_num_workers, ...) are passed on.
A flag that nobody knows is an error; whatever stands behind a lone "--" goes to
the runner unchecked. Our flags may be written with underscores as well.

examples:
  python -m pipeline --input seeds --output out
      one folder, every file in it, into the folder out
  python -m pipeline --input 'news/*.jsonl.gz' extra.txt --output out \\
      --workers 2 --max-document-mb 4 --ledger offsets
      a glob and a file, on two processes, offsets only in the ledger
  python -m pipeline --input news --output out --incremental
      every night: the new files of news, as a new batch in out

exit status:
  0 done   1 the run failed   2 wrong usage   3 another run is writing to FOLDER
  130 interrupted   143 terminated"""


class _Parser(argparse.ArgumentParser):
    """A parser that raises UsageError where argparse would print and exit."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(plain_message(message))


def plain_message(message: str) -> str:
    """Return argparse's message as a sentence about one flag."""
    if message.startswith("argument "):
        flags, _, what = message.removeprefix("argument ").partition(": ")
        return f"{flags.split('/')[0]}: {what}"
    return message


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{value!r} is not a whole number") from None
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"{value} is not between {low} and {high}")
        return number

    return parse


def _megabytes(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number") from None
    if not (math.isfinite(number) and number * BYTES_PER_MB >= 1 and number <= MOST_DOCUMENT_MB):
        raise argparse.ArgumentTypeError(
            f"{value} is not a size between one byte and {MOST_DOCUMENT_MB} MB"
        )
    return number


def _seconds(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number") from None
    if not 0 < number <= MOST_HTML_SECONDS:
        raise argparse.ArgumentTypeError(
            f"{value} is not a time above 0 and up to {MOST_HTML_SECONDS:g} seconds"
        )
    return number


def _path(value: str) -> str:
    if not value:
        raise argparse.ArgumentTypeError("the path is empty")
    if "\0" in value:
        raise argparse.ArgumentTypeError("the path holds a zero byte")
    return value


def add_ingest_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the pipeline's own flags to `parser`, but for --runner, which Beam has as well."""
    files = parser.add_argument_group("input and output")
    files.add_argument(
        "--input",
        dest="input",
        nargs="+",
        action="extend",
        type=_path,
        metavar="PATH",
        help="file, folder (with all below it) or glob to read; several values, and the flag "
        "several times, add up (default: seeds, the bundle that comes with the project)",
    )
    files.add_argument(
        "--output",
        type=_path,
        metavar="FOLDER",
        help=f"folder that the run replaces as a whole when it is done (default: {DEFAULT_OUTPUT})",
    )
    files.add_argument(
        "--incremental",
        action="store_true",
        help="take only the files that no earlier run with this flag has taken into FOLDER, by "
        "path, size and content, and add them as a batch, FOLDER/batch-00001 and so on (default: "
        "take all, replace FOLDER)",
    )
    what = parser.add_argument_group("what is written")
    what.add_argument(
        "--max-document-mb",
        type=_megabytes,
        default=DEFAULT_MAX_DOCUMENT_MB,
        metavar="MB",
        help="largest document in MB of 1,048,576 bytes, decompressed; a larger one is "
        f"rejected (default: {DEFAULT_MAX_DOCUMENT_MB:g})",
    )
    what.add_argument(
        "--labeller",
        choices=[name.value for name in LabellerName],
        default=LabellerName.LEARNED.value,
        help="learned: rules where they are certain, a trained model for everything else; "
        "rules: no model, for comparison (default: learned)",
    )
    what.add_argument(
        "--html-engine",
        choices=[engine.value for engine in HtmlEngine],
        default=HtmlEngine.BEST.value,
        help="best: HTML pages with trafilatura's extraction as evidence; fast: without it, about "
        "twice as fast (default: best)",
    )
    what.add_argument(
        "--html-timeout",
        type=_seconds,
        default=DEFAULT_HTML_TIMEOUT,
        metavar="SECONDS",
        help="processor time that one HTML page may take; one that takes more is rejected and "
        f"costs the others nothing (default: {DEFAULT_HTML_TIMEOUT:g})",
    )
    what.add_argument(
        "--keep-non-articles",
        action="store_true",
        help="make an article even of an HTML page that holds none, as a listing, a product or a "
        "forum does (default: such pages are rejected)",
    )
    what.add_argument(
        "--ledger",
        choices=[mode.value for mode in LedgerMode],
        default=LedgerMode.FULL.value,
        help="full: spans carry their text, so that the ledger alone rebuilds every document; "
        "offsets: positions only, for those who keep their input (default: full)",
    )
    what.add_argument(
        "--shards",
        type=_whole_number(0, MOST_SHARDS),
        default=0,
        metavar="N",
        help="number of files of each kind of output; 0 chooses from the size of the input: "
        "one for every 256 MiB (default: 0)",
    )
    how = parser.add_argument_group("how it runs")
    how.add_argument(
        "--workers",
        type=_whole_number(1, MOST_WORKERS),
        default=1,
        metavar="N",
        help="processes of the embedded engine; more than 1 starts N worker processes on this "
        "machine. The output is the same for any number (default: 1)",
    )
    how.add_argument(
        "--progress",
        choices=[mode.value for mode in ProgressMode],
        default=ProgressMode.AUTO.value,
        help="line: one live line; log: a line every 5 seconds; off: none; auto: line on a "
        "terminal, log elsewhere (default: auto)",
    )
    how.add_argument(
        "--log-level",
        choices=[level.value for level in LogLevel],
        default=LogLevel.INFO.value,
        metavar="LEVEL",
        help="least serious message printed: debug, info, warning or error. Beam's own are shown "
        "from warning on, except with debug, which also prints tracebacks (default: info)",
    )


def command_line_parser() -> argparse.ArgumentParser:
    """Return the parser behind --help: our flags, --runner, --version and --help."""
    parser = _Parser(
        prog="python -m pipeline",
        usage="python -m pipeline [INPUT ... [OUTPUT]] [flags]\n"
        "       python -m pipeline --input PATH ... --output FOLDER [flags]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(
            prog, max_help_position=24, width=80
        ),
        allow_abbrev=False,
        add_help=False,
    )
    add_ingest_arguments(parser)
    how = next(group for group in parser._action_groups if group.title == "how it runs")
    how.add_argument(
        "--runner",
        default=DEFAULT_RUNNER,
        metavar="NAME",
        help="DirectRunner or FnApiRunner (this machine, no network), PortableRunner, "
        f"FlinkRunner, SparkRunner, PrismRunner, DataflowRunner (default: {DEFAULT_RUNNER})",
    )
    about = parser.add_argument_group("about")
    about.add_argument(
        "--version",
        action="version",
        version=f"article-ingest {__version__}",
        help="print the version and stop",
    )
    about.add_argument("-h", "--help", action="help", help="print this text and stop")
    return parser


def own_flags() -> tuple[str, ...]:
    """Return every long flag of this program."""
    actions = command_line_parser()._actions
    return tuple(flag for action in actions for flag in action.option_strings if flag[:2] == "--")


def _hyphened(word: str) -> str:
    """Return one of our flags with hyphens where it was written with underscores, as Beam's are."""
    flag, equals, value = word.partition("=")
    hyphened = flag.replace("_", "-")
    return hyphened + equals + value if hyphened in _HYPHENED_FLAGS else word


def parse_command_line(
    argv: Sequence[str], bundled_seeds: Callable[[], str | None] | None = None
) -> Settings:
    """Return what `argv` (without the program's name) asks for.

    Words that belong to no flag are INPUT ... OUTPUT: a single one is an INPUT, of several the
    last is OUTPUT, as with cp; all of them are inputs where --output is given. `bundled_seeds`
    gives the path read when no input is named at all (default: `checkout_seeds`). No path is
    looked at: that is `pipeline.paths.check_paths`.

    Raises UsageError for anything that cannot be understood, and SystemExit(0) after --help and
    --version have printed.
    """
    ours, passed_on = _at_double_dash(argv)
    values, rest = command_line_parser().parse_known_args([_hyphened(word) for word in ours])
    beam_flags: tuple[str, ...] = ()
    words = list(rest)
    if any(word.startswith("-") for word in rest):
        from pipeline.beam_options import separate  # Imports Beam.

        beam_flags, words = separate(rest)
    unknown = next((word for word in words if word.startswith("-")), None)
    if unknown is not None:
        raise UsageError(_unknown_flag(unknown))

    inputs, output = _places(values.input, values.output, [_positional(word) for word in words])
    if not inputs:
        seeds = (bundled_seeds or checkout_seeds)()
        if seeds is None:
            raise UsageError("nothing to read: name a file, a folder or a glob with --input")
        inputs = (seeds,)
    return Settings(
        inputs=inputs,
        output=output,
        runner=runner_name(values.runner),
        workers=values.workers,
        max_document_bytes=int(values.max_document_mb * BYTES_PER_MB),
        labeller=LabellerName(values.labeller),
        html_engine=HtmlEngine(values.html_engine),
        html_timeout=values.html_timeout,
        keep_non_articles=values.keep_non_articles,
        ledger=LedgerMode(values.ledger),
        shards=values.shards,
        incremental=values.incremental,
        log_level=LogLevel(values.log_level),
        progress=ProgressMode(values.progress),
        beam_flags=beam_flags,
        runner_flags=tuple(passed_on),
    )


def _at_double_dash(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    words = list(argv)
    if "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


def _positional(word: str) -> str:
    try:
        return _path(word)
    except argparse.ArgumentTypeError as error:
        raise UsageError(f"INPUT or OUTPUT: {error}") from None


def _places(
    inputs: list[str] | None, output: str | None, words: list[str]
) -> tuple[tuple[str, ...], str]:
    """Return the inputs (none: the default) and the output."""
    if inputs and words:
        raise UsageError(
            f"{words[0]!r} belongs to no flag: name the inputs either as words or with --input"
        )
    if not words:
        return tuple(inputs or ()), output or DEFAULT_OUTPUT
    if output is not None or len(words) == 1:
        return tuple(words), output or DEFAULT_OUTPUT
    return tuple(words[:-1]), words[-1]


def _unknown_flag(word: str) -> str:
    from pipeline.beam_options import known_flags  # Imports Beam.

    flag = word.partition("=")[0]
    near = nearest(flag, {*own_flags(), *known_flags()})
    advice = f"did you mean {near}?" if near else "see --help for all flags"
    return f"unknown flag {flag}: {advice}"


def checkout_seeds() -> str | None:
    """Return the seeds of the checkout this package lies in, relative to the current folder.

    None when the package is installed elsewhere, without its seeds. The path is relative so that
    rows name the same `source.uri` on every machine.
    """
    seeds = Path(__file__).resolve().parent.parent / "seeds"
    if not seeds.is_dir():
        return None
    return Path(os.path.relpath(seeds)).as_posix()
