"""Whether an edit is a cure: what it mends is gone, nothing new is there, and calls give the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maskcheck.compare.snapshots import call_change
from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.snapshot import CallResult
from maskcheck.rules.base.rule import BUILD
from maskcheck.rules.registry import find_rule

# Two builds of a layer add up numbers in the same order; what is left is far below this.
_TOLERANCE = (1e-4, 1e-5)


@dataclass(frozen=True)
class Outcome:
    """What a scan with an edit showed: ``fault`` is why it is no cure, "" where it is one.

    ``outputs_changed`` tells whether calls of an unsaved layer give something else.
    """

    fault: str = ""
    outputs_changed: bool = False


def list_open(report: LayerReport) -> tuple[Finding, ...]:
    """Return the findings that are to be mended: errors and warnings that nobody expects."""
    return tuple(
        finding
        for finding in report.findings
        if finding.severity is not Severity.NOTE and finding.status is Status.FAILED
    )


def judge_edits(before: LayerReport, after: LayerReport | None, mended: Iterable[Finding]) -> Outcome:
    """Compare the reports on a layer without and with edits.

    Args:
        after: None where the class was not found any more.
        mended: the findings that should be gone; none of a layer that the edits are not about.
    """
    if after is None:
        return Outcome("the class cannot be found any more")
    remaining, mended = list_open(after), tuple(mended)
    if after.inferred != before.inferred:
        # Of a layer that no edit is about, it is the time that inference took.
        return Outcome("another case is inferred for it, so that nothing can be compared" if mended else "")
    unseen = _list_unseen_routes(mended)
    for finding in mended:
        same = next((other for other in remaining if is_same(finding, other)), None)
        if same:
            return Outcome(f"{same.rule} stays: {same.message}")
    for finding in remaining:
        if _is_caused(before, finding, unseen):
            return Outcome(f"{finding.rule} comes of it: {finding.message}")
    if after.verdict is Verdict.UNCHECKED and before.verdict is not Verdict.UNCHECKED:
        why = next((f": {finding.rule} {finding.message}" for finding in after.findings), "")
        return Outcome(f"the layer cannot be checked any more{why}")
    unproven = [name for name in before.proven if name not in after.proven]
    if unproven and mended:
        reasons = {each.name: f": {each.reason}" for each in after.unproven}
        return Outcome(f"{unproven[0]} is proven no longer{reasons.get(unproven[0], '')}")
    failed = next((mode for mode in before.outputs if _is_failed(after.outputs.get(mode))), "")
    if failed:
        return Outcome(f"a call of an unsaved layer works no longer ({failed})")
    return Outcome(outputs_changed=_has_changed_calls(before, after))


def is_same(finding: Finding, other: Finding) -> bool:
    """Tell whether two findings of one layer are about the same fault."""
    return finding.rule == other.rule and bool({*finding.subjects} & {*other.subjects})


def _list_unseen_routes(mended: Iterable[Finding]) -> frozenset[str]:
    """Return the routes on which nothing came back before, so that a check that passed says little."""
    refused = (finding for finding in mended if not find_rule(finding.rule).needs_arrival)
    return frozenset(route for finding in refused for route in finding.routes)


def _is_caused(before: LayerReport, finding: Finding, unseen: frozenset[str]) -> bool:
    """Tell whether a finding is new, and not one that another had hidden: its check had passed."""
    if any(is_same(finding, other) for other in list_open(before)):
        return False
    routes = {*(finding.routes or (BUILD,))} - unseen
    return any(
        check.status is Status.PASSED
        for check in before.checks
        if check.rule == finding.rule and check.route in routes and finding.case in (None, check.case)
    )


def _is_failed(call: CallResult | None) -> bool:
    return call is None or call.error is not None


def _has_changed_calls(before: LayerReport, after: LayerReport) -> bool:
    """Tell whether any call of an unsaved layer gives something else."""
    pairs = ((mode, call, after.outputs[mode]) for mode, call in before.outputs.items())
    return any(call_change(mode, call, now, _TOLERANCE).differs for mode, call, now in pairs)
