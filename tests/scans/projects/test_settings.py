"""A project's settings in a real scan: what they say is what happens to each layer."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from maskcheck.exits import Exit

pytestmark = pytest.mark.tensorflow

MODULE = '''
import keras


class Rounded(keras.layers.Layer):
    """Loses a trifle that nothing but its outputs shows."""

    _trifle = 0.0

    def call(self, inputs):
        return inputs * (1.0 + self._trifle)

    def get_config(self):
        return super().get_config()

    @classmethod
    def from_config(cls, config):
        layer = super().from_config(config)
        layer._trifle = 1e-5
        return layer


class Tolerated(Rounded):
    pass


class Quick(keras.layers.Layer):
    def call(self, inputs):
        return inputs * 2.0
'''
PROJECT = """\
[tool.maskcheck]
targets = ["layers.py"]
route = ["config", "keras"]
format = "json"
ignore = ["MC603"]

[[tool.maskcheck.overrides]]
layers = ["Tolerated"]
rtol = 1e-3

[[tool.maskcheck.overrides]]
layers = ["layers.Qui*"]
route = ["config"]
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The JSON report of a plain ``maskcheck scan`` in a folder of the project."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "layers.py").write_text(MODULE)
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "below").mkdir()
    command = [sys.executable, "-m", "maskcheck", "scan"]
    done = subprocess.run(command, cwd=folder / "below", capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == Exit.FINDINGS, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_tolerance_is_that_of_its_layer(document: dict[str, Any]) -> None:
    rules = {layer["id"]: {f["rule"] for f in layer["findings"]} for layer in document["layers"]}
    assert rules == {"layers.Rounded": {"MC401"}, "layers.Tolerated": set(), "layers.Quick": set()}


def test_a_route_that_is_left_out_is_in_the_ledger(document: dict[str, Any]) -> None:
    (quick,) = [layer for layer in document["layers"] if layer["id"] == "layers.Quick"]
    statuses = {
        route: {c["status"] for c in quick["checks"] if c["route"] == route} for route in ("config", "keras")
    }
    reasons = {check["reason"] for check in quick["checks"] if check["route"] == "keras"}
    assert (quick["verdict"], "passed" in statuses["config"]) == ("conform", True)
    assert statuses["keras"] == {"skipped"}
    assert reasons == {"left out by the override in ../pyproject.toml, line 11"}
