"""Layers by chance: each is mended, what comes of it is green, and nothing is left to mend."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixes.chance.grammar import FAULTS, write_module
from tests.paths import ROOT


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return subprocess.run(
        [sys.executable, "-m", "maskcheck", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@given(st.integers(0, 10_000))
def test_every_module_is_python_with_a_class_for_each_fault(seed: int) -> None:
    tree = ast.parse(write_module(seed))
    assert len([node for node in tree.body if isinstance(node, ast.ClassDef)]) == len(FAULTS)


@pytest.mark.tensorflow
def test_layers_by_chance_are_mended(tmp_path: Path) -> None:
    file = tmp_path / "chance.py"
    file.write_text(write_module(0))
    done = run(tmp_path, "fix", "chance.py", "--write", "-v")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert f"{len(FAULTS)} findings: {len(FAULTS)} mended by {len(FAULTS)} edits" in done.stdout
    mended = file.read_bytes()
    again = run(tmp_path, "fix", "chance.py", "--write")
    assert (again.returncode, again.stdout) == (0, "nothing to fix\n")
    assert file.read_bytes() == mended
