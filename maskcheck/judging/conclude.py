"""From the judgements of all cases to the findings and the verdict on one layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maskcheck.compare.values import equivalent
from maskcheck.judging.judge import join_findings
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.layer_facts import Argument
from maskcheck.model.report import Verdict
from maskcheck.model.value import ABSENT
from maskcheck.model.variant import repeats_another
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.registry import rule_of

NOT_AS_GIVEN = "it did not come back as it was given"


def merge_cases(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each fault once: the same rule on the same subject, whatever the case.

    It is reported for the case itself rather than for a variant of it.
    """
    merged: dict[tuple[str, str, Status], Finding] = {}
    for finding in sorted(findings, key=lambda each: repeats_another(each.case or "")):
        key = (finding.rule, _fault_key(finding), finding.status)
        merged[key] = _join_subjects(merged[key], finding) if key in merged else finding
    return tuple(merged.values())


def _fault_key(finding: Finding) -> str:
    """Return what findings of one rule share if they are one fault."""
    place = f"{finding.file}:{finding.line}"
    rule = rule_of(finding.rule)
    if rule is None or rule.same_fault == "subject":
        return finding.subject
    return place if rule.same_fault == "place" else f"{place} {finding.message}"


def _join_subjects(first: Finding, second: Finding) -> Finding:
    """Return one finding for two of one rule; their subjects are listed where they differ."""
    both = join_findings(first, second)
    whole = replace(both, subjects=tuple(dict.fromkeys((*first.subjects, *second.subjects))))
    return replace(whole, message=both.message.replace(both.subject, whole.subject, 1))


def list_left_out_checks(case: str, left_out: Mapping[str, str], rules: Iterable[Rule]) -> Iterator[Check]:
    """Yield the entries of the ledger for routes that are ``left_out`` of a layer, for the reasons given."""
    for rule in rules:
        for route in rule.routes:
            if route in left_out:
                yield Check(rule.code, route, case, Status.SKIPPED, left_out[route])


def find_doubt(argument: Argument, rebuilt: object) -> str:
    """Return why a case does not prove an argument, "" if it does."""
    if argument.default is not ABSENT and equivalent(argument.given, argument.default):
        return "every case leaves it at its default"
    if not isinstance(rebuilt, dict):
        return "the route config brought nothing back"
    if argument.name not in rebuilt or not equivalent(argument.given, rebuilt[argument.name]):
        return NOT_AS_GIVEN
    return ""


def decide_verdict(findings: Sequence[Finding], *, judged: bool) -> Verdict:
    """Return the outcome for a layer; ``judged`` if at least one case of it could be."""
    live = [finding for finding in findings if finding.status is Status.FAILED]
    errors = [finding for finding in live if finding.severity is Severity.ERROR]
    if not judged:
        return Verdict.UNCHECKED
    if errors:
        return Verdict.FAIL
    return Verdict.WARN if any(f.severity is Severity.WARNING for f in live) else Verdict.CONFORM
