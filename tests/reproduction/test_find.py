from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.errors import NothingToCheck, UsageError
from maskcheck.model.case import Case, LayerSpec, Mark, Spec
from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Report, ScanFinished, ScanStarted, Verdict
from maskcheck.report.fingerprint import fingerprint_findings
from maskcheck.reproduction.find import choose_finding, find_case
from maskcheck.reproduction.script.expressions import NotWritable
from tests.reproduction.requests import SUBJECT, make_finding

KNOWN = replace(make_finding("MC102", "rate"), status=Status.EXPECTED)
LOST = make_finding("MC101", "factor")
WARNING = replace(make_finding("MC107", "sizes"), severity=Severity.WARNING)
SPEC = Spec("maskcheck.yaml", (LayerSpec("Scale", Mark("m", 1), (Case("a"), Case("b", init={"x": 1}))),))


def make_report(*findings: Finding, layers: int = 1) -> Report:
    layer = LayerReport("mymodule.Scale", "Scale", "m.py", 4, Verdict.FAIL, findings=findings)
    start = ScanStarted({}, "CPU:0", 0, ("mymodule",), None, layers)
    return Report(start, (layer,) * layers, ScanFinished(1.0, 1))


def test_first_error_that_fails_is_taken() -> None:
    assert choose_finding(make_report(WARNING, KNOWN, LOST), None)[1] == LOST


@pytest.mark.parametrize("code", ["MC107", "mc107"])
def test_finding_of_a_rule_is_taken(code: str) -> None:
    assert choose_finding(make_report(LOST, WARNING), code)[1] == WARNING


def test_finding_of_an_id_is_taken() -> None:
    report = make_report(LOST, WARNING)
    (_, (_, _, name)) = fingerprint_findings(report)
    assert choose_finding(report, name[:12])[1] == WARNING
    assert choose_finding(report, name)[1] == WARNING


@pytest.mark.parametrize("code", [None, "MC301"])
def test_nothing_to_reproduce_is_told(code: str | None) -> None:
    with pytest.raises(NothingToCheck, match="there is nothing to reproduce"):
        choose_finding(make_report(WARNING), code)


def test_what_is_no_code_is_told() -> None:
    with pytest.raises(UsageError, match="a scan of Scale finds MC101"):
        choose_finding(make_report(LOST), "12345678")


def test_several_classes_are_too_many() -> None:
    with pytest.raises(UsageError, match="TARGET:Class"):
        choose_finding(make_report(LOST, layers=2), None)


def test_case_is_that_of_the_finding() -> None:
    layer = make_report(LOST).layers[0]
    assert find_case(layer, replace(LOST, case="b"), SUBJECT, SPEC).init == {"x": 1}
    variant = find_case(layer, replace(LOST, case="b@lora"), SUBJECT, SPEC)
    assert [step.method for step in variant.prepare] == ["enable_lora"]
    with pytest.raises(NotWritable, match="another device"):
        find_case(layer, replace(LOST, case="b@GPU:0"), SUBJECT, SPEC)


def test_case_that_was_inferred_is_read_from_the_report() -> None:
    layer = replace(
        make_report(LOST).layers[0],
        inferred="  Scale:\n    cases:\n      - id: inferred\n        init: {units: 3}\n",
    )
    assert find_case(layer, replace(LOST, case="inferred"), SUBJECT, Spec()).init == {"units": 3}
