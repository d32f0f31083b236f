"""What a step of a GitHub workflow prints: the text report, and annotations that show beside the source."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import TextIO

from maskcheck.model.finding import Severity
from maskcheck.model.report import Event, LayerReport, Report, ScanStarted
from maskcheck.report.base import Look, ReportBuilder, Reporter
from maskcheck.report.counts import count_noun, failed_findings
from maskcheck.report.formats import text
from maskcheck.report.phrases import with_advice, with_class_name
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.location import Location, locate_finding
from maskcheck.report.terminal.summary import stop_text

# GitHub shows so many of a step and a level, and drops the rest without a word.
_LIMIT = 10
_LEVELS = (Severity.ERROR, Severity.WARNING)


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what prints the text report while the scan runs, and the annotations at its end."""
    return GithubReporter(stream, text.reporter(stream, look))


class GithubReporter:
    """Keeps the runner from obeying lines of the text report: user code has a say in them."""

    def __init__(self, stream: TextIO, shown: Reporter) -> None:
        self._stream = stream
        self._shown = shown
        self._gatherer = ReportBuilder()
        self._token = ""

    def handle(self, event: Event) -> None:
        """Print what one event tells."""
        if isinstance(event, ScanStarted):
            self._token = secrets.token_hex(16)
            self._print([f"::stop-commands::{self._token}"])
        self._shown.handle(event)
        if report := self._gatherer.add(event):
            self._resume()
            self._print(workflow_commands(report))

    def close(self) -> None:
        """Let the runner take commands again, also where the scan broke off."""
        self._shown.close()
        self._resume()

    def _resume(self) -> None:
        if self._token:
            self._print([f"::{self._token}::"])
            self._token = ""

    def _print(self, lines: Sequence[str]) -> None:
        self._stream.write("".join(line + "\n" for line in lines))
        self._stream.flush()


def workflow_commands(report: Report) -> list[str]:
    """Return a command for each layer with errors and each with warnings, as many as GitHub shows."""
    early = [_command("error", f"the scan was {stop_text(report)}")] if report.finish.interrupted else []
    errors = _level_commands(report, Severity.ERROR, _LIMIT - len(early))
    return [*early, *errors, *_level_commands(report, Severity.WARNING, _LIMIT)]


def _level_commands(report: Report, level: Severity, limit: int) -> Iterator[str]:
    found = [layer for layer in report.layers if _gravest_level(layer) is level]
    shown = found if len(found) <= limit else found[: limit - 1]
    yield from (_annotation(layer, level) for layer in shown)
    if left := len(found) - len(shown):
        yield _command(
            level.value, f"{count_noun(left, 'more layer')} with {level.value}s: the log tells them"
        )


def _gravest_level(layer: LayerReport) -> Severity | None:
    """Return the gravest severity of what failed."""
    return next((level for level in _LEVELS if failed_findings(layer, level)), None)


def _annotation(layer: LayerReport, level: Severity) -> str:
    """Return one command for all errors and warnings of a layer, where the gravest is."""
    found = [finding for each in _LEVELS for finding in failed_findings(layer, each)]
    numbers = [
        count_noun(len(failed_findings(layer, each)), each.value)
        for each in _LEVELS
        if failed_findings(layer, each)
    ]
    message = "\n".join(f"{finding.rule} {finding.name}: {with_advice(finding)}" for finding in found)
    return _command(
        level.value, message, with_class_name(layer, ", ".join(numbers)), locate_finding(found[0], layer)
    )


def _command(level: str, message: str, title: str = "maskcheck", where: Location | None = None) -> str:
    place = {"file": where.path, "line": where.line} if where else {}
    known = {name: str(value) for name, value in {**place, "title": title}.items() if value}
    properties = ",".join(f"{name}={_escape_property(value)}" for name, value in known.items())
    return f"::{level} {properties}::{_escape_message(message)}"


def _escape_message(text: str) -> str:
    """Return lines as the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(escape_text(text)).replace(":", "%3A").replace(",", "%2C")
