"""The figures for two arrays agree with those counted one element at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from maskcheck.compare.arrays import EXACT, compare_arrays
from maskcheck.model.value import ArrayValue
from tests.compare.trees import array_values, thorough

NUMERIC = ("bool", "int8", "int64", "uint64", "float16", "float32", "float64", "complex64")
Pair = tuple[Any, Any]


def value(array: Any) -> ArrayValue:
    found = np.asarray(array)
    return ArrayValue("array", str(found.dtype), found)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Draw two numeric arrays of one shape and often of one dtype, equal in most places."""
    shape = draw(st.one_of(st.just(()), array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3)))
    dtype = draw(st.sampled_from(NUMERIC))
    before, other = draw(arrays(dtype, shape)), draw(arrays(dtype, shape))
    if draw(st.booleans()):
        return before, draw(arrays(draw(st.sampled_from(NUMERIC)), shape))
    return before, np.where(draw(arrays("bool", shape)), before, other)


@dataclass(frozen=True)
class Naive:
    """What counting one element at a time gives."""

    differing: int
    largest: float
    relative: float


def naive(before: Any, after: Any) -> Naive:
    found: list[tuple[float, float]] = []
    for index in product(*(range(size) for size in before.shape)):
        old, new = before[index].item(), after[index].item()
        both_nan = old != old and new != new  # noqa: PLR0124
        if old != new and not both_nan:
            gap = abs(_minus(new, old))
            size = abs(old)
            found.append((gap, math.inf if not size else gap / size))
    clean = [tuple(math.inf if math.isnan(figure) else figure for figure in each) for each in found]
    return Naive(len(found), max((c[0] for c in clean), default=-1), max((c[1] for c in clean), default=-1))


def _minus(new: Any, old: Any) -> Any:
    """Subtract as Python does, in the wider of the two types."""
    if isinstance(new, int) and isinstance(old, int):
        return new - old
    return (complex if complex in (type(new), type(old)) else float)(new) - old


@thorough
@given(array_values())
def test_an_array_agrees_with_itself_and_with_a_copy(array: ArrayValue) -> None:
    assert compare_arrays("", array, array) is None
    assert compare_arrays("", array, ArrayValue(array.kind, array.dtype, array.array.copy())) is None


@thorough
@given(pairs())
def test_figures_are_those_counted_one_by_one(pair: Pair) -> None:
    before, after = value(pair[0]), value(pair[1])
    delta, expected = compare_arrays("kernel", before, after), naive(*pair)
    if delta is None:
        assert (expected.differing, before.dtype) == (0, after.dtype)
        return
    assert (delta.differing, delta.total) == (expected.differing, before.array.size)
    if expected.differing:
        assert delta.max_absolute == pytest.approx(expected.largest, rel=1e-6)
        assert delta.max_relative == pytest.approx(expected.relative, rel=1e-6)
        assert delta.where is not None
        here = naive(before.array[delta.where], after.array[delta.where])
        assert here.largest == pytest.approx(expected.largest, rel=1e-6)
    else:
        assert (delta.max_absolute, delta.max_relative, delta.where) == (None, None, None)


@thorough
@given(array_values().filter(lambda v: v.array.size > 0), st.data())
def test_one_changed_element_is_found_where_it_is(before: ArrayValue, data: st.DataObject) -> None:
    where = data.draw(st.tuples(*(st.integers(0, size - 1) for size in before.array.shape)))
    array = before.array.copy()
    array[where] = data.draw(arrays(array.dtype, ()).filter(lambda new: not _same(new[()], array[where])))[()]
    delta = compare_arrays("kernel", before, ArrayValue(before.kind, before.dtype, array))
    assert delta is not None
    assert (delta.path, delta.differing, delta.where) == ("kernel", 1, where)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) or bool(one != one and other != other)  # noqa: PLR0124


