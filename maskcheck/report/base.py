"""The interface of report formats: a reporter handles the events of a scan, one by one."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Protocol, TextIO

from maskcheck.model.report import Event, LayerFinished, LayerReport, Report, ScanFinished, ScanStarted


@dataclass(frozen=True)
class Look:
    """How a report for people should look; machine formats have one look only.

    ``durations`` is how many of the slowest layers are named.
    """

    color: str = "auto"
    verbosity: int = 0
    durations: int = 0


class Reporter(Protocol):
    """Handles each event; ``close`` follows the last one, also when the scan broke off."""

    def handle(self, event: Event) -> None:
        """Take in one event.

        Raises:
            OSError: the report cannot be written.
        """

    def close(self) -> None:
        """Leave the stream as it was found."""


def replay_events(report: Report) -> Generator[Event, None, None]:
    """Yield the events by which a report was built."""
    yield report.start
    for done, layer in enumerate(report.layers, 1):
        yield LayerFinished(layer, done, report.start.layers)
    yield report.finish


class ReportBuilder:
    """Collects the events of one scan into a report."""

    def __init__(self) -> None:
        self.start: ScanStarted | None = None
        self.layers: list[LayerReport] = []

    def add(self, event: Event) -> Report | None:
        """Take in one event; return the whole report with the last one.

        Raises:
            ValueError: the scan ends without having started.
        """
        if isinstance(event, ScanStarted):
            self.start = event
        elif isinstance(event, ScanFinished):
            if self.start is None:
                raise ValueError("a scan that never started cannot finish")
            return Report(self.start, tuple(self.layers), event)
        elif isinstance(event, LayerFinished):
            self.layers.append(event.report)
        return None


class Document:
    """A report that is one text, which ``render`` makes of the whole scan and which is written at its end."""

    def __init__(self, stream: TextIO, render: Callable[[Report], str]) -> None:
        self._stream = stream
        self._render = render
        self._gatherer = ReportBuilder()

    def handle(self, event: Event) -> None:
        """Take in one event; write at the last one."""
        if report := self._gatherer.add(event):
            self._stream.write(self._render(report))
            self._stream.flush()

    def close(self) -> None:
        """Do nothing: there is nothing to restore."""
