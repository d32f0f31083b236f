"""Selects the layers of this scan: all that is planned, those that failed last time, or one shard."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from maskcheck.engine.plan import PlannedStep, plan_layers
from maskcheck.engine.processes.task import Job
from maskcheck.errors import UsageError
from maskcheck.known_failures.collect import KnownFailures, collect_known_failures
from maskcheck.known_failures.match_findings import mark_expected
from maskcheck.known_failures.stale_baseline import report_stale_entries
from maskcheck.model.baseline import Baseline
from maskcheck.model.case import Spec
from maskcheck.model.report import LayerReport, Shard
from maskcheck.model.target import ImportedWorld
from maskcheck.settings import Settings

_NONE_FAILED = "none of these layers failed last time: all are checked"


@dataclass(frozen=True)
class Selection:
    """The steps of this scan. ``positions`` are their indices in the whole scan if this is a ``shard``."""

    planned: tuple[PlannedStep, ...]
    positions: tuple[int, ...] = ()
    shard: Shard | None = None
    remarks: tuple[str, ...] = ()


def select_layers(
    worlds: Sequence[ImportedWorld], spec: Spec, baseline: Baseline, settings: Settings
) -> Selection:
    """Return the steps for the classes of ``worlds``, with the failures known of each.

    Raises:
        MaskcheckError: spec, settings or comments in the source are wrong, or there is no layer.
    """
    steps = plan_layers(worlds, spec, settings)
    known = collect_known_failures(worlds, baseline)
    _check_skipped(worlds, steps, known)
    planned = [attach_known_failures(step, known) for step in steps]
    return narrow_plan([*planned, *report_stale_entries(worlds, baseline, settings)], settings)


def _check_skipped(
    worlds: Sequence[ImportedWorld], steps: Sequence[PlannedStep], known: KnownFailures
) -> None:
    """Refuse comments in the source that expect something of a class that cannot be checked."""
    why = {step.id: step.skip for step in steps if isinstance(step, LayerReport)}
    for subject in (subject for world in worlds for subject in world.subjects):
        written = [e for e in known.of(subject) if e.origin == "source"]
        if written and subject.skip and subject.skip == why.get(subject.id):
            message = f"{subject.name} is not checked ({subject.skip}), so nothing of it can be expected"
            raise UsageError(message, mark=written[0].mark, hint="remove this comment")


def attach_known_failures(step: PlannedStep, known: KnownFailures) -> PlannedStep:
    """Return the step in which the failures that are known of its class or module are expected."""
    if isinstance(step, Job):
        return replace(step, expect=known.of(step.subject)) if step.subject else step
    return mark_expected(step, known.of_id(step.id)) if step.findings else step


def narrow_plan(planned: Sequence[PlannedStep], settings: Settings) -> Selection:
    """Return the part of a plan that the settings ask for.

    If none of the layers failed last time, all are selected; a shard may be empty.
    """
    remarks = []
    if settings.last_failed is not None:
        again = [step for step in planned if _layer_id(step) in settings.last_failed]
        remarks += [] if again else [_NONE_FAILED]
        planned = again or planned
    if settings.shard is None:
        return Selection(tuple(planned), remarks=tuple(remarks))
    number, of = settings.shard
    mine = [(place, step) for place, step in enumerate(planned) if shard_of(_layer_id(step), of) == number]
    return Selection(
        tuple(step for _, step in mine),
        tuple(place for place, _ in mine),
        Shard(number, of, len(planned)),
        tuple(remarks),
    )


def shard_of(name: str, of: int) -> int:
    """Return the number, from 1, of the shard of a class: by its path alone, so that no other moves it."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % of + 1


def _layer_id(step: PlannedStep) -> str:
    if isinstance(step, LayerReport):
        return step.id
    return step.subject.id if step.subject else ""
