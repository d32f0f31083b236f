"""The real command on layers that a new process makes otherwise: hash seed, dtype policy, data format."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.scans.fixture_scan import codes as codes_of
from tests.scans.fixture_scan import scan as scan_fixtures

HEAD = """
import keras
from keras import ops

register = keras.saving.register_keras_serializable(package="fresh")
"""
LAYERS = """
from .base import keras, ops, register


class Dense(keras.layers.Layer):
    def build(self, shape):
        self.dense = keras.layers.Dense(2, **self.options())
        self.dense.build(shape)

    def call(self, inputs):
        return self.dense(inputs)


@register
class Policy(Dense):
    def options(self):
        return {}


@register
class OwnPolicy(Dense):
    def options(self):
        return {"dtype": self.dtype_policy}


@register
class Format(keras.layers.Layer):
    def build(self, shape):
        self.axis = -1 if keras.config.image_data_format() == "channels_last" else 1

    def call(self, inputs):
        return inputs - ops.mean(inputs, axis=self.axis, keepdims=True)


@register
class Order(keras.layers.Layer):
    def __init__(self, words, **kwargs):
        super().__init__(**kwargs)
        self.words = list(words)
        self.columns = {word: i for i, word in enumerate(set(words))}

    def call(self, inputs):
        return ops.take(inputs, [self.columns[word] for word in self.words], axis=-1)

    def get_config(self):
        return {**super().get_config(), "words": list(self.words)}


class Unregistered(keras.layers.Layer):
    def call(self, inputs):
        return inputs * 2.0
"""
SPEC = """
version: 1
layers:
  Policy: {init: {dtype: float32}, input: {shape: [2, 3]}}
  OwnPolicy: {init: {dtype: float32}, input: {shape: [2, 3]}}
  Format: {input: {shape: [2, 4, 3]}}
  Order: {init: {words: [owl, cat, dog, eel, fox]}, input: {shape: [2, 5]}}
  Unregistered: {input: {shape: [2, 3]}}
"""
CONFIG = {
    "image_data_format": "channels_first",
    "floatx": "float64",
    "backend": "tensorflow",
    "epsilon": 1e-7,
}
TRAIN = """
from .base import keras

keras.config.set_dtype_policy("float64")
keras.config.set_image_data_format("channels_first")
"""


def scan(directory: Path, **modules: str) -> dict[str, list[dict[str, Any]]]:
    """Scan a package with LAYERS and ``modules``, under a Keras whose own settings are in ``directory``."""
    package = directory / "mine"
    package.mkdir()
    for name, text in {"__init__": "", "base": HEAD, "layers": LAYERS, **modules}.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    (directory / "maskcheck.yaml").write_text(SPEC, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "maskcheck", "scan", "mine", "--format", "json", "--jobs", "1"],
        cwd=directory,
        env={**os.environ, "KERAS_HOME": str(directory)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.stdout, done.stderr
    layers = json.loads(done.stdout)["layers"]
    return {layer["id"].rpartition(".")[2]: layer["findings"] for layer in layers}


def codes(findings: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(finding["rule"], finding["severity"], finding["subject"]) for finding in findings]


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """A scan under settings that come from the user's keras.json."""
    directory = tmp_path_factory.mktemp("configured")
    (directory / "keras.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    return scan(directory)


@pytest.mark.parametrize(
    ("name", "subject", "setting"),
    [
        ("Policy", "dense.dtype_policy", "there the float type is float32, here float64"),
        ("Format", "axis", "there the image data format is channels_last, here channels_first"),
    ],
)
def test_settings_of_this_machine_are_not_those_of_another(
    configured: dict[str, list[dict[str, Any]]], name: str, subject: str, setting: str
) -> None:
    assert codes(configured[name]) == [("MC605", "error", subject)]
    assert setting in configured[name][0]["message"]


def test_a_layer_that_keeps_its_policy_comes_back(configured: dict[str, list[dict[str, Any]]]) -> None:
    assert configured["OwnPolicy"] == []


def test_another_hash_seed_shows_the_order_of_a_set(configured: dict[str, list[dict[str, Any]]]) -> None:
    (finding,) = configured["Order"]
    assert codes([finding]) == [("MC605", "error", "columns")]
    assert finding["routes"] == ["fresh"]
    assert finding["before"] != finding["after"]


def test_the_words_of_a_process_without_the_module(configured: dict[str, list[dict[str, Any]]]) -> None:
    (finding,) = configured["Unregistered"]
    assert codes([finding]) == [("MC603", "warning", "Unregistered")]
    assert "Could not locate class 'Unregistered'" in finding["message"]


def test_settings_that_an_import_makes_are_a_warning(tmp_path: Path) -> None:
    told = scan(tmp_path, a_train=TRAIN)
    assert codes(told["Policy"]) == [("MC605", "warning", "dense.dtype_policy")]
    assert codes(told["Format"]) == [("MC605", "warning", "axis")]
    assert told["OwnPolicy"] == []


def test_the_planted_faults_show_on_this_route_alone() -> None:
    options = ("--format", "json", "--route", "fresh")
    layers = scan_fixtures("faults", "files/mc605_fresh_process_differs.py", options=options).layers
    found = {name.rpartition(".")[2]: codes_of(layer) for name, layer in layers.items()}
    faults = ("FreshProcessDiffers", "FreshPolicy", "FreshFormat", "FreshState")
    assert found == {**{name: ["MC605"] for name in faults}, **{f"{name}Healthy": [] for name in faults}}
