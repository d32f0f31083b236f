"""Puts objects back as they were: all that can be reached from them is noted, and restored in place.

Copying a layer faithfully is the very thing that cannot be taken for granted, so a layer that
belongs to somebody else is used itself, and afterwards made what it was.
"""

from __future__ import annotations

import sys
import types
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

import numpy as np
import tensorflow as tf

from maskcheck.lab.layer.guarded import try_read

PutBack = Callable[[], None]

_ATOMS = (
    *(type(None), bool, int, float, complex, str, bytes, type, np.dtype, np.generic, tf.Tensor),
    *(types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, weakref.ref),
)
# What TensorFlow wraps around the containers of a layer is part of it; the rest of TensorFlow is not.
_WRAPPERS = "tensorflow.python.trackable"


# Containers whose items are read past what a subclass makes of them.
_ITERABLE: tuple[Any, ...] = (list, tuple, set, frozenset, deque)


def remember(things: Iterable[object]) -> PutBack:
    """Return what makes ``things``, and all that they hold, be again what they are now.

    Attributes, containers, arrays and variables are put back where they stand: no object is
    replaced by another. What belongs to Python's own library or to TensorFlow is left alone.
    """
    pending = list(things)
    # Also keeps them alive, so that no other object gets the identity of one of them.
    seen: dict[int, object] = {}
    steps: list[PutBack] = []
    while pending:
        thing = pending.pop()
        if issubclass(type(thing), _ATOMS) or id(thing) in seen:
            continue
        seen[id(thing)] = thing
        steps += _steps(thing)
        pending += _held(thing)

    def put_back() -> None:
        for step in steps:
            step()

    return put_back


def _steps(thing: Any) -> Iterator[PutBack]:
    """Yield what puts back the thing itself, one step for each kind of state."""
    attributes = _attributes(thing)
    if attributes is not None:
        yield _mapping(attributes, dict)
    for kind, note in _KINDS:
        if issubclass(type(thing), kind):
            yield note(thing, kind)
            return


def _held(thing: Any) -> list[Any]:
    """Return the objects that a thing holds; none for what is not looked into."""
    if issubclass(type(thing), tf.Variable):
        return []
    held = list((_attributes(thing) or {}).values())
    if issubclass(type(thing), dict):
        held += list(dict.values(thing))
    elif kind := next((kind for kind in _ITERABLE if issubclass(type(thing), kind)), None):
        held += list(kind.__iter__(thing))
    elif hasattr(type(thing), "__wrapped__"):
        held.append(thing.__wrapped__)
    return held


def _attributes(thing: Any) -> dict[str, Any] | None:
    """Return the dict in which the thing keeps its attributes, None where it has none of its own."""
    module = type(thing).__module__
    top = module.partition(".")[0]
    foreign = top in sys.stdlib_module_names or (top == "tensorflow" and not module.startswith(_WRAPPERS))
    if foreign or hasattr(type(thing), "__wrapped__"):
        return None
    held = try_read(lambda: object.__getattribute__(thing, "__dict__"), None)
    return held if isinstance(held, dict) else None


def _mapping(thing: dict[Any, Any], kind: type[dict[Any, Any]]) -> PutBack:
    before = list(kind.items(thing))

    def put_back() -> None:
        if not _same(chain.from_iterable(kind.items(thing)), chain.from_iterable(before)):
            kind.clear(thing)
            kind.update(thing, before)

    return put_back


def _same(now: Iterable[Any], before: Iterable[Any]) -> bool:
    """Tell whether these are the very same objects in the same order."""
    return list(map(id, now)) == list(map(id, before))


def _sequence(thing: Any, kind: Any) -> PutBack:
    before = list(kind.__iter__(thing))

    def put_back() -> None:
        if not _same(kind.__iter__(thing), before):
            kind.clear(thing)
            kind.extend(thing, before)

    return put_back


def _set(thing: Any, kind: Any) -> PutBack:
    before = list(kind.__iter__(thing))

    def put_back() -> None:
        if set(map(id, kind.__iter__(thing))) != set(map(id, before)):
            kind.clear(thing)
            kind.update(thing, before)

    return put_back


def _array(thing: Any, kind: Any) -> PutBack:
    before = thing.copy()

    def put_back() -> None:
        if thing.flags.writeable:
            np.copyto(thing, before)

    return put_back


def _variable(thing: Any, kind: Any) -> PutBack:
    before = None
    with suppress(Exception):  # one without a value yet
        before = tf.identity(thing)

    def put_back() -> None:
        if before is not None:
            thing.assign(before)

    return put_back


_KINDS: tuple[tuple[Any, Callable[[Any, Any], PutBack]], ...] = (
    (tf.Variable, _variable),
    (np.ndarray, _array),
    (OrderedDict, _mapping),
    (dict, _mapping),
    (list, _sequence),
    (deque, _sequence),
    (set, _set),
)
