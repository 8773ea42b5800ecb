from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.beam_options import IngestOptions, known_flags, pipeline_options
from pipeline.options import (
    HtmlEngine,
    LabellerName,
    LedgerMode,
    LogLevel,
    ProgressMode,
    Settings,
    checkout_seeds,
    command_line_parser,
    own_flags,
    parse_command_line,
)
from pipeline.usage import UsageError, nearest


def parse(*argv: str) -> Settings:
    return parse_command_line(argv, lambda: "the-seeds")


def test_defaults() -> None:
    assert parse() == Settings(
        inputs=("the-seeds",),
        output="out",
        runner="DirectRunner",
        workers=1,
        max_document_bytes=16 * 1024 * 1024,
        labeller=LabellerName.LEARNED,
        html_engine=HtmlEngine.BEST,
        html_timeout=20.0,
        keep_non_articles=False,
        ledger=LedgerMode.FULL,
        shards=0,
        log_level=LogLevel.INFO,
        progress=ProgressMode.AUTO,
    )


@pytest.mark.parametrize(
    ("argv", "inputs", "output"),
    [
        (["--input", "a", "--output", "b"], ("a",), "b"),
        (["--input=a", "--output=b"], ("a",), "b"),
        (["--input", "a", "b", "--input", "c", "--output", "d"], ("a", "b", "c"), "d"),
        (["--input", "a", "--input", "a"], ("a", "a"), "out"),
        (["a"], ("a",), "out"),
        (["a", "b"], ("a",), "b"),
        (["a", "b", "c"], ("a", "b"), "c"),
        (["a", "b", "--output", "c"], ("a", "b"), "c"),
        (["--output", "c", "a"], ("a",), "c"),
        (["--workers", "2", "a", "--shards=3", "b"], ("a",), "b"),
        (["a", "--direct_num_workers", "2", "b"], ("a",), "b"),
        (["a b", "--temp_location", "b", "b"], ("a b",), "b"),
        (["--output", "o"], ("the-seeds",), "o"),
        (["*.txt", "--input-is-no-flag" * 0 + "ü"], ("*.txt",), "ü"),
    ],
)
def test_places(argv: list[str], inputs: tuple[str, ...], output: str) -> None:
    settings = parse(*argv)
    assert (settings.inputs, settings.output) == (inputs, output)


@pytest.mark.parametrize("flag", ["--max-document-mb", "--max_document_mb"])
@pytest.mark.parametrize(("value", "size"), [("1", 1 << 20), ("0.5", 1 << 19), ("1e-6", 1)])
def test_document_size_in_both_spellings(flag: str, value: str, size: int) -> None:
    assert parse(flag, value).max_document_bytes == size
    assert parse(f"{flag}={value}").max_document_bytes == size


def test_every_setting() -> None:
    settings = parse(
        *["x", "y", "--runner", "flinkrunner", "--workers=3", "--ledger", "offsets"],
        *["--shards", "7", "--log_level", "debug", "--progress=off"],
        *["--html_engine=fast", "--html-timeout", "2.5", "--keep-non-articles"],
        *["--flink_master", "[local]", "--temp_location=t", "--", "--checkpointing_interval=9"],
    )
    assert settings == Settings(
        inputs=("x",),
        output="y",
        runner="FlinkRunner",
        workers=3,
        html_engine=HtmlEngine.FAST,
        html_timeout=2.5,
        keep_non_articles=True,
        ledger=LedgerMode.OFFSETS,
        shards=7,
        log_level=LogLevel.DEBUG,
        progress=ProgressMode.OFF,
        beam_flags=("--flink_master", "[local]", "--temp_location=t"),
        runner_flags=("--checkpointing_interval=9",),
    )


