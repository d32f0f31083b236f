from __future__ import annotations

import pytest

from maskcheck.errors import NothingToCheck
from maskcheck.fixes.choice import choose_findings
from maskcheck.model.report import Report, ScanFinished, ScanStarted
from maskcheck.report.fingerprint import fingerprint_findings
from maskcheck.settings import Settings
from tests.fixes.reports import make_finding, make_report

FACTOR, MEAN = make_finding("MC101", "factor"), make_finding("MC201", "mean")
LAYER = make_report(FACTOR, MEAN)
REPORT = Report(ScanStarted({}, "CPU:0", 0, (), None, 1), (LAYER,), ScanFinished(1.0, 1))
IDS = [text for _, _, text in fingerprint_findings(REPORT)]


def choose(*ids: str, **values: tuple[str, ...]) -> tuple[str, ...]:
    choice = choose_findings(REPORT, Settings(("m",), **values), ids)  # type: ignore[arg-type]
    return tuple(finding.subject for finding in choice.list_wanted(LAYER))


def test_all_are_wanted_unless_something_is_said() -> None:
    assert choose() == ("factor", "mean")


def test_rules_are_selected_and_ignored() -> None:
    assert choose(select=("MC2",)) == ("mean",)
    assert choose(ignore=("MC2",)) == ("factor",)


def test_findings_are_named_by_ids() -> None:
    assert choose(IDS[0]) == ("factor",)
    assert choose(IDS[1][:8].upper()) == ("mean",)
    assert choose(*IDS) == ("factor", "mean")


def test_id_of_a_rule_that_is_ignored_is_not_mended() -> None:
    assert choose(IDS[0], ignore=("MC101",)) == ()


def test_id_that_no_finding_has_is_told() -> None:
    with pytest.raises(NothingToCheck, match="no finding has the id zz"):
        choose(IDS[0], "zz")
