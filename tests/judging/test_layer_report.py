"""The report on a layer, from the evidence of its cases and its probes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from maskcheck.error_texts.read import read_error
from maskcheck.judging.layer_report import (
    JudgedCase,
    Request,
    judge_cases,
    plan_probes,
    report_layer,
    report_without_case,
)
from maskcheck.model.case import Case, Expectation, Inference
from maskcheck.model.evidence import Evidence, Failure, Probe
from maskcheck.model.finding import Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.settings import Settings
from tests.judging.judging import ROUTES
from tests.rules.evidence import SUBJECT, argument, evidence
from tests.rules.faults import FAULTS

SETTINGS = Settings(("pkg",), routes=ROUTES)
REQUEST = Request(SUBJECT, SETTINGS, (), "2030-01-01")
LOST = FAULTS["MC101"]


def judged(*given: Evidence, **fields: Any) -> tuple[JudgedCase, ...]:
    cases = [Case(each.case, **fields) for each in given]
    return judge_cases(cases, given, ROUTES)


def reported(given: Sequence[JudgedCase], request: Request = REQUEST, *probes: Probe) -> LayerReport:
    return report_layer(request, given, probes)


def rules(report: LayerReport) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_a_healthy_case_conforms() -> None:
    report = reported(judged(evidence()))
    assert (report.id, report.verdict, report.findings) == ("pkg.layers.Scale", Verdict.CONFORM, ())
    assert (report.proven, report.routes) == (("factor",), ROUTES)
    assert {check.route for check in report.checks} == {"build", *ROUTES}


def test_a_loss_fails_the_layer_unless_it_is_known() -> None:
    report = reported(judged(LOST))
    assert (report.verdict, rules(report)) == (Verdict.FAIL, ["MC101"])
    subject = report.findings[0].subject
    known = replace(REQUEST, expect=(Expectation("MC101", "old", subject),))
    report = reported(judged(LOST), known)
    assert report.verdict is Verdict.CONFORM
    assert [finding.status for finding in report.findings] == [Status.EXPECTED]


def test_a_known_failure_ends_on_its_day() -> None:
    subject = reported(judged(LOST)).findings[0].subject
    expect = (Expectation("MC101", "old", subject, until="2029-12-31"),)
    assert reported(judged(LOST), replace(REQUEST, expect=expect)).verdict is Verdict.FAIL


def test_only_what_the_selected_rules_say_is_kept() -> None:
    request = replace(REQUEST, settings=replace(SETTINGS, ignore=("MC101",)))
    report = reported(judged(LOST), request)
    assert (report.verdict, rules(report)) == (Verdict.CONFORM, [])
    assert "MC101" not in {check.rule for check in report.checks}


def test_a_layer_of_which_no_case_can_be_judged_is_unchecked() -> None:
    failed = replace(evidence(), before=None, failure=Failure("call", read_error("ValueError", "no")))
    assert reported(judged(failed)).verdict is Verdict.UNCHECKED


def test_a_layer_without_a_case_says_what_to_add() -> None:
    report = report_without_case(REQUEST, Inference(None, missing=("factor",), reason="no luck"))
    assert (report.verdict, rules(report)) == (Verdict.UNCHECKED, ["MC002"])
    assert "Scale:" in report.findings[0].hint


def test_what_is_probed_is_what_the_first_sound_case_leaves_open() -> None:
    odd = evidence(arguments=(argument("factor", 2.125, 1.0),), rebuilt={"factor": 2.125})
    plan = plan_probes(judged(odd))
    assert plan is not None
    assert (plan.case.id, plan.evidence, plan.proven, plan.lost) == (odd.case, odd, ("factor",), ())
    rounded = plan_probes(judged(evidence()))
    assert rounded is not None
    assert rounded.proven == ()


def test_what_is_lost_is_not_probed_once_more() -> None:
    plan = plan_probes(judged(replace(evidence(), lost_by_keras={"units": "Dense.units"})))
    assert plan is not None
    assert plan.lost == ("units",)


def test_a_case_whose_config_is_refused_is_not_probed_nor_is_a_repeated_one() -> None:
    assert plan_probes(judged(FAULTS["MC103"])) is None
    assert plan_probes(judged(evidence(), repeats="plain")) is None


def test_probes_add_to_what_is_proven() -> None:
    report = reported(
        judged(evidence()), REQUEST, Probe(("rate",), "proven"), Probe(("size",), "unproven", "why")
    )
    assert report.proven == ("factor", "rate")
    assert [(argument.name, argument.reason) for argument in report.unproven] == [("size", "why")]
