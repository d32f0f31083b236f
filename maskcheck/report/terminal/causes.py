"""What several classes share, told once: with it the text report begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from maskcheck.report.counts import count_noun
from maskcheck.report.shared_causes import SharedCause
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.findings import (
    SEVERITIES,
    advice_lines,
    finding_qualifier,
    finding_sentence,
    hint_lines,
    hint_verb,
)
from maskcheck.report.terminal.lines import PLAIN, Line, Page
from maskcheck.report.terminal.location import locate_finding
from maskcheck.report.terminal.tables import pad

_GAP = "   "
_NAMES = 8
_PLACES = 12


def cause_lines(causes: Sequence[SharedCause], page: Page) -> Iterator[Line]:
    """Yield each fault with the classes that it costs, what to write, and where, be it in several places."""
    if causes:
        yield Line(Text("faults of several classes", "bold"))
    for cause in causes:
        yield from one_cause_lines(cause, page)


def cause_sentence(cause: SharedCause, page: Page = PLAIN) -> str:
    """Return what is said of all classes, or else of the first, by its name."""
    layer, finding = cause.cases[0]
    sentence, name = finding_sentence(finding, page), escape_text(layer.name)
    same = len({each.message for _, each in cause.cases}) == 1
    return sentence if same or name in sentence else f"{name}: {sentence}"


def one_cause_lines(cause: SharedCause, page: Page) -> Iterator[Line]:
    """Yield what is told of one fault."""
    finding = cause.finding
    head = Text(f"{finding.rule} {finding.name}{finding_qualifier(finding)}", SEVERITIES[finding.severity])
    classes = count_noun(len(cause.layers), "class", "classes")
    if not cause.in_one_place:
        yield Line(Text(_GAP).join([head, Text(classes)]), 2)
        yield Line(Text(cause_sentence(cause, page)), 4)
        yield from _place_lines(cause, page)
        return
    shown, left = page.cap([escape_text(layer.name) for layer in cause.layers], _NAMES)
    more = f" and {left} more" if left else ""
    yield Line(Text(_GAP).join([head, Text(f"{classes}: {', '.join(shown)}{more}")]), 2)
    yield Line(Text(cause_sentence(cause, page)), 4)
    yield from hint_lines(finding, page)


def _place_lines(cause: SharedCause, page: Page) -> Iterator[Line]:
    """Yield what to write and where in each of the classes; once what is the same in all."""
    finding, alike = cause.finding, cause.hint is not None
    if alike:
        yield from advice_lines([hint_verb(finding)], finding, page, 4)
    else:
        yield Line(hint_verb(finding), 4)
    cases, left = page.cap(cause.cases, _PLACES)
    width = max(cell_len(escape_text(layer.name)) for layer, _ in cases)
    for layer, each in cases:
        name = Text(pad(escape_text(layer.name), width))
        head = [name, Text(str(locate_finding(each, layer)), "cyan")]
        if alike:
            yield Line(Text(_GAP).join(head), 6, gap=_GAP)
        else:
            yield from advice_lines(head, each, page, 6)
    yield from page.more(left, "class", 6, "classes")
