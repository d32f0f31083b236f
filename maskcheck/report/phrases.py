"""One finding as plain text, in the lengths that the report formats need."""

from __future__ import annotations

from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport
from maskcheck.report.terminal.escape import visible, visible_lines
from maskcheck.report.terminal.findings import context, finding_lines, mends, sentence
from maskcheck.report.terminal.lines import PLAIN


def about(layer: LayerReport, text: str) -> str:
    """Return a text with the class it is about, for a report that has no heading for it."""
    return f"{visible(layer.name)}: {text}"


def proved(finding: Finding) -> str:
    """Return what is wrong with where it shows, what was given and what came back, on one line."""
    evidence = ", ".join(part.plain for part in context(finding))
    return f"{sentence(finding)} ({evidence})" if evidence else sentence(finding)


def advised(finding: Finding) -> str:
    """Return the same, and below it what to write."""
    hint = "\n".join(visible_lines(finding.hint))
    advice = f"write: {hint}" if mends(finding) else hint
    return f"{proved(finding)}\n{advice}" if advice else proved(finding)


def plain(finding: Finding) -> str:
    """Return all that the text report says of a finding."""
    return "\n".join(" " * (line.indent - 2) + line.text.plain for line in finding_lines(finding, PLAIN))
