"""What goes to standard output, what to standard error, what to files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from maskcheck.model.report import ScanFinished
from tests.cli.conftest import Run
from tests.cli.fakes import BAD, STARTED, STORY, Engine


def test_text_goes_to_stdout_alone(run: Run) -> None:
    result = run("scan", "m")
    assert result.err == ""
    assert result.out.startswith(
        "maskcheck 0.1.0 · TensorFlow 2.21.0 · Keras 3.15.1 · CPU:0 · seed 0 · no spec\n"
    )
    assert result.out.endswith(" · 1 check: 1 failed · arguments 1/1 proven · 1.5 s\n")


def test_json_has_stdout_to_itself(run: Run) -> None:
    result = run("scan", "m", "--format", "json")
    assert json.loads(result.out)["exit_code"] == 1
    assert "Good" in result.err
    assert "rate is lost" not in result.err


def test_json_with_details_for_people(run: Run) -> None:
    result = run("scan", "m", "--format", "json", "-v")
    assert json.loads(result.out)["summary"]["layers"] == 2
    assert "rate is lost" in result.err
    assert "user code says hello" in result.err


def test_json_and_quiet(run: Run) -> None:
    result = run("scan", "m", "--format", "json", "-q")
    assert json.loads(result.out)["layers"][0]["id"] == "m.Good"
    assert result.err == ""


def test_reports_beside_stdout(run: Run, tmp_path: Path) -> None:
    text, data = tmp_path / "r.txt", tmp_path / "r.json"
    result = run("scan", "m", "--report", f"json={data}", "--report", f"text={text}", "--color", "always")
    assert json.loads(data.read_text())["exit_code"] == 1
    assert "\x1b[" in result.out
    assert "\x1b[" not in text.read_text()
    assert text.read_text() == run("scan", "m").out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "r.txt"]


def test_reports_of_an_interrupted_scan(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    run("scan", "m", "--report", f"json={path}", engine=Engine([*STORY[:2], KeyboardInterrupt()]))
    document = json.loads(path.read_text())
    assert (document["exit_code"], len(document["layers"])) == (130, 1)


def test_report_that_cannot_be_written_at_the_end(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    class Removes(Engine):
        def scan(self, settings):  # type: ignore[no-untyped-def]
            folder.rmdir()
            yield from super().scan(settings)

    other = tmp_path / "r.txt"
    result = run(
        "scan", "m", "--report", f"json={folder}/r.json", "--report", f"text={other}", engine=Removes()
    )
    assert result.code == 2
    assert result.out == other.read_text() == run("scan", "m").out
    assert result.err.startswith(f"maskcheck: error: cannot write the report to '{folder}/r.json': ")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
def test_report_on_a_full_disk(run: Run) -> None:
    result = run("scan", "m", "--report", "json=/dev/full")
    assert result.code == 2
    assert result.out == run("scan", "m").out
    message = "maskcheck: error: cannot write the report to '/dev/full': No space left on device\n"
    assert result.err == message


def test_old_report_survives_a_scan_that_never_starts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("old")
    assert run("scan", "m", "--report", f"json={path}", engine=Engine([RuntimeError("oh")])).code == 3
    assert path.read_text() == "old"


def test_escapes_in_user_text_never_reach_the_terminal(run: Run) -> None:
    from dataclasses import replace

    from maskcheck.model.report import LayerFinished

    nasty = replace(BAD, name="\x1b[2J[red]", output="\x1b]0;title\x07\r\nplain")
    result = run("scan", "m", engine=Engine([STARTED, LayerFinished(nasty, 1, 1), ScanFinished(1.0, 1)]))
    assert "\x1b" not in result.out
    assert "\\x1b[2J[red]" in result.out
    assert "\\x1b]0;title\\x07" in result.out
