"""What ``__init__`` really received, however the class came to be constructed."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping
from typing import Any

import keras
import pytest

from maskcheck.lab.layer_class.constructor import (
    accepts,
    default_of,
    parameters,
    recording,
    required_arguments,
)
from maskcheck.model.value import ABSENT, FunctionValue, ListValue, ReferenceValue, Value


class Plain(keras.layers.Layer):
    def __init__(self, units: int, rate: float = 0.5, *, mode: str = "sum", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units = units


class Inherits(Plain):
    pass


class Extends(Plain):
    def __init__(self, extra: int, **kwargs: Any) -> None:
        super().__init__(7, **kwargs)


def decorated(function: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(function)
    def wrapper(self: Any, **kwargs: Any) -> None:
        function(self, **kwargs)

    return wrapper


class Decorated(keras.layers.Layer):
    @decorated
    def __init__(self, units: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)


class Mutates(keras.layers.Layer):
    def __init__(self, sizes: list[int], **kwargs: Any) -> None:
        sizes.append(99)
        kwargs.setdefault("dtype", "float16")
        super().__init__(**kwargs)
        sizes = [0]


class Captures(keras.layers.Layer):
    def __init__(self, factor: float, *more: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scale = lambda x: self.bias(x) * factor * len(more) * len(kwargs)


class Nests(keras.layers.Layer):
    def __init__(self, depth: int, **kwargs: Any) -> None:
        inner = Nests(depth - 1) if depth else None
        super().__init__(**kwargs)
        self.inner = inner


class NoInit:
    pass


def received(cls: type, *args: Any, **kwargs: Any) -> Mapping[str, Value] | None:
    with recording(cls) as recorder:
        instance = cls(*args, **kwargs)
    return recorder.of(instance)


@pytest.mark.parametrize(
    ("cls", "args", "kwargs", "expected"),
    [
        (Plain, (3,), {}, {"units": 3, "rate": 0.5, "mode": "sum"}),
        (
            Plain,
            (3, 0.1),
            {"mode": "max", "name": "x"},
            {"units": 3, "rate": 0.1, "mode": "max", "name": "x"},
        ),
        (Plain, (), {"rate": 0.1, "units": 3}, {"units": 3, "rate": 0.1, "mode": "sum"}),
        (Inherits, (4,), {"trainable": False}, {"units": 4, "rate": 0.5, "mode": "sum", "trainable": False}),
        (Extends, (1,), {"name": "x"}, {"extra": 1, "name": "x"}),
        (Decorated, (), {"units": 3, "name": "x"}, {"units": 3, "name": "x"}),
        (
            Captures,
            (2.0, 5, 6),
            {"name": "x"},
            {"factor": 2.0, "*more": ListValue("tuple", (5, 6)), "name": "x"},
        ),
        (Captures, (2.0,), {}, {"factor": 2.0, "*more": ListValue("tuple", ())}),
        (NoInit, (), {}, None),
    ],
)
def test_arguments_by_name(
    cls: type, args: tuple[Any, ...], kwargs: dict[str, Any], expected: dict[str, Value] | None
) -> None:
    assert received(cls, *args, **kwargs) == expected


def test_what_is_mutated_is_recorded_as_it_was_given() -> None:
    sizes = [1, 2]
    assert received(Mutates, sizes, name="x") == {"sizes": ListValue("list", (1, 2)), "name": "x"}
    assert sizes == [1, 2, 99]


def test_functions_and_layers_are_frozen() -> None:
    found = received(Plain, len, rate=keras.layers.Dropout(0.5))
    assert found is not None
    assert found["units"] == FunctionValue("builtins.len")
    assert isinstance(found["rate"], ReferenceValue)


def test_each_instance_has_its_own_arguments() -> None:
    with recording(Nests) as recorder:
        outer = Nests(2)
        other = Nests(0)
    instances: list[Any] = [outer, outer.inner]
    instances += [instances[1].inner, other]
    assert [recorder.of(each) for each in instances] == [{"depth": depth} for depth in (2, 1, 0, 0)]
    assert recorder.of(object()) is None


def test_of_a_second_call_of_init_the_first_counts() -> None:
    with recording(Plain) as recorder:
        layer = Plain(3)
        Plain.__init__(layer, 4)
    found = recorder.of(layer)
    assert found is not None
    assert found["units"] == 3


def test_the_instance_that_keras_brings_back_is_seen_too() -> None:
    with recording(Inherits) as recorder:
        back = Inherits.from_config({"units": 5, "name": "back"})
    assert recorder.of(back) == {"units": 5, "rate": 0.5, "mode": "sum", "name": "back"}


def test_a_constructor_that_fails_leaves_the_profiler_as_it_was() -> None:
    seen: list[str] = []

    def watch(frame: Any, event: str, _: Any) -> None:
        seen.append(event)

    sys.setprofile(watch)
    try:
        with pytest.raises(TypeError), recording(Extends):
            Extends(extra=1, units=2)
        assert sys.getprofile() is watch
    finally:
        sys.setprofile(None)
    assert seen


def test_the_class_is_left_as_it_was() -> None:
    before = Plain.__init__, dict(vars(Plain))
    received(Plain, 3)
    assert (Plain.__init__, dict(vars(Plain))) == before


class Signatures(keras.layers.Layer):
    def __init__(
        self, first: int, /, second: int, third: Any = (1, 2), *rest: int, fourth: int, **options: Any
    ):
        super().__init__()


def test_parameters() -> None:
    assert list(parameters(Signatures)) == ["first", "second", "third", "rest", "fourth", "options"]
    assert required_arguments(Signatures) == ("first", "second", "fourth")
    assert required_arguments(Inherits) == ("units",)
    assert list(parameters(Decorated)) == ["units", "kwargs"]


@pytest.mark.parametrize(
    ("cls", "name", "expected"),
    [
        (Plain, "units", True),
        (Plain, "name", True),
        (Signatures, "first", True),
        (keras.layers.Dense, "units", True),
    ],
)
def test_which_keywords_are_accepted(cls: type, name: str, expected: bool) -> None:
    assert accepts(cls, name) is expected


@pytest.mark.parametrize(
    ("cls", "name", "default"),
    [
        (Plain, "rate", 0.5),
        (Plain, "units", ABSENT),
        (Plain, "unknown", ABSENT),
        (Signatures, "third", ListValue("tuple", (1, 2))),
        (Signatures, "fourth", ABSENT),
    ],
)
def test_defaults(cls: type, name: str, default: Value) -> None:
    assert default_of(cls, name) == default
