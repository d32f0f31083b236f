"""The layers of the five texts: their corrected forms, and the table of both in the fixtures' README."""

from __future__ import annotations

import os
import sys

import pytest

from tests.scans.expected import read
from tests.scans.fixture_scan import ROOT, Finding, Layer, scan

README = ROOT / "fixtures/README.md"
BEGIN, END = "<!-- begin: table of the seeds -->", "<!-- end: table of the seeds -->"

# The modules of each text.
TEXTS = {
    "000": ("config_masks",),
    "001": ("custom_masking",),
    "002": ("layer_handles",),
    "003": ("variable_lengths",),
    "004": ("external_data", "random_data", "weights_file"),
}
DESCRIBED = {
    name.removeprefix("seeds.described."): fixture
    for name, fixture in read("seeds").items()
    if name.startswith("seeds.described.")
}
# One fault of a layer hides another; what is left when the first is mended has the same corrected layer.
CORRECTED = {name: name.removesuffix("WithKwargs") for name in DESCRIBED}
pytestmark = pytest.mark.xdist_group("seeds")


@pytest.fixture(scope="module")
def layers() -> dict[str, Layer]:
    return {name.removeprefix("seeds."): layer for name, layer in scan("seeds").layers.items()}


def test_every_layer_has_its_corrected_form() -> None:
    corrected = {f"seeds.corrected.{name}" for name in CORRECTED.values()}
    assert corrected == {name for name in read("seeds") if name.startswith("seeds.corrected.")}


@pytest.mark.parametrize("name", DESCRIBED)
def test_what_no_text_registers_is_told(name: str) -> None:
    rules = [finding.rule for finding in DESCRIBED[name].shows]
    assert ("MC603" in rules) is ("MC003" not in rules)


@pytest.mark.parametrize("name", DESCRIBED)
def test_corrected_layer_has_nothing_to_tell(layers: dict[str, Layer], name: str) -> None:
    layer = layers[f"corrected.{CORRECTED[name]}"]
    assert layer["findings"] == []
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
    for text, modules in TEXTS.items():
        for name in (name for name in DESCRIBED if name.partition(".")[0] in modules):
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
