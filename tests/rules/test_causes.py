"""The table of causes: what it may hold, and what is read off it."""

from __future__ import annotations

import pytest

from maskcheck.rules import causes
from maskcheck.rules.causes import (
    BEHAVIOUR,
    CONFIG,
    EXPLAINED_BY,
    GROUPS,
    causes_of,
    group_of,
    list_explanations,
    sort_by_causes,
)
from maskcheck.rules.registry import RULES


def test_every_rule_has_a_row_and_every_row_a_rule() -> None:
    assert {rule.code for rule in RULES} == EXPLAINED_BY.keys()


def test_a_group_holds_rules_of_the_table_and_no_rule_is_in_two() -> None:
    codes = [code for group in GROUPS.values() for code in group]
    assert len(codes) == len(set(codes))
    assert set(codes) <= EXPLAINED_BY.keys()


@pytest.mark.parametrize("code", EXPLAINED_BY)
def test_a_row_names_each_cause_once_and_above_it(code: str) -> None:
    found = [cause for name in EXPLAINED_BY[code] for cause in GROUPS.get(name, (name,))]
    above = list(EXPLAINED_BY)[: list(EXPLAINED_BY).index(code)]
    assert len(found) == len(set(found))
    assert set(found) <= set(above)


def test_a_group_stands_for_all_its_rules() -> None:
    assert causes_of("MC308") == {*GROUPS[CONFIG]}
    assert causes_of("MC108") == {"MC106"}
    assert causes_of("MC101") > causes_of("MC103")
    assert causes_of("MC001") == causes_of("no code") == frozenset()


def test_group_of() -> None:
    assert (group_of("MC401"), group_of("MC101"), group_of("MC405")) == (BEHAVIOUR, CONFIG, "")


def test_explanations_of_a_group() -> None:
    pairs = list_explanations(CONFIG)
    assert pairs[:3] == (("MC106", "MC108"), ("MC106", "MC103"), ("MC108", "MC103"))
    assert {effect for _, effect in pairs} <= {*GROUPS[CONFIG]}
    assert (CONFIG, "MC401") in list_explanations(BEHAVIOUR)
    assert (CONFIG, "MC305") in list_explanations("")


def test_explanations_of_all_groups_are_the_whole_table() -> None:
    pairs = [pair for group in (*GROUPS, "") for pair in list_explanations(group)]
    assert len(pairs) == sum(len(row) for row in EXPLAINED_BY.values())


def test_the_order_is_that_of_the_rows() -> None:
    assert sort_by_causes(["MC503", "MC001", "MC106", "MC103"]) == ("MC001", "MC106", "MC103", "MC503")


def test_what_has_no_row_comes_last() -> None:
    assert sort_by_causes(["MC999", "MC998", "MC401"]) == ("MC401", "MC998", "MC999")


def test_a_cause_comes_first_wherever_its_row_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "EXPLAINED_BY", {"A": ("C",), "B": (), "C": ("D",), "D": ()})
    causes_of.cache_clear()
    assert sort_by_causes("ABCD") == ("D", "C", "A", "B")
    causes_of.cache_clear()
