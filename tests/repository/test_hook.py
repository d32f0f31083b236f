"""The hook for pre-commit, by its own rules."""

from __future__ import annotations

import click
from pre_commit.clientlib import load_manifest

from maskcheck.cli.app import commands
from tests.paths import ROOT


def test_pre_commit_takes_the_hook() -> None:
    (hook,) = load_manifest(ROOT / ".pre-commit-hooks.yaml")
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("maskcheck", "python", False)
    program, name, *arguments = hook["entry"].split()
    assert program == "maskcheck"
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    command.make_context(name, [*arguments, "mypackage"], obj={}).close()
