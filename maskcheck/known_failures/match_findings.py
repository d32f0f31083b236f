"""Known failures: the findings that they cover, and those of which nothing is left."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from maskcheck.errors import did_you_mean
from maskcheck.model.case import Expectation
from maskcheck.model.finding import Check, Finding, Status
from maskcheck.model.report import LayerReport
from maskcheck.model.variant import covers
from maskcheck.rules.base.rule import BUILD
from maskcheck.rules.run.stale_expectation import StaleExpectation

# Who expects, and what to do once nothing is left to expect.
_ORIGINS = {
    "spec": ("the spec expects", "remove this entry of expect"),
    "baseline": ("the baseline holds", "maskcheck baseline prune removes this entry"),
    "source": ("the source expects", "remove this comment"),
}


def mark_known(
    findings: Sequence[Finding],
    checks: Sequence[Check],
    expectations: Sequence[Expectation],
    today: str,
    could_show: Callable[[Expectation], bool] = lambda expectation: True,
    names: Sequence[str] = (),
) -> tuple[tuple[Finding, ...], tuple[Check, ...]]:
    """Mark the findings of single cases that are expected, and add MC008 for stale expectations.

    An expectation of one route covers a finding on that route only. ``today`` is an ISO date; an
    expectation whose ``until`` has passed no longer holds. ``could_show`` says whether the scan
    could have shown what is expected: if not, that it did not is no news. ``names`` are those that
    an expectation may have meant.
    """
    valid = [e for e in expectations if e.until is None or e.until >= today]
    marked = tuple(part for finding in findings for part in _split_by_expectation(finding, valid))
    open_places = {place for f in marked if f.status is not Status.EXPECTED for place in _list_checks(f)}
    known = [finding for finding in marked if finding.status is Status.EXPECTED]
    reasons = {place: f.reason for f in known for place in _list_checks(f) if place not in open_places}
    seen = tuple(
        replace(c, status=Status.EXPECTED, reason=reasons[c.rule, c.case, c.route])
        if c.status is Status.FAILED and (c.rule, c.case, c.route) in reasons
        else c
        for c in checks
    )
    expired = [e for e in expectations if e not in valid]
    left = [e for e in valid if not _is_met(e, findings) and could_show(e)]
    return marked + tuple(_report_stale([*expired, *left], today, names)), seen


def mark_expected(report: LayerReport, expectations: Sequence[Expectation]) -> LayerReport:
    """Return the report on what could not be checked, in which that is expected as far as it is known."""
    today = datetime.date.today().isoformat()
    findings, checks = mark_known(
        report.findings, report.checks, expectations, today, lambda expectation: False
    )
    return replace(report, findings=findings, checks=checks)


def _split_by_expectation(finding: Finding, expectations: Sequence[Expectation]) -> list[Finding]:
    """Return the finding in two, what is expected of it and what is not, as far as there is any."""
    reasons = {route: _find_covering(finding, route, expectations) for route in finding.routes or ("",)}
    known = [route for route, covering in reasons.items() if covering]
    if not known:
        return [finding]
    first = reasons[known[0]][0]
    expected = replace(
        finding,
        status=Status.EXPECTED,
        routes=tuple(filter(None, known)),
        reason=first.reason,
        origin=f"{first.mark.file}:{first.mark.line}" if first.mark else "",
    )
    rest = tuple(route for route in finding.routes if route not in known)
    return [expected, replace(finding, routes=rest)] if rest else [expected]


def _find_covering(finding: Finding, route: str, expectations: Sequence[Expectation]) -> list[Expectation]:
    """Return the expectations that cover all that was lost on one route, or none."""
    covering = [
        next((e for e in expectations if _covers(e, finding, part, route)), None) for part in finding.subjects
    ]
    found = [e for e in covering if e is not None]
    return found if len(found) == len(covering) else []


def _covers(expectation: Expectation, finding: Finding, part: str, route: str) -> bool:
    return (
        expectation.rule in (finding.rule, finding.name)
        and (expectation.subject is None or part in expectation.subjects)
        and (expectation.case is None or covers(expectation.case, finding.case or ""))
        and expectation.route in (None, route)
    )


def _is_met(expectation: Expectation, findings: Sequence[Finding]) -> bool:
    return any(
        _covers(expectation, finding, part, route)
        for finding in findings
        for part in finding.subjects
        for route in finding.routes or ("",)
    )


def _list_checks(finding: Finding) -> list[tuple[str, str, str]]:
    """Return the entries of the ledger that a finding stands for."""
    return [(finding.rule, finding.case or "", route) for route in finding.routes or (BUILD,)]


def _report_stale(expectations: Sequence[Expectation], today: str, names: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each entry; one that is about several routes is one finding with all of them."""
    entries: dict[Expectation, list[str]] = {}
    for expectation in expectations:
        routes = entries.setdefault(replace(expectation, route=None), [])
        routes += [expectation.route] if expectation.route else []
    for entry, on in entries.items():
        gone = entry.until is None or entry.until >= today
        why = "no longer fails" if gone else f"was expected until {entry.until}"
        yield make_stale_finding(entry, why, on, names)


def make_stale_finding(
    expectation: Expectation, why: str, routes: Sequence[str] = (), names: Sequence[str] = ()
) -> Finding:
    """Return the finding that there is nothing left of what is expected, or nothing at all.

    Args:
        names: what its subject may have been meant to be.
    """
    who, hint = _ORIGINS[expectation.origin]
    misspelt = next((one for one in expectation.subjects if names and one not in names), "")
    near = did_you_mean(misspelt, list(names)) if misspelt else ""
    what = f"{expectation.rule} on {expectation.subject or 'any subject'}"
    reason = f" ({expectation.reason})" if expectation.origin != "baseline" else ""
    mark = expectation.mark
    return Finding(
        StaleExpectation.code,
        StaleExpectation.name,
        StaleExpectation.severity,
        expectation.subjects or (expectation.rule,),
        f"{who} {what}{reason}, which {why}",
        case=expectation.case,
        routes=tuple(routes),
        hint=f"{near} else {hint}" if near else hint,
        file=mark.file if mark else None,
        line=mark.line if mark else None,
    )
