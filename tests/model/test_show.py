"""Values as one short line."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskcheck.model.show import LIMIT, show
from maskcheck.model.value import (
    ABSENT,
    ArrayValue,
    ClassValue,
    DictValue,
    FunctionValue,
    ListValue,
    ObjectValue,
    ReferenceValue,
    Value,
)
from tests.compare.trees import thorough, values


def array(values: Any, dtype: str = "float32", kind: str = "array") -> ArrayValue:
    return ArrayValue(kind, dtype, np.array(values, dtype))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (0.1, "0.1"),
        ("two  words", "'two  words'"),
        ("line\nbreak", r"'line\nbreak'"),
        (b"\xff", r"b'\xff'"),
        (1 + 2j, "(1+2j)"),
        (ABSENT, "nothing"),
        (ListValue("list", ()), "[]"),
        (ListValue("list", (1, "a")), "[1, 'a']"),
        (ListValue("tuple", ()), "()"),
        (ListValue("tuple", (1,)), "(1,)"),
        (ListValue("tuple", (1, 2)), "(1, 2)"),
        (ListValue("set", (1, 2)), "{1, 2}"),
        (ListValue("set", ()), "set()"),
        (ListValue("frozenset", ()), "frozenset()"),
        (ListValue("deque", (1, 2)), "deque(1, 2)"),
        (DictValue("dict", ()), "{}"),
        (DictValue("dict", ((1, "a"), ("b", ListValue("list", (2,))))), "{1: 'a', 'b': [2]}"),
        (array(2.5, kind="scalar"), "float32(2.5)"),
        (array([1, 2], "int64"), "int64 array (2,) [1, 2]"),
        (array([[1, 2], [3, 4]], "int32", "tensor"), "int32 tensor (2, 2) [1, 2, 3, 4]"),
        (array(np.zeros((0, 3))), "float32 array (0, 3) []"),
        (FunctionValue("module.f", "digest"), "module.f"),
        (ClassValue("module.C"), "module.C"),
        (ObjectValue("module.Thing"), "Thing"),
        (ObjectValue("module.Thing", "text"), "Thing('text')"),
        (ObjectValue("keras.L2", DictValue("dict", (("l2", 0.1), ("n", None)))), "L2(l2=0.1, n=None)"),
        (ReferenceValue("layer", "dense"), "<layer dense>"),
    ],
)
def test_values_read_as_python_writes_them(value: Value, text: str) -> None:
    assert show(value) == text


def test_only_the_first_elements_of_an_array_are_shown() -> None:
    assert show(array(range(1000), "int32")) == "int32 array (1000,) [0, 1, 2, 3, 4, 5]"


@thorough
@given(values, st.integers(1, 200))
def test_the_text_is_one_line_within_the_limit(value: Value, limit: int) -> None:
    text = show(value, limit)
    assert 0 < len(text) <= limit
    assert len(text.splitlines()) == 1


def test_a_long_text_ends_with_a_sign_that_it_was_cut() -> None:
    assert show("x" * LIMIT) == "'" + "x" * (LIMIT - 2) + "…"
    assert show("x" * (LIMIT - 2)) == repr("x" * (LIMIT - 2))


@pytest.mark.parametrize("name", ["a\nb", "a\r\nb", "a\u2028b"])
def test_a_name_with_a_line_break_stays_on_the_line(name: str) -> None:
    assert show(FunctionValue(name)) == "a b"
