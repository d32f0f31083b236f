"""Reads a JSON report back into a Report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from maskcheck.errors import UsageError
from maskcheck.model.case import Mark
from maskcheck.model.finding import (
    SEPARATOR,
    ArrayDelta,
    Check,
    Finding,
    MaskRow,
    Replacement,
    Severity,
    Status,
)
from maskcheck.model.report import (
    LayerReport,
    Report,
    ScanFinished,
    ScanStarted,
    Shard,
    Unproven,
    Verdict,
)
from maskcheck.report.formats.json import SCHEMA, bare_name
from maskcheck.report.from_json import parse_value


@dataclass(frozen=True)
class _Case:
    id: str
    origin: str


@dataclass(frozen=True)
class _Arguments:
    proven: tuple[str, ...]
    unproven: tuple[Unproven, ...]


@dataclass(frozen=True)
class _Finding:
    """One finding as JSON has it: the names of what was lost are one text."""

    rule: str
    name: str
    severity: Severity
    subject: str
    message: str
    case: str | None = None
    routes: tuple[str, ...] = ()
    status: Status = Status.FAILED
    before: str = ""
    after: str = ""
    diff: str = ""
    hint: str = ""
    file: str | None = None
    line: int | None = None
    deltas: tuple[ArrayDelta, ...] = ()
    masks: tuple[MaskRow, ...] = ()
    consequences: tuple[str, ...] = ()
    reason: str = ""
    origin: str = ""
    edits: tuple[Replacement, ...] = ()
    # Follows from the others.
    fingerprint: str = ""


@dataclass(frozen=True)
class _Layer:
    """One layer as JSON has it."""

    id: str
    file: str
    line: int
    verdict: Verdict
    cases: tuple[_Case, ...]
    arguments: _Arguments
    findings: tuple[_Finding, ...]
    checks: tuple[Check, ...]
    seconds: float
    inferred: str = ""
    routes: tuple[str, ...] = ()
    skip: str = ""
    output: str = ""
    lost_by_keras: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    name: str | None = None
    position: int | None = None


@dataclass(frozen=True)
class _Document:
    """A whole report as JSON has it; of the summary only the seconds are not in the rest."""

    schema: str
    versions: Mapping[str, str]
    device: str
    seed: int
    targets: tuple[str, ...]
    exit_code: int
    summary: Mapping[str, Any]
    layers: tuple[_Layer, ...]
    spec: str | None = None
    baseline: str | None = None
    devices: tuple[str, ...] = ()
    shard: Shard | None = None
    remarks: tuple[str, ...] = ()
    printed: Mapping[str, str] | None = None
    # Follows from the layers.
    causes: Any = None
    interrupted: bool = False
    planned: int | None = None


def read_report(text: str, path: str) -> Report:
    """Return the report that the JSON ``text`` holds; ``path`` is the file that errors name.

    Figures that JSON lacks, NaN and infinities, are None.

    Raises:
        UsageError: it is no JSON, or not what `--format json` of this version writes.
    """
    try:
        data = json.loads(text)
    except RecursionError:
        raise UsageError(f"{path} is no JSON: it is nested too deeply") from None
    except ValueError as error:
        if not isinstance(error, json.JSONDecodeError):
            raise UsageError(f"{path} is no JSON: {error}") from None
        raise UsageError(f"not JSON: {error.msg}", mark=Mark(path, error.lineno, error.colno)) from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        hint = "write one with: maskcheck scan TARGET --report json=PATH"
        raise UsageError(f"{path} is no report with the schema {SCHEMA!r}", hint=hint)
    try:
        document = parse_value(_Document, data, "the report")
        seconds = parse_value(float, document.summary.get("seconds"), "the report.summary.seconds")
    except ValueError as error:
        raise UsageError(f"{path} was not written by maskcheck: {error}") from None
    finish = ScanFinished(seconds, document.exit_code, document.interrupted)
    return Report(_to_start(document), tuple(map(_to_layer, document.layers)), finish)


def _to_start(document: _Document) -> ScanStarted:
    planned = len(document.layers) if document.planned is None else document.planned
    return ScanStarted(
        versions=document.versions,
        device=document.device,
        seed=document.seed,
        targets=document.targets,
        spec=document.spec,
        layers=planned,
        devices=document.devices,
        baseline=document.baseline,
        shard=document.shard,
        remarks=document.remarks,
        printed=document.printed or {},
    )


def _to_layer(layer: _Layer) -> LayerReport:
    return LayerReport(
        id=layer.id,
        name=bare_name(layer.id) if layer.name is None else layer.name,
        file=layer.file,
        line=layer.line,
        verdict=layer.verdict,
        cases=tuple((case.id, case.origin) for case in layer.cases),
        inferred=layer.inferred,
        routes=layer.routes,
        findings=tuple(map(_finding, layer.findings)),
        checks=layer.checks,
        proven=layer.arguments.proven,
        unproven=layer.arguments.unproven,
        lost_by_keras=layer.lost_by_keras,
        touched=layer.touched,
        skip=layer.skip,
        output=layer.output,
        seconds=layer.seconds,
        position=layer.position,
    )


def _finding(finding: _Finding) -> Finding:
    values = {field.name: getattr(finding, field.name) for field in fields(finding)}
    del values["fingerprint"]
    return Finding(subjects=tuple(values.pop("subject").split(SEPARATOR)), **values)
