"""From the judgements of all cases to what is told of one layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from maskcheck.compare.values import equivalent
from maskcheck.model.case import Expectation
from maskcheck.model.evidence import Argument
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import Verdict
from maskcheck.model.value import ABSENT
from maskcheck.rules.judge import together

NOT_AS_GIVEN = "it did not come back as it was given"
# Rules whose subjects are lost together, by one omission.
_JOINED = frozenset({"MC104", "MC105"})


def merge_cases(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each fault once: the same rule on the same subject, whatever the case."""
    merged: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = (finding.rule, f"{finding.file}:{finding.line}" if finding.rule in _JOINED else finding.subject)
        merged[key] = _joined(merged[key], finding) if key in merged else finding
    return tuple(merged.values())


def _joined(first: Finding, second: Finding) -> Finding:
    """Return one finding for two of one rule; their subjects are listed where they differ."""
    subjects = dict.fromkeys([*first.subject.split(", "), *second.subject.split(", ")])
    return replace(together(first, second), subject=", ".join(subjects))


def expect(
    findings: Sequence[Finding], checks: Sequence[Check], expectations: Sequence[Expectation], today: str
) -> tuple[tuple[Finding, ...], tuple[Check, ...]]:
    """Mark the findings that the spec expects, and add MC008 for expectations that are stale.

    ``today`` is an ISO date; an expectation whose ``until`` has passed no longer holds.
    """
    valid = [e for e in expectations if e.until is None or e.until >= today]
    marked = tuple(
        replace(f, status=Status.EXPECTED) if any(_expects(e, f) for e in valid) else f for f in findings
    )
    expected = {(f.rule, route) for f in marked if f.status is Status.EXPECTED for route in f.routes}
    seen = tuple(
        replace(c, status=Status.EXPECTED)
        if c.status is Status.FAILED and (c.rule, c.route) in expected
        else c
        for c in checks
    )
    stale = tuple(
        _stale(e, e in valid)
        for e in expectations
        if not (e in valid and any(_expects(e, f) for f in findings))
    )
    return marked + stale, seen


def _expects(expectation: Expectation, finding: Finding) -> bool:
    return (
        expectation.rule in (finding.rule, finding.name)
        and expectation.subject in (None, finding.subject)
        and expectation.case in (None, finding.case)
        and (expectation.route is None or expectation.route in finding.routes)
    )


def _stale(expectation: Expectation, valid: bool) -> Finding:
    what = f"{expectation.rule} on {expectation.subject or 'any subject'}"
    why = "no longer fails" if valid else f"was expected until {expectation.until}"
    mark = expectation.mark
    return Finding(
        "MC008",
        "stale-expectation",
        Severity.ERROR,
        expectation.subject or expectation.rule,
        f"the spec expects {what} ({expectation.reason}), which {why}",
        case=expectation.case,
        hint="remove this entry of expect",
        file=mark.file if mark else None,
        line=mark.line if mark else None,
    )


def doubt(argument: Argument, rebuilt: object) -> str:
    """Return why a case does not prove an argument, "" if it does."""
    if argument.default is not ABSENT and equivalent(argument.given, argument.default):
        return "every case leaves it at its default"
    if not isinstance(rebuilt, dict):
        return "the route config brought nothing back"
    if argument.name not in rebuilt or not equivalent(argument.given, rebuilt[argument.name]):
        return NOT_AS_GIVEN
    return ""


def verdict(findings: Sequence[Finding], *, judged: bool) -> Verdict:
    """Return the outcome for a layer; ``judged`` if at least one case of it could be."""
    live = [finding for finding in findings if finding.status is Status.FAILED]
    errors = [finding for finding in live if finding.severity is Severity.ERROR]
    if not judged:
        return Verdict.UNCHECKED
    if errors:
        return Verdict.FAIL
    return Verdict.WARN if any(f.severity is Severity.WARNING for f in live) else Verdict.CONFORM
