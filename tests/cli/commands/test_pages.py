"""``maskcheck help``: it finds pages by every name that they have."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rich.text import Text

from maskcheck.docs import list_pages, page_files, read_page
from tests.cli.conftest import Run
from tests.report.streams import Terminal

HEAVY = ("tensorflow", "keras", "numpy", "rich", "yaml", "maskcheck.rules.registry")


def test_the_list_has_a_line_for_each_page(run: Run) -> None:
    result = run("help")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert [line.split()[0] for line in lines[: len(list_pages())]] == list(list_pages())


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("spec", "spec"),
        ("Spec", "spec"),
        ("rules", "rules"),
        ("MC101", "MC101"),
        ("mc101", "MC101"),
        ("argument-missing", "MC101"),
    ],
)
def test_a_page_is_printed_as_it_is_where_no_one_looks(run: Run, word: str, page: str) -> None:
    result = run("help", word)
    assert (result.code, result.out, result.err) == (0, read_page(page_files()[page]), "")


def test_on_a_terminal_it_is_laid_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert run("help", "first-scan").code == 0
    lines = Text.from_ansi(terminal.getvalue()).plain.splitlines()
    assert max(map(len, lines)) <= 60
    assert not any(line.startswith(("#", "```", "| ")) for line in lines)


def test_a_command_gets_its_own_help(run: Run) -> None:
    assert run("help", "scan").out == run("scan", "--help").out


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("sepc", "did you mean 'spec'?"),
        ("MC1O1", "did you mean 'MC101'?"),
        ("xyz", "'maskcheck help' lists them"),
    ],
)
def test_an_unknown_page(run: Run, word: str, hint: str) -> None:
    result = run("help", word)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"maskcheck: error: there is no page {word!r} ({hint})\n"


@pytest.mark.parametrize("arguments", [[], ["spec"], ["MC101"], ["argument-missing"]])
def test_it_loads_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys; from maskcheck.__main__ import main; main(['help', *sys.argv[2:]]);"
        "print([name for name in sys.argv[1].split() if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, " ".join(HEAVY), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_pages_are_completed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"_MASKCHECK_COMPLETE": "bash_complete", "COMP_CWORD": "2", "COMP_WORDS": "maskcheck help mc10"}
    for name, text in words.items():
        monkeypatch.setenv(name, text)
    assert {line.partition(",")[2] for line in run().out.splitlines()} >= {"MC101", "MC102"}
