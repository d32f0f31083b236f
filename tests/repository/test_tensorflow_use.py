"""What is run without TensorFlow: decided by imports, and held to by a refusal to import it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.paths import ROOT
from tests.tensorflow_use import FORBIDDING, needs_tensorflow


@pytest.mark.parametrize(
    ("path", "needs"),
    [
        ("tests/lab/calls/test_call.py", True),
        ("tests/lab/process/test_imports.py", True),
        ("tests/scans/test_fixtures.py", True),
        ("tests/scans/test_expected.py", False),
        ("tests/rules/test_registry.py", False),
        ("tests/engine/test_results.py", False),
    ],
)
def test_need_is_seen_by_the_imports(path: str, needs: bool) -> None:
    assert needs_tensorflow(ROOT / path) is needs


@pytest.mark.parametrize(
    "statement", ["import keras", "from tensorflow import keras", "import tf_keras.layers"]
)
def test_no_process_imports_it_where_it_is_forbidden(statement: str) -> None:
    environ = {**os.environ, "PYTHONPATH": str(FORBIDDING)}
    done = subprocess.run(
        [sys.executable, "-c", statement], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "imported by a test that is not marked: pytest.mark.tensorflow" in done.stderr


def test_its_source_can_be_found_all_the_same() -> None:
    environ = {**os.environ, "PYTHONPATH": str(FORBIDDING)}
    find = "import importlib.util; print(importlib.util.find_spec('keras').origin)"
    done = subprocess.run(
        [sys.executable, "-c", find], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("__init__.py\n")
