from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SOURCE = """\
import keras


class Base(keras.layers.Layer):
    def build(self, shape):
        self.built = True


class Scale(keras.layers.Layer):
    def call(self, x):
        return x


class Bare(keras.layers.Layer):
    def call(self, x):
        return x
"""
SPEC = """\
version: 1
layers:
  Scale:
    cases:
      - {id: small, input: {shape: [2, 3]}}
      - {id: large, input: {shape: [4, 5]}}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(SOURCE)
    (tmp_path / "maskcheck.yaml").write_text(SPEC)
    return tmp_path


def test_classes_with_place_and_cases(run: Run) -> None:
    result = run("list", "mine")
    assert (result.code, result.err) == (0, "")
    head, base, scale, bare, blank, last = result.out.splitlines()
    assert head == "mine.py"
    assert base.startswith("  Base   line 4   skipped: ")
    assert scale == "  Scale  line 9   cases small, large"
    assert bare == "  Bare   line 14  no case"
    assert blank == ""
    assert last == "3 layers: 1 with cases, 1 without, 1 skipped (maskcheck.yaml)"


def test_as_json(run: Run) -> None:
    document = json.loads(run("list", "mine.py:Scale", "--format", "json").out)
    assert document == {
        "schema": "maskcheck-list/1",
        "spec": "maskcheck.yaml",
        "layers": [
            {"id": "mine.Scale", "file": "mine.py", "line": 9, "cases": ["small", "large"], "skip": None}
        ],
        "unread": [],
    }


def test_module_that_cannot_be_read(run: Run, project: Path) -> None:
    (project / "broken.py").write_text("class (\n")
    result = run("list", "broken.py")
    assert result.code == 0
    assert "broken.py\n  cannot be read: " in result.out
    assert result.out.endswith("0 layers: 0 with cases, 0 without, 0 skipped (maskcheck.yaml)\n")


def test_no_layer(run: Run, project: Path) -> None:
    (project / "empty.py").write_text("x = 1\n")
    result = run("list", "empty.py")
    assert (result.code, result.out) == (5, "")
    assert result.err == "maskcheck: error: no Keras layer is defined in empty.py\n"


def test_class_of_the_spec_that_is_nowhere(run: Run, project: Path) -> None:
    (project / "maskcheck.yaml").write_text(SPEC.replace("Scale", "Scael"))
    result = run("list", "mine")
    assert (result.code, result.out) == (2, "")
    assert "maskcheck.yaml:3:3: no layer is named 'Scael' (did you mean 'Scale'?)" in result.err


def test_wrong_target(run: Run) -> None:
    result = run("list", "nowhere.py")
    assert (result.code, result.out) == (2, "")
    assert "nowhere.py" in result.err
