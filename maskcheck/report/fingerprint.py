"""Fingerprints: an identifier of each finding that stays the same when its line moves."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport, Report


def fingerprint_findings(report: Report) -> Iterator[tuple[LayerReport, Finding, str]]:
    """Yield every finding with its layer and its fingerprint, which no other finding of the report has."""
    seen: Counter[str] = Counter()
    for layer in report.layers:
        for finding in layer.findings:
            key = json.dumps([layer.id, finding.rule, sorted(finding.routes), finding.subject])
            seen[key] += 1
            # The same finding occurs twice where it is expected in one case and not in another.
            whole = key if seen[key] == 1 else f"{key} {seen[key]}"
            yield layer, finding, hashlib.sha256(whole.encode()).hexdigest()[:32]
