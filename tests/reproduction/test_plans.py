from __future__ import annotations

from maskcheck.model.finding import Severity
from maskcheck.reproduction.script.checks import CHECKS
from maskcheck.reproduction.script.plans import list_plans
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.registry import RULES
from tests.reproduction.requests import make_finding


def test_every_rule_with_errors_has_checks_or_a_reason_of_its_own() -> None:
    bare = [rule for rule in RULES if not rule.shown_by and rule.no_script == Rule.no_script]
    assert [rule.code for rule in bare if rule.severity is Severity.ERROR] == []


def test_no_rule_has_both() -> None:
    assert [r.code for r in RULES if r.shown_by and r.no_script != Rule.no_script] == []


def test_every_check_is_known_and_shows_something() -> None:
    assert {name for rule in RULES for name in rule.shown_by} == CHECKS.keys()


def test_only_routes_of_the_finding_are_taken() -> None:
    plans = list_plans(make_finding("MC201", "mean", routes=("fresh", "config", "deepcopy")))
    assert [plan.trip for plan in plans if plan.check == "attribute"] == ["deepcopy", "config"]
