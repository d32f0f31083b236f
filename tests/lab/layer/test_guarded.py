"""Reading what refuses, lies, grows or never ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import keras
import pytest

from maskcheck.lab.layer.error_info import error_info, is_raised_by_user
from maskcheck.lab.layer.guarded import (
    is_a,
    is_class,
    is_layer,
    is_subclass,
    list_items,
    list_pairs,
    read_attribute,
    read_state,
)
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain import freeze
from maskcheck.model.value import ObjectValue
from tests.lab.hostile import REFUSING, Anonymous, FalseClass


class Pretends:
    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return keras.layers.Dense


class Endless(Sequence[int]):
    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: Any) -> int:
        return 0

    def __iter__(self) -> Iterator[int]:
        while True:
            yield 0


class Vast(Endless):
    def __len__(self) -> int:
        return 10**12


class Growing(dict[str, int]):
    def items(self) -> Any:
        for key, value in super().items():
            self[f"{key}+"] = value
            yield key, value


@pytest.mark.parametrize("kind", REFUSING)
def test_what_refuses_is_nothing_of_what_is_looked_for(kind: type) -> None:
    value = kind()
    assert not is_layer(value)
    assert not is_class(value)
    assert not is_a(value, keras.layers.Layer)
    assert read_attribute(value, "missing", "none") == "none"
    assert all(isinstance(name, str) for name in read_state(value))


def test_what_a_value_says_of_itself_makes_it_no_layer() -> None:
    assert is_a(Pretends(), keras.layers.Dense)
    assert not is_layer(Pretends())
    assert not is_a(FalseClass(), int)


def test_classes_are_known_by_their_parents() -> None:
    assert is_subclass(keras.layers.Dense, keras.layers.Layer)
    assert not is_subclass(Anonymous, keras.layers.Layer)


def test_lists_of_the_wrong_length_are_refused() -> None:
    for endless in (Endless(), Vast()):
        with pytest.raises(ValueError, match="items that there should be"):
            list_items(endless)
    with pytest.raises((ValueError, RuntimeError)):
        list_pairs(Growing(a=1))
    assert list_items(range(3)) == [0, 1, 2]


def test_of_what_never_ends_the_class_is_left() -> None:
    for kind in (Endless, Vast):
        assert freeze(kind()) == ObjectValue(f"{__name__}.{kind.__name__}")


def test_a_long_representation_is_cut_and_still_tells_two_apart() -> None:
    class Wordy:
        __slots__ = ("what",)

        def __init__(self, what: str) -> None:
            self.what = what

        def __repr__(self) -> str:
            return "much " * 10_000_000 + self.what + " ado" * 10_000_000

    first, second, third = (freeze(Wordy(what)) for what in ("a", "b", "a"))
    assert first == third != second
    assert len(repr(first)) < 30_000


def test_chains_of_layers_are_walked_to_their_end() -> None:
    first = last = keras.layers.Identity()
    for _ in range(1500):
        following = keras.layers.Identity()
        vars(last)["following"] = following
        last = following
    vars(last)["following"] = first
    found = walk(first)
    assert len(found.layers) == 1501
    assert found.names[id(first)] == ("layer", "")


def test_whose_fault_an_error_is() -> None:
    def raised(function: Any) -> BaseException:
        with pytest.raises(BaseException) as caught:  # noqa: PT011
            function()
        return caught.value

    assert is_raised_by_user(raised(lambda: FalseClass().__class__))
    assert is_raised_by_user(raised(lambda: read_state_deep(1)))
    assert not is_raised_by_user(raised(lambda: list_items(Vast())))
    assert error_info(raised(lambda: FalseClass().__class__)).function == "__class__"


def read_state_deep(number: int) -> int:
    return read_state_deep(number + 1)
