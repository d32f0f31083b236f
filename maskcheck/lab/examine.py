"""One layer examined: evidence of its cases and of its arguments is gathered, and handed to the judge."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from maskcheck.judging.layer_report import (
    JudgedCase,
    ProbePlan,
    Request,
    judge_cases,
    plan_probes,
    report_layer,
    report_without_case,
)
from maskcheck.lab.infer import infer
from maskcheck.lab.infer.completion import is_partial
from maskcheck.lab.infer.explain import spec_entry
from maskcheck.lab.infer.inference import ID
from maskcheck.lab.journey.gather import make_unreadable
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.error_info import is_raised_by_user
from maskcheck.lab.probe.attempt import Ground
from maskcheck.lab.probe.prove import probe_arguments
from maskcheck.lab.process.audit import describe_refusal
from maskcheck.lab.process.device import choose_tolerance
from maskcheck.lab.process.placement import place_cases
from maskcheck.lab.process.workplace import invent_values
from maskcheck.lab.task import Task
from maskcheck.lab.variants import add_variants, gather_cases
from maskcheck.model.case import Case, Inference
from maskcheck.model.evidence import Evidence, Probe
from maskcheck.model.finding import Severity
from maskcheck.model.report import LayerReport
from maskcheck.settings import Settings
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.write.write import HEAD


def examine_layer(task: Task, cls: type[keras.Layer], device: str) -> LayerReport:
    """Return the report on one layer; without a case one is inferred, or the report says what to add.

    Args:
        device: where everything runs but for cases that are for another one.
    """
    request = Request(task.subject, task.settings, task.expect, datetime.date.today().isoformat())
    try:
        return _examine(request, task, cls, device)
    except Exception as error:
        if not is_raised_by_user(error):
            raise
        return _report_unreadable(request, error)


def _report_unreadable(request: Request, error: Exception) -> LayerReport:
    """Return the report on a layer that raises when it is looked at, before there is a case of it."""
    case = Case("inferred", "inferred")
    evidence = make_unreadable(request.subject, case.id, error)
    return report_layer(request, judge_cases([case], [evidence], request.settings.routes), ())


def _examine(request: Request, task: Task, cls: type[keras.Layer], device: str) -> LayerReport:
    cases = task.spec.cases if task.spec else ()
    if not cases:
        cases = _read_inferred(task)
    if not cases:
        with invent_values(task.scratch):
            inference = infer(cls, task.settings.seed)
        if inference.case is None:
            return report_without_case(request, inference)
        cases = (inference.case, *inference.more)
    cases = tuple(_complete(task, cls, case) for case in cases)
    asked = (task.settings.case or "").partition("@")[0]
    cases = tuple(case for case in cases if case.id == asked) or cases
    wanted = place_cases(task.settings, add_variants(task, cases))
    gathered = _gather(task, cls, wanted, device)
    judged = judge_cases(wanted, gathered, task.settings.routes)
    if kept_from := _find_refused(judged):
        refused = Inference(
            None, init=cases[0].init, reason=kept_from, args=cases[0].args, call=cases[0].call
        )
        return report_without_case(request, refused)
    plan = plan_probes(judged) if task.settings.probe else None
    probes = list(_probe(task, cls, plan)) if plan else []
    written = [case for case in wanted if _is_inferred(case)]
    return report_layer(request, judged, probes, spec_entry(task.subject.name, written) if written else "")


def _read_inferred(task: Task) -> tuple[Case, ...]:
    """Return the cases that an earlier scan inferred, none where that is not known."""
    entry = task.settings.inferred.get(task.subject.id)
    layers = parse_spec(HEAD + entry, "").layers if entry else ()
    cases = [replace(case, origin="inferred") for layer in layers for case in layer.cases]
    # The entry of a single case does not say what it is called.
    return tuple(replace(case, id=ID) if len(cases) == 1 else case for case in cases)


def _complete(task: Task, cls: type[keras.Layer], case: Case) -> Case:
    """Return a case of a spec with what it leaves open: arguments of the constructor, or the inputs."""
    if case.origin != "spec" or not is_partial(cls, case):
        return case
    with invent_values(task.scratch):
        found = infer(cls, task.settings.seed, case).case
    if found is None:
        return case
    return replace(case, origin="inferred", init=found.init, args=found.args, call=found.call)


def _is_inferred(case: Case) -> bool:
    return case.origin == "inferred" and not case.repeats


def _gather(task: Task, cls: type[keras.Layer], cases: tuple[Case, ...], device: str) -> list[Evidence]:
    """Return the evidence of each case, with the tolerance of the devices on which it was gathered."""
    found = zip(cases, gather_cases(task, cls, cases), strict=True)
    return [
        replace(
            evidence,
            tolerance=_choose_tolerance(task.settings, case.device or device, case.there or "CPU:0"),
        )
        for case, evidence in found
    ]


def _choose_tolerance(settings: Settings, *used: str) -> tuple[float, float]:
    """Return the tolerance that the settings name, or as far as they do not, what the devices need."""
    relative, absolute = choose_tolerance(*used)
    return (
        relative if settings.rtol is None else settings.rtol,
        absolute if settings.atol is None else settings.atol,
    )


def _find_refused(judged: Sequence[JudgedCase]) -> str:
    """Return what an inferred case was kept from doing, "" where that cannot be why it fails."""
    for one in judged:
        refused = [touch for touch in one.evidence.touches if touch.refused]
        failed = any(finding.severity is Severity.ERROR for finding in one.judgement.findings)
        if refused and failed:
            return describe_refusal(refused[0])
    return ""


def _probe(task: Task, cls: type[keras.Layer], plan: ProbePlan) -> Iterator[Probe]:
    """Try second values for the arguments that the cases leave open; nothing outside may be touched."""
    ground = Ground(cls, plan.case, task.settings.seed, task.scratch)
    values = task.spec.probe if task.spec else {}
    reads = (touch for touch in plan.evidence.touches if touch.act == "read" and not touch.missing)
    at_home = any(touch.relative for touch in reads)
    with invent_values(task.scratch, at_home=at_home) as watch:
        before = 0
        try:
            for probe in probe_arguments(ground, plan.evidence, plan.proven, plan.lost, values):
                refused = watch.refused[before:]
                before += len(refused)
                doubtful = refused and probe.outcome != "proven"
                yield Probe(probe.arguments, "unproven", describe_refusal(refused[0])) if doubtful else probe
        except Exception as error:  # what is not probed stays unproven, and the report says so
            if not is_raised_by_user(error):
                raise
