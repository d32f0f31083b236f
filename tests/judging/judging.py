"""What the rules say of evidence, one of them or all."""

from __future__ import annotations

from maskcheck.judging.judge import judge
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Finding, Status
from maskcheck.rules.registry import RULES, find_rule

ROUTES = ("config", "keras", "weights")


def routes_of(evidence: Evidence) -> tuple[str, ...]:
    """Return the usual routes, and what others the evidence has trips on."""
    return tuple(dict.fromkeys((*ROUTES, *(trip.route for trip in evidence.trips))))


def found(code: str, evidence: Evidence) -> tuple[Finding, ...]:
    """Return what one rule finds, unhindered by those it requires."""
    return judge(evidence, [find_rule(code)], routes_of(evidence)).findings


def one(code: str, evidence: Evidence) -> Finding:
    """Return the only finding of one rule."""
    (finding,) = found(code, evidence)
    return finding


def statuses(code: str, evidence: Evidence) -> dict[str, Status]:
    """Return how the checks of one rule ended, by route."""
    return {
        check.route: check.status for check in judge(evidence, [find_rule(code)], routes_of(evidence)).checks
    }


def told(evidence: Evidence) -> list[tuple[str, str]]:
    """Return rule and subject of everything that all rules together find."""
    return [
        (finding.rule, finding.subject) for finding in judge(evidence, RULES, routes_of(evidence)).findings
    ]


def place(finding: Finding) -> str:
    """Return file and line of a finding."""
    return f"{finding.file}:{finding.line}"
