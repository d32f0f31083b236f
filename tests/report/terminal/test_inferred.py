"""A case that was inferred is shown as the entry of a spec, to be copied."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from maskcheck.model.report import LayerReport
from maskcheck.report.formats.json import render
from maskcheck.report.formats.text import TextReporter
from maskcheck.report.terminal.screen import Screen
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.write.write import HEAD
from tests.report.samples import BAD, GOOD, WARNED, events, report

ENTRY = "  Layer:\n    init: {units: 8}\n    input: {shape: [2, 5, 8]}"


def inferred(layer: LayerReport) -> LayerReport:
    return replace(layer, cases=(("inferred", "inferred"),), inferred=ENTRY)


def text(*layers: LayerReport, verbosity: int = 0) -> str:
    stream = io.StringIO()
    reporter = TextReporter(Screen(stream, environ={}, verbosity=verbosity))
    for event in events(*layers):
        reporter.handle(event)
    reporter.close()
    return stream.getvalue()


def block(output: str) -> str:
    """Return what stands below the line that says a case was inferred, up to the next empty line."""
    head, _, rest = output.partition("case inferred   ")
    assert rest, head
    return rest.partition("\n")[2].partition("\n\n")[0]


def test_the_entry_can_be_copied_as_it_is_printed() -> None:
    printed = block(text(inferred(GOOD), verbosity=1))
    (layer,) = parse_spec(HEAD + printed, "printed").layers
    assert (layer.name, layer.cases[0].init) == ("Layer", {"units": 8})


@pytest.mark.parametrize(("layer", "shown"), [(GOOD, False), (WARNED, False), (BAD, True)])
def test_without_verbose_a_failure_shows_its_case(layer: LayerReport, shown: bool) -> None:
    assert ("case inferred   " in text(inferred(layer))) is shown


def test_quiet_leaves_it_out() -> None:
    assert "Layer:" not in text(inferred(BAD), verbosity=-1)


def test_the_last_line_counts_the_cases() -> None:
    assert "2 cases inferred" in text(inferred(GOOD), inferred(WARNED), BAD).splitlines()[-1]
    assert "inferred" not in text(BAD).splitlines()[-1]


def test_json_has_the_entry() -> None:
    layers = json.loads(render(report(inferred(GOOD), BAD)))["layers"]
    assert [layer.get("inferred") for layer in layers] == [ENTRY, None]
