"""Fingerprints: an identifier of each finding that stays the same when its line moves."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport, Report

# As many letters are shown to people, and tell the findings of one class apart.
SHORT = 12


def fingerprint_findings(report: Report) -> Iterator[tuple[LayerReport, Finding, str]]:
    """Yield every finding with its layer and its fingerprint, which no other finding of the report has."""
    seen: Counter[str] = Counter()
    for layer in report.layers:
        for finding, fingerprint in _fingerprint(layer, seen):
            yield layer, finding, fingerprint


def fingerprint_layer(layer: LayerReport) -> Iterator[tuple[Finding, str]]:
    """Yield the findings of one layer with their fingerprints."""
    return _fingerprint(layer, Counter())


def _fingerprint(layer: LayerReport, seen: Counter[str]) -> Iterator[tuple[Finding, str]]:
    for finding in layer.findings:
        key = json.dumps([layer.id, finding.rule, sorted(finding.routes), finding.subject])
        seen[key] += 1
        # The same finding occurs twice where it is expected in one case and not in another.
        whole = key if seen[key] == 1 else f"{key} {seen[key]}"
        yield finding, hashlib.sha256(whole.encode()).hexdigest()[:32]
