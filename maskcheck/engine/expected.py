"""Known failures of a plan's layers: from the baseline, and from comments in the source."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from maskcheck.engine.confirm import Confirmed
from maskcheck.engine.plan import Planned, subjects_of
from maskcheck.engine.task import Job
from maskcheck.errors import UsageError
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.case import Expectation, Subject
from maskcheck.model.report import LayerReport
from maskcheck.rules.expectations import expect
from maskcheck.source.expected import expected_in
from maskcheck.source.remarks import Span

_Found = Mapping[Span, tuple[Expectation, ...]]
IN_BASELINE = "known since the baseline was written"


def with_expectations(
    planned: Sequence[Planned], worlds: Sequence[Confirmed], baseline: Baseline
) -> list[Planned]:
    """Return the plan in which each layer knows what is expected of it.

    Raises:
        UsageError: a comment in the source is malformed, or is about a class that is no layer.
    """
    reads = cache(expected_in)
    for world in worlds:
        _check_owners(world, {module.file: reads(module.file) for module in world.world.modules})
    known: dict[str, tuple[Expectation, ...]] = {}
    for entry in baseline.entries:
        on_all = expectation_of(entry)
        expectations = [replace(on_all, route=route) for route in entry.routes] or [on_all]
        known[entry.id] = (*known.get(entry.id, ()), *expectations)
    return [
        replace(step, expect=(*_of(step.subject, reads(step.subject.file)), *known.get(step.subject.id, ())))
        if isinstance(step, Job) and step.subject
        else _excused(step, known)
        for step in planned
    ]


def excused(report: LayerReport, expectations: Sequence[Expectation]) -> LayerReport:
    """Return the report on what could not be checked, in which that is expected as far as it is known."""
    today = datetime.date.today().isoformat()
    findings, checks = expect(report.findings, report.checks, expectations, today, lambda expectation: False)
    return replace(report, findings=findings, checks=checks)


def _excused(step: Planned, known: dict[str, tuple[Expectation, ...]]) -> Planned:
    return excused(step, known.get(step.id, ())) if isinstance(step, LayerReport) and step.findings else step


def expectation_of(entry: Known) -> Expectation:
    """Return what an entry of the baseline expects, on whatever route."""
    return Expectation(
        entry.rule,
        IN_BASELINE,
        entry.subject or None,
        mark=entry.mark,
        origin="baseline",
        repeated=entry.repeated,
    )


def _of(subject: Subject, found: _Found) -> tuple[Expectation, ...]:
    return tuple(e for owner, expectations in found.items() if _is_at(subject, owner) for e in expectations)


def _is_at(subject: Subject, owner: Span) -> bool:
    """Tell whether a class is the one; one that a function made has another name, but its place."""
    return owner.first <= subject.line <= owner.line


def _check_owners(world: Confirmed, found: Mapping[str, _Found]) -> None:
    """Refuse what is expected of a class that no scan of its module checks."""
    layers = [*subjects_of(world), *world.source]
    for file, owners in found.items() if not world.world.only else ():
        for owner, expectations in owners.items():
            if not any(subject.file == file and _is_at(subject, owner) for subject in layers):
                raise UsageError(
                    f"{owner.name} is no layer that a scan finds",
                    mark=expectations[0].mark,
                    hint="remove this comment",
                )
