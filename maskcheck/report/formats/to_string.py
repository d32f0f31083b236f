"""Reports as one string: plain text for a terminal, HTML for a notebook."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from maskcheck.model.finding import Severity
from maskcheck.model.report import LayerFinished, LayerReport, Report
from maskcheck.report.formats.text import WIDTH, TextReporter
from maskcheck.report.terminal.details import layer_lines
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.screen import Screen
from maskcheck.report.terminal.summary import overview_lines, route_lines

_HTML = '<pre style="white-space: pre-wrap">{code}</pre>'

Draw = Callable[[Screen], None]


def headline(layer: LayerReport) -> str:
    """Return all that is wrong with a layer on one line: codes, names and what was lost."""
    wrong = (finding for finding in layer.findings if finding.severity is Severity.ERROR)
    lost = dict.fromkeys(
        f"{finding.rule} {finding.name}: {escape_text(finding.subject)}" for finding in wrong
    )
    return ", ".join(lost) or layer.verdict.value


def layer_text(layer: LayerReport) -> str:
    """Return what the text report says of one layer: all that was found, then its line."""
    return _draw_text(lambda screen: _draw_layer(layer, screen))


def layer_html(layer: LayerReport) -> str:
    """Return the same with colours, as HTML."""
    return _draw_html(lambda screen: _draw_layer(layer, screen))


def report_text(report: Report) -> str:
    """Return the whole text report."""
    return _draw_text(lambda screen: _draw_report(report, screen))


def report_html(report: Report) -> str:
    """Return the same with colours, as HTML."""
    return _draw_html(lambda screen: _draw_report(report, screen))


def _draw_layer(layer: LayerReport, screen: Screen) -> None:
    overview = [line._replace(indent=line.indent - 2) for line in overview_lines(layer, screen.page)]
    screen.write([*layer_lines(layer, screen.page), *overview, *route_lines([layer])])


def _draw_report(report: Report, screen: Screen) -> None:
    reporter = TextReporter(screen)
    total = report.start.layers
    reporter.handle(report.start)
    for done, layer in enumerate(report.layers, 1):
        reporter.handle(LayerFinished(layer, done, total))
    reporter.handle(report.finish)


def _draw_text(draw: Draw) -> str:
    stream = StringIO()
    draw(Screen(stream, color="never", widest=WIDTH))
    return stream.getvalue().rstrip("\n")


def _draw_html(draw: Draw) -> str:
    screen = Screen(StringIO(), color="always", widest=WIDTH)
    screen.console.record = True
    draw(screen)
    return screen.console.export_html(inline_styles=True, code_format=_HTML)
