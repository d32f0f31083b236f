"""Random values as a snapshot holds them, and every place in one with the way to change it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from maskcheck.model.value import (
    ArrayValue,
    ClassValue,
    DictValue,
    FunctionValue,
    ListValue,
    ObjectValue,
    ReferenceValue,
    Value,
)

thorough = settings(
    deadline=None, max_examples=settings().max_examples * 3 // 2, suppress_health_check=[HealthCheck.too_slow]
)

DTYPES = (
    "bool",
    "int8",
    "uint64",
    "int64",
    "float16",
    "float32",
    "float64",
    "complex64",
    "<U3",
    "S2",
    "M8[s]",
)

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), st.text(), st.binary()
)
words = st.sampled_from(("a", "b", "rate", "Dense", "x.y"))
keys = st.one_of(st.text(max_size=3), st.integers(-2, 3), st.booleans(), st.none(), st.floats(-1, 1))


@st.composite
def array_values(draw: st.DrawFn) -> ArrayValue:
    """Draw an array of any dtype and shape, of no elements too."""
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    shape = draw(st.one_of(st.just(()), array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4)))
    kind = draw(st.sampled_from(("array", "tensor", "scalar", "variable")))
    return ArrayValue(kind, str(dtype), draw(arrays(dtype, shape)))


def apart(key: Value) -> tuple[type, Value]:
    """Return what tells keys apart: 1 and True, which a dict takes for one, stay two."""
    return type(key), key


@st.composite
def mappings(draw: st.DrawFn, children: st.SearchStrategy[Value]) -> DictValue:
    """Draw a mapping whose keys, 1 and True and "1" among them, may differ by type alone."""
    found = draw(st.lists(st.tuples(keys, children), max_size=4, unique_by=lambda item: apart(item[0])))
    return DictValue(draw(st.sampled_from(("dict", "OrderedDict"))), tuple(found))


leaves: st.SearchStrategy[Value] = st.one_of(
    scalars,
    array_values(),
    st.builds(FunctionValue, words, words),
    st.builds(ClassValue, words),
    st.builds(ReferenceValue, st.sampled_from(("layer", "variable")), words),
)


def _extended(children: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    sequences = st.builds(
        ListValue, st.sampled_from(("list", "tuple", "set")), st.lists(children, max_size=4).map(tuple)
    )
    return st.one_of(sequences, mappings(children), st.builds(ObjectValue, words, children))


values: st.SearchStrategy[Value] = st.recursive(leaves, _extended, max_leaves=12)


@dataclass(frozen=True)
class Place:
    """One place in a tree: its path, what is there, and the tree with something else there."""

    path: str
    value: Value
    put: Callable[[Value], Value]


def places(tree: Value, path: str = "") -> Iterator[Place]:
    """Yield the tree itself and every place in it."""
    yield Place(path, tree, lambda new: new)
    if isinstance(tree, ListValue):
        for index, item in enumerate(tree.items):
            yield from _inside(item, f"{path}[{index}]", partial(with_item, tree, index))
    elif isinstance(tree, DictValue):
        for index, (key, item) in enumerate(tree.items):
            yield from _inside(item, child(path, key), partial(_with_value, tree, index, key))
    elif isinstance(tree, ObjectValue):
        yield from _inside(tree.state, path, partial(ObjectValue, tree.class_name))


def _inside(item: Value, path: str, put: Callable[[Value], Value]) -> Iterator[Place]:
    for place in places(item, path):
        yield Place(place.path, place.value, partial(_through, place.put, put))


def _through(inner: Callable[[Value], Value], outer: Callable[[Value], Value], new: Value) -> Value:
    return outer(inner(new))


def _with_value(tree: DictValue, index: int, key: Value, new: Value) -> Value:
    return DictValue(tree.kind, (*tree.items[:index], (key, new), *tree.items[index + 1 :]))


def with_item(tree: Any, index: int, new: Any) -> Any:
    """Return a list or mapping with another item at ``index``."""
    return type(tree)(tree.kind, (*tree.items[:index], new, *tree.items[index + 1 :]))


def without_item(tree: Any, index: int) -> Any:
    """Return a list or mapping without its item at ``index``."""
    return type(tree)(tree.kind, (*tree.items[:index], *tree.items[index + 1 :]))


def child(path: str, key: Value) -> str:
    """Return the path of an item of a mapping, as Python would reach for it."""
    if isinstance(key, str) and key.isidentifier():
        return f"{path}.{key}".lstrip(".")
    return f"{path}[{key!r}]"


def again(value: Value) -> Value:
    """Return an equal tree that shares no array and no float with ``value``."""
    if isinstance(value, ListValue):
        return ListValue(value.kind, tuple(again(item) for item in value.items))
    if isinstance(value, DictValue):
        return DictValue(value.kind, tuple((again(k), again(v)) for k, v in value.items))
    if isinstance(value, ObjectValue):
        return ObjectValue(value.class_name, again(value.state))
    if isinstance(value, ArrayValue):
        return ArrayValue(value.kind, value.dtype, value.array.copy())
    return float("nan") if isinstance(value, float) and math.isnan(value) else value
