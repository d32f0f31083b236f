"""Functions are known by their names and by what they do."""

from __future__ import annotations

import functools
import marshal
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from maskcheck.compare.values import compare
from maskcheck.lab.layer.plain import freeze
from maskcheck.model.value import FunctionValue, ListValue


class Scaler:
    def __init__(self, factor: float) -> None:
        self.factor = factor

    def scale(self, x: Any) -> Any:
        return x * self.factor


def scaled(factor: Any) -> Callable[[Any], Any]:
    def scale(x: Any) -> Any:
        return x * factor

    return scale


def defaulted(factor: Any) -> Callable[[Any], Any]:
    def scale(x: Any, by: Any = factor) -> Any:
        return x * by

    return scale


def keyword(factor: Any) -> Callable[[Any], Any]:
    def scale(x: Any, *, by: Any = factor) -> Any:
        return x * by

    return scale


def nested(factor: Any) -> Callable[[Any], Any]:
    """Return one of two functions of one name that differ inside an inner function alone."""
    if factor == 1:

        def scale(xs: Any) -> Any:
            return ([y * 2 for y in x] for x in xs)
    else:

        def scale(xs: Any) -> Any:
            return ([y * 3 for y in x] for x in xs)

    return scale


def spread(factor: Any) -> Callable[[Any], Any]:
    """Return a function that holds a long array, which differs in the middle alone."""
    array = np.zeros(5000)
    array[2500] = factor * 1e-12
    return scaled(array)


def recursive(factor: Any) -> Callable[[Any], Any]:
    def scale(x: Any) -> Any:
        return scale(x - 1) * factor if x else 1

    return scale


def unfinished(factor: Any) -> Callable[[Any], Any]:
    def scale(x: Any) -> Any:
        return x * factor + later

    if factor is None:
        later = 1
    return scale


@pytest.mark.parametrize("make", [scaled, defaulted, keyword, nested, spread, recursive, unfinished])
def test_functions_of_one_name_are_told_apart_by_what_they_do(make: Callable[[Any], Any]) -> None:
    one, alike, other = freeze(make(1)), freeze(make(1)), freeze(make(2))
    assert isinstance(one, FunctionValue)
    assert isinstance(other, FunctionValue)
    assert one == alike
    assert one.name == other.name
    assert one.name.endswith(".<locals>.scale")
    assert one.digest != other.digest


def test_builtin_functions_have_no_digest() -> None:
    assert freeze(len) == FunctionValue("builtins.len")


def test_methods() -> None:
    assert freeze("a".upper) == FunctionValue("str.upper")
    assert freeze(Scaler(1).scale) == freeze(Scaler(2).scale) == freeze(Scaler.scale)


def test_partials_are_taken_apart() -> None:
    frozen = freeze(functools.partial(pow, 2, mod=3))
    assert isinstance(frozen, ListValue)
    assert frozen.items[0] == freeze(pow)
    assert compare(frozen, freeze(functools.partial(pow, 2, mod=3))) == ()
    assert [d.path for d in compare(frozen, freeze(functools.partial(pow, 2, mod=4)))] == ["[2].mod"]


def test_a_lambda_loaded_from_its_code_is_the_same() -> None:
    written: Any = lambda x: x in {"a", "b", "c"} and [y for y in x]  # noqa: C416, E731
    loaded = types.FunctionType(marshal.loads(marshal.dumps(written.__code__)), {}, "<lambda>")
    changed: Any = lambda x: x in {"a", "b", "d"} and [y for y in x]  # noqa: C416, E731
    assert compare(freeze(written), freeze(loaded)) == ()
    assert compare(freeze(written), freeze(changed)) != ()
