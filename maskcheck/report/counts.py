"""Counting what a report says, once for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.layer_facts import BASE_ARGUMENTS
from maskcheck.model.report import LayerReport, Report

_SEVERITIES_BY_VERBOSITY = {
    -1: (Severity.ERROR,),
    0: (Severity.ERROR, Severity.WARNING),
    1: (Severity.ERROR, Severity.WARNING, Severity.NOTE),
}


@dataclass(frozen=True)
class ProvenCount:
    """How many constructor arguments there are, and how many were shown to survive."""

    proven: int
    total: int


def count_proven(layers: Iterable[LayerReport]) -> ProvenCount:
    """Count the arguments of ``layers``."""
    own, base = count_proven_apart(layers)
    return ProvenCount(own.proven + base.proven, own.total + base.total)


def count_proven_apart(layers: Iterable[LayerReport]) -> tuple[ProvenCount, ProvenCount]:
    """Count the arguments of ``layers`` that are their authors' own, and those of Keras' own Layer."""
    proven, every = [0, 0], [0, 0]
    for layer in layers:
        names = [*((name, True) for name in layer.proven), *((each.name, False) for each in layer.unproven)]
        for name, shown in names:
            proven[name in BASE_ARGUMENTS] += shown
            every[name in BASE_ARGUMENTS] += 1
    return ProvenCount(proven[False], every[False]), ProvenCount(proven[True], every[True])


def failed_findings(layer: LayerReport, severity: Severity) -> tuple[Finding, ...]:
    """Return the findings of ``severity`` that were not expected."""
    return tuple(f for f in layer.findings if f.severity is severity and f.status is Status.FAILED)


def expected_findings(layer: LayerReport) -> tuple[Finding, ...]:
    """Return the findings that are declared as known."""
    return tuple(f for f in layer.findings if f.status is Status.EXPECTED)


def is_shown(finding: Finding, verbosity: int) -> bool:
    """Tell whether a finding is shown at a verbosity; expected ones only with ``-v``."""
    return finding.severity in _SEVERITIES_BY_VERBOSITY[verbosity] and (
        verbosity > 0 or finding.status is Status.FAILED
    )


def was_stopped_early(report: Report) -> bool:
    """Tell whether layers were left out, by an interruption or because enough have failed."""
    return report.finish.interrupted or len(report.layers) < report.start.layers


def count_noun(number: int, one: str, many: str | None = None) -> str:
    """Return ``number`` with its noun: "1 layer", "2 layers"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
