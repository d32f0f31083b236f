"""``maskcheck baseline``: what is written, pruned and shown, with an engine that tells a story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from maskcheck.exits import Exit
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.report import LayerFinished, ScanFinished
from tests.cli.conftest import Run
from tests.cli.fakes import BAD, GOOD, STARTED, STORY, Engine

NAME = "maskcheck-baseline.yaml"
ENTRY = "  m.Bad:\n    - {rule: MC101, subject: rate, routes: [config]}\n"
STALE = Finding(
    "MC008", "stale-expectation", Severity.ERROR, ("rate",), "gone", routes=("config",), file=NAME, line=6
)
MENDED = (STARTED, LayerFinished(replace(BAD, findings=(STALE,)), 1, 1), ScanFinished(1.0, 1))


def text() -> str:
    return Path(NAME).read_text("utf-8")


def test_written_where_there_is_none(run: Run) -> None:
    engine = Engine()
    result = run("baseline", "write", "m", "--only", "B*", "--select", "MC1", engine=engine)
    assert (result.code, result.out) == (0, f"{NAME}: 1 finding of 1 class written\n")
    assert "✗ Bad" in result.err
    assert text().endswith(f"version: 1\nfindings:\n{ENTRY}")
    assert engine.settings is not None
    assert (engine.settings.no_baseline, engine.settings.only, engine.settings.select) == (
        True,
        ("B*",),
        ("MC1",),
    )


def test_an_existing_baseline_is_kept_unless_forced(run: Run) -> None:
    Path(NAME).write_text(f"version: 1\nfindings:\n  a.B:\n    - {{rule: MC002}}\n{ENTRY}", "utf-8")
    before = text()
    refused = run("baseline", "write", "m")
    assert (refused.code, text()) == (2, before)
    assert f"there is a baseline already, {NAME} (maskcheck baseline prune removes" in refused.err


def test_a_baseline_is_renewed(run: Run) -> None:
    stale = "  a.B:\n    - {rule: MC301, subject: rate, routes: [config, keras]}\n    - {rule: MC002}\n"
    Path(NAME).write_text(f"# 1\n# 2\nversion: 1\nfindings:\n{stale}", "utf-8")
    gone = replace(BAD, id="a.B", findings=(STALE,))
    engine = Engine((STARTED, LayerFinished(gone, 1, 2), LayerFinished(BAD, 2, 2), STORY[-1]))
    result = run("baseline", "write", "m", "--force", "-q", engine=engine)
    assert (result.out, result.err) == (f"{NAME}: 3 findings of 2 classes written\n", "")
    kept = "  a.B:\n    - {rule: MC002}\n    - {rule: MC301, subject: rate, routes: [keras]}\n"
    assert text().endswith(f"findings:\n{kept}{ENTRY}")
    assert engine.settings is not None
    assert (engine.settings.baseline, engine.settings.no_baseline) == (NAME, False)


def test_another_file(run: Run) -> None:
    engine = Engine()
    run("baseline", "write", "m", "--output", "other.yaml", engine=engine)
    assert Path("other.yaml").exists()
    assert engine.settings is not None
    assert engine.settings.no_baseline
    assert (
        "cannot write the baseline to 'no/b.yaml'"
        in run("baseline", "write", "m", "--output", "no/b.yaml").err
    )


@pytest.mark.parametrize("command", [["write", "--force"], ["prune"]])
@pytest.mark.parametrize("code", [Exit.INTERRUPTED, Exit.USAGE])
def test_a_scan_that_did_not_reach_its_end_changes_nothing(run: Run, command: list[str], code: Exit) -> None:
    run("baseline", "write", "m")
    before = text()
    engine = Engine((*MENDED[:-1], ScanFinished(1.0, code, interrupted=True)))
    result = run("baseline", *command, "m", engine=engine)
    assert (result.code, text()) == (code, before)
    assert f"the scan did not reach its end, so {NAME} is left as it is" in result.err


def test_what_is_stale_is_pruned(run: Run) -> None:
    run("baseline", "write", "m")
    engine = Engine(MENDED)
    result = run("baseline", "prune", "m", engine=engine)
    assert (result.code, result.out) == (
        0,
        f"removed   m.Bad   MC101 argument-missing   rate   on config\n{NAME}: 1 entry removed, 0 kept\n",
    )
    assert text().endswith("findings:\n  {}\n")
    assert engine.settings is not None
    assert engine.settings.baseline == NAME


def test_where_nothing_is_stale_the_file_is_not_touched(run: Run) -> None:
    Path(NAME).write_text(f"# by hand\nversion: 1\nfindings:\n{ENTRY}", "utf-8")
    result = run("baseline", "prune", "m", engine=Engine((STARTED, LayerFinished(GOOD, 1, 1), STORY[-1])))
    assert result.out == f"{NAME}: 0 entries removed, 1 kept\n"
    assert text().startswith("# by hand")


def test_shown_class_by_class(run: Run) -> None:
    Path(NAME).write_text(f"version: 1\nfindings:\n  a.B:\n    - {{rule: MC777}}\n{ENTRY}", "utf-8")
    result = run("baseline", "show")
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        f"{NAME}: 2 findings of 2 classes\na.B\n  MC777\nm.Bad\n  MC101 argument-missing   rate   on config\n"
    )


def test_where_there_is_no_baseline(run: Run) -> None:
    for command in (["prune", "m"], ["show"]):
        result = run("baseline", *command)
        assert (result.code, result.out) == (2, "")
        assert f"there is no {NAME} here or in a parent directory (write one with" in result.err
    assert run("baseline", "show", "--baseline", "x.yaml").err.startswith(
        "maskcheck: error: there is no baseline file x.yaml"
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Missing command"),
        (["prume"], "No such command 'prume'"),
        (["write"], "Missing argument 'TARGET...'"),
        (["write", "m", "--shard", "1/2"], "there is no option '--shard'"),
        (["prune", "m", "-v", "-q"], "-v and -q exclude each other"),
        (["write", "m", "--select", "MC1", "--ignore", "MC1"], "no rule is left"),
    ],
)
def test_wrong_usage(run: Run, args: list[str], message: str) -> None:
    result = run("baseline", *args)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
