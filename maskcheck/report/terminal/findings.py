"""One finding, laid out for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.report.terminal.diff import diff_lines
from maskcheck.report.terminal.escape import escape_lines, escape_text, shorten_path
from maskcheck.report.terminal.lines import PLAIN, Line, Page
from maskcheck.report.terminal.location import make_location
from maskcheck.report.terminal.masks import mask_lines
from maskcheck.report.terminal.tables import delta_lines
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.registry import rule_of

_GAP = "   "
_ERROR_LINES = 12
_LONGEST_MESSAGE = 600
# A hint that says in words what to write, on one line.
_PROSE = re.compile(r"[a-z]+ [a-z]+ .*\Z")
SEVERITIES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold blue"}


def finding_lines(finding: Finding, page: Page) -> Iterator[Line]:
    """Yield what was lost, on which routes, the evidence, what follows from it, and what to write."""
    yield Line(_title_text(finding, page), 2)
    if shown := finding_context(finding, page):
        yield Line(Text(_GAP).join(shown), 4, gap=_GAP)
    yield from _error_lines(finding, page)
    yield from diff_lines(finding.diff, page, 6)
    yield from delta_lines(finding.deltas, page, 6)
    yield from mask_lines(finding.masks, page, 6)
    for consequence in finding.consequences:
        yield Line(Text(escape_text(consequence)), 4)
    if finding.status is Status.EXPECTED and finding.reason:
        yield Line(Text(_GAP).join(_reason_texts(finding)), 4, gap=_GAP)
    else:
        yield from hint_lines(finding, page)


def finding_sentence(finding: Finding, page: Page = PLAIN) -> str:
    """Return what a finding says, on one line and of bounded length."""
    return page.short(" ".join(escape_lines(finding.message)), _LONGEST_MESSAGE)


def finding_qualifier(finding: Finding) -> str:
    """Return in brackets what keeps a finding from failing the run, "" where nothing does."""
    qualifiers = [] if finding.severity is Severity.ERROR else [finding.severity.value]
    qualifiers += ["expected"] if finding.status is Status.EXPECTED else []
    return f" ({', '.join(qualifiers)})" if qualifiers else ""


def _title_text(finding: Finding, page: Page) -> Text:
    head = Text(f"{finding.rule} {finding.name}{finding_qualifier(finding)}", SEVERITIES[finding.severity])
    return Text(_GAP).join([head, Text(finding_sentence(finding, page))])


def finding_context(finding: Finding, page: Page = PLAIN) -> list[Text]:
    """Return where a finding shows, what was given and what came back, as far as there is any."""
    parts = []
    if finding.routes:
        parts.append(Text("on " + ", ".join(map(escape_text, finding.routes))))
    if finding.case not in {None, "default"}:
        parts.append(Text(f"in case {escape_text(finding.case or '')}"))
    if finding.before:
        rule = rule_of(finding.rule) or Rule
        parts.append(Text.assemble(f"{rule.before_verb} ", (page.short(finding.before), "green")))
    if finding.before and finding.after:
        parts.append(Text.assemble("came back ", (page.short(finding.after), "red")))
    return parts


def _error_lines(finding: Finding, page: Page) -> Iterator[Line]:
    """Yield what was raised instead of coming back: an ``after`` without a ``before``."""
    if finding.before or finding.after in finding.message:
        return
    lines = [line for line in escape_lines(finding.after) if line.strip()]
    shown, left = page.cap(lines, _ERROR_LINES)
    yield from (Line(Text(page.short(line), "red"), 6) for line in shown)
    yield from page.more(left, "line", 6)


def hint_lines(finding: Finding, page: Page) -> Iterator[Line]:
    """Yield where to write what, or what to look at."""
    place = _location_texts(finding)
    if place or finding.hint:
        yield from advice_lines([hint_verb(finding), *place], finding, page, 4)


def hint_verb(finding: Finding) -> Text:
    """Return what the reader is asked to do with a hint."""
    proved = " (proved)" if finding.edits else ""
    return Text(f"write{proved}" if has_fix(finding) else "see", "bold")


def advice_lines(head: Sequence[Text], finding: Finding, page: Page, indent: int) -> Iterator[Line]:
    """Yield the hint of a finding beside ``head``, or below where it is too long; no source is broken."""
    lines = [Text(line) for line in escape_lines(finding.hint)] if finding.hint else []
    # Several lines are source text or an entry of the spec, also where they are something to look at.
    copied = len(lines) > 1 or (has_fix(finding) and not _PROSE.match(finding.hint))
    gap = "" if copied else _GAP
    beside = Line(Text(_GAP).join([*head, *lines[:1]]), indent, gap=gap)
    if len(lines) <= 1 and (gap or page.fits(beside)):
        yield beside
    else:
        yield Line(Text(_GAP).join(head), indent, gap=gap)
        yield from (Line(line, indent + 2, hang=4, gap=gap) for line in lines)


def _reason_texts(finding: Finding) -> list[Text]:
    """Return why a finding is expected, and where that is written."""
    where = [Text(escape_text(shorten_path(finding.origin)), "cyan")] if finding.origin else []
    return [Text("expected", "bold"), *where, Text(escape_text(finding.reason))]


def has_fix(finding: Finding) -> bool:
    """Tell whether the hint is source text to write, rather than what to look at."""
    return bool(finding.hint) and (rule_of(finding.rule) or Rule).mends


def _location_texts(finding: Finding) -> list[Text]:
    if finding.file is None:
        return []
    return [Text(str(make_location(finding.file, finding.line)), "cyan")]
