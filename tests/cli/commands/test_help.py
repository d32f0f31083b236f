from __future__ import annotations

import subprocess
import sys

import pytest

from maskcheck import __version__
from maskcheck.cli.app import COMMANDS, commands
from tests.cli.conftest import Run

HEAVY = (
    "tensorflow",
    "keras",
    "numpy",
    "rich",
    "yaml",
    "maskcheck.rules.registry",
    "maskcheck.source.modules.discovery",
)
COSTLY_FOR_HELP = ("dataclasses", "maskcheck.settings", "maskcheck.errors", "maskcheck.cli.commands.scan")


def test_version(run: Run) -> None:
    result = run("--version")
    assert (result.code, result.out, result.err) == (0, f"maskcheck {__version__}\n", "")


def test_help_names_every_command(run: Run) -> None:
    result = run("--help")
    assert result.code == 0
    assert all(f"\n  {name} " in result.out for name in COMMANDS)


def test_nothing_given_prints_help_on_stderr(run: Run) -> None:
    result = run()
    assert result.code == 2
    assert result.out == ""
    assert result.err == run("-h").out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_command_starts_as_the_table_says(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.code == 0
    assert result.err == ""
    assert f"\n\n  {COMMANDS[name]}\n" in result.out
    assert result.out.startswith(f"Usage: maskcheck {name} ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_tells_its_default(name: str) -> None:
    context = commands.make_context("maskcheck", [name])
    command = commands.get_command(context, name)
    assert command is not None
    for option in command.params:
        shown = option.get_help_record(context)
        flag = getattr(option, "is_flag", False)
        assert option.param_type_name == "argument" or flag or "[default: " in str(shown), option.name


@pytest.mark.parametrize(
    "args", [["--help"], ["scan", "--help"], ["--version"], ["scan", "--nosuch"], ["nosuch"]]
)
def test_help_and_usage_errors_load_nothing_heavy(args: list[str]) -> None:
    script = (
        "import sys; from maskcheck.__main__ import main; main(sys.argv[2:]);"
        "print([name for name in sys.argv[1].split() if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, " ".join(HEAVY), *args], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_of_the_group_loads_next_to_nothing() -> None:
    script = (
        "import sys; from maskcheck.__main__ import main; main(['--help']);"
        f"print([name for name in {COSTLY_FOR_HELP!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
