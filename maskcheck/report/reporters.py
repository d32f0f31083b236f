"""The registry of report formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from maskcheck.report.base import Look, Reporter

# A format lives in the module of its name; the order is that of the help.
_NAMES = (
    "text",
    "concise",
    "json",
    "junit",
    "sarif",
    "github",
    "gitlab",
    "markdown",
)
# These tell people of each layer as it finishes; beside the others, standard error does.
LIVE = frozenset({"text", "concise", "github"})


def _make_reporter(name: str, stream: TextIO, look: Look) -> Reporter:
    """Import the module of a format, and return its reporter."""
    reporter: Reporter = import_module(f"maskcheck.report.formats.{name}").reporter(stream, look)
    return reporter


FORMATS: Mapping[str, Callable[[TextIO, Look], Reporter]] = {
    name: partial(_make_reporter, name) for name in _NAMES
}


def make_progress_reporter(stream: TextIO, look: Look) -> Reporter:
    """Return a reporter that shows the progress of a scan while another format has stdout."""
    from maskcheck.report.formats.text import WIDTH, TextReporter
    from maskcheck.report.terminal.screen import Screen

    screen = Screen(stream, color=look.color, verbosity=look.verbosity, widest=WIDTH)
    return TextReporter(screen, brief=True, durations=look.durations)
