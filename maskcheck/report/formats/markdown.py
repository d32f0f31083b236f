"""The report as Markdown, short enough for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import TextIO

from maskcheck.model.finding import Finding, Severity
from maskcheck.model.report import LayerReport, Report, Verdict
from maskcheck.report.base import Document, Look, Reporter
from maskcheck.report.counts import count_noun, is_shown
from maskcheck.report.markup import escape_prose, format_code, format_code_block, format_html
from maskcheck.report.phrases import cause_text, finding_text
from maskcheck.report.shared_causes import SharedCause, list_shown_causes, list_told
from maskcheck.report.terminal.causes import cause_sentence
from maskcheck.report.terminal.findings import finding_qualifier, finding_sentence
from maskcheck.report.terminal.glyphs import UNICODE
from maskcheck.report.terminal.location import locate_finding
from maskcheck.report.terminal.summary import evidence_texts, layer_texts

# GitHub refuses comments of more than 65,536 characters.
_ROOM = 30_000
_HEAD = ["|  | layer | finding | on | where |", "| --- | --- | --- | --- | --- |"]
# Of classes and places so many are named in a row.
_NAMED = 8
_MARKS = {Severity.ERROR: UNICODE.verdicts[Verdict.FAIL], Severity.WARNING: UNICODE.verdicts[Verdict.WARN]}
_LayerFindings = tuple[LayerReport, Sequence[Finding]]


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what writes one Markdown text when the scan has ended."""
    return Document(stream, partial(render, verbosity=look.verbosity))


def render(report: Report, verbosity: int = 0) -> str:
    """Return a heading, a table of the findings that ``verbosity`` shows, and their evidence folded away.

    What several classes share comes first, and once.
    """
    causes = list_shown_causes(report.layers, verbosity)
    told = list_told(causes, verbosity)
    shown = [
        (each, [f for f in each.findings if is_shown(f, verbosity) and f not in told])
        for each in report.layers
    ]
    left = [(layer, findings) for layer, findings in shown if findings]
    return "\n\n".join([*_heading(report), *_table(causes, left), *_evidence(causes, left)]) + "\n"


def _heading(report: Report) -> Iterator[str]:
    mark = "✗" if report.finish.exit_code else "✓"
    yield f"### {mark} maskcheck: {', '.join(layer_texts(report))}"
    yield " · ".join([*evidence_texts(report), f"exit code {int(report.finish.exit_code)}"])


def _table(causes: Sequence[SharedCause], left: Sequence[_LayerFindings]) -> Iterator[str]:
    rows = [*map(_cause_row, causes), *(_row(layer, each) for layer, found in left for each in found)]
    fitting = _cut_to_room(rows)
    if rows:
        yield "\n".join([*_HEAD, *fitting])
    if more := len(rows) - len(fitting):
        yield f"{count_noun(more, 'more finding')}: there is no room for them here."


def _cause_row(cause: SharedCause) -> str:
    names = [format_code(layer.name) for layer in cause.layers]
    places = dict.fromkeys(format_code(str(locate_finding(each, layer))) for layer, each in cause.cases)
    routes = dict.fromkeys(route for _, each in cause.cases for route in each.routes)
    cells = [
        _MARKS.get(cause.finding.severity, ""),
        f"{_count_classes(cause)}: {_join_some(names)}",
        _finding_cell(cause.finding, cause_sentence(cause)),
        ", ".join(map(format_code, routes)),
        _join_some(list(places)),
    ]
    return f"| {' | '.join(cells)} |"


def _row(layer: LayerReport, finding: Finding) -> str:
    cells = [
        UNICODE.verdicts[layer.verdict],
        format_code(layer.name),
        _finding_cell(finding, finding_sentence(finding)),
        ", ".join(map(format_code, finding.routes)),
        format_code(str(locate_finding(finding, layer))),
    ]
    return f"| {' | '.join(cells)} |"


def _finding_cell(finding: Finding, sentence: str) -> str:
    return f"**{finding.rule} {finding.name}**{finding_qualifier(finding)} {escape_prose(sentence)}"


def _count_classes(cause: SharedCause) -> str:
    return count_noun(len(cause.layers), "class", "classes")


def _join_some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _NAMED} more" if len(texts) > _NAMED else ""
    return f"{', '.join(texts[:_NAMED])}{more}"


def _evidence(causes: Sequence[SharedCause], left: Sequence[_LayerFindings]) -> Iterator[str]:
    blocks = [
        _fold(f"{cause.finding.rule} {cause.finding.name}, {_count_classes(cause)}", [cause_text(cause)])
        for cause in causes
    ]
    blocks += [_fold(format_html(layer.name), map(finding_text, findings)) for layer, findings in left]
    fitting = _cut_to_room(blocks)
    yield from fitting
    if more := len(blocks) - len(fitting):
        yield f"{count_noun(more, 'more layer')} with findings: there is no room for their evidence here."


def _fold(title: str, texts: Iterable[str]) -> str:
    told = format_code_block("\n\n".join(texts))
    return f"<details><summary>{title}</summary>\n\n{told}\n\n</details>"


def _cut_to_room(parts: Sequence[str]) -> Sequence[str]:
    """Return as many of the parts as there is room for."""
    sizes = accumulate(len(part) + 2 for part in parts)
    return parts[: sum(size <= _ROOM for size in sizes)]
