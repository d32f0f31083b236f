"""Comparing any two trees finds every difference, at its path, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskcheck.compare.values import Difference, compare
from maskcheck.model.value import ABSENT, ClassValue, DictValue, FunctionValue, ListValue, ObjectValue, Value
from tests.compare.trees import (
    again,
    apart,
    child,
    keys,
    mappings,
    places,
    scalars,
    thorough,
    values,
    with_item,
    without_item,
)

PLANTED = ClassValue("planted")


def lists(*items: Value, kind: str = "list") -> ListValue:
    return ListValue(kind, items)


def dicts(*items: tuple[Value, Value]) -> DictValue:
    return DictValue("dict", items)


def found(before: Value, after: Value) -> list[tuple[str, str, Value, Value]]:
    """What differs, as tuples: unlike dataclasses, these take one and the same NaN for equal on 3.13."""
    return [(d.path, d.kind, d.before, d.after) for d in compare(before, after)]


def told(before: Value, after: Value) -> list[tuple[str, str]]:
    return [(difference.kind, difference.path) for difference in compare(before, after)]


@thorough
@given(values)
def test_a_tree_does_not_differ_from_itself(tree: Value) -> None:
    assert compare(tree, tree) == ()


@thorough
@given(values)
def test_a_tree_does_not_differ_from_an_equal_one(tree: Value) -> None:
    assert compare(tree, again(tree)) == ()


@thorough
@given(values, values)
def test_one_order_finds_something_if_the_other_does(one: Value, other: Value) -> None:
    assert bool(compare(one, other)) == bool(compare(other, one))


@thorough
@given(values, st.data())
def test_one_change_is_found_at_its_path_and_nothing_else(tree: Value, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(places(tree))))
    changed = place.put(PLANTED)
    assert found(tree, changed) == [(place.path, "value", place.value, PLANTED)]


@thorough
@given(st.lists(values, min_size=2, max_size=5), st.data())
def test_comparing_goes_on_after_the_first_difference(trees: list[Value], data: st.DataObject) -> None:
    tree = lists(*trees)
    inside = [
        data.draw(st.sampled_from(list(places(item, f"[{index}]")))) for index, item in enumerate(trees)
    ]
    changed = lists(*(place.put(PLANTED) for place in inside))
    assert told(tree, changed) == [("value", place.path) for place in inside]


@thorough
@given(st.lists(values, max_size=4), values)
def test_an_item_more_or_less_at_the_end_of_a_list(items: list[Value], last: Value) -> None:
    short, long, path = lists(*items), lists(*items, last), f"[{len(items)}]"
    assert found(long, short) == [(path, "missing", last, ABSENT)]
    assert found(short, long) == [(path, "added", ABSENT, last)]


@thorough
@given(mappings(scalars), st.data())
def test_a_key_more_or_less(tree: DictValue, data: st.DataObject) -> None:
    known = {apart(key) for key, _ in tree.items}
    key, item = data.draw(keys.filter(lambda new: apart(new) not in known)), 5
    larger = DictValue(tree.kind, (*tree.items, (key, item)))
    assert found(larger, tree) == [(child("", key), "missing", item, ABSENT)]
    assert found(tree, larger) == [(child("", key), "added", ABSENT, item)]


@thorough
@given(mappings(values), st.data())
def test_any_key_may_go(tree: DictValue, data: st.DataObject) -> None:
    if tree.items:
        index = data.draw(st.integers(0, len(tree.items) - 1))
        key, item = tree.items[index]
        assert found(tree, without_item(tree, index)) == [(child("", key), "missing", item, ABSENT)]


@thorough
@given(mappings(values))
def test_the_order_of_keys_is_a_difference_of_its_own(tree: DictValue) -> None:
    turned = DictValue(tree.kind, tree.items[::-1])
    assert told(tree, turned) == ([("order", "")] if len(tree.items) > 1 else [])


@thorough
@given(st.lists(values, max_size=4), st.sampled_from(("list", "tuple", "TensorShape")))
def test_a_sequence_of_another_kind_differs_in_type_only(items: list[Value], kind: str) -> None:
    expected = [("type", "")] if kind != "tuple" else []
    assert told(lists(*items, kind="tuple"), lists(*items, kind=kind)) == expected


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (1, True, "type"),
        (1, 1.0, "type"),
        (True, 1.0, "type"),
        (0, False, "type"),
        (1, "1", "value"),
        ("a", b"a", "value"),
        (None, 0, "value"),
        (None, False, "value"),
        (0.0, -0.0, None),
        (0.5, 0.5 + 1e-15, "value"),
        (10**400, 10**400 + 1, "value"),
        (10**400, float("inf"), "value"),
        (2**53 + 1, float(2**53), "value"),
        (float("inf"), float("-inf"), "value"),
        (float("nan"), float("nan"), None),
        (float("nan"), 1.0, "value"),
        (1.0, float("nan"), "value"),
        (complex(float("nan"), 1), complex(float("nan"), 1), None),
        (complex(1, 2), complex(1, 3), "value"),
    ],
)
def test_scalars(before: Value, after: Value, kind: str | None) -> None:
    assert told(before, after) == ([(kind, "")] if kind else [])


def test_keys_turned_into_text_differ_in_type_and_their_values_are_still_compared() -> None:
    before, after = dicts((0, "a"), (None, "b"), (True, "c")), dicts(("0", "a"), ("null", "x"), ("true", "c"))
    assert told(before, after) == [
        ("type", "[0]"), ("type", "[None]"), ("value", "[None]"), ("type", "[True]"),
    ]  # fmt: skip


def test_keys_that_only_look_alike_stay_apart() -> None:
    before, after = dicts((1, "a"), ("1", "b"), (True, "c")), dicts((1, "a"), ("1", "b"), (True, "x"))
    assert told(before, after) == [("value", "[True]")]


@pytest.mark.parametrize(("before", "after", "kind"), [(0.0, 1e-5, "value"), (1.0, 1.0 + 1e-5, None)])
def test_the_tolerance_is_relative_to_the_value_before(before: float, after: float, kind: str | None) -> None:
    found = compare(lists(before), lists(after), "rates", (1e-4, 1e-9))
    assert [(d.kind, d.path) for d in found] == ([(kind, "rates[0]")] if kind else [])


def test_the_tolerance_is_not_of_the_larger_of_the_two() -> None:
    assert compare(1.0, 1.11, tolerance=(0.1, 0.0))
    assert not compare(1.11, 1.0, tolerance=(0.1, 0.0))


def test_nothing_is_close_to_infinity() -> None:
    inf = float("inf")
    assert compare(inf, 1.0, tolerance=(0.1, 0.1))
    assert compare(1.0, inf, tolerance=(0.1, 0.1))
    assert not compare(inf, inf, tolerance=(0.1, 0.1))


def test_objects_of_another_class_differ_as_a_whole() -> None:
    before, after = ObjectValue("keras.L2", dicts(("l2", 0.1))), ObjectValue("keras.L1", dicts(("l1", 0.2)))
    assert compare(before, after, "regularizer") == (Difference("regularizer", "value", before, after),)


def test_objects_of_one_class_differ_in_their_state() -> None:
    before, after = ObjectValue("keras.L2", dicts(("l2", 0.1))), ObjectValue("keras.L2", dicts(("l2", 0.2)))
    assert compare(before, after, "r") == (Difference("r.l2", "value", 0.1, 0.2),)


def test_a_lambda_is_known_by_its_body() -> None:
    made, loaded = FunctionValue("module.<lambda>", "body"), FunctionValue("keras.<lambda>", "body")
    assert told(made, loaded) == []
    assert told(made, FunctionValue("keras.<lambda>", "other")) == [("value", "")]
    assert told(FunctionValue("a.f", "body"), FunctionValue("b.f", "body")) == [("value", "")]


@thorough
@given(values)
def test_what_is_absent_is_neither_none_nor_anything_else(tree: Value) -> None:
    assert compare(ABSENT, ABSENT) == ()
    assert told(tree, ABSENT) == [("missing", "")]
    assert told(ABSENT, tree) == [("added", "")]


def test_paths_start_where_they_are_told_to() -> None:
    tree = dicts(("rates", lists(1, dicts(("low", 2), ("not a name", 3)))))
    changed = dicts(("rates", lists(1, dicts(("low", 4), ("not a name", 5)))))
    expected = ["layer.rates[1].low", "layer.rates[1]['not a name']"]
    assert [d.path for d in compare(tree, changed, "layer")] == expected


def test_keys_that_are_tuples_read_as_python() -> None:
    before, after = dicts((lists(1, "a", kind="tuple"), 1)), dicts((lists(1, "a", kind="tuple"), 2))
    assert [d.path for d in compare(before, after, "table")] == ["table[(1, 'a')]"]


@thorough
@given(mappings(values), values)
def test_replacing_a_value_leaves_its_key_alone(tree: DictValue, new: Value) -> None:
    for index, (key, old) in enumerate(tree.items):
        found = compare(tree, with_item(tree, index, (key, new)))
        assert bool(found) == bool(compare(old, new))
