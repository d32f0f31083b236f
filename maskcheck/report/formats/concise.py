"""The concise report: a line for each finding, of which editors and terminals make a link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from maskcheck.model.report import Event, LayerFinished, LayerReport
from maskcheck.report.base import Look, ReportBuilder, Reporter
from maskcheck.report.counts import is_shown
from maskcheck.report.phrases import with_class_name
from maskcheck.report.terminal.findings import finding_qualifier, finding_sentence
from maskcheck.report.terminal.glyphs import glyphs_for
from maskcheck.report.terminal.lines import Page
from maskcheck.report.terminal.location import locate_finding
from maskcheck.report.terminal.summary import last_line


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what prints the findings of each layer as it finishes, and at the end the counts."""
    return ConciseReporter(stream, look.verbosity)


class ConciseReporter:
    """Never wraps a line, nor colours it: programs read them too."""

    def __init__(self, stream: TextIO, verbosity: int) -> None:
        self._stream = stream
        self._page = Page(glyphs_for(getattr(stream, "encoding", None)), verbosity=verbosity)
        self._gatherer = ReportBuilder()

    def handle(self, event: Event) -> None:
        """Print what one event tells."""
        report = self._gatherer.add(event)
        if report:
            code = f" {self._page.glyphs.dot} exit code {int(report.finish.exit_code)}"
            self._print(last_line(report, self._page).text.plain + code)
        elif isinstance(event, LayerFinished):
            for line in self._lines(event.report):
                self._print(line)

    def close(self) -> None:
        """Do nothing: there is nothing to restore."""

    def _lines(self, layer: LayerReport) -> Iterator[str]:
        for finding in layer.findings:
            if is_shown(finding, self._page.verbosity):
                told = with_class_name(layer, finding_sentence(finding, self._page))
                yield f"{locate_finding(finding, layer)}: {finding.rule} {told}{finding_qualifier(finding)}"

    def _print(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()
