"""Passes the events to several reporters; one that breaks does not stop the others."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from maskcheck.model.report import Event
from maskcheck.report.base import Reporter


class Broadcast:
    """Passes events on to reporters by name; ``failures`` says which broke, and how."""

    def __init__(self, reporters: Mapping[str, Reporter]) -> None:
        self._reporters = reporters
        self.failures: dict[str, OSError] = {}

    def handle(self, event: Event) -> None:
        """Pass the event to every reporter that still works."""
        for name, reporter in self._reporters.items():
            if name in self.failures:
                continue
            try:
                reporter.handle(event)
            except OSError as error:
                self.failures[name] = error

    def close(self) -> None:
        """Close every reporter."""
        for reporter in self._reporters.values():
            with suppress(OSError):
                reporter.close()
