"""GitLab's code quality report: a list of issues, which a merge request compares with its target's."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TextIO

from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Report
from maskcheck.report.base import Document, Look, Reporter
from maskcheck.report.fingerprint import fingerprint_findings
from maskcheck.report.phrases import with_class_name, with_evidence
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.location import Location, locate_finding, make_location
from maskcheck.report.terminal.summary import stop_text

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what writes one JSON document when the scan has ended."""
    return Document(stream, render)


def render(report: Report) -> str:
    """Return the document, in ASCII only, so that no encoding of the stream can damage it."""
    issues = [_finding_issue(*each) for each in fingerprint_findings(report)]
    return json.dumps([*_interruption_issues(report), *issues], indent=2) + "\n"


def _finding_issue(layer: LayerReport, finding: Finding, fingerprint: str) -> dict[str, Any]:
    expected = finding.status is Status.EXPECTED
    severity = "info" if expected else _SEVERITIES[finding.severity]
    description = with_class_name(layer, with_evidence(finding)) + (" (expected)" if expected else "")
    return _issue(description, finding.rule, fingerprint, severity, locate_finding(finding, layer))


def _interruption_issues(report: Report) -> list[dict[str, Any]]:
    """Return an issue for a scan that did not reach its end: without one it would look better than it is."""
    if not report.finish.interrupted:
        return []
    fingerprint = hashlib.sha256(b"interrupted").hexdigest()[:32]
    where = make_location(report.start.spec or report.start.targets[0], None)
    return [_issue(f"the scan was {stop_text(report)}", "maskcheck", fingerprint, "blocker", where)]


def _issue(description: str, check: str, fingerprint: str, severity: str, where: Location) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": escape_text(where.path), "lines": {"begin": where.line or 1}},
    }
