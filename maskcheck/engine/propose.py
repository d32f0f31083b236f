"""Infers cases for the classes that have no entry in the spec, in workers as for a scan."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from maskcheck.engine.confirm import confirm_all
from maskcheck.engine.plan import Planned, plan
from maskcheck.engine.processes.exit_texts import gave_up, how
from maskcheck.engine.processes.interrupt import interruptions
from maskcheck.engine.processes.lab_error import LabFault, lab_fault
from maskcheck.engine.processes.outcome import Outcome
from maskcheck.engine.processes.pool import Pool
from maskcheck.engine.processes.task import Failure, Job
from maskcheck.engine.run import KERAS_LAB, Lab, open_pool
from maskcheck.engine.tf_keras import needs_legacy
from maskcheck.errors import MaskcheckError
from maskcheck.model.case import Inference, Spec, Subject
from maskcheck.model.report import LayerReport
from maskcheck.model.target import ImportedWorld, Proposal
from maskcheck.settings import Settings
from maskcheck.source.modules.discovery import discover


@dataclass(frozen=True)
class Outset:
    """The classes and reports known before anything is inferred.

    ``known`` are all classes of the targets, ``wanted`` those to be inferred, in the order
    of a report, ``reports`` tell of the others: modules that cannot be imported, and
    classes that are skipped.
    """

    known: tuple[Subject, ...]
    wanted: tuple[Subject, ...]
    reports: tuple[LayerReport, ...]


@contextmanager
def proposing(
    settings: Settings, spec: Spec, *, lab: Lab = KERAS_LAB
) -> Iterator[tuple[Outset, Iterator[Proposal]]]:
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
    legacy = needs_legacy(worlds)
    with interruptions() as stop, open_pool(settings, lab, stop, legacy=legacy) as pool:
        confirmed = confirm_all(pool, worlds, settings)
        planned = plan(confirmed, spec, settings)
        jobs = [replace(step, propose=True) for step in planned if isinstance(step, Job) and not step.spec]
        yield _outset(confirmed, planned, jobs), _proposals(pool, jobs, settings)


def _proposals(pool: Pool, jobs: Sequence[Job], settings: Settings) -> Iterator[Proposal]:
    faults: list[LabFault] = []
    for _, outcome in pool.run(jobs):
        yield _proposal(outcome, settings, faults)
    if faults:
        raise faults[0]


def _outset(confirmed: Sequence[ImportedWorld], planned: Sequence[Planned], jobs: Sequence[Job]) -> Outset:
    found = [world.confirmation for world in confirmed]
    known = [s for each in found for s in (*each.subjects, *each.missing)]
    known += [s for world in confirmed for s in world.source]
    return Outset(
        known=tuple(dict.fromkeys(known)),
        wanted=tuple(job.subject for job in jobs if job.subject),
        reports=tuple(step for step in planned if isinstance(step, LayerReport)),
    )


def _proposal(outcome: Outcome, settings: Settings, faults: list[LabFault]) -> Proposal:
    subject = outcome.job.subject
    assert subject is not None, "only layers are proposed for, worlds are confirmed before"
    match outcome.result:
        case Proposal() as proposal:
            return proposal
        case MaskcheckError() as error:
            raise error
        case Failure() as failure:
            reason = gave_up(outcome, failure.text)
            if failure.kind == "internal":
                faults.append(lab_fault(subject.id, failure))
                reason = f"a fault of maskcheck, {reason}"
        case _:
            reason = how(outcome, settings.of(subject).timeout)
    return Proposal(subject, Inference(None, reason=reason))