@thorough
@given(pairs(), st.sampled_from(((0.1, 0.0), (0.0, 0.5), (1e-4, 1e-5))))
def test_the_tolerance_is_that_of_isclose(pair: Pair, tolerance: tuple[float, float]) -> None:
    before, after = pair
    delta = compare_arrays("", value(before), value(after), tolerance)
    if before.dtype.kind in "biu":
        assert delta == compare_arrays("", value(before), value(after))
        return
    with np.errstate(all="ignore"):
        close = np.isclose(after, before, *tolerance, equal_nan=True)
    found = 0 if delta is None else delta.differing
    assert found == np.count_nonzero(~close)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (np.zeros((2, 3)), np.zeros((3, 2))),
        (np.zeros((2, 3)), np.zeros(6)),
        (np.zeros(()), np.zeros(1)),
        (np.zeros(0), np.zeros((0, 2))),
        (np.array(["a", "b"]), np.array("a")),
    ],
)
def test_other_shapes_have_no_figures(before: Any, after: Any) -> None:
    delta = compare_arrays("", value(before), value(after))
    assert delta is not None
    assert (delta.before_shape, delta.after_shape) == (before.shape, after.shape)
    assert (delta.differing, delta.total, delta.max_absolute, delta.where) == (None, None, None, None)


def test_another_dtype_with_equal_values() -> None:
    delta = compare_arrays("", value(np.ones(3, "float32")), value(np.ones(3, "float64")))
    assert delta is not None
    assert (delta.before_dtype, delta.after_dtype, delta.differing) == ("float32", "float64", 0)


def test_the_dtype_is_that_of_the_original_not_of_what_numpy_holds() -> None:
    held = np.ones(3, "float32")
    delta = compare_arrays(
        "", ArrayValue("variable", "bfloat16", held), ArrayValue("variable", "float32", held)
    )
    assert delta is not None
    assert (delta.before_dtype, delta.after_dtype) == ("bfloat16", "float32")


@pytest.mark.parametrize(
    ("before", "after", "largest", "relative", "where"),
    [
        ([1.0, 2.0, 4.0], [1.0, 2.5, 6.0], 2.0, 0.5, (2,)),
        ([0.0, 1.0], [1.0, 1.0], 1.0, math.inf, (0,)),
        ([math.nan, 1.0], [1.0, 1.0], math.inf, math.inf, (0,)),
        ([1.0, 1.0], [1.0, math.nan], math.inf, math.inf, (1,)),
        ([1.0, math.inf], [1.5, -math.inf], math.inf, math.inf, (1,)),
        ([2**62, 2**62 + 2], [2**62, 2**62 + 1], 1.0, 1 / 2**62, (1,)),
        ([True, False], [True, True], 1.0, math.inf, (1,)),
        ([1 + 1j, 2 + 0j], [1 + 1j, 2 + 3j], 3.0, 1.5, (1,)),
    ],
)
def test_figures(
    before: list[Any], after: list[Any], largest: float, relative: float, where: tuple[int, ...]
) -> None:
    delta = compare_arrays("", value(before), value(after))
    assert delta is not None
    assert (delta.max_absolute, delta.max_relative, delta.where) == (largest, relative, where)


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (np.array(["a", "b", "c"]), np.array(["a", "x", "y"]), (1,)),
        (np.array([b"a", b"b", b"c"], object), np.array([b"a", b"x", b"y"], object), (1,)),
        (np.array([1, "b", None], object), np.array([1, "x", math.nan], object), (1,)),
        (np.array(["a", "b"]), np.array([b"a", b"b"]), (0,)),
        (np.array([1, 2, 3], "M8[s]"), np.array([1, 5, "NaT"], "M8[s]"), (1,)),
        (np.array([(1, 2.0), (2, 3.0)], "i4,f4"), np.array([(1, 2.0), (2, 4.0)], "i4,f4"), (1,)),
        (np.array([(1, 2.0), (2, 3.0)], "i4,f4"), np.array([1, 2]), (0,)),
    ],
)
def test_what_cannot_be_subtracted_is_only_counted(before: Any, after: Any, where: tuple[int, ...]) -> None:
    delta = compare_arrays("", value(before), value(after))
    assert delta is not None
    assert delta.differing == before.size - where[0]
    assert (delta.max_absolute, delta.max_relative, delta.where) == (None, None, where)


@pytest.mark.parametrize(
    "array", [np.array([math.nan, "a", None], object), np.array([1, "NaT"], "M8[s]"), np.zeros(2, "V4")]
)
def test_nan_agrees_with_nan_whatever_the_dtype(array: Any) -> None:
    assert compare_arrays("", value(array), value(array.copy())) is None


def test_exact_means_exact() -> None:
    assert compare_arrays("", value([1.0]), value([np.nextafter(1.0, 2.0)]), EXACT) is not None
