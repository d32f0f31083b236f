"""The text report, for people: a line for each layer as it finishes, then what failed and why.

What several layers share is told first, and once.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from maskcheck.model.report import Event, LayerFinished, LayerReport, Report, ScanProgress, ScanStarted
from maskcheck.report.base import Look, ReportBuilder, Reporter
from maskcheck.report.shared_causes import list_shown_causes, list_told
from maskcheck.report.terminal.causes import cause_lines
from maskcheck.report.terminal.details import layer_lines, printed_lines
from maskcheck.report.terminal.escape import escape_text, shorten_path
from maskcheck.report.terminal.lines import Line
from maskcheck.report.terminal.screen import Screen
from maskcheck.report.terminal.summary import (
    header_line,
    help_lines,
    keras_line,
    last_line,
    overview_lines,
    route_lines,
    slowest_lines,
)

if TYPE_CHECKING:
    from maskcheck.report.terminal.progress import Bar


# How wide the report is at most, wherever it goes.
WIDTH = 80
_BLANK = Line(Text())


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what prints to ``stream`` as the user wants it to look."""
    screen = Screen(stream, color=look.color, verbosity=look.verbosity, widest=WIDTH)
    return TextReporter(screen, durations=look.durations)


class TextReporter:
    """Prints while the scan runs; ``brief`` leaves out the details at the end, except with ``-v``.

    ``durations`` is how many of the slowest layers are named.
    """

    def __init__(self, screen: Screen, *, brief: bool = False, durations: int = 0) -> None:
        self._screen = screen
        self._page = screen.page
        self._brief = brief
        self._durations = durations
        self._gatherer = ReportBuilder()
        self._file: str | None = None
        self._bar: Bar | None = None
        self._stack = ExitStack()

    def handle(self, event: Event) -> None:
        """Print what one event tells."""
        report = self._gatherer.add(event)
        if report:
            self._end(report)
        elif isinstance(event, ScanStarted):
            self._begin(event)
        elif isinstance(event, LayerFinished):
            self._layer(event)
        elif self._bar and isinstance(event, ScanProgress):
            self._bar.show(event.running, event.done, event.total)

    def close(self) -> None:
        """Take the progress bar off the terminal."""
        self._stack.close()

    @property
    def _quiet(self) -> bool:
        return self._page.verbosity < 0

    def _begin(self, start: ScanStarted) -> None:
        if self._quiet:
            return
        remarks = [Line(Text(escape_text(remark), "yellow")) for remark in start.remarks]
        self._screen.write([header_line(start, self._page), *remarks])
        if self._page.verbose:
            for module, output in start.printed.items():
                who = f"{escape_text(module)} while it was imported"
                self._screen.write([_BLANK, *printed_lines(who, output, self._page, 0)])
        if self._screen.live:
            from maskcheck.report.terminal.progress import Bar

            self._bar = self._stack.enter_context(Bar(self._screen.console, start.layers))

    def _layer(self, event: LayerFinished) -> None:
        if not self._quiet:
            self._screen.write(self._progress(event.report))
        if self._bar:
            self._bar.advance(event.done, event.total)

    def _progress(self, layer: LayerReport) -> list[Line]:
        lines = list(overview_lines(layer, self._page))
        if layer.file != self._file:
            self._file = layer.file
            lines[:0] = [_BLANK, Line(Text(escape_text(shorten_path(layer.file)), "bold"), gap="")]
        return lines

    def _end(self, report: Report) -> None:
        self.close()
        layers = () if self._brief and not self._page.verbose else report.layers
        causes = list_shown_causes(layers, self._page.verbosity)
        told = list_told(causes, self._page.verbosity)
        blocks = [list(cause_lines(causes, self._page))]
        blocks += [list(layer_lines(layer, self._page, told)) for layer in layers]
        blocks += [] if self._quiet else [list(route_lines(report.layers))]
        blocks += [list(help_lines(layers, self._page)), list(slowest_lines(report.layers, self._durations))]
        ending = [line for line in (keras_line(report, self._page), last_line(report, self._page)) if line]
        lines = [line for block in [*blocks, ending] if block for line in (_BLANK, *block)]
        # With -q nothing stands before the first block.
        self._screen.write(lines[1:] if self._quiet else lines)
