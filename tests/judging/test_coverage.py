"""What a scan could have shown: only then is it news that it did not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.judging.coverage import Coverage
from maskcheck.model.case import Expectation
from maskcheck.model.finding import Check, Status
from maskcheck.model.route import DEFAULT_ROUTES
from maskcheck.rules.registry import rule_of

RATE = Expectation("MC101", "known", subject="rate")
CHECKS = tuple(Check("MC101", route, "one", Status.PASSED) for route in DEFAULT_ROUTES)
WHOLE = Coverage(DEFAULT_ROUTES, None, CHECKS, frozenset(), 0.0)


def undecided(status: Status, route: str = "keras", case: str = "one") -> Coverage:
    return replace(WHOLE, checks=(*CHECKS, Check("MC101", route, case, status)))


@pytest.mark.parametrize(
    "expectation",
    [
        RATE,
        replace(RATE, subject=None),
        replace(RATE, rule="argument-missing", case="one", route="keras"),
        replace(RATE, case="never heard of"),
        replace(RATE, rule="MC002"),
        replace(RATE, rule="MC999"),
        replace(RATE, rule="MC401", route="build"),
    ],
)
def test_a_whole_scan_shows_all(expectation: Expectation) -> None:
    assert WHOLE.could_show(expectation)


@pytest.mark.parametrize(
    ("reach", "expectation"),
    [
        (replace(WHOLE, routes=("config",)), RATE),
        (WHOLE, replace(RATE, route="h5")),
        (replace(WHOLE, case="one"), RATE),
        (replace(WHOLE, case="one"), replace(RATE, case="two")),
        (WHOLE, replace(RATE, case="one@float64")),
        (WHOLE, replace(RATE, repeated=True)),
        (replace(WHOLE, unproven=frozenset({"rate"})), RATE),
        (replace(WHOLE, unproven=frozenset({"mode"})), replace(RATE, subject=None)),
        (undecided(Status.BLOCKED), RATE),
        (undecided(Status.INCONCLUSIVE), replace(RATE, route="keras")),
        (undecided(Status.BLOCKED, case="one@float64"), replace(RATE, case="one")),
        (WHOLE, replace(RATE, rule="MC009")),
        (WHOLE, replace(RATE, rule="MC607")),
    ],
)
def test_what_was_not_looked_at(reach: Coverage, expectation: Expectation) -> None:
    assert not reach.could_show(expectation)


@pytest.mark.parametrize(
    ("reach", "expectation"),
    [
        (replace(WHOLE, routes=("config",)), replace(RATE, route="config")),
        (replace(WHOLE, case="one"), replace(RATE, case="one")),
        (undecided(Status.PASSED, case="one@GPU:0"), replace(RATE, repeated=True)),
        (replace(WHOLE, unproven=frozenset({"mode"})), RATE),
        (replace(WHOLE, unproven=frozenset({"rate"})), replace(RATE, rule="MC401")),
        (undecided(Status.BLOCKED), replace(RATE, route="config")),
        (undecided(Status.SKIPPED), RATE),
        (replace(WHOLE, routes=("h5",)), replace(RATE, rule="MC607")),
        (replace(WHOLE, min_proven=50.0), replace(RATE, rule="MC009")),
    ],
)
def test_a_narrow_scan_shows_what_it_is_about(reach: Coverage, expectation: Expectation) -> None:
    assert reach.could_show(expectation)


def test_rules_are_known_by_code_and_name() -> None:
    assert rule_of("MC101") is rule_of("argument-missing") is not None
    assert rule_of("MC1") is None
