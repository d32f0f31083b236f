from __future__ import annotations

from dataclasses import replace

import numpy as np

from maskcheck.error_texts.read import read_error
from maskcheck.fixes.judge import judge_edits, list_open
from maskcheck.model.finding import Check, Severity, Status
from maskcheck.model.report import Unproven, Verdict
from maskcheck.model.snapshot import CallResult
from maskcheck.model.value import ArrayValue
from tests.fixes.reports import make_finding, make_report

LOST = make_finding("MC101", "factor")


def outputs(*values: float) -> dict[str, CallResult]:
    return {"default inference": CallResult(ArrayValue("tensor", "float64", np.array(values)))}


def test_edit_is_a_cure_when_its_finding_is_gone() -> None:
    assert judge_edits(make_report(LOST), make_report(), [LOST]).fault == ""


def test_finding_that_stays_is_told() -> None:
    outcome = judge_edits(make_report(LOST), make_report(replace(LOST, line=7)), [LOST])
    assert outcome.fault == "MC101 stays: factor is lost"


def test_class_that_is_gone_is_no_cure() -> None:
    assert judge_edits(make_report(LOST), None, [LOST]).fault == "the class cannot be found any more"


def test_finding_of_a_check_that_had_passed_comes_of_the_edit() -> None:
    outcome = judge_edits(make_report(LOST), make_report(make_finding("MC103", "shift")), [LOST])
    assert outcome.fault == "MC103 comes of it: shift is lost"


def test_finding_that_another_had_hidden_is_no_fault_of_the_edit() -> None:
    refused = make_finding("MC103", "name")
    hidden = tuple(
        replace(check, status=Status.BLOCKED) if check.rule == "MC101" else check
        for check in make_report(refused).checks
    )
    before = make_report(refused, checks=hidden)
    assert judge_edits(before, make_report(LOST), [refused]).fault == ""


def test_finding_that_was_there_before_may_stay() -> None:
    other = make_finding("MC201", "mean")
    assert judge_edits(make_report(LOST, other), make_report(other), [LOST]).fault == ""


def test_layer_that_cannot_be_checked_is_no_cure() -> None:
    after = replace(make_report(), verdict=Verdict.UNCHECKED)
    assert "cannot be checked" in judge_edits(make_report(LOST), after, [LOST]).fault


def test_another_case_shows_nothing() -> None:
    after = make_report(inferred="  Scale:\n    init: {factor: 3.0}")
    assert "another case" in judge_edits(make_report(LOST), after, [LOST]).fault
    assert judge_edits(make_report(), replace(after, findings=(LOST,)), ()).fault == ""


def test_other_outputs_are_seen() -> None:
    before = make_report(LOST, outputs=outputs(1.0, 2.0))
    assert not judge_edits(before, make_report(outputs=outputs(1.0, 2.0 + 1e-7)), [LOST]).outputs_changed
    assert judge_edits(before, make_report(outputs=outputs(1.0, 2.5)), [LOST]).outputs_changed


def test_call_that_works_no_longer_is_no_cure() -> None:
    before = make_report(LOST, outputs=outputs(1.0))
    failed = CallResult(error=read_error("ValueError", "too long"))
    for after in ({}, {"default inference": failed}):
        found = judge_edits(before, make_report(outputs=after), [LOST])
        assert found.fault == "a call of an unsaved layer works no longer (default inference)"


def test_argument_that_is_proven_no_longer_is_told() -> None:
    before = make_report(LOST, proven=("shift", "factor"))
    reason = (Unproven("factor", "with 3.0 the call fails"),)
    found = judge_edits(before, make_report(proven=("shift",), unproven=reason), [LOST])
    assert found.fault == "factor is proven no longer: with 3.0 the call fails"


def test_notes_and_expected_findings_are_not_open() -> None:
    note = replace(LOST, severity=Severity.NOTE)
    expected = replace(LOST, status=Status.EXPECTED)
    assert list_open(make_report(note, expected, LOST)) == (LOST,)


def test_check_of_another_case_says_nothing() -> None:
    checks = (Check("MC103", "config", "other", Status.PASSED),)
    found = make_finding("MC103", "name", case="default")
    assert judge_edits(make_report(LOST, checks=checks), make_report(found), [LOST]).fault == ""


def test_what_a_refusal_had_kept_from_view_is_no_fault_of_the_edit() -> None:
    refused = make_finding("MC103", "name")
    before = make_report(refused)
    assert judge_edits(before, make_report(LOST), [refused]).fault == ""
    elsewhere = replace(LOST, routes=("keras",))
    checks = (*before.checks, Check("MC101", "keras", "default", Status.PASSED))
    outcome = judge_edits(replace(before, checks=checks), make_report(elsewhere), [refused])
    assert "comes of it" in outcome.fault
