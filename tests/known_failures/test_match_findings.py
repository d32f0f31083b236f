"""Known failures: what they cover, and when they are stale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.judging.conclude import merge_cases
from maskcheck.known_failures.match_findings import mark_known
from maskcheck.model.case import Expectation, Mark
from maskcheck.model.finding import Check, Finding, Severity, Status

TODAY = "2027-06-15"
FOUND = Finding(
    "MC101", "argument-missing", Severity.ERROR, ("factor",), "lost", case="one", routes=("config", "keras")
)
CHECKS = tuple(
    Check("MC101", route, "one", status)
    for route, status in (("config", Status.FAILED), ("keras", Status.FAILED), ("weights", Status.PASSED))
)
EXPECTED = Expectation("MC101", "kept for old files", subject="factor", mark=Mark("maskcheck.yaml", 7))


def statuses(*expectations: Expectation) -> list[str]:
    """Return the statuses of the findings."""
    return [finding.status.value for finding in mark_known([FOUND], CHECKS, expectations, TODAY)[0]]


def test_expected_finding_and_its_checks_are_marked() -> None:
    findings, checks = mark_known([FOUND], CHECKS, [EXPECTED], TODAY)
    assert [finding.status for finding in findings] == [Status.EXPECTED]
    assert [check.status for check in checks] == [Status.EXPECTED, Status.EXPECTED, Status.PASSED]
    assert [check.reason for check in checks] == ["kept for old files", "kept for old files", ""]
    passed = Check("MC101", "config", "two", Status.PASSED)
    assert mark_known([FOUND], [passed], [EXPECTED], TODAY)[1] == (passed,)


@pytest.mark.parametrize(
    "expectation",
    [
        Expectation("argument-missing", "known"),
        Expectation("MC101", "known", case="one"),
        Expectation("MC101", "known", until="2027-06-15"),
        Expectation("MC101", "known", until="2027-06-16", subject="factor"),
    ],
)
def test_expectation_that_fits(expectation: Expectation) -> None:
    assert statuses(expectation) == ["expected"]


@pytest.mark.parametrize(
    ("case", "status"), [("one", "expected"), ("one@float64", "expected"), ("one@int8", "failed")]
)
def test_expectation_on_a_case_covers_its_repeats(case: str, status: str) -> None:
    repeated = replace(FOUND, case="one@float64")
    found, *_ = mark_known([repeated], (), [Expectation("MC101", "known", case=case)], TODAY)[0]
    assert found.status == status


def test_expectation_on_the_only_route_that_fails() -> None:
    on_files = replace(FOUND, routes=("keras",))
    (finding,) = mark_known([on_files], (), [Expectation("MC101", "known", route="keras")], TODAY)[0]
    assert finding.status is Status.EXPECTED


@pytest.mark.parametrize(
    "expectation",
    [
        Expectation("MC102", "known"),
        Expectation("MC101", "known", subject="bias"),
        Expectation("MC101", "known", case="two"),
        Expectation("MC101", "known", route="weights"),
    ],
)
def test_expectation_that_fits_nothing_is_stale(expectation: Expectation) -> None:
    assert statuses(expectation) == ["failed", "failed"]
    *_, stale = mark_known([FOUND], CHECKS, [expectation], TODAY)[0]
    assert (stale.rule, stale.severity) == ("MC008", Severity.ERROR)
    assert stale.message.endswith("(known), which no longer fails")


def test_expectation_whose_day_has_passed_no_longer_holds() -> None:
    expired = replace(EXPECTED, until="2027-06-14")
    found, stale = mark_known([FOUND], CHECKS, [expired], TODAY)[0]
    assert (found.status, stale.rule) == (Status.FAILED, "MC008")
    assert stale.message == (
        "the spec expects MC101 on factor (kept for old files), which was expected until 2027-06-14"
    )
    assert (stale.subject, stale.file, stale.line) == ("factor", "maskcheck.yaml", 7)
    assert stale.hint == "remove this entry of expect"


def test_expectation_of_what_was_mended() -> None:
    (stale,) = mark_known([], (), [replace(EXPECTED, subject=None, mark=None)], TODAY)[0]
    assert (
        stale.message == "the spec expects MC101 on any subject (kept for old files), which no longer fails"
    )
    assert (stale.subject, stale.file, stale.line) == ("MC101", None, None)


def test_without_expectations_nothing_changes() -> None:
    assert mark_known([FOUND], CHECKS, [], TODAY) == ((FOUND,), CHECKS)


def test_the_reason_and_where_it_is_written_stand_in_the_finding() -> None:
    (finding,), _ = mark_known([FOUND], CHECKS, [EXPECTED], TODAY)
    assert (finding.reason, finding.origin) == ("kept for old files", "maskcheck.yaml:7")


def test_all_that_a_finding_names_must_be_expected() -> None:
    both = replace(FOUND, subjects=("dtype", "factor"))
    dtype = replace(EXPECTED, subject="dtype")
    assert mark_known([both], (), [EXPECTED], TODAY)[0] == (both,)
    assert [f.status for f in mark_known([both], (), [EXPECTED, dtype], TODAY)[0]] == [Status.EXPECTED]
    assert [
        f.status for f in mark_known([both], (), [replace(EXPECTED, subject="factor, dtype")], TODAY)[0]
    ] == [Status.EXPECTED]


def test_what_shows_on_one_route_more_is_new_there() -> None:
    known, new = mark_known([FOUND], CHECKS, [replace(EXPECTED, route="config")], TODAY)[0]
    assert (known.status, known.routes) == (Status.EXPECTED, ("config",))
    assert (new.status, new.routes) == (Status.FAILED, ("keras",))


def test_an_entry_is_stale_once_with_all_its_routes() -> None:
    entry = replace(EXPECTED, subject="bias", origin="baseline")
    _, stale = mark_known([FOUND], CHECKS, [replace(entry, route=r) for r in ("config", "keras")], TODAY)[0]
    assert (stale.rule, stale.routes) == ("MC008", ("config", "keras"))
    assert stale.message == "the baseline holds MC101 on bias, which no longer fails"
    assert stale.hint == "maskcheck baseline prune removes this entry"


def test_what_the_scan_could_not_show_is_not_stale() -> None:
    other = replace(EXPECTED, subject="bias", origin="source")
    assert mark_known([], (), [other], TODAY, lambda expectation: False) == ((), ())
    (stale,), _ = mark_known([], (), [other], TODAY)
    assert stale.message == "the source expects MC101 on bias (kept for old files), which no longer fails"
    (late,), _ = mark_known([], (), [replace(other, until="2027-01-01")], TODAY, lambda expectation: False)
    assert late.message.endswith("which was expected until 2027-01-01")


def test_two_stale_expectations_on_one_subject_are_two_findings() -> None:
    entries = [EXPECTED, replace(EXPECTED, rule="MC401", mark=Mark("maskcheck.yaml", 8))]
    assert len(merge_cases(mark_known([], (), entries, TODAY)[0])) == 2


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        (("rate", "factor"), "remove this entry of expect"),
        (("rate", "factors"), "did you mean 'factors'? else remove this entry of expect"),
        ((), "remove this entry of expect"),
    ],
)
def test_a_stale_one_says_what_may_be_meant(names: tuple[str, ...], hint: str) -> None:
    (stale,) = mark_known([], (), [EXPECTED], TODAY, names=names)[0]
    assert stale.hint == hint
