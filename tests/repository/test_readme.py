"""The README is a way in: short, and it leads on. What it shows is tested with the pages, in tests/docs."""

from __future__ import annotations

import re

from maskcheck.cli.app import COMMANDS
from tests.paths import ROOT

TEXT = (ROOT / "README.md").read_text("utf-8")


def test_it_is_short() -> None:
    assert len(TEXT.splitlines()) <= 150


def test_the_five_commands_that_people_use_are_commands() -> None:
    names = re.findall(r"^\| `maskcheck (\w+)", TEXT, re.MULTILINE)
    assert len(names) == 5
    assert set(names) <= set(COMMANDS)


def test_the_problem_fails_for_real_and_is_shown_first() -> None:
    problem = TEXT.partition("\n## The problem\n")[2].partition("\n## ")[0]
    assert "$ maskcheck scan mymodule" in problem
    assert re.search(r"^  MC101 argument-missing ", problem, re.MULTILINE)
