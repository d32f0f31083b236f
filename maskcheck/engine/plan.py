"""Plans the scan: for every class a report at once, or a job, in the order of the report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from maskcheck.engine import failure_reports
from maskcheck.engine.processes.task import Job
from maskcheck.engine.unmatched import check_overrides, find_unknown_entries
from maskcheck.errors import NothingToCheck, SpecError, UsageError, did_you_mean
from maskcheck.model.case import Case, LayerSpec, Spec, Subject
from maskcheck.model.report import LayerReport
from maskcheck.model.target import ImportedWorld
from maskcheck.model.variant import covers, make_variants
from maskcheck.settings import Settings
from maskcheck.specfile.read.match import make_unknown_class_error, match_spec

# The ids of the only case of a class, written inline or inferred: either may be asked for.
_INFERRED = (Case("default"), Case("inferred"))
# How the ids begin of those that are inferred with what a call need not be given.
_INFERRED_WITH = "inferred-with-"
_MISSING = "in the source text, but not there after import (defined conditionally?)"

PlannedStep = LayerReport | Job


def plan_layers(worlds: Sequence[ImportedWorld], spec: Spec, settings: Settings) -> list[PlannedStep]:
    """Return reports and jobs for all classes and failed modules, by world, file and line.

    Raises:
        SpecError: an entry of the spec names no class, or one that is not checked.
        UsageError: no class has the case asked for, or none is meant by a pattern of an override.
        NothingToCheck: there is no class and no failure, or none that `--only` lets through.
    """
    entries = _match_entries(worlds, spec)
    # Of a module that cannot be imported nobody knows what else it would have defined.
    if not any(world.failures for world in worlds):
        check_overrides(settings.overrides, [s for world in worlds for s in world.subjects])
    wanted = [[s for s in world.subjects if s.is_wanted(settings.only)] for world in worlds]
    _check_case(settings, [entries.get(s.id) for subjects in wanted for s in subjects])
    planned: list[PlannedStep] = []
    for world, subjects in zip(worlds, wanted, strict=True):
        missing = {subject.id for subject in world.confirmation.missing}
        found: list[tuple[str, int, str, PlannedStep]] = [(r.file, r.line, r.id, r) for r in world.failures]
        for s in subjects:
            what = (
                failure_reports.report_skipped(s, _MISSING)
                if s.id in missing
                else _plan_layer(s, world, entries, settings)
            )
            found.append((s.file, s.line, s.id, what))
        planned += [what for *_, what in sorted(found, key=lambda entry: entry[:3])]
    if not planned:
        raise _nothing_to_check(worlds, settings)
    return planned


def _match_entries(worlds: Sequence[ImportedWorld], spec: Spec) -> dict[str, LayerSpec]:
    known = [s for world in worlds for s in world.all_subjects]
    matched, unmatched = match_spec(spec, known)
    # Who names single classes does not scan the whole that the spec is for.
    if spec.path and not any(world.world.only for world in worlds):
        imported = [module.file for world in worlds for module in world.world.modules]
        unknown = find_unknown_entries(unmatched, os.path.dirname(os.path.abspath(spec.path)), imported)
        if unknown:
            raise make_unknown_class_error(unknown[0], known)
    return matched


def _check_case(settings: Settings, entries: Sequence[LayerSpec | None]) -> None:
    case = settings.case
    known = sorted({name for entry in entries for name in _case_ids(entry, settings)})
    if case is not None and known and case not in known:
        hint = did_you_mean(case, known) or f"known: {', '.join(known)}"
        raise UsageError(f"no layer has a case {case!r}", hint=hint, option="case")


def _case_ids(entry: LayerSpec | None, settings: Settings) -> list[str]:
    """Return the ids of the cases of a class, and of these in the variants in which they are repeated."""
    cases = entry.cases if entry and entry.cases else _INFERRED
    if cases is _INFERRED and settings.case and settings.case.startswith(_INFERRED_WITH):
        cases = (*cases, Case(settings.case.partition("@")[0]))
    dtypes = (*(entry.dtypes if entry else ()), *settings.dtypes)
    return [each.id for case in cases for each in (case, *make_variants(case, dtypes))]


def _plan_layer(
    subject: Subject, world: ImportedWorld, entries: dict[str, LayerSpec], settings: Settings
) -> PlannedStep:
    entry = entries.get(subject.id)
    # A class that the spec gives a case is checked even if it looks as if it could not be.
    reason = entry.skip if entry and entry.skip is not None else subject.skip
    if reason is not None and not (entry and entry.cases):
        if entry and entry.skip is None:
            raise _make_idle_entry_error(entry, subject, reason)
        return failure_reports.report_skipped(subject, reason)
    if settings.case is not None and settings.case not in _case_ids(entry, settings):
        return failure_reports.report_skipped(subject, f"has no case {settings.case!r}")
    if settings.case is not None and entry:
        entry = replace(entry, cases=tuple(c for c in entry.cases if covers(c.id, settings.case)))
    return Job(world.setup, subject, entry, keras_settings=world.confirmation.keras_settings)


def _make_idle_entry_error(entry: LayerSpec, subject: Subject, reason: str) -> SpecError:
    """Return the error that the spec says something of a class that is not checked, and no more than that."""
    mark = entry.expect[0].mark if entry.expect else entry.mark
    hint = "give it a case, with init and input, or remove the entry"
    return SpecError(f"{subject.name} is not checked ({reason}), so this says nothing", mark=mark, hint=hint)


def _nothing_to_check(worlds: Sequence[ImportedWorld], settings: Settings) -> NothingToCheck:
    names = sorted({subject.name for world in worlds for subject in world.subjects})
    if names:
        more = f" and {len(names) - 10} more" if len(names) > 10 else ""
        patterns = ", ".join(settings.only)
        return NothingToCheck(
            f"no layer is named {patterns}",
            hint=f"there are: {', '.join(names[:10])}{more}",
            option="only",
        )
    modules = [module.name for world in worlds for module in world.world.modules]
    count = f"{len(modules)} modules" if len(modules) > 1 else "one module"
    return NothingToCheck(
        f"no Keras layer is defined in {', '.join(settings.targets)} ({count} searched)",
        hint="" if settings.imported else "--imported also counts the classes that a module imports",
    )