def test_a_word_equal_to_the_value_of_a_flag_of_beam_stays_apart() -> None:
    settings = parse("--job_name", "x", "--temp_location", "y", "x")
    assert settings.beam_flags == ("--job_name", "x", "--temp_location", "y")
    assert settings.inputs == ("x",)


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--inptu", "a"], "unknown flag --inptu: did you mean --input?"),
        (["--shard=3"], "unknown flag --shard: did you mean --shards?"),
        (["--worker=3"], "unknown flag --worker: did you mean --workers?"),
        (["--max-document=3"], "unknown flag --max-document: did you mean --max-document-mb?"),
        (["--Output", "x"], "unknown flag --Output: did you mean --output?"),
        (["--flinkmaster=x"], "unknown flag --flinkmaster: did you mean --flink_master?"),
        (
            ["--direct-num-workers=2"],
            "unknown flag --direct-num-workers: did you mean --direct_num_workers?",
        ),
        (["--zzzzqqqq"], "unknown flag --zzzzqqqq: see --help for all flags"),
        (["-q"], "unknown flag -q: see --help for all flags"),
        (["--shards", "-1"], "--shards: -1 is not between 0 and 10000"),
        (["--shards=1.5"], "--shards: '1.5' is not a whole number"),
        (["--shards"], "--shards: expected one argument"),
        (["--shards", "--workers", "2"], "--shards: expected one argument"),
        (["--workers=0"], "--workers: 0 is not between 1 and 256"),
        (["--workers", "many"], "--workers: 'many' is not a whole number"),
        (["--html-timeout=soon"], "--html-timeout: 'soon' is not a number"),
        *(
            (
                [f"--html-timeout={bad}"],
                f"--html-timeout: {bad} is not a time above 0 and up to 3600 seconds",
            )
            for bad in ("0", "-1", "nan", "inf", "3601")
        ),
        (["--max-document-mb=big"], "--max-document-mb: 'big' is not a number"),
        *(
            (
                [f"--max_document_mb={bad}"],
                f"--max-document-mb: {bad} is not a size between one byte and 1048576 MB",
            )
            for bad in ("-1", "0", "nan", "inf", "1e-9", "1e300")
        ),
        (["--input"], "--input: expected at least one argument"),
        (["--input", ""], "--input: the path is empty"),
        (["--input", "a\0b"], "--input: the path holds a zero byte"),
        (["--output", ""], "--output: the path is empty"),
        (["a", ""], "INPUT or OUTPUT: the path is empty"),
        (["--direct_num_workers", "x"], "--direct_num_workers: invalid int value: 'x'"),
        (["--job_endpoint"], "--job_endpoint: expected one argument"),
        (
            ["a", "--input", "b"],
            "'a' belongs to no flag: name the inputs either as words or with --input",
        ),
        (["--runner=Flnk"], "--runner: unknown runner 'Flnk'; did you mean FlinkRunner?"),
    ],
)
def test_wrong_usage_has_a_message_of_one_line(argv: list[str], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse(*argv)
    assert str(raised.value) == message


@pytest.mark.parametrize("flag", ["--labeller", "--ledger", "--progress", "--log-level"])
def test_a_wrong_choice_names_the_choices(flag: str) -> None:
    with pytest.raises(UsageError, match=rf"^{flag}: invalid choice: 'no' .*(off|info|rules)"):
        parse(flag, "no")


def test_no_flag_is_taken_for_its_beginning() -> None:
    for flag in own_flags():
        if flag[:-1] not in own_flags():
            with pytest.raises(UsageError):
                parse(f"{flag[:-1]}=1")


def test_without_input_and_seeds_there_is_nothing_to_read() -> None:
    with pytest.raises(UsageError, match="nothing to read"):
        parse_command_line([], lambda: None)


def test_the_seeds_are_named_relative_to_the_current_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seeds = checkout_seeds()
    assert seeds is not None
    monkeypatch.chdir(seeds)
    assert checkout_seeds() == "."
    monkeypatch.chdir("..")
    assert checkout_seeds() == "seeds"


def test_help_explains_every_flag_within_80_columns() -> None:
    text = command_line_parser().format_help()
    assert max(map(len, text.splitlines())) <= 80
    for flag in own_flags():
        assert flag in text
    assert text.count("(default:") == 14
    assert text.count("python -m pipeline --input") == 4


def test_help_and_usage_errors_need_no_beam() -> None:
    code = (
        "import sys\n"
        "from pipeline.__main__ import main\n"
        "assert main(['--help']) == 0 and main(['--version']) == 0\n"
        "assert main(['--shards=-1']) == 2 and main(['--runner=x']) == 2\n"
        "assert not [name for name in sys.modules if name.startswith('apache_beam')]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_our_flags_and_those_of_beam_do_not_clash() -> None:
    assert set(own_flags()) & set(known_flags()) == {"--runner"}
    everything = IngestOptions(["--ledger=offsets"]).get_all_options()
    assert everything["ledger"] == "offsets"
    assert "flink_master" in everything


def test_a_runner_sees_all_options_with_a_job() -> None:
    settings = parse("a", "b", "--max-document-mb=2", "--temp_location=t", "--", "--later=1")
    options = pipeline_options(settings).get_all_options(retain_unknown_options=True)
    assert options["input"] == ["a"]
    assert options["output"] == "b"
    assert options["runner"] == "DirectRunner"
    assert options["max_document_mb"] == 2.0
    assert options["temp_location"] == "t"
    assert options["later"] == "1"


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("--max_document_mb", ["--max-document-mb"], "--max-document-mb"),
        ("--SHARDS", ["--shards", "--input"], "--shards"),
        ("--a_b", ["--a_b", "--a-b"], "--a-b"),
        ("--xyz", ["--input"], None),
        ("--x", [], None),
    ],
)
def test_nearest(name: str, known: list[str], found: str | None) -> None:
    assert nearest(name, known) == found
