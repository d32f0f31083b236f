"""What the README shows is real: its code is scanned, its outputs are printed by the commands it names."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
import yaml

from maskcheck.cli.app import COMMANDS, commands
from maskcheck.cli.options.layered import OVERRIDABLE
from maskcheck.exits import Exit
from maskcheck.model.case import Expectation, LayerSpec, Preparation
from maskcheck.report.reporters import FORMATS
from maskcheck.specfile.read.cases import CASE_KEYS
from maskcheck.specfile.read.leaves import LEAF_KEYS
from maskcheck.specfile.read.load import load_spec
from maskcheck.yamlfile.nodes import TAGS
from tests.paths import ROOT

README = ROOT / "README.md"
TEXT = README.read_text("utf-8")
SCHEMA = json.loads((ROOT / "maskcheck/report/report.schema.json").read_text("utf-8"))
# Of plugins pytest loads maskcheck's alone, whether it is installed or not.
ENVIRONMENT = {
    **os.environ,
    "COLUMNS": "120",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_ADDOPTS": "-p maskcheck.plugin -p no:cacheprovider",
}
WHERE_PACKAGES_ARE = re.compile(r"\S*site-packages/")
COMMAND = re.compile(rf"(?:^\$ |`|run: )maskcheck ((?:{'|'.join(COMMANDS)})\b[^`\n]*)", re.MULTILINE)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def rows(head: str) -> list[str]:
    """The lines of the table whose first line starts with ``head``."""
    table = TEXT.partition(f"\n| {head} |")[2].partition("\n\n")[0]
    assert table, f"no table {head!r}"
    return table.splitlines()[2:]


def run(arguments: list[str], place: Path, tool: str = "maskcheck") -> tuple[int, str]:
    command = [sys.executable, "-m", tool, *arguments]
    done = subprocess.run(
        command, cwd=place, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in (Exit.CONFORM, Exit.FINDINGS), done.stderr
    return done.returncode, done.stdout


def comparable(output: str) -> str:
    """The output without what differs from machine to machine."""
    versions = re.sub(r"TensorFlow \S+ · (\w*)eras \S+ · \S+ ·", r"TensorFlow · \1eras · device ·", output)
    return re.sub(r"\d+\.\d+ ?s\b", "0.0 s", versions)


def write_module(place: Path) -> None:
    """Write the module that the README shows, its spec, and the test of it."""
    (place / "mymodule.py").write_text(blocks("python")[0], "utf-8")
    (place / "test_mymodule.py").write_text(blocks("python")[-1], "utf-8")
    (place / "maskcheck.yaml").write_text(blocks("yaml")[0], "utf-8")


@pytest.mark.tensorflow
@pytest.mark.parametrize("shown", blocks("console"), ids=lambda shown: shown.partition("\n")[0])
def test_output_is_that_of_the_command(tmp_path: Path, shown: str) -> None:
    commands = re.findall(r"^\$ (\S+) (.*)$", shown, re.MULTILINE)
    (_, arguments), *_ = commands
    if "tf_keras" in arguments and find_spec("tf_keras") is None:
        pytest.skip("tf_keras is not installed")
    if "mymodule" in arguments:
        write_module(tmp_path)
    toml = blocks("toml")[0] if arguments.startswith("config") else ""
    (tmp_path / "pyproject.toml").write_text(toml, "utf-8")
    done = [run(words.split(), tmp_path, tool) for tool, words in commands]
    faultless = arguments.startswith(("config", "baseline"))
    assert {code for code, _ in done} == {Exit.CONFORM if faultless else Exit.FINDINGS}
    told = [f"$ {tool} {words}\n{output}" for (tool, words), (_, output) in zip(commands, done, strict=True)]
    real = WHERE_PACKAGES_ARE.sub("", "".join(told))
    if os.environ.get("TEST_UPDATE"):
        README.write_text(README.read_text("utf-8").replace(shown, real), "utf-8")
        shown = real
    assert comparable(shown) == comparable(real), "run with TEST_UPDATE=1 to write it anew"


@pytest.mark.tensorflow
def test_session_gives_what_is_shown(tmp_path: Path) -> None:
    write_module(tmp_path)
    (tmp_path / "session.txt").write_text(blocks("pycon")[0], "utf-8")
    exit_code, output = run(["session.txt"], tmp_path, "doctest")
    assert (exit_code, output) == (Exit.CONFORM, "")


@pytest.mark.tensorflow
def test_spec_for_layers_of_keras_does_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "maskcheck.yaml").write_text(blocks("yaml")[1], "utf-8")
    layers = load_spec(str(tmp_path / "maskcheck.yaml")).layers
    only = [word for layer in layers for word in ("--only", layer.name)]
    exit_code, output = run(["scan", "keras.layers", "--imported", *only], tmp_path)
    assert exit_code == Exit.CONFORM, output
    assert f"\n{len(layers)} layers: {len(layers) - 1} conform, 1 skipped" in output
    assert len(re.findall(r"CategoryEncoding +1 expected", output)) == 1


@pytest.mark.parametrize("words", sorted(set(COMMAND.findall(TEXT))))
def test_command_is_one(words: str) -> None:
    name, *arguments = words.split()
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    command.make_context(name, arguments, obj={})


def test_every_command_is_explained() -> None:
    assert {re.findall(r"`maskcheck (\w+)", row)[0] for row in rows("command")} == set(COMMANDS)


def test_every_option_is_explained() -> None:
    command = commands.get_command(click.Context(commands), "scan")
    assert command is not None
    names = [name for option in command.params for name in (*option.opts, *option.secondary_opts)]
    real = {name for name in names if name.startswith("-")}
    told = set(re.findall(r"`(--?[a-z-]+)", "\n".join(rows("option"))))
    assert told == real


def test_every_report_format_is_explained() -> None:
    assert [re.findall(r"`(\w+)`", row)[0] for row in rows("format")] == list(FORMATS)


def test_every_exit_code_is_explained() -> None:
    assert [int(row.split("|")[1]) for row in rows("code")] == sorted(Exit)


def test_every_key_of_a_spec_is_explained() -> None:
    told = set(re.findall(r"`([a-z]+)`", "\n".join(rows("in an entry"))))
    kinds = (LayerSpec, Expectation, Preparation)
    known = {field.name for kind in kinds for field in fields(kind)} - {"name", "mark", "origin", "repeated"}
    assert told >= known | set(CASE_KEYS)
    leaves = set(re.findall(r"(\w+):", "\n".join(rows("leaf"))))
    assert leaves == set(LEAF_KEYS)
    assert set(re.findall(r"`(!\w+)", "\n".join(rows("tag")))) == set(TAGS)


def test_keys_of_the_json_report_are_those_of_its_schema() -> None:
    told = {word for row in rows("key") for word in re.findall(r"`(\w+)`", row)}
    parts = [SCHEMA, *(SCHEMA["$defs"][name] for name in ("layer", "finding", "check"))]
    known = {name for part in parts for name in part["properties"]}
    required = {name for part in parts for name in part["required"]}
    assert required - {"schema", "layers", "findings", "checks"} <= told <= known


def test_workflow_is_yaml_with_steps() -> None:
    workflow = yaml.safe_load(blocks("yaml")[2])
    assert [step.get("run") or step["uses"] for step in workflow["jobs"]["maskcheck"]["steps"]]


def test_settings_in_the_readme_are_all_that_an_override_may_set() -> None:
    told = TEXT.partition("\n- An override may set ")[2].partition(".")[0]
    assert re.findall(r"`([a-z-]+)`", told) == list(OVERRIDABLE)


def test_action_and_hook_are_asked_for_what_they_have() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    *_, step = yaml.safe_load(blocks("yaml")[3])
    assert set(step["with"]) <= set(action["inputs"])
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = yaml.safe_load(blocks("yaml")[4])["repos"]
    assert [each["id"] for each in repository["hooks"]] == [hook["id"]]


@pytest.mark.parametrize("name", ["README.md", "fixtures/README.md", "maskcheck/ARCHITECTURE.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text("utf-8"))
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def test_files_in_the_architecture_are_there() -> None:
    text = (ROOT / "maskcheck/ARCHITECTURE.md").read_text("utf-8")
    named = re.findall(r"`((?:[a-z_]+/)*(?:[a-z_]+\.[a-z]+|[a-z_]+/))`", text)
    places = (ROOT, ROOT / "maskcheck")
    assert len(named) > 20
    assert [name for name in named if not any((place / name).exists() for place in places)] == []
