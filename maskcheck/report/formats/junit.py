"""JUnit XML: a test for each layer, case and route, and one for the scan itself."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from junitparser import Attr, Error, Failure, IntAttr, JUnitXml, Skipped, SystemOut, TestCase, TestSuite
from junitparser.junitparser import FinalResult

from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Report, Verdict
from maskcheck.report.base import Document, Look, Reporter
from maskcheck.report.case_outcomes import CaseOutcome, case_outcomes
from maskcheck.report.phrases import finding_text
from maskcheck.report.terminal.escape import escape_lines, escape_text
from maskcheck.report.terminal.findings import finding_qualifier, finding_sentence
from maskcheck.report.terminal.location import make_location
from maskcheck.report.terminal.summary import count_texts, ledger_text, stop_text


class _Test(TestCase):
    """A test that says where in the source it belongs."""

    file = Attr()
    line = IntAttr()


def reporter(stream: TextIO, look: Look) -> Reporter:
    """Return what writes one XML document when the scan has ended."""
    return Document(stream, render)


def render(report: Report) -> str:
    """Return the document, in ASCII only, so that no encoding of the stream can damage it."""
    xml = JUnitXml("maskcheck")
    xml.extend([*map(_layer, report.layers), _scan(report)])
    xml.update_statistics()
    # The library adds up the times of the tests, but only those of whole layers are known.
    for suite, layer in zip(xml, report.layers, strict=False):
        suite.time = round(layer.seconds, 3)
    xml.time = round(report.finish.seconds, 3)
    buffer = io.BytesIO()
    xml.write(buffer, pretty=True)
    return buffer.getvalue().decode("utf-8").encode("ascii", "xmlcharrefreplace").decode("ascii")


def _scan(report: Report) -> TestSuite:
    """Return what passes if all layers were reached, with what the scan ran on and how it ended."""
    start, finish = report.start, report.finish
    known = {"exit_code": int(finish.exit_code), "targets": " ".join(start.targets), "spec": start.spec or ""}
    suite = TestSuite("maskcheck")
    for name, value in {**known, "device": start.device, "seed": start.seed, **start.versions}.items():
        suite.add_property(name, escape_text(str(value)))
    test = TestCase("scan", "maskcheck")
    if finish.interrupted:
        test.result = Error(stop_text(report), "interrupted")
    test.system_out = "\n".join(count_texts(report))
    suite.append(test)
    return suite


def _layer(layer: LayerReport) -> TestSuite:
    suite = TestSuite(escape_text(layer.id))
    suite.extend([_outcome_test(layer, trial) for trial in case_outcomes(layer)] or [_skipped_test(layer)])
    if layer.output.strip():
        suite.append(SystemOut("\n".join(escape_lines(layer.output))))
    return suite


def _skipped_test(layer: LayerReport) -> TestCase:
    test = _make_test(layer, "skipped")
    test.result = Skipped(escape_text(layer.skip) or "no check applies")
    return test


def _outcome_test(layer: LayerReport, trial: CaseOutcome) -> TestCase:
    test = _make_test(layer, f"{trial.route}[{trial.case}]" if trial.case else trial.route)
    failed = [f for f in trial.findings if f.status is Status.FAILED and f.severity is Severity.ERROR]
    known = [f for f in trial.findings if f.status is Status.EXPECTED]
    reasons = [escape_text(f"{check.status.value}: {check.reason}") for check in trial.checks if check.reason]
    if failed:
        test.result = _result(Error if layer.verdict is Verdict.UNCHECKED else Failure, failed)
    elif known:
        test.result = _result(Skipped, known)
    elif all(check.status is not Status.PASSED for check in trial.checks):
        test.result = Skipped("; ".join(dict.fromkeys(reasons)) or "no check passed")
    others = [finding_text(finding) for finding in trial.findings if finding not in (failed or known)]
    ended = ledger_text(Counter(check.status for check in trial.checks))
    test.system_out = "\n".join([ended, *dict.fromkeys(reasons), *others])
    return test


def _make_test(layer: LayerReport, name: str) -> _Test:
    where = make_location(layer.file, layer.line)
    test = _Test(escape_text(name), escape_text(layer.id))
    test.file = escape_text(where.path)
    if where.line:
        test.line = where.line
    return test


def _result(kind: type[FinalResult], findings: Sequence[Finding]) -> FinalResult:
    """Return one result for all findings: readers count tests by their results."""
    first, *more = findings
    head = f"{first.rule} {first.name}{finding_qualifier(first)}: {finding_sentence(first)}"
    result = kind(f"{head} (and {len(more)} more)" if more else head, first.rule)
    result.text = "\n\n".join(map(finding_text, findings))
    return result
