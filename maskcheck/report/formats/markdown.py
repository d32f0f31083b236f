"""The report as Markdown, short enough for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import TextIO

from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport, Report
from maskcheck.report.base import Document, Look, Reporter
from maskcheck.report.counts import counted, is_shown
from maskcheck.report.markup import code, fenced, html, prose
from maskcheck.report.phrases import plain
from maskcheck.report.terminal.findings import qualified, sentence
from maskcheck.report.terminal.glyphs import UNICODE
from maskcheck.report.terminal.location import place_of
from maskcheck.report.terminal.summary import evidence, layers

# GitHub refuses comments of more than 65,536 characters.
_ROOM = 30_000
_HEAD = ["|  | layer | finding | on | where |", "| --- | --- | --- | --- | --- |"]
_Told = tuple[LayerReport, Sequence[Finding]]


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
    yield f"### {mark} maskcheck: {', '.join(layers(report))}"
    yield " · ".join([*evidence(report), f"exit code {int(report.finish.exit_code)}"])


def _table(told: Sequence[_Told]) -> Iterator[str]:
    rows = [_row(layer, finding) for layer, findings in told for finding in findings]
    fitting = _fitting(rows)
    if rows:
        yield "\n".join([*_HEAD, *fitting])
    if left := len(rows) - len(fitting):
        yield f"{counted(left, 'more finding')}: there is no room for them here."


def _row(layer: LayerReport, finding: Finding) -> str:
    head = f"**{finding.rule} {finding.name}**{qualified(finding)}"
    cells = [
        UNICODE.verdicts[layer.verdict],
        code(layer.name),
        f"{head} {prose(sentence(finding))}",
        ", ".join(map(code, finding.routes)),
        code(str(place_of(finding, layer))),
    ]
    return f"| {' | '.join(cells)} |"


def _evidence(told: Sequence[_Told]) -> Iterator[str]:
    blocks = [_block(*each) for each in told]
    fitting = _fitting(blocks)
    yield from fitting
    if left := len(blocks) - len(fitting):
        yield f"{counted(left, 'more layer')} with findings: there is no room for their evidence here."


def _block(layer: LayerReport, findings: Sequence[Finding]) -> str:
    told = fenced("\n\n".join(map(plain, findings)))
    return f"<details><summary>{html(layer.name)}</summary>\n\n{told}\n\n</details>"


def _fitting(parts: Sequence[str]) -> Sequence[str]:
    """Return as many of the parts as there is room for."""
    sizes = accumulate(len(part) + 2 for part in parts)
    return parts[: sum(size <= _ROOM for size in sizes)]
