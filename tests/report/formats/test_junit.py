"""The JUnit report is written with one library and read with another."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import xunitparser
from hypothesis import given, settings

from maskcheck.model.finding import Check, Severity, Status
from maskcheck.model.report import LayerReport, Report
from maskcheck.report.case_outcomes import case_outcomes
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.findings import finding_sentence
from tests.report.compare import stored
from tests.report.hostile import reports
from tests.report.samples import ALL, BAD, BROKEN, GOOD, LOST, SKIPPED, WARNED, checks
from tests.report.writing import rewritten, written


def read(text: str) -> dict[tuple[str, str], Any]:
    """The tests by class and name; the library itself compares the totals with what it counts."""
    suite, _ = xunitparser.parse(io.StringIO(text))
    return {(test.classname, test.methodname): test for test in suite}


def outcomes(*layers: LayerReport, **options: Any) -> dict[str, tuple[str, str | None]]:
    tests = read(written("junit", *layers, **options))
    return {name: (test.result, test.message) for (_, name), test in tests.items()}


def test_whole_report() -> None:
    text = written("junit", *ALL)
    assert len(read(text)) == 3 + 3 + 3 + 1 + 1 + 1
    assert text == stored("report.junit.xml", text)


def test_a_test_for_each_layer_case_and_route() -> None:
    tests = read(written("junit", GOOD, BAD))
    assert list(tests) == [
        ("mymodule.TrainableMask", "config[default]"),
        ("mymodule.TrainableMask", "keras[default]"),
        ("mymodule.TrainableMask", "weights[default]"),
        ("mymodule.FixedShapeMask", "config[default]"),
        ("mymodule.FixedShapeMask", "keras[default]"),
        ("mymodule.FixedShapeMask", "weights[causal]"),
        ("maskcheck", "scan"),
    ]


def test_errors_are_failures_and_what_could_not_be_checked_are_errors() -> None:
    assert outcomes(BAD)["config[default]"] == ("failure", f"MC101 argument-missing: {LOST.message}")
    assert outcomes(BAD)["keras[default]"][1] == f"MC101 argument-missing: {LOST.message} (and 1 more)"
    message = "MC005 crashed: the worker died by signal 11 (SIGSEGV)"
    assert outcomes(BROKEN)["build[default]"] == ("error", message)


def test_failure_tells_all_that_the_text_report_tells() -> None:
    test = read(written("junit", BAD))["mymodule.FixedShapeMask", "config[default]"]
    assert all(
        line in test.trace for line in ('-  "mask_shape": [3, 3],', "given (3, 3)", "write   mymodule.py:17")
    )


def test_what_is_expected_is_skipped() -> None:
    result, message = outcomes(WARNED)["keras[default]"]
    assert (result, message) == ("skipped", f"MC101 argument-missing (expected): {LOST.message}")
    assert "expected: kept for old files, #42" in written("junit", WARNED)


def test_warnings_and_notes_fail_nothing_and_are_told() -> None:
    warning, note, _ = WARNED.findings
    layer = replace(GOOD, findings=(warning, replace(note, routes=("keras",))))
    test = read(written("junit", layer))["mymodule.TrainableMask", "keras[default]"]
    assert test.success
    assert "MC603 not-registered (warning)" in test.stdout
    assert "MC308 state-not-saved (note)" in test.stdout


def test_no_test_passes_where_no_check_did() -> None:
    layer = replace(GOOD, checks=checks("MC101", Status.BLOCKED, "config", reason="nothing came back"))
    assert outcomes(layer)["config[default]"] == ("skipped", "blocked: nothing came back")
    assert outcomes(SKIPPED)["skipped"] == ("skipped", "it is abstract")
    assert outcomes(replace(SKIPPED, skip="\x00"))["skipped"] == ("skipped", "\\x00")
    assert outcomes(replace(SKIPPED, skip=""))["skipped"] == ("skipped", "no check applies")


def test_check_of_no_case_is_named_after_its_route() -> None:
    layer = replace(BROKEN, checks=(Check("MC005", "build", "", Status.FAILED),))
    assert outcomes(layer)["build"][0] == "error"


def test_scan_that_was_interrupted() -> None:
    assert outcomes(GOOD, code=0)["scan"] == ("success", None)
    text = written("junit", GOOD, planned=9, code=130, interrupted=True)
    assert read(text)["maskcheck", "scan"].message == "interrupted after 1 of 9 layers"
    assert '<property name="exit_code" value="130"/>' in text


def test_times_are_those_of_layers_and_scan() -> None:
    text = written("junit", GOOD)
    assert re.findall(r'<testsuites? name="(\S+)" .*time="([0-9.]+)">', text) == [
        ("maskcheck", "4.2"),
        ("mymodule.TrainableMask", "0.11"),
        ("maskcheck", "0"),
    ]


@settings(deadline=None)
@given(reports())
def test_hostile_texts_are_read_as_they_were_shown(report: Report) -> None:
    text = rewritten("junit", report)
    assert text.isascii()
    suite, _ = xunitparser.parse(io.StringIO(text))
    *tests, scan = suite
    assert scan.errored is report.finish.interrupted
    classes = [escape_text(layer.id) for layer in report.layers for _ in case_outcomes(layer) or [None]]
    assert [test.classname or "" for test in tests] == classes
    told = "\n".join(str(part) for test in tests for part in (test.message, test.trace, test.stdout))
    words = [finding_sentence(finding).split() for layer in report.layers for finding in layer.findings]
    assert all(word in told for found in words for word in found)


@settings(deadline=None, max_examples=settings().max_examples * 3 // 10)
@given(reports())
def test_no_test_of_a_failing_layer_passes_where_it_fails(report: Report) -> None:
    suite, _ = xunitparser.parse(io.StringIO(rewritten("junit", report)))
    tried = [trial for layer in report.layers for trial in case_outcomes(layer) or [None]]
    for test, trial in zip(suite, tried, strict=False):
        errors = (
            [f for f in trial.findings if (f.severity, f.status) == (Severity.ERROR, Status.FAILED)]
            if trial
            else []
        )
        assert bool(errors) is (test.failed or test.errored)
