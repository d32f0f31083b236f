"""A scan says what it waits for before anything heavy is imported, and takes that away again."""

from __future__ import annotations

import subprocess
import sys

import pytest

from maskcheck.exits import Exit
from tests.cli.conftest import Run
from tests.report.streams import Terminal

# What was loaded when the first words were written.
SCRIPT = """
import os, sys
from maskcheck.report.terminal.waiting import WaitingLine
def look(self, text):
    heavy = ("tensorflow", "numpy", "yaml", "rich", "maskcheck.engine.run")
    print([name for name in heavy if name in sys.modules])
    sys.stdout.flush()
    os._exit(0)
WaitingLine._write = look
sys.stderr.isatty = lambda: True
os.environ["TERM"] = "xterm"
from maskcheck.__main__ import main
main(["scan", "mymodule"])
"""


def test_the_first_words_need_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize(("command", "shown"), [("scan", True), ("merge", False)])
def test_only_a_scan_has_something_to_wait_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, shown: bool
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    run(command, "m")
    assert ("importing TensorFlow" in terminal.getvalue()) is shown


def test_the_first_words_are_gone_before_an_error_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", None)
    assert run("scan", "m").code == Exit.USAGE
    assert "\r\x1b[Kmaskcheck: error: standard output is closed" in terminal.getvalue()
