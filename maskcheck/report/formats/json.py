"""The JSON report; its schema is shipped beside this file as ``report.schema.json``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import Enum
from typing import Any, TextIO

from maskcheck.model.finding import Check, Finding, Status
from maskcheck.model.report import LayerReport, Report, Verdict
from maskcheck.report.base import Document, Look, Reporter
from maskcheck.report.counts import count_proven
from maskcheck.report.fingerprint import fingerprint_findings
from maskcheck.report.shared_causes import find_shared_causes
from maskcheck.report.terminal.escape import shorten_path

SCHEMA = "maskcheck-report/1"


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what writes one JSON document when the scan has ended."""
    return Document(stream, render)


def render(report: Report) -> str:
    """Return the document, in ASCII only, so that no encoding of the stream can damage it."""
    return json.dumps(to_document(report), indent=2, allow_nan=False) + "\n"


def to_document(report: Report) -> dict[str, Any]:
    """Return the report as plain data: NaN and infinities, which JSON lacks, become null."""
    arguments = count_proven(report.layers)
    fingerprints = {id(finding): text for _, finding, text in fingerprint_findings(report)}
    whole = {
        "schema": SCHEMA,
        "versions": dict(report.start.versions),
        "device": report.start.device,
        "seed": report.start.seed,
        "targets": report.start.targets,
        "exit_code": int(report.finish.exit_code),
        "summary": {
            "layers": len(report.layers),
            **_counts(Verdict, report.verdicts()),
            "statuses": _counts(Status, report.statuses()),
            "arguments": {"total": arguments.total, "proven": arguments.proven},
            "seconds": round(report.finish.seconds, 3),
            "cached": 0,
            **_without_empty(lost_by_keras=report.lost_by_keras()),
        },
        "layers": [_layer(layer, fingerprints) for layer in report.layers],
        **_optional_keys(report),
    }
    plain: dict[str, Any] = _to_plain(whole)
    return plain


def _optional_keys(report: Report) -> dict[str, Any]:
    """Return what only some scans have to tell; ``planned`` counts the layers of one that was stopped."""
    start, planned = report.start, report.start.layers
    files = {"spec": start.spec, "baseline": start.baseline}
    return (
        {name: path for name, path in files.items() if path is not None}
        | _without_empty(
            devices=start.devices,
            shard=start.shard and asdict(start.shard),
            remarks=start.remarks,
            printed=dict(start.printed),
            interrupted=report.finish.interrupted,
            causes=_causes(report.layers),
        )
        | ({"planned": planned} if planned != len(report.layers) else {})
    )


def _causes(layers: Sequence[LayerReport]) -> list[dict[str, Any]]:
    """Return the faults of several classes, with the findings that tell them as indices into ``layers``."""
    places = {
        (id(layer), id(finding)): {"layer": number, "finding": index}
        for number, layer in enumerate(layers)
        for index, finding in enumerate(layer.findings)
    }
    return [
        {
            "rule": cause.finding.rule,
            "name": cause.finding.name,
            "severity": cause.finding.severity,
            "message": cause.finding.message,
            "classes": [layer.id for layer in cause.layers],
            "findings": [places[id(layer), id(finding)] for layer, finding in cause.cases],
        }
        for cause in find_shared_causes(layers)
    ]


def _counts(kind: type[Enum], found: Mapping[Any, int]) -> dict[str, int]:
    return {member.value: found.get(member, 0) for member in kind}


def _layer(layer: LayerReport, fingerprints: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": layer.id,
        "file": shorten_path(layer.file),
        "line": layer.line,
        "verdict": layer.verdict,
        "cases": [{"id": case, "origin": origin} for case, origin in layer.cases],
        "arguments": {"proven": layer.proven, "unproven": [asdict(each) for each in layer.unproven]},
        "findings": [_finding(finding, fingerprints[id(finding)]) for finding in layer.findings],
        "checks": [_check(check) for check in layer.checks],
        "seconds": round(layer.seconds, 3),
        **_without_empty(inferred=layer.inferred, routes=layer.routes, skip=layer.skip, output=layer.output),
        **_without_empty(lost_by_keras=layer.lost_by_keras, touched=layer.touched),
        **({"name": layer.name} if layer.name != bare_name(layer.id) else {}),
        **({} if layer.position is None else {"position": layer.position}),
    }


def bare_name(name: str) -> str:
    """Return the name of a class without its module, as most layers are called."""
    return name.rpartition(".")[2]


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "status": finding.status,
        "case": finding.case,
        "routes": finding.routes,
        "subject": finding.subject,
        "message": finding.message,
        "before": finding.before,
        "after": finding.after,
        "diff": finding.diff,
        "hint": finding.hint,
        "file": None if finding.file is None else shorten_path(finding.file),
        "line": finding.line,
        "fingerprint": fingerprint,
        **_without_empty(
            deltas=[asdict(delta) for delta in finding.deltas],
            masks=[asdict(mask) for mask in finding.masks],
            consequences=finding.consequences,
            reason=finding.reason,
            origin=shorten_path(finding.origin),
            edits=[{**asdict(edit), "file": shorten_path(edit.file)} for edit in finding.edits],
        ),
    }


def _check(check: Check) -> dict[str, Any]:
    whole = {"rule": check.rule, "route": check.route, "case": check.case, "status": check.status}
    return {**whole, **_without_empty(reason=check.reason)}


def _without_empty(**values: Any) -> dict[str, Any]:
    """Return the values that are not empty: the keys that a report may lack."""
    return {name: value for name, value in values.items() if value}


def _to_plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_to_plain(item) for item in value]
    return value
