"""What a layer changes in Keras and TensorFlow is put back; devices are chosen by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import keras
import pytest
import tensorflow as tf

from maskcheck.errors import UsageError
from maskcheck.lab import device
from maskcheck.lab.device import chosen_device, device_name, tolerance, versions
from maskcheck.lab.surroundings import kept_surroundings

ROOT = Path(__file__).parents[2]


def surroundings() -> Mapping[str, Any]:
    config = keras.config
    return {
        "policy": config.dtype_policy().name,
        "floatx": config.floatx(),
        "epsilon": config.epsilon(),
        "format": config.image_data_format(),
        "eager": tf.config.functions_run_eagerly(),
    }


def change() -> None:
    keras.config.set_dtype_policy("mixed_float16")
    keras.config.set_floatx("float64")
    keras.config.set_epsilon(0.5)
    keras.config.set_image_data_format("channels_first")
    tf.config.run_functions_eagerly(True)


def test_settings_are_put_back() -> None:
    before = surroundings()
    with kept_surroundings():
        change()
        assert not set(surroundings().items()) & set(before.items())
    assert surroundings() == before


def test_settings_are_put_back_after_an_exception() -> None:
    before = surroundings()
    with suppress(SystemExit), kept_surroundings():
        change()
        sys.exit(1)
    assert surroundings() == before


@pytest.mark.parametrize(
    ("there", "wanted", "expected"),
    [
        (["CPU:0"], "auto", "CPU:0"),
        (["CPU:0", "CPU:1"], "AUTO", "CPU:0"),
        (["CPU:0", "GPU:0", "GPU:1"], "auto", "GPU:0"),
        (["CPU:0", "GPU:0", "TPU:0"], "auto", "TPU:0"),
        (["CPU:0", "XPU:0"], "auto", "XPU:0"),
        (["CPU:0", "GPU:0"], "cpu", "CPU:0"),
        (["CPU:0", "GPU:0", "GPU:1"], "gpu", "GPU:0"),
        (["CPU:0", "GPU:0", "GPU:1"], "GPU:1", "GPU:1"),
        (["CPU:0", "XPU:0"], "xpu:0", "XPU:0"),
        (["CPU:0"], "/device:cpu:0", "CPU:0"),
    ],
)
def test_devices(there: list[str], wanted: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "devices", lambda: there)
    assert device_name(wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "hint"), [("CPU:7", "did you mean 'CPU:0'?"), ("abacus", "or use auto"), ("", "or use auto")]
)
def test_an_unknown_device_lists_those_there_are(
    wanted: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "devices", lambda: ["CPU:0", "GPU:0"])
    with pytest.raises(UsageError) as caught:
        device_name(wanted)
    assert caught.value.message == f"no device {wanted!r} here; there is CPU:0, GPU:0"
    assert caught.value.hint == hint


def test_tolerances() -> None:
    assert tolerance("CPU:1") == (0.0, 0.0)
    assert all(tolerance("GPU:0"))


def test_versions_are_those_that_are_installed() -> None:
    found = versions()
    assert list(found) == ["maskcheck", "python", "tensorflow", "keras", "numpy"]
    assert (found["keras"], found["tensorflow"]) == (keras.__version__, tf.__version__)


SEVERAL = """
import json, tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 3)
from maskcheck.errors import UsageError
from maskcheck.lab import device
from maskcheck.lab.device import chosen_device, device_name
found = {wanted: device_name(wanted) for wanted in ("auto", "cpu", "CPU:1", "/device:cpu:2")}
with chosen_device("cpu:1") as name:
    found["chosen"], found["placed"] = name, tf.ones(1).device.rpartition(":")[2]
found["outside"] = tf.ones(1).device.rpartition(":")[2]
try:
    device_name("CPU:3")
except UsageError as error:
    found["error"] = error.message
print(json.dumps(found))
"""


def test_several_devices() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEVERAL],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": ""},
        stdin=subprocess.DEVNULL,
    )
    assert json.loads(done.stdout) == {
        "auto": "CPU:0",
        "cpu": "CPU:0",
        "CPU:1": "CPU:1",
        "/device:cpu:2": "CPU:2",
        "chosen": "CPU:1",
        "placed": "1",
        "outside": "0",
        "error": "no device 'CPU:3' here; there is CPU:0, CPU:1, CPU:2",
    }


def test_what_runs_inside_runs_there() -> None:
    with chosen_device("auto") as name:
        assert tf.ones(1).device.endswith(name)
