"""Reports that show themselves; all without TensorFlow."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from maskcheck.api.reports import LayerReport, Report, wrap_layer_report, wrap_report
from maskcheck.model import report as model
from maskcheck.model.finding import Status
from maskcheck.model.report import ScanFinished, Verdict
from tests.cli.fakes import BAD, GOOD, STARTED

HOSTILE = "<script>&\x1b[31m{code}"


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).rstrip("\n")


def test_layer_as_text() -> None:
    shown = str(wrap_layer_report(BAD))
    assert shown == repr(wrap_layer_report(BAD))
    first, *_, last = shown.splitlines()
    assert first == "✗ Bad  m.py:9"
    assert "MC101 argument-missing   rate is lost" in shown
    assert last.startswith("✗ Bad ")
    assert "\n" not in str(wrap_layer_report(GOOD))


def test_layer_as_html_says_the_same() -> None:
    html = wrap_layer_report(BAD)._repr_html_()
    assert html.startswith("<pre")
    assert "color: " in html
    assert plain(html) == str(wrap_layer_report(BAD))


def test_html_is_escaped() -> None:
    finding = replace(BAD.findings[0], message=HOSTILE, before=HOSTILE, diff=f"- {HOSTILE}", hint=HOSTILE)
    html = wrap_layer_report(replace(BAD, name=HOSTILE, findings=(finding,)))._repr_html_()
    assert "<script" not in html
    assert "\x1b" not in html
    assert html.count("&lt;script&gt;&amp;\\x1b[31m{code}") >= 5


def test_a_layer_that_was_not_checked_does_not_conform() -> None:
    verdicts = {verdict: wrap_layer_report(replace(GOOD, verdict=verdict)).conforms for verdict in Verdict}
    assert [verdict for verdict, conforms in verdicts.items() if conforms] == [Verdict.CONFORM, Verdict.WARN]


def test_expected_findings_are_no_errors() -> None:
    known = replace(BAD.findings[0], status=Status.EXPECTED)
    assert wrap_layer_report(BAD).errors == BAD.findings
    assert wrap_layer_report(replace(BAD, findings=(known,))).errors == ()


def test_report_is_that_of_the_command() -> None:
    report = wrap_report(model.Report(STARTED, (GOOD, BAD), ScanFinished(1.5, 1)))
    assert isinstance(report, Report)
    assert all(isinstance(layer, LayerReport) for layer in report.layers)
    assert not report.conforms
    lines = str(report).splitlines()
    assert lines[0].startswith("maskcheck 0.1.0 · TensorFlow")
    assert lines[-1].startswith("2 layers: 1 conforms, 1 fails")
    assert plain(report._repr_html_()) == str(report)
