"""The registry of report formats: each name with the function that imports and makes its reporter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from maskcheck.report.base import Reporter


@dataclass(frozen=True)
class Look:
    """How a report for people should look; machine formats have one look only."""

    color: str = "auto"
    verbosity: int = 0


def _text(stream: TextIO, look: Look) -> Reporter:
    from maskcheck.report.screen import Screen
    from maskcheck.report.text import TextReporter

    return TextReporter(Screen(stream, color=look.color, verbosity=look.verbosity))


def _json(stream: TextIO, look: Look) -> Reporter:
    from maskcheck.report.json import JsonReporter

    return JsonReporter(stream)


FORMATS: Mapping[str, Callable[[TextIO, Look], Reporter]] = {"text": _text, "json": _json}


def progress(stream: TextIO, look: Look) -> Reporter:
    """Return what tells people how far a scan is while another format has stdout."""
    from maskcheck.report.screen import Screen
    from maskcheck.report.text import TextReporter

    return TextReporter(Screen(stream, color=look.color, verbosity=look.verbosity), brief=True)
