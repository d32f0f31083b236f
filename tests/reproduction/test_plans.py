from __future__ import annotations

from maskcheck.model.finding import Severity
from maskcheck.reproduction.script.checks import CHECKS
from maskcheck.reproduction.script.plans import CHECKS_OF_RULES, NO_SCRIPTS, explain_no_script, list_plans
from maskcheck.rules.registry import RULES
from tests.reproduction.requests import make_finding


def test_every_rule_with_errors_has_checks_or_a_reason() -> None:
    errors = {rule.code for rule in RULES if rule.severity is Severity.ERROR}
    assert errors - CHECKS_OF_RULES.keys() - NO_SCRIPTS.keys() == set()


def test_no_rule_has_both() -> None:
    assert CHECKS_OF_RULES.keys() & NO_SCRIPTS.keys() == set()


def test_codes_and_checks_are_known() -> None:
    assert {*CHECKS_OF_RULES, *NO_SCRIPTS} <= {rule.code for rule in RULES}
    assert {name for names in CHECKS_OF_RULES.values() for name in names} == CHECKS.keys()


def test_reason_is_given_for_others_alone() -> None:
    assert explain_no_script("MC101") == ""
    assert all(explain_no_script(rule.code) for rule in RULES if rule.code not in CHECKS_OF_RULES)


def test_only_routes_of_the_finding_are_taken() -> None:
    plans = list_plans(make_finding("MC201", "mean", routes=("fresh", "config", "deepcopy")))
    assert [plan.trip for plan in plans if plan.check == "attribute"] == ["deepcopy", "config"]
