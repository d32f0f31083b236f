"""What of a layer's report is about one of its cases."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.plugin.case_report import expected_reasons, list_warnings, select_case, skip_reason
from tests.cli.fakes import BAD, LOST


def check(case: str, status: Status, rule: str = "MC101", reason: str = "") -> Check:
    return Check(rule, "config", case, status, reason)


def report(*findings: Finding, checks: tuple[Check, ...] = ()) -> LayerReport:
    return replace(BAD, findings=findings, checks=checks)


def test_each_case_has_its_own_findings() -> None:
    one, two = replace(LOST, case="one"), replace(LOST, case="two", subjects=("name",))
    failed = (check("one", Status.FAILED), check("two", Status.FAILED), check("three", Status.PASSED))
    whole = report(one, two, checks=failed)
    assert select_case(whole, "one", first=True).findings == (one,)
    assert select_case(whole, "two", first=False).findings == (two,)
    assert select_case(whole, "three", first=False).verdict is Verdict.CONFORM


def test_a_fault_that_two_cases_show_fails_both() -> None:
    shared = replace(LOST, case="one")
    whole = report(shared, checks=(check("one", Status.FAILED), check("two", Status.FAILED)))
    for case in ("one", "two"):
        assert select_case(whole, case, first=case == "one").findings == (shared,)
        assert select_case(whole, case, first=case == "one").verdict is Verdict.FAIL


def test_what_concerns_the_layer_is_told_once() -> None:
    of_layer = replace(LOST, rule="MC008", case=None)
    assert select_case(report(of_layer), "one", first=True).findings == (of_layer,)
    assert select_case(report(of_layer), "two", first=False).findings == ()


def test_repeats_belong_to_their_case() -> None:
    repeat = replace(LOST, case="one@int8")
    whole = report(repeat, checks=(check("one", Status.PASSED), check("one@int8", Status.FAILED)))
    assert select_case(whole, "one", first=True).findings == (repeat,)
    assert len(select_case(whole, "one", first=True).checks) == 2


def test_a_layer_that_was_not_judged_fails_with_every_case() -> None:
    crashed = replace(report(replace(LOST, rule="MC005", case=None)), verdict=Verdict.UNCHECKED)
    verdicts = {select_case(crashed, case, first=case == "one").verdict for case in ("one", "two")}
    assert verdicts == {Verdict.UNCHECKED}


def test_a_case_of_which_nothing_was_checked_is_skipped() -> None:
    checks = (check("one", Status.SKIPPED, reason="no quantize()"), check("two", Status.PASSED))
    assert skip_reason(select_case(report(checks=checks), "one", first=True)) == "no quantize()"
    assert skip_reason(select_case(report(checks=checks), "two", first=False)) == ""
    assert (
        skip_reason(select_case(report(checks=checks), "three", first=False))
        == "the scan leaves this case out"
    )


def test_reasons_and_warnings() -> None:
    known = replace(LOST, case="one", status=Status.EXPECTED)
    told = replace(LOST, case="one", rule="MC603", severity=Severity.WARNING)
    checks = (check("one", Status.EXPECTED, reason="old files"), check("one", Status.FAILED, "MC603"))
    whole = select_case(report(known, told, checks=checks), "one", first=True)
    assert expected_reasons(whole) == ("old files",)
    assert list_warnings(whole) == (told,)
    assert whole.verdict is Verdict.WARN
