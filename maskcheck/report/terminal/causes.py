"""What several classes share, told once: with it the text report begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from maskcheck.report.counts import count_noun
from maskcheck.report.shared_causes import SharedCause
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.findings import SEVERITIES, finding_qualifier, finding_sentence, hint_lines
from maskcheck.report.terminal.lines import Line, Page
from maskcheck.report.terminal.location import locate_finding

_NAMES = 8
_PLACES = 12


def cause_lines(causes: Sequence[SharedCause], page: Page) -> Iterator[Line]:
    """Yield each fault with the classes that it costs, what to write, and where, be it in several places."""
    if causes:
        yield Line(Text("faults of several classes", "bold"))
    for cause in causes:
        yield from _one_cause(cause, page)


def _one_cause(cause: SharedCause, page: Page) -> Iterator[Line]:
    finding = cause.finding
    head = Text(f"{finding.rule} {finding.name}{finding_qualifier(finding)}", SEVERITIES[finding.severity])
    shown, left = page.cap([escape_text(layer.name) for layer in cause.layers], _NAMES)
    more = f" and {left} more" if left else ""
    classes = f"{count_noun(len(cause.layers), 'class', 'classes')}: {', '.join(shown)}{more}"
    yield Line(Text("   ").join([head, Text(classes)]), 2)
    if len({(each.file, each.line) for _, each in cause.cases}) == 1:
        yield Line(Text(finding_sentence(finding, page)), 4)
        yield from hint_lines(finding)
    else:
        yield Line(Text(f"{shown[0]}: {finding_sentence(finding, page)}"), 4)
        yield from _place_lines(cause, page)


def _place_lines(cause: SharedCause, page: Page) -> Iterator[Line]:
    """Yield where to write what in each of the classes; of several lines the first."""
    cases, left = page.cap(cause.cases, _PLACES)
    width = max(len(escape_text(layer.name)) for layer, _ in cases)
    for layer, finding in cases:
        lines = [line.strip() for line in finding.hint.splitlines()]
        hint = f"{escape_text(lines[0])}{f' {page.glyphs.ellipsis}' * (len(lines) > 1)}" if lines else ""
        name = Text(escape_text(layer.name).ljust(width))
        place = Text(str(locate_finding(finding, layer)), "cyan")
        yield Line(Text("   ").join([name, place, Text(hint)]), 6, hang=4)
    yield from page.more(left, "class", 6)
