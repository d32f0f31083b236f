"""Devices are chosen by name or type, and each process takes of them what it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import keras
import pytest
import tensorflow as tf

from maskcheck.errors import UsageError
from maskcheck.lab.process import device
from maskcheck.lab.process.device import choose_tolerance, list_versions, select_devices, use_device
from tests.paths import ROOT


@pytest.mark.parametrize(
    ("there", "wanted", "expected"),
    [
        (["CPU:0"], "auto", ["CPU:0"]),
        (["CPU:0", "CPU:1"], "AUTO", ["CPU:0"]),
        (["CPU:0", "GPU:0", "GPU:1"], "auto", ["GPU:0"]),
        (["CPU:0", "GPU:0", "TPU:0"], "auto", ["TPU:0"]),
        (["CPU:0", "XPU:0"], "auto", ["XPU:0"]),
        (["CPU:0", "GPU:0"], "cpu", ["CPU:0"]),
        (["CPU:0", "GPU:0", "GPU:1"], "gpu", ["GPU:0"]),
        (["CPU:0", "GPU:0", "GPU:1"], "GPU:1", ["GPU:1"]),
        (["CPU:0", "XPU:0"], "xpu:0", ["XPU:0"]),
        (["CPU:0"], "/device:cpu:0", ["CPU:0"]),
        (["CPU:0", "CPU:1"], "cpu:0, cpu:1,cpu:0", ["CPU:0", "CPU:1"]),
        (["CPU:0", "CPU:1", "GPU:0", "GPU:1", "XPU:0"], "all", ["GPU:0", "XPU:0", "CPU:0"]),
        (["CPU:0"], "all", ["CPU:0"]),
    ],
)
def test_devices(there: list[str], wanted: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "list_devices", lambda: there)
    assert list(select_devices(wanted)) == expected


@pytest.mark.parametrize(
    ("wanted", "hint"), [("CPU:7", "did you mean 'CPU:0'?"), ("abacus", "or use auto"), ("", "or use auto")]
)
def test_an_unknown_device_lists_those_there_are(
    wanted: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "list_devices", lambda: ["CPU:0", "GPU:0"])
    with pytest.raises(UsageError) as caught:
        select_devices(wanted)
    assert caught.value.message == f"no device {wanted!r} here; there is CPU:0, GPU:0"
    assert caught.value.hint == hint


def test_memory_of_every_gpu_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuses(gpu: str, enable: bool) -> None:
        asked.append((gpu, enable))
        raise RuntimeError("Physical devices cannot be modified after being initialized")

    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: [f"{kind}:0", f"{kind}:1"])
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", refuses)
    device._let_memory_grow.__wrapped__()
    assert asked == [("GPU:0", True), ("GPU:1", True)]


def test_tolerances() -> None:
    assert choose_tolerance("CPU:1") == (0.0, 0.0)
    assert all(choose_tolerance("GPU:0"))


def test_versions_are_those_that_are_installed() -> None:
    found = list_versions()
    assert list(found) == ["maskcheck", "python", "tensorflow", "keras", "numpy"]
    assert (found["keras"], found["tensorflow"]) == (keras.__version__, tf.__version__)


SEVERAL = """
import json, tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 3)
from maskcheck.errors import UsageError
from maskcheck.lab.process.device import use_device, select_devices
names = ("auto", "cpu", "CPU:1", "/device:cpu:2", "all", "cpu:1,cpu:0")
found = {wanted: select_devices(wanted) for wanted in names}
with use_device("cpu:1") as name:
    found["chosen"], found["placed"] = name, tf.ones(1).device.rpartition(":")[2]
found["outside"] = tf.ones(1).device.rpartition(":")[2]
try:
    select_devices("CPU:3")
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
        "auto": ["CPU:0"],
        "cpu": ["CPU:0"],
        "CPU:1": ["CPU:1"],
        "/device:cpu:2": ["CPU:2"],
        "all": ["CPU:0"],
        "cpu:1,cpu:0": ["CPU:1", "CPU:0"],
        "chosen": "CPU:1",
        "placed": "1",
        "outside": "0",
        "error": "no device 'CPU:3' here; there is CPU:0, CPU:1, CPU:2",
    }


def test_what_runs_inside_runs_there() -> None:
    with use_device("auto") as name:
        assert tf.ones(1).device.endswith(name)
