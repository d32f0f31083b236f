"""From the judgements of all cases to what is told of one layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maskcheck.compare.values import equivalent
from maskcheck.model.case import Expectation
from maskcheck.model.evidence import Argument
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import Verdict
from maskcheck.model.situation import covers
from maskcheck.model.value import ABSENT
from maskcheck.rules.judge import together
from maskcheck.rules.rule import BUILD, Rule

NOT_AS_GIVEN = "it did not come back as it was given"
# Rules whose subjects are lost together, by one omission; or refused together, for one reason.
_JOINED = frozenset({"MC104", "MC105"})
_REFUSED = frozenset({"MC103"})


def merge_cases(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each fault once: the same rule on the same subject, whatever the case."""
    merged: dict[tuple[str, str, Status], Finding] = {}
    for finding in findings:
        key = (finding.rule, _what_is_wrong(finding), finding.status)
        merged[key] = _joined(merged[key], finding) if key in merged else finding
    return tuple(merged.values())


def _what_is_wrong(finding: Finding) -> str:
    """Return what findings of one rule share if one omission explains them."""
    place = f"{finding.file}:{finding.line}"
    if finding.rule in _JOINED:
        return place
    return f"{place} {finding.message}" if finding.rule in _REFUSED else finding.subject


def _joined(first: Finding, second: Finding) -> Finding:
    """Return one finding for two of one rule; their subjects are listed where they differ."""
    both = together(first, second)
    subject = ", ".join(dict.fromkeys([*first.subject.split(", "), *second.subject.split(", ")]))
    return replace(both, subject=subject, message=both.message.replace(both.subject, subject, 1))


def expect(
    findings: Sequence[Finding], checks: Sequence[Check], expectations: Sequence[Expectation], today: str
) -> tuple[tuple[Finding, ...], tuple[Check, ...]]:
    """Mark the findings of single cases that the spec expects, and add MC008 for stale expectations.

    An expectation of one route covers a finding on that route only. ``today`` is an ISO
    date; an expectation whose ``until`` has passed no longer holds.
    """
    valid = [e for e in expectations if e.until is None or e.until >= today]
    marked = tuple(part for finding in findings for part in _parted(finding, valid))
    open_places = {place for f in marked if f.status is not Status.EXPECTED for place in _places(f)}
    known = [finding for finding in marked if finding.status is Status.EXPECTED]
    reasons = {place: _reason(f, valid) for f in known for place in _places(f) if place not in open_places}
    seen = tuple(
        replace(c, status=Status.EXPECTED, reason=reasons[c.rule, c.case, c.route])
        if c.status is Status.FAILED and (c.rule, c.case, c.route) in reasons
        else c
        for c in checks
    )
    met = [e for e in valid if any(_covers(e, finding) for finding in findings)]
    return marked + tuple(_stale(e, e in valid) for e in expectations if e not in met), seen


def _parted(finding: Finding, expectations: Sequence[Expectation]) -> list[Finding]:
    """Return the finding in two, what is expected of it and what is not, as far as there is any."""
    covering = [e for e in expectations if _covers(e, finding)]
    if not covering:
        return [finding]
    if any(e.route is None for e in covering):
        return [replace(finding, status=Status.EXPECTED)]
    known = tuple(route for route in finding.routes if any(e.route == route for e in covering))
    rest = tuple(route for route in finding.routes if route not in known)
    parts = [replace(finding, status=Status.EXPECTED, routes=known)]
    return [*parts, replace(finding, routes=rest)] if rest else parts


def _reason(finding: Finding, expectations: Sequence[Expectation]) -> str:
    """Return why a finding is expected."""
    return next(e.reason for e in expectations if _covers(e, finding))


def _places(finding: Finding) -> list[tuple[str, str | None, str]]:
    """Return the entries of the ledger that a finding stands for."""
    return [(finding.rule, finding.case, route) for route in finding.routes or (BUILD,)]


def _covers(expectation: Expectation, finding: Finding) -> bool:
    return (
        expectation.rule in (finding.rule, finding.name)
        and expectation.subject in (None, finding.subject)
        and (expectation.case is None or covers(expectation.case, finding.case or ""))
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


def not_asked(case: str, left_out: Mapping[str, str], rules: Iterable[Rule]) -> Iterator[Check]:
    """Yield the entries of the ledger for routes that are ``left_out`` of a layer, for the reasons given."""
    for rule in rules:
        for route in rule.routes:
            if route in left_out:
                yield Check(rule.code, route, case, Status.SKIPPED, left_out[route])


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
