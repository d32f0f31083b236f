"""The command, the API and the pytest plugin tell the same of the same fixtures."""

from __future__ import annotations

import re

import numpy as np
import pytest

import maskcheck
from tests.plugin.runs import run
from tests.scans.fixture_scan import ROOT, Layer, scan

FILES = (
    "run/mc004_call_failed.py",
    "run/mc008_stale_expectation.py",
    "config/mc101_argument_missing.py",
)
KEYS = ("rule", "subject", "case", "status", "routes")


@pytest.fixture(scope="module")
def told() -> dict[str, Layer]:
    """What the command tells of the layers in these files, in the scan that other tests look at too."""
    modules = [f"faults.{name.removesuffix('.py').replace('/', '.')}" for name in FILES]
    layers = scan("faults").layers.items()
    return {name: layer for name, layer in layers if name.rpartition(".")[0] in modules}


def test_scan_is_what_the_command_does(told: dict[str, Layer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    targets = [f"fixtures/faults/{name}" for name in FILES]
    report = maskcheck.scan(targets, spec="fixtures/faults/maskcheck.yaml")
    found = {
        layer.id: [(f.rule, f.subject, f.case, f.status.value, list(f.routes)) for f in layer.findings]
        for layer in report.layers
    }
    assert found == {
        name: [tuple(finding[key] for key in KEYS) for finding in layer["findings"]]
        for name, layer in told.items()
    }
    verdicts = {layer.id: layer.verdict.value for layer in report.layers}
    assert verdicts == {name: layer["verdict"] for name, layer in told.items()}
    assert (report.finish.exit_code, report.conforms) == (1, False)


def test_tests_end_as_the_layers_do(told: dict[str, Layer]) -> None:
    done = run(ROOT / "fixtures/faults", *(f"--maskcheck={name}" for name in FILES))
    ends = {name.split("::")[1]: outcome for name, outcome in done.outcomes.items()}
    assert ends == {name: expected_end(layer) for name, layer in told.items()}
    for name, layer in told.items():
        shown = re.search(rf"^FAILED .*::{re.escape(name)}::\S+ - (.*)$", done.text, re.MULTILINE)
        assert set(re.findall(r"MC\d{3}", shown[1] if shown else "")) == errors(layer, "failed")


def expected_end(layer: Layer) -> str:
    if layer["verdict"] in ("fail", "unchecked"):
        return "FAILED"
    return "XFAIL" if errors(layer, "expected") else "PASSED"


def errors(layer: Layer, status: str) -> set[str]:
    found = [finding for finding in layer["findings"] if finding["severity"] == "error"]
    return {finding["rule"] for finding in found if finding["status"] == status}


@pytest.mark.parametrize("name", ["ArgumentMissing", "ArgumentMissingHealthy"])
def test_check_finds_it_in_this_process(
    told: dict[str, Layer], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "fixtures"))
    from faults.config import mc101_argument_missing as module

    inputs = np.ones((2, 3), "float32")
    cls = getattr(module, name)
    by_command = [
        (f["rule"], f["subject"], f["message"], f["hint"], f["line"])
        for f in told[f"faults.config.mc101_argument_missing.{name}"]["findings"]
    ]
    for checked, init in ((cls, {"factor": 2.0}), (cls(2.0), None)):
        found = maskcheck.check(checked, inputs, init=init).findings
        assert [(f.rule, f.subject, f.message, f.hint, f.line) for f in found] == by_command
