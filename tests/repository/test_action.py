"""The action for GitHub: its steps are run as shell, with what GitHub would put into their environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.paths import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INSTALL, SCAN, FIX, UPLOAD = ACTION["runs"]["steps"]
# As GitHub runs `shell: bash`.
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
# Tells what it is called with, each argument between bars.
TELLS = '#!/bin/sh\nprintf "|%s" "$@"\n'
MODULE = """
import keras


class Scale(keras.layers.Layer):
    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return super().get_config()
"""


def run(
    step: dict[str, Any], place: Path, path: str, inputs: dict[str, str], **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a step in ``place`` with ``inputs``, and with the commands on ``path`` before others."""
    defaults = {name: given["default"] for name, given in ACTION["inputs"].items()}
    known = {f"inputs.{name}": text for name, text in {**defaults, **inputs}.items()}
    known["github.action_path"] = str(ROOT)
    own = {name: known[text.strip("${} ")] for name, text in step["env"].items()}
    return subprocess.run(
        [*SHELL, step["run"]],
        cwd=place,
        env={**os.environ, **own, **environment, "PATH": f"{path}:{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def teller(tmp_path: Path) -> str:
    """A folder whose ``python`` tells what it is called with."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "python").write_text(TELLS)
    (folder / "python").chmod(0o755)
    return str(folder)


def test_inputs_reach_the_shell_as_variables_only() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for step in (INSTALL, SCAN):
        assert set(step) == {"name", "shell", "env", "run"}
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
    used = set(re.findall(r"inputs\.(\w+)", str(SCAN["env"])))
    assert used == set(ACTION["inputs"]) - {"fix"}
    assert "${{" not in FIX["run"]
    assert all(given["description"] for given in ACTION["inputs"].values())


def test_the_version_that_the_workflow_names_is_installed(tmp_path: Path, teller: str) -> None:
    assert run(INSTALL, tmp_path, teller, {}).stdout == f"|-m|pip|install|{ROOT}"


@pytest.mark.parametrize(
    ("inputs", "arguments"),
    [
        ({}, "--"),
        ({"targets": "a b:C\nsrc/d.py\n"}, "--|a|b:C|src/d.py"),
        ({"targets": "a", "spec": "my spec.yaml"}, "--spec|my spec.yaml|--|a"),
        ({"args": "--only *Mask*  -v"}, "--only|*Mask*|-v|--"),
        ({"targets": "$(touch x) `touch x`"}, "--|$(touch|x)|`touch|x`"),
        ({"args": "'; touch x; #", "spec": '"; touch x'}, "';|touch|x;|#|--spec|\"; touch x|--"),
        ({"targets": "-v"}, "--|-v"),
    ],
)
def test_what_the_inputs_say_is_asked_for(
    tmp_path: Path, teller: str, inputs: dict[str, str], arguments: str
) -> None:
    (tmp_path / "aMaskb").touch()
    done = run(SCAN, tmp_path, teller, inputs)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"|-m|maskcheck|scan|--format|github|{arguments}"
    assert {entry.name for entry in tmp_path.iterdir()} == {"bin", "aMaskb"}


@pytest.mark.parametrize(
    ("inputs", "arguments"),
    [
        ({"targets": "a b:C"}, "--|a|b:C"),
        ({"targets": "a", "spec": "my spec.yaml", "args": "-v"}, "--spec|my spec.yaml|--|a"),
    ],
)
def test_patch_is_made_and_uploaded_where_it_is_asked_for(
    tmp_path: Path, teller: str, inputs: dict[str, str], arguments: str
) -> None:
    done = run(FIX, tmp_path, teller, inputs)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"|-m|maskcheck|fix|--output|maskcheck-fix.patch|{arguments}"
    assert FIX["if"] == UPLOAD["if"] == "${{ !cancelled() && inputs.fix == 'true' }}"
    assert UPLOAD["with"]["path"] == "maskcheck-fix.patch"


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_step_fails_where_no_patch_is_made(tmp_path: Path, teller: str, code: int, expected: int) -> None:
    Path(teller, "python").write_text(f"#!/bin/sh\nexit {code}\n")
    assert run(FIX, tmp_path, teller, {}).returncode == expected


@pytest.mark.tensorflow
def test_a_scan_annotates_and_writes_the_summary(tmp_path: Path) -> None:
    (tmp_path / "layers.py").write_text(MODULE)
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    done = run(
        SCAN,
        tmp_path,
        str(Path(sys.executable).parent),
        {"targets": "layers.py", "args": "--route config"},
        GITHUB_ACTIONS="true",
        GITHUB_STEP_SUMMARY=str(summary),
        PYTHONPATH=str(ROOT),
    )
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error file=layers.py,line=\d+.*MC101", done.stdout, re.MULTILINE)
    told = summary.read_text()
    assert told.startswith("before\n")
    assert "MC101" in told
