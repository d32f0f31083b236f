"""Reads objects of the user's, which may raise, lie, grow or lead back to themselves when they are looked at.

Whatever refuses to be looked at is as if it were not there: nothing that a module holds can end a scan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, TypeVar

from maskcheck.lab.keras_api import keras

# What code of the user's may raise where nobody expects that anything runs.
REFUSALS = (Exception, SystemExit)
# Of what counts its items itself no more than these are read.
_MOST = 1_000_000
Found = TypeVar("Found")
_LISTED = (list, tuple, dict, set, frozenset)


def is_a(value: Any, kinds: type | tuple[type, ...]) -> bool:
    """Tell whether a value says that it is one of these; False where it will not say what it is."""
    try:
        return isinstance(value, kinds)
    except REFUSALS:
        return False


def is_class(value: Any) -> bool:
    """Tell whether a value is a class, whatever it says itself."""
    return issubclass(type(value), type)


def is_subclass(cls: type, parent: type) -> bool:
    """Tell whether a class derives from ``parent``, whatever it says itself."""
    return parent in type.__dict__["__mro__"].__get__(cls)


def is_layer(value: Any) -> bool:
    """Tell whether a value is a layer, whatever it says itself."""
    return issubclass(type(value), keras.Layer)


def read_attribute(value: Any, name: str, default: Any = None) -> Any:
    """Return an attribute, ``default`` where there is none or it refuses."""
    try:
        return getattr(value, name)
    except REFUSALS:
        return default


def read_state(value: Any) -> dict[str, Any]:
    """Return a copy of what an object holds, in its own order; {} where it holds nothing."""
    try:
        held = dict(object.__getattribute__(value, "__dict__"))
    except REFUSALS:
        return {}
    return {name: item for name, item in held.items() if type(name) is str}


def list_pairs(mapping: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """Return the keys and values of a mapping; raises what it raises."""
    return _list_all(mapping, mapping.items)


def list_items(values: Any) -> list[Any]:
    """Return the items of a sequence or set; raises what it raises."""
    return _list_all(values, lambda: values)


def _list_all(holder: Any, items: Callable[[], Iterable[Any]]) -> list[Any]:
    """Return all items of what says itself how many it has.

    Raises:
        ValueError: there are too many to look at, or not as many as it said.
    """
    if type(holder) in _LISTED:
        return list(items())
    count = len(holder)
    found = list(islice(items(), count + 1)) if count <= _MOST else []
    if len(found) != count or len(holder) != count:
        raise ValueError(f"there are not the {count} items that there should be")
    return found


def try_read(read: Callable[[], Found], default: Found) -> Found:
    """Return what ``read`` returns, ``default`` where it raises."""
    try:
        return read()
    except REFUSALS:
        return default
