"""The part of a layer's report that is about one case, for the test of that case."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.judging.conclude import decide_verdict
from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.variant import covers


def select_case(report: LayerReport, case: str, *, first: bool) -> LayerReport:
    """Return what a report says of one case and its repeats.

    Args:
        first: whether it is the first one; it also gets what concerns the layer as a whole.
    """
    checks = tuple(check for check in report.checks if covers(case, check.case))
    failed = {check.rule for check in checks if check.status in (Status.FAILED, Status.EXPECTED)}
    own = {id(f) for f in report.findings if (first if f.case is None else covers(case, f.case))}
    explained = {f.rule for f in report.findings if id(f) in own}
    # A fault that several cases show is one finding, which names the first of them.
    shared = {id(f) for f in report.findings if f.case is not None and f.rule in failed - explained}
    findings = tuple(f for f in report.findings if id(f) in own | shared)
    judged = report.verdict is not Verdict.UNCHECKED
    return replace(report, checks=checks, findings=findings, verdict=decide_verdict(findings, judged=judged))


def is_failed(report: LayerReport) -> bool:
    """Tell whether a part has unexpected failures."""
    return report.verdict in (Verdict.FAIL, Verdict.UNCHECKED)


def skip_reason(report: LayerReport) -> str:
    """Return why nothing of a part was checked, "" if anything was."""
    if any(check.status is not Status.SKIPPED for check in report.checks):
        return ""
    return next((check.reason for check in report.checks), "the scan leaves this case out")


def expected_reasons(report: LayerReport) -> tuple[str, ...]:
    """Return why failures of a part are expected, each reason once."""
    expected = [check.reason for check in report.checks if check.status is Status.EXPECTED]
    # What could not be checked has no checks that say so.
    expected += [finding.reason for finding in report.findings if finding.status is Status.EXPECTED]
    return tuple(dict.fromkeys(filter(None, expected)))


def list_warnings(report: LayerReport) -> tuple[Finding, ...]:
    """Return the findings that fail nothing but should be seen."""
    live = (finding for finding in report.findings if finding.status is Status.FAILED)
    return tuple(finding for finding in live if finding.severity is Severity.WARNING)
