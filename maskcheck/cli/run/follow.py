"""Passes the events of a scan to a reporter, also when the scan breaks off."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing

from maskcheck.errors import MaskcheckError
from maskcheck.exits import Exit
from maskcheck.model.report import Event, ScanFinished
from maskcheck.report.base import Reporter


def follow_events(events: Generator[Event, None, None], reporter: Reporter) -> int:
    """Pass all events to ``reporter`` and return the exit code of the last one.

    An interruption that comes while a report is being written is handed to the engine, which
    ends the scan as if it had come there. When the engine itself breaks, what was done is still
    reported before the exception goes on.
    """
    begun = time.monotonic()
    last: Event | None = None
    with closing(events):
        try:
            event = _next_event(events)
            while event is not None:
                last = event
                event = _report_event(event, events, reporter)
        except (Exception, KeyboardInterrupt) as error:
            if last is not None and not isinstance(last, ScanFinished):
                reporter.handle(ScanFinished(time.monotonic() - begun, _exit_code(error), interrupted=True))
            raise
    if not isinstance(last, ScanFinished):
        raise RuntimeError("the scan ended without saying so")
    return last.exit_code


def _report_event(event: Event, events: Generator[Event, None, None], reporter: Reporter) -> Event | None:
    try:
        reporter.handle(event)
    except KeyboardInterrupt:
        if isinstance(event, ScanFinished):
            raise
        return events.throw(KeyboardInterrupt())
    return _next_event(events)


def _next_event(events: Generator[Event, None, None]) -> Event | None:
    try:
        return next(events, None)
    except BrokenPipeError as error:
        # Not the reader of stdout, who may well leave: a pipe of the engine's own.
        raise RuntimeError("the connection to a worker broke") from error


def _exit_code(error: BaseException) -> int:
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    return error.exit_code if isinstance(error, MaskcheckError) else Exit.INTERNAL
