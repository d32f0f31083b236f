"""What JSON makes of values counts as a change of type, not of content."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskcheck.compare.values import compare, equivalent, is_marker, plain
from maskcheck.model.value import (
    ABSENT,
    ArrayValue,
    ClassValue,
    DictValue,
    FunctionValue,
    ListValue,
    ObjectValue,
    Value,
)
from tests.compare.trees import again, thorough, values

written: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.floats(), st.text(max_size=3)),
    lambda children: st.one_of(
        st.lists(children, max_size=4), st.dictionaries(st.text(max_size=3), children, max_size=4)
    ),
    max_leaves=12,
)


def frozen(value: Any, *, sequence: str = "list") -> Value:
    """Return what freezing gives for lists and dicts."""
    if isinstance(value, list):
        return ListValue(sequence, tuple(frozen(item, sequence=sequence) for item in value))
    if isinstance(value, dict):
        return DictValue("dict", tuple((k, frozen(v, sequence=sequence)) for k, v in value.items()))
    found: Value = value
    return found


def array(items: object, dtype: str = "float64", kind: str = "array") -> ArrayValue:
    return ArrayValue(kind, dtype, np.array(items, dtype))


def lists(*items: Value, kind: str = "list") -> ListValue:
    return ListValue(kind, items)


def dicts(*items: tuple[Value, Value]) -> DictValue:
    return DictValue("dict", items)


@thorough
@given(written)
def test_what_json_holds_is_plain_already(value: object) -> None:
    assert json.dumps(plain(frozen(value))) == json.dumps(value)


@thorough
@given(written)
def test_tuples_turned_into_lists_are_equivalent(value: object) -> None:
    given_, back = frozen(value, sequence="tuple"), frozen(value)
    assert equivalent(given_, back)
    assert {difference.kind for difference in compare(given_, back)} <= {"type"}


@thorough
@given(values)
def test_a_tree_is_equivalent_to_an_equal_one(tree: Value) -> None:
    assert equivalent(tree, again(tree))


@pytest.mark.parametrize(
    ("given_", "back"),
    [
        (array([1.0, 2.0]), lists(1.0, 2.0)),
        (array([[1, 2], [3, 4]], "int32"), lists(lists(1, 2), lists(3, 4))),
        (array([1.0, math.nan]), lists(1.0, math.nan)),
        (lists(1.0, math.nan, kind="tuple"), array([1.0, math.nan])),
        (array(2.5, kind="scalar"), 2.5),
        (array([1.0], kind="tensor"), array([1.0])),
        (dicts((0, "a"), (1, "b")), dicts(("0", "a"), ("1", "b"))),
        (dicts(("a", 1), ("b", 2)), dicts(("b", 2), ("a", 1))),
        (lists(array([1.0]), 2), lists(lists(1.0), 2)),
        (1, 1.0),
    ],
)
def test_equivalent(given_: Value, back: Value) -> None:
    assert equivalent(given_, back)
    assert compare(given_, back) != ()


@pytest.mark.parametrize(
    ("given_", "back"),
    [
        (array([1.0, 2.0]), lists(1.0, 3.0)),
        (array([1.0, 2.0]), lists(1.0)),
        (array([1.0, math.nan]), lists(1.0, 2.0)),
        (array([1.0]), array([1.0], "float32")),
        (dicts((0, "a")), dicts(("0", "b"))),
        (dicts((0, "a")), dicts()),
        (lists(1), lists(1, None)),
        ("1", 1),
        (FunctionValue("module.f", "body"), "f"),
        (FunctionValue("module.f"), ClassValue("module.f")),
        (ObjectValue("module.A"), None),
        (lists(ObjectValue("module.A")), lists()),
    ],
)
def test_not_equivalent(given_: Value, back: Value) -> None:
    assert not equivalent(given_, back)
    assert not equivalent(back, given_)


@pytest.mark.parametrize(
    "value", [ABSENT, FunctionValue("f"), ClassValue("C"), ObjectValue("O"), lists(1, lists(ABSENT))]
)
def test_what_json_cannot_hold_has_no_plain_form(value: Value) -> None:
    assert plain(value) is ABSENT
    assert plain(dicts(("inside", value))) is ABSENT


MARKER = dicts(("class_name", "__numpy__"), ("config", dicts(("value", lists(1.0)))))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (MARKER, True),
        (dicts(("class_name", "L2"), ("config", dicts()), ("module", "keras.regularizers")), True),
        (dicts(("class_name", "L2"), ("config", dicts())), False),
        (dicts(("class_name", "__numpy__")), False),
        (dicts(("class_name", 5), ("config", 1), ("module", "m")), False),
        (dicts((0, "class_name"), (1, "config")), False),
        (lists("class_name", "config"), False),
        ("__numpy__", False),
        (None, False),
    ],
)
def test_serialized_objects_are_known_by_their_keys(value: Value, expected: bool) -> None:
    assert is_marker(value) is expected


def test_an_object_that_nobody_deserialized_differs_in_type() -> None:
    assert [d.kind for d in compare(array([1.0]), MARKER)] == ["type"]
    assert [d.kind for d in compare(MARKER, array([1.0]))] == ["value"]


@pytest.mark.parametrize("plainly", [True, 3, 0.5, None])
def test_a_plain_value_that_comes_back_as_an_object_is_another_value(plainly: Value) -> None:
    assert [d.kind for d in compare(plainly, MARKER)] == ["value"]
    assert [d.kind for d in compare("relu", MARKER)] == ["type"]
