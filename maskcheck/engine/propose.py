"""Infers cases for the classes that have no entry in the spec, in workers as for a scan."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from maskcheck.engine.confirm import confirm_all
from maskcheck.engine.plan import PlannedStep, plan_layers
from maskcheck.engine.processes.exit_texts import describe_death, describe_exception
from maskcheck.engine.processes.interrupt import watch_interrupts
from maskcheck.engine.processes.lab_error import LabFault, make_lab_fault
from maskcheck.engine.processes.outcome import Outcome
from maskcheck.engine.processes.pool import Pool
from maskcheck.engine.processes.task import Failure, Job
from maskcheck.engine.run import KERAS_LAB, Lab, open_pool
from maskcheck.engine.tf_keras import needs_tf_keras
from maskcheck.errors import MaskcheckError
from maskcheck.model.case import Inference, Spec, Subject
from maskcheck.model.report import LayerReport
from maskcheck.model.target import ImportedWorld, Proposal
from maskcheck.settings import Settings
from maskcheck.source.modules.discovery import discover


@dataclass(frozen=True)
class ProposalPlan:
    """The classes and reports known before anything is inferred.

    ``known`` are all classes of the targets, ``wanted`` those to be inferred, in the order
    of a report, ``reports`` tell of the others: modules that cannot be imported, and
    classes that are skipped.
    """

    known: tuple[Subject, ...]
    wanted: tuple[Subject, ...]
    reports: tuple[LayerReport, ...]


@contextmanager
def propose_cases(
    settings: Settings, spec: Spec, *, lab: Lab = KERAS_LAB
) -> Iterator[tuple[ProposalPlan, Iterator[Proposal]]]:
    """Import the targets, then infer a case for each class that has no entry in ``spec``.

    Yields the Outset, and an iterator that gives a Proposal for each class that is wanted, as
    it comes. A class that crashes, hangs or exits has one without a case. When the context
    ends, all processes end and all their files are removed.

    Raises:
        MaskcheckError: settings, targets or ``spec`` are wrong, or there is no layer.
        LabFault: maskcheck itself failed; on a single class, after the last proposal.
        KeyboardInterrupt: Ctrl-C or SIGTERM came.
    """
    settings = replace(settings, directory=os.path.abspath(settings.directory))
    worlds = discover(settings.targets, settings.directory, settings.imported)
    legacy = needs_tf_keras(worlds)
    with watch_interrupts() as stop, open_pool(settings, lab, stop, legacy=legacy) as pool:
        confirmed = confirm_all(pool, worlds, settings)
        planned = plan_layers(confirmed, spec, settings)
        jobs = [replace(step, propose=True) for step in planned if isinstance(step, Job) and not step.spec]
        yield _make_plan(confirmed, planned, jobs), _yield_proposals(pool, jobs, settings)


def _yield_proposals(pool: Pool, jobs: Sequence[Job], settings: Settings) -> Iterator[Proposal]:
    faults: list[LabFault] = []
    for _, outcome in pool.run(jobs):
        yield _to_proposal(outcome, settings, faults)
    if faults:
        raise faults[0]


def _make_plan(
    confirmed: Sequence[ImportedWorld], planned: Sequence[PlannedStep], jobs: Sequence[Job]
) -> ProposalPlan:
    found = [world.confirmation for world in confirmed]
    known = [s for each in found for s in (*each.subjects, *each.missing)]
    known += [s for world in confirmed for s in world.source]
    return ProposalPlan(
        known=tuple(dict.fromkeys(known)),
        wanted=tuple(job.subject for job in jobs if job.subject),
        reports=tuple(step for step in planned if isinstance(step, LayerReport)),
    )


def _to_proposal(outcome: Outcome, settings: Settings, faults: list[LabFault]) -> Proposal:
    subject = outcome.job.subject
    assert subject is not None, "only layers are proposed for, worlds are confirmed before"
    match outcome.result:
        case Proposal() as proposal:
            return proposal
        case MaskcheckError() as error:
            raise error
        case Failure() as failure:
            reason = describe_exception(outcome, failure.text)
            if failure.kind == "internal":
                faults.append(make_lab_fault(subject.id, failure))
                reason = f"a fault of maskcheck, {reason}"
        case _:
            reason = describe_death(outcome, settings.of(subject).timeout)
    return Proposal(subject, Inference(None, reason=reason))
