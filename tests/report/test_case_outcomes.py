from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from maskcheck.model.finding import Check, Status
from maskcheck.model.report import LayerReport
from maskcheck.report.case_outcomes import case_outcomes
from tests.report.hostile import layers
from tests.report.samples import BAD, BROKEN, GOOD, LOST, SKIPPED


def told(layer: LayerReport) -> dict[tuple[str, str], list[str]]:
    return {(trial.case, trial.route): [f.rule for f in trial.findings] for trial in case_outcomes(layer)}


def test_every_case_on_every_route() -> None:
    assert told(GOOD) == {("default", "config"): [], ("default", "keras"): [], ("default", "weights"): []}
    assert told(SKIPPED) == {}


def test_finding_shows_where_it_says() -> None:
    assert told(BAD) == {
        ("default", "config"): ["MC101"],
        ("default", "keras"): ["MC101", "MC503"],
        ("causal", "weights"): ["MC301"],
    }


def test_finding_without_a_case_shows_where_its_rule_was_checked() -> None:
    assert told(BROKEN) == {("default", "build"): ["MC005"]}
    assert told(replace(BROKEN, checks=())) == {("", "build"): ["MC005"]}
    assert told(replace(BROKEN, checks=(), cases=(("one", "spec"),))) == {("one", "build"): ["MC005"]}


def test_what_several_cases_show_is_told_in_each() -> None:
    checks = tuple(Check("MC101", "config", case, Status.FAILED) for case in ("default", "other"))
    layer = replace(BAD, findings=(LOST,), checks=checks)
    assert told(layer)["other", "config"] == ["MC101"]
    own = replace(layer, findings=(LOST, replace(LOST, subjects=("size",), case="other")))
    assert [f.subject for trial in case_outcomes(own) for f in trial.findings if trial.route == "config"] == [
        "mask_shape",
        "size",
    ]


@settings(deadline=None)
@given(layers())
def test_no_check_and_no_finding_is_left_out(layer: LayerReport) -> None:
    found = case_outcomes(layer)
    assert [check for trial in found for check in trial.checks] == sorted(
        layer.checks, key=lambda check: [(t.case, t.route) for t in found].index((check.case, check.route))
    )
    assert {id(f) for trial in found for f in trial.findings} == {id(f) for f in layer.findings}
