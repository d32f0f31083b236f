"""What only a .keras file carries is no fault where another format loses it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maskcheck.judging.judge import judge
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Severity
from maskcheck.model.route import ROUTE_TABLE, ROUTES
from maskcheck.model.snapshot import CallResult, Snapshot
from maskcheck.rules.base.rule import (
    LAYER_ROUTES,
    PARTIAL_ROUTES,
    SAVING_ROUTES,
    WEIGHT_ROUTES,
    WHOLE_ROUTES,
)
from maskcheck.rules.registry import RULES, find_rule
from tests.judging.judging import statuses, told
from tests.rules.evidence import call, evidence, failure, snapshot, tensor, trip, trips, weight
from tests.rules.faults import OTHER

LOST = snapshot({"words": None}, inference=OTHER)
KNOWN = snapshot({"words": 3.0})
SERVED = Snapshot({}, {}, calls={"inference": CallResult(tensor((9.0, 2.0)))})


def sent(route: str, after: Snapshot | None, before: Snapshot = KNOWN, **fields: Any) -> Evidence:
    """Return evidence of a layer that comes back from all other routes as it was."""
    other = trip(route, "functional", after, **fields)
    return evidence(before, before=before, trips=(*trips(before), other), keras=(3, 15))


def test_routes_are_grouped_by_what_they_carry() -> None:
    assert set(ROUTES) - set(LAYER_ROUTES) == {"export"}
    assert set(SAVING_ROUTES) - set(WEIGHT_ROUTES) == {"export"}
    assert set(ROUTES) - set(SAVING_ROUTES) == {"config"}
    assert set(WEIGHT_ROUTES) - set(WHOLE_ROUTES) == {"weights", "tf-checkpoint"}
    assert set(PARTIAL_ROUTES) == {"config", "weights", "h5", "clone", "json", "tf-checkpoint"}
    assert all(route.cannot for route in ROUTE_TABLE)


@pytest.mark.parametrize("route", ["h5", "clone", "json"])
def test_state_that_a_keras_file_keeps_is_a_note(route: str) -> None:
    given = sent(route, LOST)
    assert told(given) == [("MC607", "words")]
    assert statuses("MC401", given)[route].value == "inconclusive"


@pytest.mark.parametrize("route", ["deepcopy", "pickle"])
def test_the_same_is_an_error_where_all_of_it_should_travel(route: str) -> None:
    assert told(sent(route, LOST)) == [("MC201", "words")]


def test_a_checkpoint_never_brings_attributes_back() -> None:
    assert told(sent("tf-checkpoint", snapshot({"words": None}))) == []
    assert told(sent("tf-checkpoint", LOST)) == [("MC607", "words")]


def test_a_lost_weight_is_an_error_in_any_format() -> None:
    fresh = snapshot({"words": 3.0}, weights={"scale": [1.0, 1.0]}, inference=OTHER)
    for route in ("h5", "clone", "json"):
        assert told(sent(route, fresh)) == [("MC301", "scale")]


def test_a_checkpoint_that_passes_over_weights_is_a_warning() -> None:
    fresh = snapshot({"words": 3.0}, weights={"scale": [1.0, 1.0]}, inference=OTHER)
    (finding,) = judge(sent("tf-checkpoint", fresh), RULES, ("keras", "tf-checkpoint")).findings
    assert (finding.rule, finding.severity, finding.subject) == ("MC607", Severity.WARNING, "scale")


def test_frozen_weights_are_not_lost_ones() -> None:
    frozen = {"scale": weight("scale", [0.5, 1.5], trainable=False)}
    assert told(sent("tf-checkpoint", snapshot({"words": 3.0}, weights=frozen))) == []


def test_of_what_is_served_only_outputs_are_judged() -> None:
    before = snapshot({"words": 3.0}, inference=call(mask=(True, False), losses=[0.5]))
    same = Snapshot({}, {}, calls={"inference": CallResult(tensor((1.0, 2.0)))})
    assert told(sent("export", same, before)) == []
    assert told(sent("export", SERVED, before)) == [("MC401", "outputs")]
    checks = judge(sent("export", SERVED, before), RULES, ("export",)).checks
    judged = {check.rule for check in checks if check.route == "export"}
    assert judged == {"MC007", "MC401", "MC402", "MC601", "MC602", "MC607"}


@pytest.mark.parametrize(
    ("step", "code", "message"),
    [
        ("save", "MC601", "saving raises ValueError: no"),
        ("load", "MC602", "the SavedModel does not load: ValueError: no"),
    ],
)
def test_an_export_that_fails_is_told(step: str, code: str, message: str) -> None:
    (finding,) = judge(sent("export", None, failure=failure(step)), RULES, ("export",)).findings
    assert (finding.rule, finding.message) == (code, message)


def test_a_limit_explains_what_is_found_on_its_own_route_alone() -> None:
    words = failure("load", message="No cast function available.")
    elsewhere = trip("json", "functional", failure=failure("load"))
    given = sent("h5", None, failure=words)
    both = evidence(KNOWN, before=KNOWN, trips=(*given.trips, elsewhere), keras=(3, 15))
    findings = {
        finding.rule: finding.routes for finding in judge(both, RULES, ("keras", "h5", "json")).findings
    }
    assert findings == {"MC607": ("h5",), "MC602": ("json",)}


def test_a_finding_names_the_limit_that_was_met() -> None:
    words = failure("load", message="No cast function available.")
    (finding,) = judge(sent("h5", None, failure=words), RULES, ("h5",)).findings
    assert finding.limit == "an .h5 file cannot hold weights of the type bfloat16"
    assert finding.message == f"{finding.limit} ({finding.subject})"
    assert find_rule("MC607").explains(finding)
    assert not find_rule("MC607").explains(replace(finding, limit="another"))
