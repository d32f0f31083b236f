"""Faults that several classes have are told once, those of one class are its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.report.shared_causes import find_shared_causes

LOST = Finding("MC101", "argument-missing", Severity.ERROR, ("gain",), "gain is lost", file="a.py", line=9)
UNKNOWN = Finding("MC603", "not-registered", Severity.WARNING, ("A",), "A is unknown", file="a.py", line=3)


def layer(name: str, *findings: Finding) -> LayerReport:
    return LayerReport(f"m.{name}", name, "a.py", 1, Verdict.FAIL, findings=findings)


def names(*layers: LayerReport) -> list[list[str]]:
    return [[each.name for each in cause.layers] for cause in find_shared_causes(layers)]


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (replace(LOST, message="gain is lost too"), True),  # in one place
        (replace(LOST, line=20), True),  # in the same words
        (replace(LOST, line=20, message="gain is lost too"), False),
        (replace(LOST, status=Status.EXPECTED), False),
        (replace(LOST, severity=Severity.WARNING), False),
    ],
)
def test_what_makes_two_findings_one_fault(other: Finding, shared: bool) -> None:
    assert names(layer("A", LOST), layer("B", other)) == ([["A", "B"]] if shared else [])


def test_two_findings_of_one_class_are_no_shared_fault() -> None:
    assert names(layer("A", LOST, replace(LOST, subjects=("shift",)))) == []


def test_classes_of_one_module_are_unknown_together() -> None:
    other = replace(UNKNOWN, message="B is unknown", line=30)
    elsewhere = replace(layer("C", replace(other, message="C is unknown")), id="n.C")
    assert names(layer("A", UNKNOWN), layer("B", other), elsewhere) == [["A", "B"]]


def test_what_costs_the_most_classes_comes_first() -> None:
    both = layer("A", UNKNOWN, LOST), layer("B", replace(UNKNOWN, message="B is unknown"), LOST)
    assert names(*both, layer("C", LOST)) == [["A", "B", "C"], ["A", "B"]]
