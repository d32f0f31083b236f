"""From judgements to what is told of one layer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.judging.conclude import decide_verdict, list_left_out_checks, merge_cases
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import Verdict
from maskcheck.rules.registry import RULES

FOUND = Finding(
    "MC101", "argument-missing", Severity.ERROR, ("factor",), "lost", case="one", routes=("config", "keras")
)


def test_one_fault_in_two_cases_is_one_finding() -> None:
    again = replace(FOUND, case="two", routes=("weights",))
    other = replace(FOUND, subjects=("bias",))
    merged = merge_cases([FOUND, again, other])
    assert [(f.subject, f.case, f.routes) for f in merged] == [
        ("factor", "one", ("config", "keras", "weights")),
        ("bias", "one", ("config", "keras")),
    ]


def test_base_arguments_of_several_cases_are_one_finding() -> None:
    name, dtype = (
        replace(FOUND, rule="MC105", subjects=subjects, message=f"lost: {', '.join(subjects)}")
        for subjects in (("name",), ("dtype", "name"))
    )
    (finding,) = merge_cases([name, dtype])
    assert (finding.subject, finding.message) == ("name, dtype", "lost: name, dtype")


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], Verdict.CONFORM),
        ([FOUND], Verdict.FAIL),
        ([replace(FOUND, status=Status.EXPECTED)], Verdict.CONFORM),
        ([replace(FOUND, severity=Severity.WARNING)], Verdict.WARN),
        ([replace(FOUND, severity=Severity.NOTE)], Verdict.CONFORM),
        ([replace(FOUND, severity=Severity.WARNING), FOUND], Verdict.FAIL),
        ([replace(FOUND, severity=Severity.WARNING), replace(FOUND, status=Status.EXPECTED)], Verdict.WARN),
    ],
)
def test_verdict(findings: list[Finding], expected: Verdict) -> None:
    assert decide_verdict(findings, judged=True) is expected


def test_routes_that_nobody_asks_for_are_skipped_for_the_reason_given() -> None:
    rules = [rule for rule in RULES if rule.code in ("MC003", "MC106", "MC301")]
    found = list(list_left_out_checks("one", {"weights": "too slow"}, rules))
    assert found == [Check("MC301", "weights", "one", Status.SKIPPED, "too slow")]


def test_layer_of_which_no_case_could_be_judged_is_unchecked() -> None:
    assert decide_verdict([FOUND], judged=False) is Verdict.UNCHECKED
