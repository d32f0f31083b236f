"""A scan whose report is kept: a command reads it, and the user sees the progress."""

from __future__ import annotations

import sys

from maskcheck.cli.run.follow import follow_events
from maskcheck.model.report import Event, Report
from maskcheck.report.base import Look, ReportBuilder
from maskcheck.report.reporters import make_progress_reporter
from maskcheck.settings import Settings


class _ReportKeeper(ReportBuilder):
    """Keeps the report, and shows the progress of the scan."""

    report: Report | None = None

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        quiet = settings.verbosity < 0 or sys.stderr is None
        self._shown = (
            None if quiet else make_progress_reporter(sys.stderr, Look(settings.color, settings.verbosity))
        )

    def handle(self, event: Event) -> None:
        self.report = self.add(event)
        if self._shown:
            self._shown.handle(event)

    def close(self) -> None:
        if self._shown:
            self._shown.close()


def scan_to_report(settings: Settings) -> Report:
    """Scan, with the progress on standard error unless ``settings`` are quiet, and return the whole report.

    Raises:
        MaskcheckError: something that the user can fix prevents the scan.
    """
    from maskcheck.engine.run import scan

    kept = _ReportKeeper(settings)
    try:
        follow_events(scan(settings), kept)
    finally:
        kept.close()
    assert kept.report is not None, "follow sees the scan to its end"
    return kept.report
