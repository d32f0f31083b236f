"""From judgements to what is told of one layer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.model.case import Expectation, Mark
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import Verdict
from maskcheck.rules.conclude import expect, merge_cases, not_asked, verdict
from maskcheck.rules.registry import RULES

TODAY = "2027-06-15"
FOUND = Finding(
    "MC101", "argument-missing", Severity.ERROR, "factor", "lost", case="one", routes=("config", "keras")
)
CHECKS = tuple(
    Check("MC101", route, "one", status)
    for route, status in (("config", Status.FAILED), ("keras", Status.FAILED), ("weights", Status.PASSED))
)
EXPECTED = Expectation("MC101", "kept for old files", subject="factor", mark=Mark("maskcheck.yaml", 7))


def statuses(*expectations: Expectation) -> list[str]:
    """Return the statuses of the findings."""
    return [finding.status.value for finding in expect([FOUND], CHECKS, expectations, TODAY)[0]]


def test_one_fault_in_two_cases_is_one_finding() -> None:
    again = replace(FOUND, case="two", routes=("weights",))
    other = replace(FOUND, subject="bias")
    merged = merge_cases([FOUND, again, other])
    assert [(f.subject, f.case, f.routes) for f in merged] == [
        ("factor", "one", ("config", "keras", "weights")),
        ("bias", "one", ("config", "keras")),
    ]


def test_base_arguments_of_several_cases_are_one_finding() -> None:
    name, dtype = (
        replace(FOUND, rule="MC105", subject=subject, message=f"lost: {subject}")
        for subject in ("name", "dtype, name")
    )
    (finding,) = merge_cases([name, dtype])
    assert (finding.subject, finding.message) == ("name, dtype", "lost: name, dtype")


def test_expected_finding_and_its_checks_are_marked() -> None:
    findings, checks = expect([FOUND], CHECKS, [EXPECTED], TODAY)
    assert [finding.status for finding in findings] == [Status.EXPECTED]
    assert [check.status for check in checks] == [Status.EXPECTED, Status.EXPECTED, Status.PASSED]
    assert [check.reason for check in checks] == ["kept for old files", "kept for old files", ""]
    passed = Check("MC101", "config", "two", Status.PASSED)
    assert expect([FOUND], [passed], [EXPECTED], TODAY)[1] == (passed,)


@pytest.mark.parametrize(
    "expectation",
    [
        Expectation("argument-missing", "known"),
        Expectation("MC101", "known", case="one"),
        Expectation("MC101", "known", until="2027-06-15"),
        Expectation("MC101", "known", until="2027-06-16", subject="factor"),
    ],
)
def test_expectation_that_fits(expectation: Expectation) -> None:
    assert statuses(expectation) == ["expected"]


@pytest.mark.parametrize(
    ("case", "status"), [("one", "expected"), ("one@float64", "expected"), ("one@int8", "failed")]
)
def test_expectation_on_a_case_covers_its_repeats(case: str, status: str) -> None:
    repeated = replace(FOUND, case="one@float64")
    found, *_ = expect([repeated], (), [Expectation("MC101", "known", case=case)], TODAY)[0]
    assert found.status == status


def test_expectation_on_the_only_route_that_fails() -> None:
    on_files = replace(FOUND, routes=("keras",))
    (finding,) = expect([on_files], (), [Expectation("MC101", "known", route="keras")], TODAY)[0]
    assert finding.status is Status.EXPECTED


@pytest.mark.parametrize(
    "expectation",
    [
        Expectation("MC102", "known"),
        Expectation("MC101", "known", subject="bias"),
        Expectation("MC101", "known", case="two"),
        Expectation("MC101", "known", route="weights"),
    ],
)
def test_expectation_that_fits_nothing_is_stale(expectation: Expectation) -> None:
    assert statuses(expectation) == ["failed", "failed"]
    *_, stale = expect([FOUND], CHECKS, [expectation], TODAY)[0]
    assert (stale.rule, stale.severity) == ("MC008", Severity.ERROR)
    assert stale.message.endswith("(known), which no longer fails")


def test_expectation_whose_day_has_passed_no_longer_holds() -> None:
    expired = replace(EXPECTED, until="2027-06-14")
    found, stale = expect([FOUND], CHECKS, [expired], TODAY)[0]
    assert (found.status, stale.rule) == (Status.FAILED, "MC008")
    assert stale.message == (
        "the spec expects MC101 on factor (kept for old files), which was expected until 2027-06-14"
    )
    assert (stale.subject, stale.file, stale.line) == ("factor", "maskcheck.yaml", 7)
    assert stale.hint == "remove this entry of expect"


def test_expectation_of_what_was_mended() -> None:
    (stale,) = expect([], (), [replace(EXPECTED, subject=None, mark=None)], TODAY)[0]
    assert (
        stale.message == "the spec expects MC101 on any subject (kept for old files), which no longer fails"
    )
    assert (stale.subject, stale.file, stale.line) == ("MC101", None, None)


def test_without_expectations_nothing_changes() -> None:
    assert expect([FOUND], CHECKS, [], TODAY) == ((FOUND,), CHECKS)


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
    assert verdict(findings, judged=True) is expected


def test_routes_that_nobody_asks_for_are_skipped_for_the_reason_given() -> None:
    rules = [rule for rule in RULES if rule.code in ("MC003", "MC106", "MC301")]
    found = list(not_asked("one", {"weights": "too slow"}, rules))
    assert found == [Check("MC301", "weights", "one", Status.SKIPPED, "too slow")]


def test_layer_of_which_no_case_could_be_judged_is_unchecked() -> None:
    assert verdict([FOUND], judged=False) is Verdict.UNCHECKED
