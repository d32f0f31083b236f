"""What the baseline holds of classes and modules that no report is made of any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from maskcheck.known_failures.collect import to_expectation
from maskcheck.known_failures.match_findings import make_stale_finding
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.case import Subject
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.target import ImportedWorld
from maskcheck.rules.registry import applied_rules, rule_of
from maskcheck.rules.run.stale_expectation import StaleExpectation
from maskcheck.settings import Settings


def report_stale_entries(
    worlds: Sequence[ImportedWorld], baseline: Baseline, settings: Settings
) -> Iterator[LayerReport]:
    """Yield a report on each class of the baseline that is no longer in the modules that were searched.

    What the targets do not hold, what could not be imported and what no rule is applied to is left alone.
    """
    applied = applied_rules(settings.select, settings.ignore)
    if not any(isinstance(rule, StaleExpectation) for rule in applied):
        return
    there = {subject.id for world in worlds for subject in world.all_subjects}
    modules = [module.name for world in worlds if not world.world.only for module in world.world.modules]
    failed = [report.id for world in worlds for report in world.failures]
    left = [
        entry
        for entry in sorted(baseline.entries, key=lambda entry: entry.id)
        if entry.id not in there
        and _is_in(entry.id, modules)
        and not _is_in(entry.id, failed)
        and rule_of(entry.rule) in (None, *applied)
    ]
    for name, entries in groupby(left, key=lambda entry: entry.id):
        report = _make_report(name, list(entries), is_module=name in modules)
        if Subject("", name, report.file, report.line).is_wanted(settings.only):
            yield report


def _is_in(name: str, modules: Sequence[str]) -> bool:
    return any(f"{name}.".startswith(f"{module}.") for module in modules)


def _make_report(name: str, entries: Sequence[Known], *, is_module: bool) -> LayerReport:
    why = "no longer fails" if is_module else "is about what is no longer there"
    findings = tuple(make_stale_finding(to_expectation(entry), why, entry.routes) for entry in entries)
    place = findings[0].file or "", findings[0].line or 0
    return LayerReport(name, name.rpartition(".")[2], *place, Verdict.FAIL, findings=findings)
