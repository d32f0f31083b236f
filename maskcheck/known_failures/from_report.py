"""What a baseline takes from a report, and what it no longer needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.finding import Severity, Status
from maskcheck.model.report import Report
from maskcheck.model.variant import repeats_another
from maskcheck.rules.run.stale_expectation import StaleExpectation


def list_known(report: Report) -> Iterator[Known]:
    """Yield an entry for each error and warning that is not expected; what is stale is to be mended."""
    for layer in report.layers:
        for finding in layer.findings:
            counts = finding.status is Status.FAILED and finding.severity is not Severity.NOTE
            if counts and finding.rule != StaleExpectation.code:
                for part in finding.subjects:
                    repeated = repeats_another(finding.case or "")
                    yield Known(layer.id, finding.rule, part, finding.routes, repeated)


def list_stale_entries(baseline: Baseline, report: Report) -> Iterator[Known]:
    """Yield the entries that the report calls stale, each with the routes on which it is."""
    stale = {
        (layer.id, finding.line, finding.subject): finding.routes
        for layer in report.layers
        for finding in layer.findings
        if finding.rule == StaleExpectation.code and finding.file == baseline.path
    }
    for entry in baseline.entries:
        key = entry.id, entry.mark.line if entry.mark else None, entry.subject or entry.rule
        if key in stale:
            yield replace(entry, routes=stale[key])


def remove_entries(baseline: Baseline, gone: Iterable[Known]) -> Iterator[Known]:
    """Yield what is left of the entries without those that are ``gone``, or gone on some of their routes."""
    routes = {replace(entry, routes=()): entry.routes for entry in gone}
    for entry in baseline.entries:
        key = replace(entry, routes=())
        left = tuple(route for route in entry.routes if route not in routes.get(key, ()))
        if left or key not in routes:
            yield replace(entry, routes=left)
