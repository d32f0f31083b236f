from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskcheck.model.report import LayerFinished, Report
from maskcheck.report.base import Look
from maskcheck.report.counts import is_shown
from maskcheck.report.formats.concise import reporter
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.location import locate_finding
from tests.report.compare import stored
from tests.report.hostile import reports
from tests.report.samples import ALL, BAD, GOOD, START, events
from tests.report.writing import rewritten, written


@pytest.mark.parametrize(("name", "verbosity"), [("concise.txt", 0), ("concise-verbose.txt", 1)])
def test_whole_report(name: str, verbosity: int) -> None:
    text = written("concise", *ALL, verbosity=verbosity)
    assert text == stored(name, text)


def test_quiet_tells_errors_only() -> None:
    lines = written("concise", *ALL, verbosity=-1).splitlines()
    assert [re.findall(r"MC\d+", line) for line in lines] == [["MC101"], ["MC301"], ["MC503"], ["MC005"], []]


def test_findings_are_told_as_they_come() -> None:
    stream = io.StringIO()
    concise = reporter(stream, Look())
    concise.handle(START)
    concise.handle(LayerFinished(BAD, 1, 1))
    assert len(stream.getvalue().splitlines()) == len(BAD.findings)


def test_interrupted() -> None:
    last = written("concise", GOOD, planned=9, code=130, interrupted=True).splitlines()[-1]
    assert last.startswith("interrupted after 1 of 9 layers · ")
    assert last.endswith(" · exit code 130")


def test_stream_that_has_no_dots() -> None:
    buffer = io.BytesIO()
    concise = reporter(io.TextIOWrapper(buffer, encoding="ascii"), Look())
    for event in events(GOOD, code=0):
        concise.handle(event)
    assert buffer.getvalue().endswith(b" 4.2 s | exit code 0\n")


@settings(deadline=None)
@given(reports(), st.sampled_from([-1, 0, 1]))
def test_hostile_texts_keep_to_their_line(report: Report, verbosity: int) -> None:
    text = rewritten("concise", report, verbosity)
    assert text.endswith("\n")
    *lines, _ = text.removesuffix("\n").split("\n")
    heads = [
        f"{locate_finding(finding, layer)}: {finding.rule} {escape_text(layer.name)}: "
        for layer in report.layers
        for finding in layer.findings
        if is_shown(finding, verbosity)
    ]
    assert [line[: len(head)] for line, head in zip(lines, heads, strict=True)] == heads
    assert all(escape_text(line) == line for line in lines)
