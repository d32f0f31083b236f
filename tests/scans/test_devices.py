"""Layers on several devices: repeated on each, and carried from one to the other."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.scans.fixture_scan import ROOT, Layer, Scan, failed_findings, scan

BOTH = ("--device", "cpu:0,cpu:1", "--format", "json")


@pytest.fixture(scope="module")
def crossed() -> Scan:
    return scan("devices", options=(*BOTH, "--cross-device"), by_spec=False)


def named(found: Scan) -> dict[str, Layer]:
    return {name.rpartition(".")[2]: layer for name, layer in found.layers.items()}


def test_what_the_device_decides_is_found_by_crossing(crossed: Scan) -> None:
    assert crossed.report["device"] == "CPU:0, CPU:1"
    layers = named(crossed)
    (finding,) = failed_findings(layers["FastPath"])
    assert (finding["rule"], finding["subject"]) == ("MC702", "outputs")
    assert finding["case"] == "inferred@CPU:0>CPU:1"
    assert finding["routes"] == ["config", "keras", "deepcopy", "fresh"]
    assert failed_findings(layers["FastPathHealthy"]) == []
    assert [case["id"].partition("@")[2] for case in layers["FastPath"]["cases"]] == [
        "",
        "CPU:1",
        "CPU:0>CPU:1",
        "CPU:1>CPU:0",
    ]


def test_on_one_device_it_is_not() -> None:
    alone = scan("devices", options=(*BOTH, "--only", "FastPath", "--route", "keras"), by_spec=False)
    assert alone.exit_code == 0, alone.stdout


def test_what_is_lost_everywhere_is_told_once(crossed: Scan) -> None:
    layers = named(crossed)
    assert [(f["rule"], f["subject"], f["case"]) for f in failed_findings(layers["Forgets"])] == [
        ("MC101", "units", "inferred")
    ]
    assert failed_findings(layers["ForgetsHealthy"]) == []


def test_a_device_that_a_layer_refuses_is_skipped_with_the_reason(crossed: Scan) -> None:
    layer = named(crossed)["Refuses"]
    assert layer["verdict"] == "conform"
    reasons = {
        check["reason"] for check in layer["checks"] if check["case"].endswith("CPU:1") and check["reason"]
    }
    assert reasons == {
        "it does not work on CPU:1: call raises NotImplementedError: this needs the first device"
    }


def test_crossing_needs_a_second_device() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "maskcheck",
            "scan",
            "fixtures/seeds/corrected",
            "--device",
            "cpu",
            "--cross-device",
        ],
        cwd=ROOT,
        env={"CUDA_VISIBLE_DEVICES": "", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "maskcheck: error: --cross-device needs a second device; there is only CPU:0\n"


def test_from_a_gpu_to_the_processor_and_back() -> None:
    probe = "import tensorflow as tf; print(len(tf.config.list_physical_devices('GPU')))"
    found = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    if found.stdout.strip() == "0":
        pytest.skip("TensorFlow sees no GPU here")
    across = scan(
        "seeds", "corrected", options=("--device", "all", "--cross-device", "--format", "json"), by_spec=False
    )
    assert [
        f for layer in across.layers.values() for f in failed_findings(layer) if f["rule"] == "MC702"
    ] == []
