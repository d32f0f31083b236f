"""The page that GitHub shows of a workflow's run, to which each step may add."""

from __future__ import annotations

from maskcheck.model.report import Event
from maskcheck.report.base import ReportBuilder
from maskcheck.report.formats.markdown import render


class StepSummary:
    """Appends the report as Markdown to the file at ``path`` when the scan has ended."""

    def __init__(self, path: str, verbosity: int) -> None:
        self._path = path
        self._verbosity = verbosity
        self._gatherer = ReportBuilder()

    def handle(self, event: Event) -> None:
        """Take in one event; write at the last one.

        Raises:
            OSError: the file cannot be written.
        """
        if report := self._gatherer.add(event):
            with open(self._path, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(render(report, self._verbosity))

    def close(self) -> None:
        """Do nothing: there is nothing to restore."""
