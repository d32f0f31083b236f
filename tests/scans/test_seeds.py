"""The layers of the five texts: what is found in them, and the table of it in the fixtures' README."""

from __future__ import annotations

import os
import sys

import pytest

from tests.scans.fixture_scan import ROOT, Finding, Layer, Scan, codes, scan

README = ROOT / "fixtures/README.md"
BEGIN, END = "<!-- begin: table of the seeds -->", "<!-- end: table of the seeds -->"

# By text: the module, its layers, and what must be found in each as described.
# "not registered" (MC603, a warning) goes for all that can be constructed.
SEEDS = {
    "000": {
        "config_masks.FixedShapeMask": "MC107",
        "config_masks.FixedShapeMaskWithoutConfig": "MC107",
        "config_masks.SequenceMask": "MC004",
        "config_masks.SequenceMaskWithoutConfig": "MC004",
        "config_masks.TrainableMask": "MC107",
        "config_masks.TrainableMaskWithoutConfig": "MC107",
    },
    "001": {
        "custom_masking.BooleanMasking": "MC004",
        "custom_masking.ThresholdMasking": "MC004",
        "custom_masking.ExternalDataMasking": "MC004",
    },
    "002": {
        "layer_handles.MySimpleLayer": "",
        "layer_handles.MyMultiWeightLayer": "",
        "layer_handles.MyNestedLayer": "MC103",
    },
    "003": {
        "variable_lengths.MaskedLayer": "",
        "variable_lengths.EmbeddingLSTMModel": "MC003",
        "variable_lengths.MaskedMean": "",
    },
    "004": {
        "external_data.MyCustomLayer": "MC103",
        "random_data.MyCustomLayer": "MC103",
        "random_data.MyCustomLayerWithKwargs": "MC107 MC202",
        "weights_file.MyCustomLayer": "MC003",
    },
}
NAMES = [name for layers in SEEDS.values() for name in layers]
# One fault of a layer hides another; what is left when the first is mended has the same corrected layer.
CORRECTED = {name: name.removesuffix("WithKwargs") for name in NAMES}
FAULTS = {name: codes.split() for layers in SEEDS.values() for name, codes in layers.items()}


@pytest.fixture(scope="module")
def scanned() -> Scan:
    return scan("seeds")


@pytest.fixture(scope="module")
def layers(scanned: Scan) -> dict[str, Layer]:
    return {name.removeprefix("seeds."): layer for name, layer in scanned.layers.items()}


def test_no_layer_is_missing(scanned: Scan, layers: dict[str, Layer]) -> None:
    assert scanned.exit_code == 1, scanned.stderr
    described, corrected = (
        {name for name in layers if name.startswith(form)} for form in ("described", "corrected")
    )
    assert described == {f"described.{name}" for name in NAMES}
    assert corrected == {f"corrected.{name}" for name in CORRECTED.values()}


@pytest.mark.parametrize("name", NAMES)
def test_fault_of_the_text_is_found(layers: dict[str, Layer], name: str) -> None:
    found = [code for code in codes(layers[f"described.{name}"], "error", "warning") if code != "MC603"]
    assert found == FAULTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_what_no_text_registers_is_told(layers: dict[str, Layer], name: str) -> None:
    registered = "MC003" in FAULTS[name]
    assert ("MC603" in codes(layers[f"described.{name}"])) is not registered


@pytest.mark.parametrize("name", NAMES)
def test_corrected_layer_conforms(layers: dict[str, Layer], name: str) -> None:
    layer = layers[f"corrected.{CORRECTED[name]}"]
    assert layer["findings"] == []
    assert layer["verdict"] == "conform"
    assert layer["arguments"]["unproven"] == []


def test_integers_fail_and_floats_do_not(layers: dict[str, Layer]) -> None:
    layer = layers["described.config_masks.SequenceMask"]
    failed = {finding["case"] for finding in layer["findings"] if finding["rule"] == "MC004"}
    assert failed == {"integers"}
    assert {check["status"] for check in layer["checks"] if check["case"] == "floats"} >= {"passed"}


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 words an AttributeError otherwise")
def test_table_in_the_readme_is_current(layers: dict[str, Layer]) -> None:
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = f"{before}{BEGIN}\n\n{_table(layers)}\n\n{END}{after}"
    if os.environ.get("TEST_UPDATE"):
        README.write_text(wanted, "utf-8")
    assert README.read_text("utf-8") == wanted, "run with TEST_UPDATE=1 to write it anew"


def _table(layers: dict[str, Layer]) -> str:
    rows = ["| text | layer | as described | findings | corrected |", "| --- | --- | --- | --- | --- |"]
    for text, names in SEEDS.items():
        for name in names:
            described, corrected = layers[f"described.{name}"], layers[f"corrected.{CORRECTED[name]}"]
            cells = (text, name, described["verdict"], _findings(described), corrected["verdict"])
            rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _findings(layer: Layer) -> str:
    worst_first = sorted(layer["findings"], key=lambda finding: finding["severity"])
    return "<br>".join(_told(finding, layer) for finding in worst_first)


def _told(finding: Finding, layer: Layer) -> str:
    told = f"{finding['rule']} {finding['name']}"
    if len(layer["cases"]) > 1:
        told += f" ({finding['case']})"
    if layer["id"].endswith(f".{finding['subject']}"):
        return told  # of the class itself there is no more to say
    return f"{told}: {' '.join(finding['message'].split())}".replace("|", "\\|")
