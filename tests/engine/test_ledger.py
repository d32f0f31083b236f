from dataclasses import replace

import pytest

from maskcheck.engine.ledger import Ledger
from maskcheck.exits import Exit
from maskcheck.judging.exit_code import exit_code
from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Verdict

ERROR = Finding("MC101", "argument-missing", Severity.ERROR, ("units",), "units is lost")
EXPECTED = replace(ERROR, status=Status.EXPECTED)
WARNING = replace(ERROR, severity=Severity.WARNING)


def report(name: str, verdict: Verdict = Verdict.CONFORM, *findings: Finding) -> LayerReport:
    return LayerReport(name, name, "mod.py", 1, verdict, findings=findings)


def test_reports_wait_for_those_before_them() -> None:
    ledger = Ledger(4)
    released = [[event.report.name for event in ledger.add(n, report(str(n)))] for n in (2, 0, 3, 1)]
    assert released == [[], ["0"], [], ["1", "2", "3"]]
    assert [r.name for r in ledger.released] == ["0", "1", "2", "3"]


def test_events_count() -> None:
    ledger = Ledger(2)
    (first,) = ledger.add(0, report("a"))
    (second,) = ledger.add(1, report("b"))
    assert [(e.done, e.total) for e in (first, second)] == [(1, 2), (2, 2)]


def test_the_rest_comes_in_order_without_what_is_missing() -> None:
    ledger = Ledger(5)
    for n in (4, 2):
        assert list(ledger.add(n, report(str(n)))) == []
    assert [(e.report.name, e.done) for e in ledger.rest()] == [("2", 1), ("4", 2)]
    assert list(ledger.rest()) == []


@pytest.mark.parametrize(
    ("verdict", "findings", "code"),
    [
        (Verdict.CONFORM, (), Exit.CONFORM),
        (Verdict.SKIPPED, (), Exit.CONFORM),
        (Verdict.WARN, (WARNING,), Exit.CONFORM),
        (Verdict.FAIL, (ERROR,), Exit.FINDINGS),
        (Verdict.FAIL, (EXPECTED, ERROR), Exit.FINDINGS),
        (Verdict.FAIL, (EXPECTED,), Exit.CONFORM),
        (Verdict.FAIL, (EXPECTED, WARNING), Exit.CONFORM),
        (Verdict.UNCHECKED, (ERROR,), Exit.FINDINGS),
        (Verdict.UNCHECKED, (EXPECTED,), Exit.CONFORM),
        (Verdict.UNCHECKED, (), Exit.FINDINGS),
    ],
)
def test_exit_codes(verdict: Verdict, findings: tuple[Finding, ...], code: Exit) -> None:
    assert exit_code([report("good"), report("x", verdict, *findings)]) is code


@pytest.mark.parametrize(
    ("verdict", "findings", "code"),
    [
        (Verdict.WARN, (WARNING,), Exit.FINDINGS),
        (Verdict.CONFORM, (replace(WARNING, status=Status.EXPECTED),), Exit.CONFORM),
        (Verdict.CONFORM, (replace(WARNING, severity=Severity.NOTE),), Exit.CONFORM),
        (Verdict.FAIL, (EXPECTED, WARNING), Exit.FINDINGS),
        (Verdict.UNCHECKED, (), Exit.FINDINGS),
    ],
)
def test_warnings_fail_the_run_where_that_is_asked_for(
    verdict: Verdict, findings: tuple[Finding, ...], code: Exit
) -> None:
    assert exit_code([report("x", verdict, *findings)], "warning") is code


def test_layers_of_a_shard_know_their_places_in_the_whole() -> None:
    ledger = Ledger(2, (3, 7))
    released = [*ledger.add(1, report("b")), *ledger.add(0, report("a"))]
    assert [(event.report.name, event.report.position) for event in released] == [("a", 3), ("b", 7)]
