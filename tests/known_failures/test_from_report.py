"""What a baseline takes from a report, and what is taken out of it."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.known_failures.from_report import list_known, list_stale_entries, remove_entries
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.case import Mark
from maskcheck.model.finding import Finding, Severity
from tests.report.samples import ALL, BAD, GOOD, LOST, report

STALE = Finding(
    "MC008", "stale-expectation", Severity.ERROR, ("rate",), "gone", routes=("config",), file="b.yaml", line=5
)
RATE = Known("mymodule.FixedShapeMask", "MC101", "rate", ("config", "keras"), mark=Mark("b.yaml", 5))
WHOLE = replace(RATE, rule="MC002", subject="", routes=(), mark=Mark("b.yaml", 6))
OTHER = replace(RATE, mark=Mark("b.yaml", 7))
BASELINE = Baseline("b.yaml", (RATE, WHOLE, OTHER))


def test_errors_and_warnings_but_no_notes_and_nothing_expected() -> None:
    assert [(entry.id, entry.rule, entry.subject, entry.routes) for entry in list_known(report(*ALL))] == [
        ("mymodule.FixedShapeMask", "MC101", "mask_shape", ("config", "keras")),
        ("mymodule.FixedShapeMask", "MC301", "kernel", ("weights",)),
        ("mymodule.FixedShapeMask", "MC503", "mask", ("keras",)),
        ("mymodule.SequenceMask", "MC603", "SequenceMask", ("keras",)),
        ("other.Crash", "MC005", "Crash", ()),
    ]


def test_each_thing_lost_is_an_entry_and_nothing_stale_is() -> None:
    both = replace(LOST, subjects=("dtype", "name"), case="default@float64")
    entries = list_known(report(replace(BAD, findings=(both, STALE))))
    assert [(entry.subject, entry.repeated) for entry in entries] == [("dtype", True), ("name", True)]


def test_what_is_stale_is_dropped_route_by_route() -> None:
    stale = replace(STALE, subjects=("MC002",), routes=(), line=6)
    gone = list(list_stale_entries(BASELINE, report(GOOD, replace(BAD, findings=(STALE, stale)))))
    assert gone == [replace(RATE, routes=("config",)), WHOLE]
    assert list(remove_entries(BASELINE, gone)) == [replace(RATE, routes=("keras",)), OTHER]


def test_stale_expectations_of_the_spec_drop_nothing() -> None:
    others = replace(STALE, file="maskcheck.yaml"), replace(STALE, line=9)
    assert list(list_stale_entries(BASELINE, report(replace(BAD, findings=others)))) == []
    assert tuple(remove_entries(BASELINE, [])) == BASELINE.entries
