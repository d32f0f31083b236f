"""Runs one scan: passes the engine's events to every report, and returns the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Mapping

from maskcheck.cli.options.callbacks import unwritable
from maskcheck.cli.run.errors import complain, reason, silence
from maskcheck.cli.run.follow import follow
from maskcheck.cli.run.output import stdout
from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.model.report import Event
from maskcheck.report.base import Look, Reporter
from maskcheck.report.broadcast import Broadcast
from maskcheck.report.file import FileReport
from maskcheck.report.reporters import FORMATS, LIVE, progress
from maskcheck.settings import Settings

STDOUT = "standard output"


def conduct(settings: Settings) -> int:
    """Scan, report to standard output and to every file, and return the exit code.

    Raises:
        MaskcheckError: something that the user can fix prevents the scan.
    """
    from maskcheck.cli.options.last_failed import Memory
    from maskcheck.engine.run import scan

    return tell(scan(settings), settings, {"the cache": Memory(settings.directory, settings.fail_on)})


def tell(events: Generator[Event, None, None], settings: Settings, others: Mapping[str, Reporter]) -> int:
    """Report the events of a scan as ``settings`` say and to ``others``, and return the exit code.

    Raises:
        MaskcheckError: something that the user can fix prevents the scan.
    """
    broadcast = Broadcast({**others, **_reporters(settings)})
    try:
        code = follow(events, broadcast)
    finally:
        broadcast.close()
        broken = _complaints(broadcast)
    return Exit.USAGE if broken else code


def _reporters(settings: Settings) -> dict[str, Reporter]:
    """Return the reporters by what they write to, standard output last, as it may block."""
    look = Look(settings.color, settings.verbosity, settings.durations)
    reporters: dict[str, Reporter] = {
        repr(path): FileReport(name, path, look) for name, path in settings.reports
    }
    reporters |= _summary(settings)
    if settings.format not in LIVE and settings.verbosity >= 0 and sys.stderr is not None:
        reporters["standard error"] = progress(sys.stderr, look)
    reporters[STDOUT] = FORMATS[settings.format](stdout(), look)
    return reporters


def _summary(settings: Settings) -> dict[str, Reporter]:
    """Return what adds to the page of a workflow's run, where there is one and its format is asked for.

    Raises:
        UsageError: the file of the page cannot be written.
    """
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path or "github" not in (settings.format, *dict(settings.reports)):
        return {}
    from maskcheck.report.formats.step_summary import StepSummary

    if fault := unwritable(path):
        raise UsageError(f"cannot write {path!r}, the file that GITHUB_STEP_SUMMARY names: {fault}")
    return {f"{path!r}, the page of the workflow's run": StepSummary(path, settings.verbosity)}


def _complaints(broadcast: Broadcast) -> bool:
    """Say which reports could not be written; a reader of stdout that has left is no fault."""
    broken = False
    for name, error in broadcast.failures.items():
        if name == STDOUT:
            silence(sys.stdout)
        if isinstance(error, BrokenPipeError):
            continue
        complain(f"cannot write the report to {name}: {reason(error)}")
        broken = True
    return broken
