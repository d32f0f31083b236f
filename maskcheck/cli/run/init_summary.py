"""The summary that ``maskcheck init`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from maskcheck.cli.run.init_draft import START, NewEntry
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.report.counts import count_noun
from maskcheck.report.terminal.escape import escape_text, shorten_path
from maskcheck.report.terminal.lines import Line
from maskcheck.report.terminal.tables import align_columns


@dataclass(frozen=True)
class InitSummary:
    """The result of an ``init``: ``new`` entries, the number ``kept``, reports on the other classes."""

    path: str
    new: Sequence[NewEntry]
    kept: int
    reports: Sequence[LayerReport]

    @property
    def stuck(self) -> bool:
        """Tell whether there would be comments only, which are no spec."""
        return bool(self.new) and not self.kept and all(entry.reason for entry in self.new)

    @property
    def unread(self) -> list[LayerReport]:
        """Return the reports on modules that cannot be imported."""
        return [report for report in self.reports if report.verdict is Verdict.UNCHECKED]

    @property
    def skipped(self) -> list[LayerReport]:
        """Return the reports on classes that need no case."""
        return [report for report in self.reports if report.verdict is Verdict.SKIPPED]


def summary_lines(summary: InitSummary, verbosity: int) -> Iterator[Line]:
    """Yield a line for each class that needs one, and the totals."""
    rows = [("to complete", entry.name, entry.reason) for entry in summary.new if entry.reason]
    if verbosity > 0:
        rows[:0] = [("written", entry.name, "") for entry in summary.new if not entry.reason]
        rows += [("skipped", report.name, report.skip) for report in summary.skipped]
    if verbosity >= 0:
        yield from (
            Line(Text(row), hang=4) for row in align_columns([tuple(map(escape_text, row)) for row in rows])
        )
    yield Line(Text(_last_line(summary)))
    if summary.stuck:
        yield Line(Text())
        yield from (Line(Text(line)) for line in _draft_lines(summary.new))


def _last_line(summary: InitSummary) -> str:
    path = escape_text(shorten_path(summary.path))
    if summary.stuck:
        return f"{path} is not written, since it would hold no entry: complete one of these and save it"
    left = sum(bool(entry.reason) for entry in summary.new)
    parts = [count_noun(len(summary.new) - left, "entry", "entries") + " written", f"{left:,} to complete"]
    parts += [f"{summary.kept:,} kept"]
    parts += [f"{len(summary.skipped):,} skipped"] if summary.skipped else []
    return f"{path}: {', '.join(parts)}"


def _draft_lines(new: Sequence[NewEntry]) -> Iterator[str]:
    yield from START.splitlines()
    for entry in new:
        yield from entry.text.split("\n")
