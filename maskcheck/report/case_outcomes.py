"""The outcome of one case of a layer on one route: the unit of reports that count tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maskcheck.model.finding import Check, Finding
from maskcheck.model.report import LayerReport
from maskcheck.rules.base.rule import BUILD


@dataclass(frozen=True)
class CaseOutcome:
    """The checks of one case on one route, and the findings that show there."""

    case: str
    route: str
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]


def case_outcomes(layer: LayerReport) -> list[CaseOutcome]:
    """Return the outcomes of a layer in the order of its checks; each finding is in at least one."""
    own = [(key, finding) for finding in layer.findings for key in _named_places(finding, layer)]
    keys = dict.fromkeys([*((check.case, check.route) for check in layer.checks), *(key for key, _ in own)])
    return [_make_outcome(layer, *key, [finding for place, finding in own if place == key]) for key in keys]


def _named_places(finding: Finding, layer: LayerReport) -> Iterator[tuple[str, str]]:
    """Yield the cases and routes that a finding names itself."""
    case = finding.case
    if case is None:
        checked = (check.case for check in layer.checks if check.rule == finding.rule)
        case = next(checked, layer.cases[0][0] if layer.cases else "")
    for route in finding.routes or (BUILD,):
        yield case, route


def _make_outcome(layer: LayerReport, case: str, route: str, own: Sequence[Finding]) -> CaseOutcome:
    checks = tuple(check for check in layer.checks if (check.case, check.route) == (case, route))
    # A finding that several cases show names the first; in the others only the checks tell of it.
    unexplained = {(check.rule, check.status) for check in checks} - {(f.rule, f.status) for f in own}
    others = [
        finding
        for finding in layer.findings
        if (finding.rule, finding.status) in unexplained and route in (finding.routes or (BUILD,))
    ]
    return CaseOutcome(case, route, checks, (*own, *others))
