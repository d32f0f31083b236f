"""Freezing never raises and always ends, whatever the object does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from maskcheck.compare.values import compare
from maskcheck.lab.layer.plain import freeze
from maskcheck.model.value import DictValue, ListValue, ObjectValue
from tests.lab.hostile import REFUSING, Anonymous, BrokenList, NoAttributes, Unfriendly

THERE = Unfriendly.__module__


class Node:
    def __init__(self, parent: Node | None = None) -> None:
        self.parent = parent
        self.children = [Node(self) for _ in range(30)] if parent is None else []


@pytest.mark.parametrize("kind", REFUSING)
def test_of_an_object_that_refuses_the_class_is_left(kind: type) -> None:
    frozen = freeze(kind())
    assert isinstance(frozen, ObjectValue)
    assert frozen == ObjectValue(f"{THERE}.{kind.__name__}")


def test_an_object_whose_class_has_no_name() -> None:
    assert isinstance(freeze(Anonymous()), ObjectValue)


@pytest.mark.parametrize("kind", [Unfriendly, NoAttributes, BrokenList])
def test_what_is_around_it_is_kept(kind: type) -> None:
    inside = ObjectValue(f"{THERE}.{kind.__name__}")
    assert freeze([1, kind()]) == ListValue("list", (1, inside))
    assert freeze({"a": kind(), "b": 2}) == DictValue("dict", (("a", inside), ("b", 2)))
    array = np.array([1, None], object)
    array[1] = kind()
    assert freeze(array) == ListValue("ndarray", (1, inside))


def test_containers_that_hold_themselves() -> None:
    items: list[Any] = [1]
    items.extend([items, items])
    table: dict[str, Any] = {}
    table["self"] = table
    cut = ObjectValue("builtins.list")
    assert freeze(items) == ListValue("list", (1, cut, cut))
    assert freeze(table) == DictValue("dict", (("self", ObjectValue("builtins.dict")),))


def test_objects_that_know_each_other() -> None:
    assert compare(freeze(Node()), freeze(Node())) == ()


def test_the_same_part_twice_is_no_cycle() -> None:
    part = [1]
    assert freeze([part, part]) == freeze([[1], [1]])


def test_functions_that_call_each_other() -> None:
    def make() -> Any:
        functions: list[Any] = [lambda: [f() for f in functions] for _ in range(8)]
        return functions[0]

    assert compare(freeze(make()), freeze(make())) == ()


def test_of_what_lies_very_deep_the_class_is_left() -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    frozen: Any = freeze(deep)
    while isinstance(frozen, ListValue):
        (frozen,) = frozen.items
    assert frozen == ObjectValue("builtins.list")
