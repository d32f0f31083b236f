"""What GitHub reads: the workflow, the forms of issues, the template of a pull request."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from maskcheck.cli.app import COMMANDS
from tests.paths import ROOT

GITHUB = ROOT / ".github"
WORKFLOW: dict[Any, Any] = yaml.safe_load((GITHUB / "workflows/check.yml").read_text("utf-8"))
JOB = WORKFLOW["jobs"]["check"]
MATRIX = JOB["strategy"]["matrix"]
ENTRIES = [
    *(
        {"os": system, "python": python, "versions": versions}
        for system in MATRIX["os"]
        for python in MATRIX["python"]
        for versions in MATRIX["versions"]
    ),
    *MATRIX["include"],
]
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: " ".join(entry.values()))
def test_entry_of_the_matrix_names_what_there_is(entry: dict[str, str]) -> None:
    assert set(entry) == {"os", "python", "versions"}
    assert entry["os"] in {"ubuntu-latest", "macos-latest"}
    assert f'"Programming Language :: Python :: {entry["python"]}"' in PYPROJECT
    file = JOB["env"]["CONSTRAINTS"].replace("${{ matrix.versions }}", entry["versions"])
    assert (ROOT / file).is_file()


def test_every_python_is_tried_on_every_system() -> None:
    supported = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', PYPROJECT)
    assert MATRIX["python"] == supported
    assert MATRIX["os"] == ["ubuntu-latest", "macos-latest"]


def test_ci_runs_what_a_contributor_runs() -> None:
    steps = JOB["steps"]
    assert [step.get("run") or step["uses"].partition("@")[0] for step in steps] == [
        "actions/checkout",
        "actions/setup-python",
        ".ci/run",
    ]
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert set(re.findall(r"\$\{\{ (?:matrix\.)(\w+)", yaml.safe_dump(JOB))) == set(ENTRIES[0])


def test_make_takes_the_versions_from_the_variable() -> None:
    assert re.search(r"^CONSTRAINTS \?= tests/constraints\.txt$", MAKEFILE, re.MULTILINE)
    assert MAKEFILE.count("$(CONSTRAINTS)") == 2


def test_the_oldest_are_the_oldest_that_are_supported() -> None:
    text = (ROOT / "tests/constraints-oldest.txt").read_text("utf-8")
    pins = dict(line.split("==") for line in text.splitlines() if not line.startswith("#"))
    assert list(pins) == sorted(pins)
    asked = dict(re.findall(r'"(tensorflow|keras|tf-keras)>=([\d.]+)"', PYPROJECT))
    assert set(asked) == {"tensorflow", "keras", "tf-keras"}
    for name, oldest in asked.items():
        assert Version(pins[name]) in SpecifierSet(f"~={oldest}.0"), name


def test_the_newest_are_free() -> None:
    text = (ROOT / "tests/constraints-newest.txt").read_text("utf-8")
    assert all(line.startswith("#") for line in text.splitlines())


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_form_asks_by_fields_of_their_own(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert set(form) == {"name", "description", "labels", "body"}
    names = [field["id"] for field in form["body"]]
    assert len(set(names)) == len(names)
    assert {field["type"] for field in form["body"]} == {"textarea"}
    assert all(field["attributes"]["label"] for field in form["body"])
    named = re.findall(r"`maskcheck (\w+)", path.read_text("utf-8"))
    assert named
    assert set(named) <= set(COMMANDS)


def test_reports_of_faults_come_with_the_set_up() -> None:
    for name in ("bug", "false-alarm"):
        form = yaml.safe_load((GITHUB / f"ISSUE_TEMPLATE/{name}.yml").read_text("utf-8"))
        (doctor,) = (field for field in form["body"] if field["id"] == "doctor")
        assert doctor["validations"] == {"required": True}


def test_files_in_the_template_are_there() -> None:
    text = (GITHUB / "pull_request_template.md").read_text("utf-8")
    paths = re.findall(r"`([\w.-]+/[\w./-]*)`", text)
    assert paths
    assert all((ROOT / path).exists() for path in paths)
