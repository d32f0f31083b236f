"""What fails a run, and how much of it is done here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from maskcheck.cli.options.last_failed import FOLDER, LastFailedRecorder, load_last_failed
from maskcheck.model.finding import Severity
from maskcheck.model.report import Event, LayerFinished, ScanFinished, Verdict
from tests.cli.conftest import Run
from tests.cli.fakes import BAD, GOOD, LOST, STARTED, STORY, Engine
from tests.cli.options.test_settings import settings_of


def test_options_arrive(run: Run) -> None:
    given = settings_of(
        run, "m", "--baseline", "b.yaml", "--fail-on", "warning", "--exit-zero",
        "--maxfail", "3", "--shard", "2/3", "--durations", "5",
    )  # fmt: skip
    assert (given.baseline, given.no_baseline, given.fail_on, given.exit_zero) == (
        "b.yaml",
        False,
        "warning",
        True,
    )
    assert (given.maxfail, given.shard, given.durations, given.last_failed) == (3, (2, 3), 5, None)
    assert settings_of(run, "m", "--no-baseline").no_baseline
    assert settings_of(run, "m", "-x").maxfail == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--baseline", "b.yaml", "--no-baseline"], "--baseline and --no-baseline exclude each other"),
        (["--baseline", ""], "it is empty"),
        (["-x", "--maxfail", "2"], "--maxfail and --fail-fast exclude each other"),
        (["--maxfail", "0"], "0 is not in the range"),
        (["--fail-on", "note"], "'note' is not one of"),
        (["--shard", "4/3"], "'4/3' is no part of a scan; write 1/3, 2/3 or 3/3 for a third of it"),
        (["--shard", "0/3"], "'0/3' is no part of a scan"),
        (["--shard", "2"], "'2' is no part of a scan"),
        (["--shard", "1/\u0663"], "is no part of a scan"),
    ],
)
def test_wrong_values(run: Run, args: list[str], message: str) -> None:
    result = run("scan", "m", *args)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_of_two_options_that_exclude_each_other_the_stronger_prevails(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("pyproject.toml").write_text('[tool.maskcheck]\nmaxfail = 3\nbaseline = "b.yaml"\n', "utf-8")
    assert settings_of(run, "m", "-x").maxfail == 1
    assert settings_of(run, "m", "--no-baseline").no_baseline
    monkeypatch.setenv("MASKCHECK_FAIL_FAST", "1")
    monkeypatch.setenv("MASKCHECK_NO_BASELINE", "1")
    assert settings_of(run, "m").maxfail == 1
    given = settings_of(run, "m", "--maxfail", "2", "--baseline", "c.yaml")
    assert (given.maxfail, given.baseline, given.no_baseline) == (2, "c.yaml", False)


def test_what_failed_is_remembered_and_asked_for(run: Run) -> None:
    assert settings_of(run, "m", "--last-failed").last_failed == ()
    assert settings_of(run, "m", "--last-failed").last_failed == ("m.Bad",)
    assert Path(FOLDER, ".gitignore").read_text("utf-8") == "*\n"


def remember(*events: Event, fail_on: str = "error") -> tuple[str, ...]:
    memory = LastFailedRecorder(".", fail_on)
    for event in events:
        memory.handle(event)
    memory.close()
    return load_last_failed(".")


def test_what_was_not_checked_stays_as_it_was() -> None:
    assert remember(*STORY) == ("m.Bad",)
    other = replace(BAD, id="m.Other")
    assert remember(STARTED, LayerFinished(other, 1, 1), ScanFinished(1.0, 1)) == ("m.Bad", "m.Other")
    assert remember(STARTED, LayerFinished(replace(GOOD, id="m.Bad"), 1, 1), ScanFinished(1.0, 0)) == (
        "m.Other",
    )


def test_warnings_count_where_they_fail_the_run() -> None:
    warned = replace(BAD, verdict=Verdict.WARN, findings=(replace(LOST, severity=Severity.WARNING),))
    story = (STARTED, LayerFinished(warned, 1, 1), ScanFinished(1.0, 0))
    assert remember(*story) == ()
    assert remember(*story, fail_on="warning") == ("m.Bad",)


@pytest.mark.parametrize("text", ["", "[]", '{"failed": 3}', "\udcff", '{"failed": [1, "m.Bad"]}'])
def test_a_damaged_cache_is_none(text: str) -> None:
    Path(FOLDER).mkdir()
    Path(FOLDER, "last-failed.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert load_last_failed(".") == (("m.Bad",) if "Bad" in text else ())
    assert remember(*STORY) == ("m.Bad",)


def test_a_cache_that_cannot_be_written_fails_no_scan(run: Run) -> None:
    Path(FOLDER).write_text("a file", "utf-8")
    result = run("scan", "m", engine=Engine((STARTED, LayerFinished(GOOD, 1, 1), ScanFinished(1.0, 0))))
    assert (result.code, result.err) == (0, "")


def test_the_slowest_layers_and_remarks_are_told(run: Run) -> None:
    started = replace(STARTED, remarks=("none failed",), baseline="b.yaml")
    slow = LayerFinished(replace(GOOD, seconds=2.5), 1, 2)
    result = run("scan", "m", "--durations", "1", engine=Engine((started, slow, *STORY[2:])))
    assert "no spec ·\n  b.yaml\nnone failed\n" in result.out
    assert "\nslowest 1 layer\n     2.5 s  m.Good\n\n2 layers:" in result.out


def test_the_report_to_a_file_names_them_too(run: Run) -> None:
    run("scan", "m", "--durations", "2", "--format", "json", "--report", "text=r.txt")
    assert "slowest 2 layers" in Path("r.txt").read_text("utf-8")


def test_json_is_alone_on_standard_output(run: Run) -> None:
    result = run("scan", "m", "--durations", "2", "--format", "json")
    assert json.loads(result.out)["exit_code"] == 1
    assert "slowest 2 layers" in result.err
