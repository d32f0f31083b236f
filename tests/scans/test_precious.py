"""Nothing of the user's is touched: a scan leaves the directory that it runs in as it was."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.paths import ROOT

PROJECT = ROOT / "tests/scans/projects/outside"
# What values that are made up are called, and what the layers touch by fixed paths.
FILES = ("a", "b", "2", "8", "word0", "inferred", "precious.txt", "data/one.txt", "data/deep/two.txt", "a_2")
GIVEN = """\
version: 1
layers:
  Opens: {{init: {{target: {out}/opened}}, input: {{shape: [2, 3]}}}}
  SavesArray: {{init: {{target: {out}/array.npy}}, input: {{shape: [2, 3]}}}}
  InBuild: {{init: {{target: {out}/built}}, input: {{shape: [2, 3]}}}}
  WithFolder: {{init: {{out_dir: {out}/folder}}, input: {{shape: [2, 3]}}}}
  Optional: {{init: {{units: 3}}, input: {{shape: [2, 3]}}}}
"""
UNTOUCHED = ("Innocent", "Optional")
pytestmark = pytest.mark.tensorflow


def read_tree(folder: Path) -> Mapping[str, tuple[int, bytes | str]]:
    """Return mode and content of everything below a folder but for what maskcheck keeps there."""
    found: dict[str, tuple[int, bytes | str]] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(".maskcheck_cache"):
            content = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else ""
            found[name] = (stat.S_IMODE(path.lstat().st_mode), content)
    return found


def scan(project: Path) -> Mapping[str, Any]:
    """Return the layers of the report on a project, by their names."""
    command = [sys.executable, "-m", "maskcheck", "scan", "layers.py", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stderr
    return {layer["id"].partition(".")[2]: layer for layer in json.loads(done.stdout)["layers"]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    found = tmp_path / "project"
    shutil.copytree(PROJECT, found, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        (found / name).parent.mkdir(parents=True, exist_ok=True)
        (found / name).write_text(f"precious: {name}", encoding="utf-8")
    (found / "data/one.txt").chmod(0o640)
    return found


def test_without_a_spec_nothing_is_touched(project: Path) -> None:
    before = read_tree(project)
    layers = scan(project)
    assert read_tree(project) == before
    assert {name for name in UNTOUCHED if layers[name]["verdict"] == "conform"} == {*UNTOUCHED}
    assert {one["rule"] for layer in layers.values() for one in layer["findings"]} <= {"MC002", "MC603"}


def test_a_spec_touches_what_it_names_and_nothing_else(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (project / "maskcheck.yaml").write_text(GIVEN.format(out=out), encoding="utf-8")
    before = read_tree(project)
    layers = scan(project)
    assert read_tree(project) == before
    assert layers["Opens"]["touched"] == [f"wrote {out}/opened"]
    assert f"wrote {out}/array.npy" in layers["SavesArray"]["touched"]
    assert f"removed {out}/folder" in layers["WithFolder"]["touched"]
    assert "touched" not in layers["Optional"]
    reasons = {each["name"]: each["reason"] for each in layers["Optional"]["arguments"]["unproven"]}
    assert reasons == {"log_path": "it names a file or folder, and maskcheck invents none"}
