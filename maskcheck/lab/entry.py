"""The two tasks that the engine runs in a worker process."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import keras

from maskcheck.lab.device import chosen_device, device_name, tolerance, versions
from maskcheck.lab.gather import gather
from maskcheck.lab.imports import find_class, import_world
from maskcheck.lab.probe.attempt import Ground
from maskcheck.lab.probe.prove import probe_arguments
from maskcheck.lab.surroundings import kept_surroundings
from maskcheck.model.case import Case, LayerSpec, Subject
from maskcheck.model.evidence import Evidence, Probe
from maskcheck.model.report import LayerReport
from maskcheck.model.target import Confirmation, World
from maskcheck.rules.conclude import expect, merge_cases, verdict
from maskcheck.rules.judge import judge
from maskcheck.rules.probes import by_cases, can_be_probed, with_probes
from maskcheck.rules.registry import select_rules
from maskcheck.settings import Settings


@dataclass(frozen=True)
class Task:
    """One layer to examine: the subject in its world, and what the spec says of it.

    ``scratch`` is an existing directory of this task alone, removed by the engine.
    """

    world: World
    subject: Subject
    spec: LayerSpec | None
    settings: Settings
    scratch: str


def confirm(world: World, settings: Settings) -> Confirmation:
    """Import the modules of ``world`` and return the Layer subclasses that are really there.

    Raises:
        UsageError: the device of the settings does not exist.
    """
    found = import_world(world)
    return replace(found, device=device_name(settings.device), versions=versions())


def examine(task: Task) -> LayerReport:
    """Check every case of one layer on every route and return the report."""
    start = time.perf_counter()
    cls = find_class(task.world, task.subject)
    with kept_surroundings(), chosen_device(task.settings.device) as device:
        evidences = [
            replace(_gather(cls, task, case), tolerance=tolerance(device))
            for case in (task.spec.cases if task.spec else ())
        ]
        report = _conclude(task, cls, evidences)
    return replace(report, seconds=time.perf_counter() - start)


def _gather(cls: type[keras.Layer], task: Task, case: Case) -> Evidence:
    return gather(cls, task.subject, case, task.settings.routes, task.settings.seed, task.scratch)


def _probes(
    task: Task, cls: type[keras.Layer], usable: Sequence[Evidence], settled: Sequence[str]
) -> Iterator[Probe]:
    """Probe what the cases leave open, on the first case that allows it."""
    if task.spec and usable:
        case = next(case for case in task.spec.cases if case.id == usable[0].case)
        ground = Ground(cls, case, task.settings.seed, task.scratch)
        yield from probe_arguments(ground, usable[0], settled, task.spec.probe)


def _conclude(task: Task, cls: type[keras.Layer], evidences: list[Evidence]) -> LayerReport:
    subject, settings = task.subject, task.settings
    rules = select_rules(settings.select, settings.ignore)
    judged = [judge(evidence, rules, settings.routes) for evidence in evidences]
    usable = [e for e, judgement in zip(evidences, judged, strict=True) if can_be_probed(e, judgement)]
    cases = [finding for judgement in judged for finding in judgement.findings]
    known = by_cases(evidences)
    settled = [*known.proven, *(name for finding in cases for name in finding.subject.split(", "))]
    proofs = with_probes(known, list(_probes(task, cls, usable, settled)), rules)
    found = merge_cases((*cases, *proofs.findings))
    checks = tuple(check for judgement in judged for check in judgement.checks)
    if task.spec:
        today = datetime.date.today().isoformat()
        found, checks = expect(found, checks, task.spec.expect, today)
    return LayerReport(
        id=subject.id,
        name=subject.name,
        file=subject.file,
        line=subject.line,
        verdict=verdict(found, judged=any(evidence.before for evidence in evidences)),
        cases=tuple((case.id, case.origin) for case in (task.spec.cases if task.spec else ())),
        routes=settings.routes,
        findings=found,
        checks=checks,
        proven=proofs.proven,
        unproven=proofs.unproven,
    )
