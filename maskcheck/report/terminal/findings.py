"""One finding, laid out for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.report.terminal.diff import diff_lines
from maskcheck.report.terminal.escape import shown_path, visible, visible_lines
from maskcheck.report.terminal.lines import PLAIN, Line, Page
from maskcheck.report.terminal.location import place
from maskcheck.report.terminal.masks import mask_lines
from maskcheck.report.terminal.tables import delta_lines

_GAP = "   "
_RAISED = 12
_MESSAGE = 600
SEVERITIES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold blue"}


def finding_lines(finding: Finding, page: Page) -> Iterator[Line]:
    """Yield what was lost, on which routes, the evidence, what follows from it, and what to write."""
    yield Line(_title(finding, page), 2)
    if shown := context(finding, page):
        yield Line(Text(_GAP).join(shown), 4)
    yield from _raised(finding, page)
    yield from diff_lines(finding.diff, page, 6)
    yield from delta_lines(finding.deltas, page, 6)
    yield from mask_lines(finding.masks, page, 6)
    for consequence in finding.consequences:
        yield Line(Text(visible(consequence)), 4)
    if finding.status is Status.EXPECTED and finding.reason:
        yield Line(Text(_GAP).join(_excuse(finding)), 4)
    else:
        yield from _hint(finding)


def sentence(finding: Finding, page: Page = PLAIN) -> str:
    """Return what a finding says, on one line and of bounded length."""
    return page.short(" ".join(visible_lines(finding.message)), _MESSAGE)


def qualified(finding: Finding) -> str:
    """Return in brackets what keeps a finding from failing the run, "" where nothing does."""
    qualifiers = [] if finding.severity is Severity.ERROR else [finding.severity.value]
    qualifiers += ["expected"] if finding.status is Status.EXPECTED else []
    return f" ({', '.join(qualifiers)})" if qualifiers else ""


def _title(finding: Finding, page: Page) -> Text:
    head = Text(f"{finding.rule} {finding.name}{qualified(finding)}", SEVERITIES[finding.severity])
    return Text(_GAP).join([head, Text(sentence(finding, page))])


def context(finding: Finding, page: Page = PLAIN) -> list[Text]:
    """Return where a finding shows, what was given and what came back, as far as there is any."""
    parts = []
    if finding.routes:
        parts.append(Text("on " + ", ".join(map(visible, finding.routes))))
    if finding.case not in {None, "default"}:
        parts.append(Text(f"in case {visible(finding.case or '')}"))
    if finding.before:
        # Arguments are given; attributes, weights and outputs simply were.
        verb = "given" if finding.rule.startswith("MC1") else "was"
        parts.append(Text.assemble(f"{verb} ", (page.short(finding.before), "green")))
    if finding.before and finding.after:
        parts.append(Text.assemble("came back ", (page.short(finding.after), "red")))
    return parts


def _raised(finding: Finding, page: Page) -> Iterator[Line]:
    """Yield what was raised instead of coming back: an ``after`` without a ``before``."""
    if finding.before or finding.after in finding.message:
        return
    lines = [line for line in visible_lines(finding.after) if line.strip()]
    shown, left = page.cap(lines, _RAISED)
    yield from (Line(Text(page.short(line), "red"), 6) for line in shown)
    yield from page.more(left, "line", 6)


def _hint(finding: Finding) -> Iterator[Line]:
    lines = [Text(line) for line in visible_lines(finding.hint)] if finding.hint else []
    place = _place(finding)
    if not lines and not place:
        return
    verb = Text("write" if mends(finding) else "see", "bold")
    beside = lines if len(lines) == 1 else []
    yield Line(Text(_GAP).join([verb, *place, *beside]), 4)
    if not beside:
        yield from (Line(line, 6, hang=4) for line in lines)


def _excuse(finding: Finding) -> list[Text]:
    """Return why a finding is expected, and where that is written."""
    where = [Text(visible(shown_path(finding.origin)), "cyan")] if finding.origin else []
    return [Text("expected", "bold"), *where, Text(visible(finding.reason))]


def mends(finding: Finding) -> bool:
    """Tell whether the hint is source text to write; hints of MC0xx are not."""
    return bool(finding.hint) and not finding.rule.startswith("MC0")


def _place(finding: Finding) -> list[Text]:
    if finding.file is None:
        return []
    return [Text(str(place(finding.file, finding.line)), "cyan")]
