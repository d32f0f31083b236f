"""Every example of the pages is run or held against what reads it; here without TensorFlow."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import click
import pytest
import yaml
from pre_commit.clientlib import load_config, load_manifest

from maskcheck.cli.app import COMMANDS, commands
from maskcheck.specfile.read.load import load_spec
from tests.docs.pages import PAGES, Block, blocks, blocks_of, prose
from tests.paths import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# What examples may be written in, with what a fence in it must name; the others hold no file.
LANGUAGES = {
    "console": "",
    "mermaid": "",
    "pycon": "",
    "python": r"\w+\.py",
    "sh": "",
    "text": "",
    "toml": r"pyproject\.toml",
    "yaml": r"maskcheck\.yaml|\.pre-commit-config\.yaml|\.github/workflows/[\w-]+\.yml",
}
# What an example of the shell may call beside maskcheck.
PROGRAMS = ("cat", "git", "make", "pip", "pytest")
_IN_TEXT = re.compile(rf"`(maskcheck (?:{'|'.join(COMMANDS)})\b[^`]*)`")
# Words that stand for the reader's own.
_PLACEHOLDERS = ("COMMAND", "PAGE", "CODE")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
(HOOK,) = load_manifest(ROOT / ".pre-commit-hooks.yaml")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def named(pattern: str) -> list[Block]:
    """The examples whose fence names a file like this."""
    return [block for block in blocks() if re.fullmatch(pattern, block.file)]


def shell_lines() -> list[str]:
    """Every command in an example of the shell, without its comment."""
    shown = [line for block in blocks_of("console") for line in re.findall(r"^\$ (.*)$", block.text, re.M)]
    told = [line for block in blocks_of("sh") for line in block.text.splitlines()]
    return [line for line in (*shown, *told) if line]


def maskcheck_commands() -> list[str]:
    """Every command of maskcheck that a page shows, in an example or in a sentence."""
    in_text = [" ".join(words.split()) for page in PAGES for words in _IN_TEXT.findall(prose(page))]
    steps = [step.get("run", "") for block in named(r"\.github/.*") for step in steps_of(block)]
    lines = [line for line in (*shell_lines(), *steps) if line.startswith("maskcheck ")]
    return sorted({line for line in (*in_text, *lines) if not any(word in line for word in _PLACEHOLDERS)})


def steps_of(block: Block) -> list[dict[str, str]]:
    jobs = yaml.safe_load(block.text)["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize("block", list(blocks()), ids=lambda block: block.id)
def test_example_is_of_a_kind_that_is_checked(block: Block) -> None:
    assert re.fullmatch(LANGUAGES[block.language], block.file)


@pytest.mark.parametrize("command", maskcheck_commands())
def test_command_is_one(command: str) -> None:
    _, name, *arguments = shlex.split(command.partition(" > ")[0], comments=True)
    found = commands.get_command(click.Context(commands), name)
    assert found is not None
    # A sentence names a command without what it takes; a group has commands of its own.
    while isinstance(found, click.Group) and arguments:
        found = found.commands[arguments.pop(0)]
    if arguments and "--help" not in arguments:
        found.make_context(name, arguments, obj={}).close()


@pytest.mark.parametrize("line", shell_lines())
def test_line_calls_what_there_is(line: str) -> None:
    program, *arguments = shlex.split(line, comments=True)
    assert program in ("maskcheck", *PROGRAMS)
    if program == "make":
        assert {word for word in arguments if "=" not in word} <= TARGETS
        files = [word.partition("=")[2] for word in arguments if word.startswith("CONSTRAINTS=")]
        assert all((ROOT / file).is_file() for file in files)


@pytest.mark.parametrize("block", named(r"maskcheck\.yaml"), ids=lambda block: block.id)
def test_spec_loads(block: Block, tmp_path: Path) -> None:
    (tmp_path / "maskcheck.yaml").write_text(block.text, "utf-8")
    assert load_spec(str(tmp_path / "maskcheck.yaml")).layers


@pytest.mark.parametrize("block", named(r"pyproject\.toml"), ids=lambda block: block.id)
def test_settings_are_taken(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text(block.text, "utf-8")
    monkeypatch.chdir(tmp_path)
    scan = commands.get_command(click.Context(commands), "scan")
    assert scan is not None
    with scan.make_context("scan", [], obj={}) as context:
        assert list(context.params["targets"]) == tomllib.loads(block.text)["tool"]["maskcheck"]["targets"]


@pytest.mark.parametrize("block", blocks_of("python"), ids=lambda block: block.id)
def test_module_compiles(block: Block) -> None:
    compile(block.text, block.file, "exec")


@pytest.mark.parametrize("block", named(r"\.github/.*"), ids=lambda block: block.id)
def test_workflow_has_steps_that_can_be_run(block: Block) -> None:
    assert set(yaml.safe_load(block.text)) == {"name", True, "jobs"}  # YAML 1.1 reads "on" as true
    for step in steps_of(block):
        assert ("run" in step) != ("uses" in step)
        if step.get("uses", "").startswith("OWNER/maskcheck@"):
            assert set(step["with"]) <= set(ACTION["inputs"])


def test_pre_commit_takes_the_configuration(tmp_path: Path) -> None:
    (block,) = named(r"\.pre-commit-config\.yaml")
    (tmp_path / ".pre-commit-config.yaml").write_text(block.text, "utf-8")
    (repository,) = load_config(tmp_path / ".pre-commit-config.yaml")["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == [HOOK["id"]]
