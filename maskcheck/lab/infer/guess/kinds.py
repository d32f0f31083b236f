"""Kinds of values, as usage, annotations and docstrings tell them, and the plainest values of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from maskcheck.lab.infer.guess.names import (
    ADD,
    CELL,
    DENSE_CLASS,
    FACTORIES,
    FEATURES,
    LAYERS,
    MARK,
    TANH,
    Values,
)
from maskcheck.model.case import ArrayTag, ImportTag, Leaf, ObjectTag, SpecValue

ARRAY = ArrayTag(Leaf(shape=(FEATURES,)), tensor=False, mark=MARK)
MATRIX = ArrayTag(Leaf(shape=(FEATURES, FEATURES)), tensor=False, mark=MARK)

PLAINEST: Mapping[str, Values] = {
    "integer": (2, FEATURES, 1, 4, 3),
    "number": (0.5, 2, 0.0),
    "flag": (True, False),
    "text": ("a", "b"),
    "sequence": ([2, 2], [0.5, 0.5], [FEATURES], ["a", "b"], [[2, 2], [2, 2]], [True, False]),
    "mapping": ({}, {"a": 2}),
    "callable": (TANH, ADD, DENSE_CLASS, *LAYERS),
    "factory": FACTORIES,
    "layer": LAYERS,
    "cell": (CELL,),
    "array": (ARRAY, MATRIX),
}
# For an argument of which nothing is known.
ANYTHING: Values = (2, 0.5, FEATURES, [2, 2], "a", TANH, *LAYERS[:1], True, [0.5, 0.5], ARRAY, {}, None)

_FITS: Mapping[str, Callable[[Any], bool]] = {
    "integer": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "flag": lambda value: type(value) is bool,
    "text": lambda value: isinstance(value, str),
    "sequence": lambda value: isinstance(value, (list, tuple)),
    "mapping": lambda value: isinstance(value, Mapping),
    "callable": lambda value: isinstance(value, (ImportTag, ObjectTag)),
    "factory": lambda value: value in FACTORIES,
    "layer": lambda value: isinstance(value, ObjectTag),
    "cell": lambda value: isinstance(value, ObjectTag) and value.path.endswith("Cell"),
    "array": lambda value: isinstance(value, ArrayTag),
}


def fits(value: SpecValue, kind: str) -> bool:
    """Tell whether ``value`` is of ``kind``."""
    return _FITS[kind](value)


def type_name(value: SpecValue) -> str:
    """Return the name of the type that ``value`` has once it is live."""
    match value:
        case ImportTag():
            return "function"
        case ObjectTag(path=path):
            return path.rpartition(".")[2]
        case ArrayTag():
            return "ndarray"
    return type(value).__name__


def distinct(values: Iterable[SpecValue]) -> Values:
    """Return the values in order, none of them twice; True and 1 are two."""
    found: dict[str, SpecValue] = {}
    for value in values:
        found.setdefault(repr(value), value)
    return tuple(found.values())
