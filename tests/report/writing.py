"""Writing a report in any format, as the command does."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from maskcheck.model.report import Event, LayerFinished, LayerReport, Report
from maskcheck.report.base import Look
from maskcheck.report.reporters import FORMATS
from tests.report.samples import events


def write(name: str, told: Iterable[Event], verbosity: int = 0) -> str:
    """Return what the format makes of the events."""
    stream = io.StringIO()
    reporter = FORMATS[name](stream, Look("never", verbosity))
    for event in told:
        reporter.handle(event)
    reporter.close()
    return stream.getvalue()


def written(name: str, *layers: LayerReport, verbosity: int = 0, **options: Any) -> str:
    """Return what the format makes of a scan of these layers."""
    return write(name, events(*layers, **options), verbosity)


def rewritten(name: str, report: Report, verbosity: int = 0) -> str:
    """Return what the format makes of the events behind a report."""
    total = report.start.layers
    finished = [LayerFinished(layer, number, total) for number, layer in enumerate(report.layers, 1)]
    return write(name, [report.start, *finished, report.finish], verbosity)
