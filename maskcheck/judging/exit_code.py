"""The exit code that reports on layers amount to."""

from __future__ import annotations

from collections.abc import Iterable

from maskcheck.exits import Exit
from maskcheck.model.finding import Severity, Status
from maskcheck.model.report import LayerReport, Verdict


def is_failing(report: LayerReport, fail_on: str = Severity.ERROR.value) -> bool:
    """Return whether the report fails the run, ``fail_on`` being the least severity that does.

    What is expected does not; a layer that was not checked does, unless just that is expected.
    """
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    if report.verdict is Verdict.UNCHECKED and not errors:
        return True
    warnings = [f for f in report.findings if f.severity is Severity.WARNING and f.severity.value == fail_on]
    return any(finding.status is Status.FAILED for finding in (*errors, *warnings))


def exit_code(reports: Iterable[LayerReport], fail_on: str = Severity.ERROR.value) -> Exit:
    """Return the code of a scan that went well."""
    return Exit.FINDINGS if any(is_failing(report, fail_on) for report in reports) else Exit.CONFORM
