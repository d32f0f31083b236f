"""Which report goes where, and that each tells how the scan ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.exits import Exit
from maskcheck.report.reporters import FORMATS, LIVE
from tests.cli.conftest import Run
from tests.cli.fakes import STORY, Engine


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the page of a workflow's run, in a step of which the test stands."""
    path = tmp_path / "page.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_step_of_a_workflow_gets_text_annotations_and_a_page(run: Run, page: Path) -> None:
    plain = run("scan", "m", "--format", "text").out
    assert not page.exists()
    result = run("scan", "m")
    assert (result.code, result.err) == (Exit.FINDINGS, "")
    assert plain in result.out
    assert result.out.splitlines()[-1].startswith("::error file=m.py,line=9,title=Bad%3A 1 error::MC101 ")
    assert "| ✗ | `Bad` | **MC101 argument-missing** rate is lost |" in page.read_text("utf-8")


def test_format_asked_for_is_kept_in_a_workflow(run: Run, page: Path) -> None:
    assert run("scan", "m", "--format", "json").out.startswith("{")
    assert not page.exists()


def test_page_is_written_once_whatever_else_is_asked_for(run: Run, page: Path, tmp_path: Path) -> None:
    run("scan", "m", "--format", "json", "--report", f"github={tmp_path / 'log'}")
    first = page.read_text("utf-8")
    assert first.count("### ") == 1
    assert "::error file=m.py" in (tmp_path / "log").read_text("utf-8")
    run("scan", "m", "--report", f"github={tmp_path / 'log'}")
    assert page.read_text("utf-8") == first * 2


def test_page_that_cannot_be_written_is_an_error_before_the_scan(run: Run, page: Path) -> None:
    page.mkdir()
    engine = Engine()
    result = run("scan", "m", engine=engine)
    assert (result.code, result.out, engine.settings) == (Exit.USAGE, "", None)
    message = f"cannot write '{page}', the file that GITHUB_STEP_SUMMARY names: it is a directory"
    assert result.err == f"maskcheck: error: {message}\n"


def test_variable_that_is_empty_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "")
    assert "::" not in run("scan", "m").out
    assert "::error" in run("scan", "m", "--format", "github").out


@pytest.mark.parametrize("name", FORMATS)
def test_exit_code_and_streams_of_every_format(run: Run, tmp_path: Path, name: str) -> None:
    result = run("scan", "m", "--format", name)
    assert result.code == Exit.FINDINGS
    assert bool(result.err) is (name not in LIVE)
    path = tmp_path / "report"
    assert run("scan", "m", "--report", f"{name}={path}", "-q").code == Exit.FINDINGS
    assert "MC101" in result.out
    assert "MC101" in path.read_text("utf-8")


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "json"])
def test_interrupted_scan_is_told_in_every_format(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "report"
    engine = Engine([*STORY[:2], KeyboardInterrupt()])
    assert run("scan", "m", "--report", f"{name}={path}", engine=engine).code == Exit.INTERRUPTED
    assert "interrupted after 1 of 2 layers" in path.read_text("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_report_of_a_scan_whose_engine_breaks(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "report"
    engine = Engine([*STORY[:3], RuntimeError("oh")])
    assert run("scan", "m", "--report", f"{name}={path}", engine=engine).code == Exit.INTERNAL
    assert "MC101" in path.read_text("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_path_that_cannot_be_written_is_an_error_before_the_scan(run: Run, tmp_path: Path, name: str) -> None:
    engine = Engine()
    result = run("scan", "m", "--report", f"{name}={tmp_path}/no/report", engine=engine)
    assert (result.code, result.out, engine.settings) == (Exit.USAGE, "", None)
    assert f"cannot write '{tmp_path}/no/report': there is no directory '{tmp_path}/no'" in result.err
