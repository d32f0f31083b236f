"""One layer examined: its cases gathered, its arguments probed, all of it judged."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from maskcheck.judging.argument_proofs import (
    add_probes,
    can_be_probed,
    find_round_numbers,
    mark_lost_checks,
    prove_by_cases,
)
from maskcheck.judging.conclude import decide_verdict, list_left_out_checks, merge_cases
from maskcheck.judging.coverage import Coverage
from maskcheck.judging.judge import judge
from maskcheck.known_failures.match_findings import mark_known
from maskcheck.lab.api import keras
from maskcheck.lab.infer import infer
from maskcheck.lab.infer.explain import entry
from maskcheck.lab.probe.attempt import Ground
from maskcheck.lab.probe.prove import probe_arguments
from maskcheck.lab.process.device import tolerance
from maskcheck.lab.process.placement import placed_cases
from maskcheck.lab.task import Task
from maskcheck.lab.variants import evidences, situated_cases
from maskcheck.model.case import Case, Inference
from maskcheck.model.evidence import Evidence, Probe
from maskcheck.model.finding import Check, Finding, Severity
from maskcheck.model.report import LayerReport, Unproven, Verdict
from maskcheck.rules.registry import RULES, applied_rules, rule_of
from maskcheck.rules.run.no_case import NoCase
from maskcheck.rules.run.too_few_proven import TooFewProven
from maskcheck.settings import Settings
from maskcheck.specfile.write.suggest import entry_for


def examined(task: Task, cls: type[keras.Layer], device: str) -> LayerReport:
    """Return the report on one layer; without a case one is inferred, or the report says what to add.

    Args:
        device: where everything runs but for cases that are for another one.
    """
    cases = task.spec.cases if task.spec else ()
    if not cases:
        inference = infer(cls, task.settings.seed)
        if inference.case is None:
            return _chosen(task, _without_case(task, inference))
        cases = (inference.case,)
    wanted = placed_cases(task.settings, situated_cases(task, cases))
    gathered = [
        replace(evidence, tolerance=_tolerance(task.settings, case.device or device, case.there or "CPU:0"))
        for case, evidence in zip(wanted, evidences(task, cls, wanted), strict=True)
    ]
    return _chosen(task, _concluded(task, cls, wanted, gathered))


def _tolerance(settings: Settings, *used: str) -> tuple[float, float]:
    """Return the tolerance that the settings name, or as far as they do not, what the devices need."""
    relative, absolute = tolerance(*used)
    return (
        relative if settings.rtol is None else settings.rtol,
        absolute if settings.atol is None else settings.atol,
    )


def _chosen(task: Task, report: LayerReport) -> LayerReport:
    """Keep what the selected rules say. All are judged: what is not asked for may still explain."""
    codes = {rule.code for rule in applied_rules(task.settings.select, task.settings.ignore)}
    findings = tuple(finding for finding in report.findings if finding.rule in codes)
    judged = report.verdict is not Verdict.UNCHECKED
    return replace(
        report,
        findings=findings,
        checks=tuple(check for check in report.checks if check.rule in codes),
        verdict=decide_verdict(findings, judged=judged),
    )


def _expected(
    task: Task,
    findings: Sequence[Finding],
    checks: Sequence[Check],
    unproven: Iterable[Unproven] = (),
    *,
    judged: bool = True,
) -> tuple[tuple[Finding, ...], tuple[Check, ...]]:
    """Mark what is known of the layer, as far as it concerns the rules that are applied."""
    settings = task.settings
    applied = applied_rules(settings.select, settings.ignore)
    expectations = [e for e in task.expect if rule_of(e.rule) in (None, *applied)]
    names = frozenset(argument.name for argument in unproven)
    reach = Coverage(settings.routes, settings.case, tuple(checks), names, settings.min_proven)
    today = datetime.date.today().isoformat()
    return mark_known(findings, checks, expectations, today, reach.could_show if judged else lambda e: False)


def _concluded(
    task: Task,
    cls: type[keras.Layer],
    cases: Sequence[Case],
    evidences: Sequence[Evidence],
) -> LayerReport:
    judged = [judge(evidence, RULES, task.settings.routes) for evidence in evidences]
    usable = [
        evidence
        for case, evidence, judgement in zip(cases, evidences, judged, strict=True)
        if not case.repeats and can_be_probed(evidence, judgement)
    ]
    findings = [finding for judgement in judged for finding in judgement.findings]
    known = prove_by_cases(evidences)
    by_keras = {path: what for evidence in evidences for path, what in evidence.lost_by_keras.items()}
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    lost = [*by_keras, *(name for finding in errors for name in finding.subjects)]
    made = [check for judgement in judged for check in judgement.checks]
    made += [
        check for case in cases for check in list_left_out_checks(case.id, task.settings.left_out, RULES)
    ]
    settled = [name for name in known.proven if name not in find_round_numbers(evidences)]
    proofs = add_probes(known, list(_probes(task, cls, cases, usable, settled, lost)), RULES)
    checks = mark_lost_checks(made, proofs.findings)
    few = TooFewProven().missing(task.subject, proofs.proven, proofs.unproven, task.settings.min_proven)
    marked, checks = _expected(task, (*findings, *proofs.findings, *few), checks, proofs.unproven)
    found = merge_cases(marked)
    return replace(
        _blank(task, cases),
        verdict=decide_verdict(found, judged=any(evidence.before for evidence in evidences)),
        findings=found,
        checks=checks,
        proven=proofs.proven,
        unproven=proofs.unproven,
        lost_by_keras=tuple(dict.fromkeys((*by_keras.values(), *proofs.lost_by_keras))),
    )


def _probes(
    task: Task,
    cls: type[keras.Layer],
    cases: Sequence[Case],
    usable: Sequence[Evidence],
    settled: Sequence[str],
    lost: Sequence[str],
) -> Iterator[Probe]:
    """Probe what the cases leave open, on the first case that allows it."""
    if usable and task.settings.probe:
        case = next(case for case in cases if case.id == usable[0].case)
        ground = Ground(cls, case, task.settings.seed, task.scratch)
        yield from probe_arguments(ground, usable[0], settled, lost, task.spec.probe if task.spec else {})


def _without_case(task: Task, inference: Inference) -> LayerReport:
    found, _ = _expected(
        task,
        [NoCase().missing(task.subject, inference.reason, entry_for(task.subject.name, inference))],
        (),
        judged=False,
    )
    return replace(_blank(task, ()), verdict=Verdict.UNCHECKED, findings=found)


def _blank(task: Task, cases: Sequence[Case]) -> LayerReport:
    subject = task.subject
    return LayerReport(
        id=subject.id,
        name=subject.name,
        file=subject.file,
        line=subject.line,
        verdict=Verdict.CONFORM,
        cases=tuple((case.id, case.origin) for case in cases),
        inferred="\n".join(
            entry(subject.name, case) for case in cases if case.origin == "inferred" and not case.repeats
        ),
        routes=task.settings.routes,
    )
