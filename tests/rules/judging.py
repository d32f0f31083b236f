"""What the rules say of evidence, one of them or all."""

from __future__ import annotations

from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Finding, Status
from maskcheck.rules.judge import judge
from maskcheck.rules.registry import RULES, find_rule

ROUTES = ("config", "keras", "weights")


def found(code: str, evidence: Evidence) -> tuple[Finding, ...]:
    """Return what one rule finds, unhindered by those it requires."""
    return judge(evidence, [find_rule(code)], ROUTES).findings


def one(code: str, evidence: Evidence) -> Finding:
    """Return the only finding of one rule."""
    (finding,) = found(code, evidence)
    return finding


def statuses(code: str, evidence: Evidence) -> dict[str, Status]:
    """Return how the checks of one rule ended, by route."""
    return {check.route: check.status for check in judge(evidence, [find_rule(code)], ROUTES).checks}


def told(evidence: Evidence) -> list[tuple[str, str]]:
    """Return rule and subject of everything that all rules together find."""
    return [(finding.rule, finding.subject) for finding in judge(evidence, RULES, ROUTES).findings]


def place(finding: Finding) -> str:
    """Return file and line of a finding."""
    return f"{finding.file}:{finding.line}"
