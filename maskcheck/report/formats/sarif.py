"""SARIF 2.1.0, for code scanning: the rules with their explanations, and a result for each finding."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from maskcheck.docs import rule_file
from maskcheck.exits import Exit
from maskcheck.model.finding import Finding, Replacement, Status
from maskcheck.model.report import LayerReport, Report
from maskcheck.report.base import Document, Look, Reporter
from maskcheck.report.explanation import rule_markdown, rule_paragraph
from maskcheck.report.fingerprint import fingerprint_findings
from maskcheck.report.phrases import with_class_name, with_evidence
from maskcheck.report.terminal.escape import escape_lines, escape_text
from maskcheck.report.terminal.location import Location, locate_finding, make_location
from maskcheck.report.terminal.summary import count_texts, stop_text
from maskcheck.rules.base.docstring import summary
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.registry import RULES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LINK = re.compile(r"(\\*)\[(?=[^\]]*\]\()")
_PLACES = {rule.code: index for index, rule in enumerate(RULES)}


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what writes one SARIF document when the scan has ended."""
    return Document(stream, render)


def render(report: Report) -> str:
    """Return the document, in ASCII only, so that no encoding of the stream can damage it."""
    return json.dumps(to_document(report), indent=2) + "\n"


def to_document(report: Report) -> dict[str, Any]:
    """Return the report as plain data."""
    version = report.start.versions.get("maskcheck", "")
    driver = {"name": "maskcheck", "version": version, "rules": [_rule(rule) for rule in RULES]}
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "the working directory of the scan"}}},
        "results": [_result(*each) for each in fingerprint_findings(report)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    explanation = rule.__doc__ or ""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary(explanation)},
        "fullDescription": {"text": rule_paragraph(rule, "What it finds")},
        # An absolute address, as the standard asks; who reads the report elsewhere has the text below.
        "helpUri": Path(rule_file(rule.code)).as_uri(),
        "help": {"text": inspect.cleandoc(explanation), "markdown": rule_markdown(rule)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _invocation(report: Report) -> dict[str, Any]:
    code = int(report.finish.exit_code)
    notice = {"level": "error", "message": _message(stop_text(report))}
    return {
        "executionSuccessful": code in {Exit.CONFORM, Exit.FINDINGS},
        "exitCode": code,
        "exitCodeDescription": "; ".join(count_texts(report)),
        "toolExecutionNotifications": [notice] if report.finish.interrupted else [],
    }


def _result(layer: LayerReport, finding: Finding, fingerprint: str) -> dict[str, Any]:
    known = {"ruleIndex": _PLACES[finding.rule]} if finding.rule in _PLACES else {}
    name = {"name": escape_text(layer.name), "fullyQualifiedName": escape_text(layer.id), "kind": "type"}
    return {
        "ruleId": finding.rule,
        **known,
        "level": finding.severity.value,
        "message": _message(with_class_name(layer, with_evidence(finding))),
        "locations": [
            {
                "physicalLocation": _physical_location(locate_finding(finding, layer)),
                "logicalLocations": [name],
            }
        ],
        "partialFingerprints": {"maskcheck/v1": fingerprint},
        "suppressions": _suppressions(finding),
        "properties": {
            "case": escape_text(finding.case or ""),
            "routes": [escape_text(route) for route in finding.routes],
            "subject": escape_text(finding.subject),
            "hint": "\n".join(escape_lines(finding.hint)),
        },
        **({"fixes": [_fix(finding)]} if finding.edits else {}),
    }


def _fix(finding: Finding) -> dict[str, Any]:
    """Return the edits of a finding, which belong together, as one fix."""
    files = dict.fromkeys(edit.file for edit in finding.edits)
    return {
        "description": {"text": "tried in a copy of the source, and seen to mend it"},
        "artifactChanges": [
            {
                **_physical_location(make_location(file, None)),
                "replacements": [_replacement(edit) for edit in finding.edits if edit.file == file],
            }
            for file in files
        ],
    }


def _replacement(edit: Replacement) -> dict[str, Any]:
    """Return the replacement of whole lines: the region ends where the line below them begins."""
    region = {"startLine": edit.line, "startColumn": 1, "endLine": edit.end_line + 1, "endColumn": 1}
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    """Return why a finding does not count; an empty list says that it does, where none would say nothing."""
    if finding.status is not Status.EXPECTED:
        return []
    suppression = {"kind": "external", "status": "accepted"}
    reason = escape_text(finding.reason)
    return [{**suppression, "justification": reason} if reason else suppression]


def _physical_location(place: Location) -> Mapping[str, Any]:
    path = quote(place.path, errors="backslashreplace")
    outside = place.path.startswith("/")
    location = {"uri": f"file://{path}"} if outside else {"uri": path, "uriBaseId": _ROOT}
    return {"artifactLocation": location, **({"region": {"startLine": place.line}} if place.line else {})}


def _message(text: str) -> dict[str, str]:
    """Return a message that holds neither placeholders nor links, as both would be user text."""
    return {"text": _LINK.sub(r"\1\1\\[", text.replace("{", "{{").replace("}", "}}"))}
