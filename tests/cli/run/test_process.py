"""The command as a process: what only the real streams of one can show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

FAKES = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.cli import fakes; "
MAIN = "from maskcheck.__main__ import main; sys.exit(main(sys.argv[1:]))"


def command(*args: str, story: str = "fakes.STORY") -> list[str]:
    return [sys.executable, "-c", f"{FAKES}fakes.install(fakes.Engine({story})); {MAIN}", *args]


def shell(
    line: str, *args: str, story: str = "fakes.STORY", **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as "$@" in a line of shell."""
    return subprocess.run(
        ["bash", "-c", line, "bash", *command(*args, story=story)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )


def test_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maskcheck", "scan"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("maskcheck: error: Missing argument 'TARGET...'")
    assert "Try 'maskcheck scan --help'" in done.stderr


@pytest.mark.parametrize("args", [["scan", "m"], ["scan", "m", "--format", "json", "-q"]])
def test_reader_that_leaves_changes_no_exit_code(args: list[str]) -> None:
    done = shell('"$@" | true; echo ${PIPESTATUS[0]}', *args)
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize("args", [["rules"], ["explain", "MC101"], ["--help"], ["scan", "--help"]])
def test_reader_that_leaves_early(args: list[str]) -> None:
    done = shell('"$@" | true; echo ${PIPESTATUS[0]}', *args)
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
@pytest.mark.parametrize("args", [["rules"], ["explain", "MC101"], ["--help"]])
def test_full_disk(args: list[str]) -> None:
    done = shell('"$@" > /dev/full', *args)
    assert (done.returncode, done.stderr) == (2, "maskcheck: error: No space left on device\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
def test_full_disk_leaves_the_files(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    done = shell('"$@" > /dev/full', "scan", "m", "--report", f"text={report}")
    message = "maskcheck: error: cannot write the report to standard output: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, message)
    assert "MC101 argument-missing" in report.read_text()


def test_closed_stdout() -> None:
    done = shell('"$@" >&-', "scan", "m")
    assert done.returncode == 2
    assert done.stderr.startswith("maskcheck: error: standard output is closed")


def test_closed_stderr() -> None:
    done = shell('"$@" 2>&-', "scan", "m", "--format", "json")
    assert done.returncode == 1
    assert done.stdout.startswith('{\n  "schema": "maskcheck-report/1"')


def test_encoding_without_the_marks() -> None:
    done = shell('"$@"', "scan", "m", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.isascii()
    assert "  x Bad" in done.stdout
    assert done.stdout.startswith("maskcheck 0.1.0 | TensorFlow 2.21.0 | ")


def test_colors_by_environment() -> None:
    assert "\x1b[31m" in shell('"$@"', "scan", "m", FORCE_COLOR="1").stdout
    assert "\x1b" not in shell('"$@"', "scan", "m", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[31m" in shell('"$@"', "scan", "m", "--color", "always", NO_COLOR="1").stdout
    assert "\x1b" not in shell('"$@"', "scan", "m").stdout
