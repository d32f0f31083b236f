"""The report as Markdown, short enough for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import TextIO

from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport, Report
from maskcheck.report.base import Document, Look, Reporter
from maskcheck.report.counts import count_noun, is_shown
from maskcheck.report.markup import escape_prose, format_code, format_code_block, format_html
from maskcheck.report.phrases import finding_text
from maskcheck.report.terminal.findings import finding_qualifier, finding_sentence
from maskcheck.report.terminal.glyphs import UNICODE
from maskcheck.report.terminal.location import locate_finding
from maskcheck.report.terminal.summary import evidence_texts, layer_texts

# GitHub refuses comments of more than 65,536 characters.
_ROOM = 30_000
_HEAD = ["|  | layer | finding | on | where |", "| --- | --- | --- | --- | --- |"]
_LayerFindings = tuple[LayerReport, Sequence[Finding]]


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what writes one Markdown text when the scan has ended."""
    return Document(stream, partial(render, verbosity=look.verbosity))


def render(report: Report, verbosity: int = 0) -> str:
    """Return a heading, a table of the findings that ``verbosity`` shows, and their evidence folded away."""
    shown = [(each, [f for f in each.findings if is_shown(f, verbosity)]) for each in report.layers]
    told = [(layer, findings) for layer, findings in shown if findings]
    return "\n\n".join([*_heading(report), *_table(told), *_evidence(told)]) + "\n"


def _heading(report: Report) -> Iterator[str]:
    mark = "✗" if report.finish.exit_code else "✓"
    yield f"### {mark} maskcheck: {', '.join(layer_texts(report))}"
    yield " · ".join([*evidence_texts(report), f"exit code {int(report.finish.exit_code)}"])


def _table(told: Sequence[_LayerFindings]) -> Iterator[str]:
    rows = [_row(layer, finding) for layer, findings in told for finding in findings]
    fitting = _cut_to_room(rows)
    if rows:
        yield "\n".join([*_HEAD, *fitting])
    if left := len(rows) - len(fitting):
        yield f"{count_noun(left, 'more finding')}: there is no room for them here."


def _row(layer: LayerReport, finding: Finding) -> str:
    head = f"**{finding.rule} {finding.name}**{finding_qualifier(finding)}"
    cells = [
        UNICODE.verdicts[layer.verdict],
        format_code(layer.name),
        f"{head} {escape_prose(finding_sentence(finding))}",
        ", ".join(map(format_code, finding.routes)),
        format_code(str(locate_finding(finding, layer))),
    ]
    return f"| {' | '.join(cells)} |"


def _evidence(told: Sequence[_LayerFindings]) -> Iterator[str]:
    blocks = [_block(*each) for each in told]
    fitting = _cut_to_room(blocks)
    yield from fitting
    if left := len(blocks) - len(fitting):
        yield f"{count_noun(left, 'more layer')} with findings: there is no room for their evidence here."


def _block(layer: LayerReport, findings: Sequence[Finding]) -> str:
    told = format_code_block("\n\n".join(map(finding_text, findings)))
    return f"<details><summary>{format_html(layer.name)}</summary>\n\n{told}\n\n</details>"


def _cut_to_room(parts: Sequence[str]) -> Sequence[str]:
    """Return as many of the parts as there is room for."""
    sizes = accumulate(len(part) + 2 for part in parts)
    return parts[: sum(size <= _ROOM for size in sizes)]
