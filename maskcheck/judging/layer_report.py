"""From the evidence of all cases of a layer to the report on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maskcheck.judging.argument_proofs import (
    add_probes,
    can_be_probed,
    find_round_numbers,
    mark_lost_checks,
    prove_by_cases,
)
from maskcheck.judging.conclude import decide_verdict, list_left_out_checks, merge_cases
from maskcheck.judging.coverage import Coverage
from maskcheck.judging.judge import Judgement, judge
from maskcheck.known_failures.match_findings import mark_known
from maskcheck.model.case import Case, Expectation, Inference, Subject
from maskcheck.model.evidence import Evidence, Probe
from maskcheck.model.finding import Check, Finding, Severity
from maskcheck.model.report import LayerReport, Unproven, Verdict
from maskcheck.model.touch import tell_changes
from maskcheck.rules.registry import RULES, applied_rules, rule_of
from maskcheck.rules.run.no_case import NoCase
from maskcheck.rules.run.too_few_proven import TooFewProven
from maskcheck.settings import Settings
from maskcheck.specfile.write.suggest import draft_entry


@dataclass(frozen=True)
class Request:
    """What was asked about one layer, and what is known of it already."""

    subject: Subject
    settings: Settings
    # The failures that are known.
    expect: tuple[Expectation, ...]
    # The date, in ISO format: a known failure may be limited in time.
    today: str


@dataclass(frozen=True)
class JudgedCase:
    """One case, what it gave, and what the rules say of that."""

    case: Case
    evidence: Evidence
    judgement: Judgement


@dataclass(frozen=True)
class ProbePlan:
    """What second values of arguments are to show, on the first case whose config works."""

    case: Case
    evidence: Evidence
    # The arguments that the cases have proven.
    proven: tuple[str, ...]
    # The arguments and attributes that the cases have found lost.
    lost: tuple[str, ...]


def judge_cases(
    cases: Sequence[Case], evidences: Sequence[Evidence], routes: Sequence[str]
) -> tuple[JudgedCase, ...]:
    """Return what all rules say of each case. All are asked: one that is not selected may explain another.

    Args:
        evidences: one for each case.
        routes: those that were to be taken.
    """
    pairs = zip(cases, evidences, strict=True)
    return tuple(JudgedCase(case, evidence, judge(evidence, RULES, routes)) for case, evidence in pairs)


def plan_probes(judged: Sequence[JudgedCase]) -> ProbePlan | None:
    """Return what is to be probed; None where no case can be, so that a loss would say nothing."""
    usable = (one for one in judged if not one.case.repeats and can_be_probed(one.evidence, one.judgement))
    first = next(usable, None)
    if first is None:
        return None
    evidences = [one.evidence for one in judged]
    rounded = find_round_numbers(evidences)
    proven = tuple(name for name in prove_by_cases(evidences).proven if name not in rounded)
    errors = [finding for finding in _findings(judged) if finding.severity is Severity.ERROR]
    lost = (*_lost_by_keras(judged), *(name for finding in errors for name in finding.subjects))
    return ProbePlan(first.case, first.evidence, proven, lost)


def report_layer(
    request: Request, judged: Sequence[JudgedCase], probes: Sequence[Probe], inferred: str = ""
) -> LayerReport:
    """Return the report on a layer.

    Args:
        judged: all its cases.
        probes: what second values of its arguments showed.
        inferred: the entry of a spec that holds the case that was inferred, if one was.
    """
    settings, evidences = request.settings, [one.evidence for one in judged]
    made = [check for one in judged for check in one.judgement.checks]
    made += [check for one in judged for check in list_left_out_checks(one.case.id, settings.left_out, RULES)]
    proofs = add_probes(prove_by_cases(evidences), probes, RULES)
    few = TooFewProven().missing(request.subject, proofs.proven, proofs.unproven, settings.min_proven)
    found = (*_findings(judged), *proofs.findings, *few)
    names = [a.name for evidence in evidences for a in evidence.facts.arguments if not a.base]
    made = [*mark_lost_checks(made, proofs.findings)]
    marked, checks = _mark_expected(request, found, made, proofs.unproven, arguments=names)
    findings = merge_cases(marked)
    report = replace(
        _blank(request, [one.case for one in judged]),
        verdict=decide_verdict(findings, judged=any(evidence.before for evidence in evidences)),
        inferred=inferred,
        findings=findings,
        checks=checks,
        proven=proofs.proven,
        unproven=proofs.unproven,
        lost_by_keras=tuple(dict.fromkeys((*_lost_by_keras(judged).values(), *proofs.lost_by_keras))),
        touched=tell_changes(touch for evidence in evidences for touch in evidence.touches),
        outputs={
            f"{evidence.case} {mode}": call
            for evidence in evidences
            for mode, call in evidence.unsaved_outputs.items()
        },
    )
    return _select(settings, report)


def report_without_case(request: Request, inference: Inference) -> LayerReport:
    """Return the report on a layer that has no case in the spec, and for which none could be inferred."""
    subject = request.subject
    missing = NoCase().missing(subject, inference.reason, draft_entry(subject.name, inference))
    found, _ = _mark_expected(request, [missing], (), judged=False)
    report = replace(_blank(request, ()), verdict=Verdict.UNCHECKED, findings=found)
    return _select(request.settings, report)


def _findings(judged: Iterable[JudgedCase]) -> tuple[Finding, ...]:
    return tuple(finding for one in judged for finding in one.judgement.findings)


def _lost_by_keras(judged: Iterable[JudgedCase]) -> dict[str, str]:
    return {path: what for one in judged for path, what in one.evidence.lost_by_keras.items()}


def _mark_expected(
    request: Request,
    findings: Sequence[Finding],
    checks: Sequence[Check],
    unproven: Iterable[Unproven] = (),
    *,
    arguments: Sequence[str] = (),
    judged: bool = True,
) -> tuple[tuple[Finding, ...], tuple[Check, ...]]:
    """Mark what is known of the layer, as far as it concerns the rules that are applied."""
    settings = request.settings
    applied = applied_rules(settings.select, settings.ignore)
    expectations = [e for e in request.expect if rule_of(e.rule) in (None, *applied)]
    names = frozenset(argument.name for argument in unproven)
    reach = Coverage(settings.routes, settings.case, tuple(checks), names, settings.min_proven)
    could_show = reach.could_show if judged else lambda expectation: False
    known = tuple(dict.fromkeys((*arguments, *(part for f in findings for part in f.subjects))))
    return mark_known(findings, checks, expectations, request.today, could_show, known)


def _select(settings: Settings, report: LayerReport) -> LayerReport:
    """Keep what the selected rules say."""
    codes = {rule.code for rule in applied_rules(settings.select, settings.ignore)}
    findings = tuple(finding for finding in report.findings if finding.rule in codes)
    judged = report.verdict is not Verdict.UNCHECKED
    return replace(
        report,
        findings=findings,
        checks=tuple(check for check in report.checks if check.rule in codes),
        verdict=decide_verdict(findings, judged=judged),
    )


def _blank(request: Request, cases: Sequence[Case]) -> LayerReport:
    subject = request.subject
    return LayerReport(
        id=subject.id,
        name=subject.name,
        file=subject.file,
        line=subject.line,
        verdict=Verdict.CONFORM,
        cases=tuple((case.id, case.origin) for case in cases),
        routes=request.settings.routes,
    )
