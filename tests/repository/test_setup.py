"""The shape of the repository: few and small files in a folder, a small top level, and pinned versions."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections import Counter
from importlib.metadata import requires
from os import environ

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.paths import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TOP = {"pyproject.toml", "README.md", "LICENSE", "Makefile", "action.yml", "maskcheck", "fixtures", "tests"}
CONSTRAINTS = (ROOT / "tests/constraints.txt").read_text("utf-8")
# Texts that are published by others, word for word.
OTHERS = {"LICENSE", "tests/report/formats/sarif-2.1.0.schema.json"}
PINS = [line for line in CONSTRAINTS.splitlines() if not line.startswith("#")]
# A schema names its language by an address, and a document its schema.
MACHINE = re.compile(r"https?://(?!json-schema\.org/|json\.schemastore\.org/)|/(?:root|work|Users|opt)/")


@pytest.fixture(scope="module")
def files() -> list[str]:
    """What git keeps of the repository."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is no clone")
    return [name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def test_top_level_is_small(files: list[str]) -> None:
    top = {name.partition("/")[0] for name in files}
    assert {name for name in top if not name.startswith(".")} <= TOP


def test_files_are_small(files: list[str]) -> None:
    python = [name for name in files if name.endswith(".py")]
    lines = {name: len((ROOT / name).read_bytes().splitlines()) for name in python}
    assert statistics.median(lines.values()) < 100
    assert {name: count for name, count in lines.items() if count > 300} == {}


def test_folders_are_small(files: list[str]) -> None:
    modules = Counter(name.rpartition("/")[0] for name in files if name.endswith(".py"))
    assert {folder: count for folder, count in modules.items() if count > 16} == {}


def test_helpers_of_tests_say_what_they_are_for(files: list[str]) -> None:
    helpers = [name for name in files if re.fullmatch(r"tests/(.*/)?(?!test_)\w+\.py", name)]
    texts = {name: (ROOT / name).read_text("utf-8") for name in helpers}
    assert [name for name, text in texts.items() if text and not ast.get_docstring(ast.parse(text))] == []


def test_no_machine_is_named(files: list[str]) -> None:
    texts = {name: (ROOT / name).read_text("utf-8", "replace") for name in files if name not in OTHERS}
    named = {name: found for name, text in texts.items() if (found := MACHINE.findall(text))}
    assert named == {}


def test_constraints_are_versions_and_nothing_else() -> None:
    pin = re.compile(r'[a-z0-9-]+==[0-9][0-9a-z.]*(; python_version (<|>=) "3\.[0-9]+")?')
    assert [line for line in PINS if not pin.fullmatch(line)] == []
    names = [line.partition("==")[0] for line in PINS]
    assert names == sorted(names)


@pytest.mark.skipif(
    environ.get("CONSTRAINTS", "tests/constraints.txt") != "tests/constraints.txt",
    reason="other versions are installed",
)
def test_every_dependency_is_pinned() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, build = pyproject["project"], pyproject["build-system"]
    named = [*build["requires"], *project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert needed(named) - {Requirement(line).name for line in PINS} == {project["name"]}


def needed(lines: list[str]) -> set[str]:
    """The distributions that requirements ask for here, directly or not."""
    found: set[str] = set()
    pending = [Requirement(line) for line in lines]
    while pending:
        asked = pending.pop()
        name = canonicalize_name(asked.name)
        if name not in found and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
            found.add(name)
            pending += [Requirement(line) for line in requires(name) or ()]
    return found
