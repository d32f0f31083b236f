"""One finding as plain text, in the lengths that the report formats need."""

from __future__ import annotations

from collections.abc import Iterable

from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport
from maskcheck.report.shared_causes import SharedCause
from maskcheck.report.terminal.causes import one_cause_lines
from maskcheck.report.terminal.escape import escape_lines, escape_text
from maskcheck.report.terminal.findings import finding_context, finding_lines, finding_sentence, has_fix
from maskcheck.report.terminal.lines import PLAIN, Line


def with_class_name(layer: LayerReport, text: str) -> str:
    """Return a text with the class it is about, for a report that has no heading for it."""
    return f"{escape_text(layer.name)}: {text}"


def with_evidence(finding: Finding) -> str:
    """Return what is wrong with where it shows, what was given and what came back, on one line."""
    evidence = ", ".join(part.plain for part in finding_context(finding))
    return f"{finding_sentence(finding)} ({evidence})" if evidence else finding_sentence(finding)


def with_advice(finding: Finding) -> str:
    """Return the same, and below it what to write."""
    hint = "\n".join(escape_lines(finding.hint))
    advice = f"write: {hint}" if has_fix(finding) else hint
    return f"{with_evidence(finding)}\n{advice}" if advice else with_evidence(finding)


def finding_text(finding: Finding) -> str:
    """Return all that the text report says of a finding."""
    return _plain_text(finding_lines(finding, PLAIN))


def cause_text(cause: SharedCause) -> str:
    """Return all that the text report says of a fault of several classes."""
    return _plain_text(one_cause_lines(cause, PLAIN))


def _plain_text(lines: Iterable[Line]) -> str:
    return "\n".join(" " * (line.indent - 2) + line.text.plain for line in lines)
