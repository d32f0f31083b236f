"""The scripts are run by their shells: what they offer is what the command takes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maskcheck.cli.app import COMMANDS
from maskcheck.cli.commands.show.completion import EPILOG
from maskcheck.model.route import ROUTES
from tests.cli.conftest import Run
from tests.paths import ROOT

# Completes the last of the words in $@ and prints what is offered.
BASH = """
set -- {words}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_maskcheck_completion maskcheck
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
# The functions that zsh gives to a completion stand in for the line editor.
ZSH = """
compadd() {{ print -l -- $completions; }}
_describe() {{ print -l -- ${{completions_with_descriptions%%:*}}; }}
words=({words}) CURRENT=${{#words}}
_maskcheck_completion || true
"""
FISH = 'complete --do-complete "{line}"'
# What the user's own files have done before; zsh completes nothing without it.
READY = {"bash": "", "zsh": "compdef() { :; }", "fish": ""}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A search path on which ``maskcheck`` is this one."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "maskcheck"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m maskcheck "$@"\n')
    command.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def offered(shell: str, words: str, path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> set[str]:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    install = next(line.strip() for line in EPILOG.splitlines() if f"completion {shell}" in line)
    ask = {"bash": BASH, "zsh": ZSH, "fish": FISH}[shell]
    script = f"{READY[shell]}\n{install}\n{ask.format(words=words, line=words.replace(chr(39), ''))}"
    monkeypatch.setenv("PATH", path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run([shell, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return {line.partition("\t")[0] for line in done.stdout.splitlines() if line}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("maskcheck ''", set(COMMANDS)),
        ("maskcheck scan --fo", {"--format"}),
        ("maskcheck scan m --format j", {"json", "junit"}),
        ("maskcheck scan m --route ''", {*ROUTES, "all"}),
        ("maskcheck completion ''", {"bash", "zsh", "fish"}),
    ],
)
def test_what_the_shell_offers(
    shell: str,
    words: str,
    expected: set[str],
    path: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A project that is broken is no reason to offer nothing.
    (tmp_path / "pyproject.toml").write_text("[tool.maskcheck]\njob = \n")
    assert offered(shell, words, path, monkeypatch, tmp_path) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_asks_maskcheck(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert (result.code, result.err) == (0, "")
    assert f"_MASKCHECK_COMPLETE={shell}_complete" in result.out


def test_targets_are_left_to_the_shell(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in [("_MASKCHECK_COMPLETE", "bash_complete"), ("COMP_CWORD", "2")]:
        monkeypatch.setenv(name, text)
    monkeypatch.setenv("COMP_WORDS", "maskcheck scan src/la")
    assert run().out == "file,src/la\n"


def test_an_unknown_shell(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in run("completion", "tcsh").err
    monkeypatch.setenv("_MASKCHECK_COMPLETE", "tcsh_complete")
    assert run().code == 2
