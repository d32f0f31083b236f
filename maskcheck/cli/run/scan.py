"""Runs one scan: passes the engine's events to every report, and returns the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Mapping

from maskcheck.cli.options.callbacks import find_write_problem
from maskcheck.cli.run.errors import describe_os_error, discard_output, print_error
from maskcheck.cli.run.follow import follow_events
from maskcheck.cli.run.output import get_stdout
from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.model.report import Event
from maskcheck.report.base import Look, Reporter
from maskcheck.report.broadcast import Broadcast
from maskcheck.report.file import FileReport
from maskcheck.report.reporters import FORMATS, LIVE, make_progress_reporter
from maskcheck.settings import Settings

STDOUT = "standard output"


def run_scan(settings: Settings) -> int:
    """Scan, report to standard output and to every file, and return the exit code.

    Raises:
        MaskcheckError: something that the user can fix prevents the scan.
    """
    waiting = _make_waiting_line(settings)
    try:
        from maskcheck.cli.options.last_failed import LastFailedRecorder

        recorder = LastFailedRecorder(settings.directory, settings.fail_on)
        return report_events(_scan(settings), settings, {**waiting, "the cache": recorder})
    finally:
        for line in waiting.values():
            line.close()


def _scan(settings: Settings) -> Generator[Event, None, None]:
    """Scan; the engine is imported only now, as the user may already be told what is waited for."""
    from maskcheck.engine.run import scan

    yield from scan(settings)


def report_events(
    events: Generator[Event, None, None], settings: Settings, others: Mapping[str, Reporter]
) -> int:
    """Report the events of a scan as ``settings`` say and to ``others``, and return the exit code.

    Raises:
        MaskcheckError: something that the user can fix prevents the scan.
    """
    broadcast = Broadcast({**others, **_make_reporters(settings)})
    try:
        code = follow_events(events, broadcast)
    finally:
        broadcast.close()
        broken = _print_failures(broadcast)
    return Exit.USAGE if broken else code


def _make_reporters(settings: Settings) -> dict[str, Reporter]:
    """Return the reporters by what they write to, standard output last, as it may block."""
    look = Look(settings.color, settings.verbosity, settings.durations)
    reporters: dict[str, Reporter] = {
        repr(path): FileReport(name, path, look) for name, path in settings.reports
    }
    reporters |= _make_step_summary(settings)
    if settings.format not in LIVE and settings.verbosity >= 0 and sys.stderr is not None:
        reporters["standard error"] = make_progress_reporter(sys.stderr, look)
    reporters[STDOUT] = FORMATS[settings.format](get_stdout(), look)
    return reporters


def _make_waiting_line(settings: Settings) -> dict[str, Reporter]:
    """Return what fills the time before the first event, on a terminal; it is gone when others write."""
    if settings.verbosity < 0 or sys.stderr is None or not sys.stderr.isatty():
        return {}
    from maskcheck.report.terminal.stream import count_columns, is_live
    from maskcheck.report.terminal.waiting import WaitingLine

    if not is_live(sys.stderr, os.environ):
        return {}
    return {"the terminal": WaitingLine(sys.stderr, count_columns(sys.stderr, os.environ))}


def _make_step_summary(settings: Settings) -> dict[str, Reporter]:
    """Return what adds to the page of a workflow's run, where there is one and its format is asked for.

    Raises:
        UsageError: the file of the page cannot be written.
    """
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path or "github" not in (settings.format, *dict(settings.reports)):
        return {}
    from maskcheck.report.formats.step_summary import StepSummary

    if fault := find_write_problem(path):
        raise UsageError(f"cannot write {path!r}, the file that GITHUB_STEP_SUMMARY names: {fault}")
    return {f"{path!r}, the page of the workflow's run": StepSummary(path, settings.verbosity)}


def _print_failures(broadcast: Broadcast) -> bool:
    """Say which reports could not be written; a reader of stdout that has left is no fault."""
    broken = False
    for name, error in broadcast.failures.items():
        if name == STDOUT:
            discard_output(sys.stdout)
        if isinstance(error, BrokenPipeError):
            continue
        print_error(f"cannot write the report to {name}: {describe_os_error(error)}")
        broken = True
    return broken
