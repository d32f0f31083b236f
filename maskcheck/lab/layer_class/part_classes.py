"""The classes of the user's own that a layer holds objects of: constraints, initializers, cells, layers."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.guarded import is_a, list_items, list_pairs, read_attribute, read_state, try_read
from maskcheck.lab.layer.object_graph import own_attributes, walk
from maskcheck.lab.layer_class.describe import is_builtin, source_file
from maskcheck.model.layer_facts import PartClass

_KINDS = {
    keras.constraints.Constraint: "a constraint",
    keras.initializers.Initializer: "an initializer",
    keras.regularizers.Regularizer: "a regularizer",
    keras.losses.Loss: "a loss",
    keras.metrics.Metric: "a metric",
    keras.Model: "a model",
    keras.Layer: "a layer",
}
_DEPTH = 3


def find_part_classes(layer: keras.Layer) -> Mapping[str, PartClass]:
    """Return the classes of all that a layer and its sub-layers hold, but for its own, by name."""
    held = [each for part in walk(layer).layers.values() for each in (part, *own_attributes(part).values())]
    found: dict[str, PartClass] = {}
    for thing in (inside for each in held for inside in _look_into(each, _DEPTH)):
        cls = type(thing)
        if cls is not type(layer) and cls.__name__ not in found and _can_be_written(cls):
            found[cls.__name__] = _describe(cls, thing)
    return found


def _look_into(thing: Any, depth: int) -> Iterator[Any]:
    """Yield a thing and, of containers and objects of the user's own, what they hold."""
    yield thing
    inside: list[Any] = []
    if depth == 0:
        return
    if is_a(thing, dict):
        inside = try_read(lambda: [item for _, item in list_pairs(thing)], [])
    elif is_a(thing, (list, tuple, set)):
        inside = try_read(lambda: list(list_items(thing)), [])
    elif _can_be_written(type(thing)):
        inside = list(read_state(thing).values())
    for item in inside:
        yield from _look_into(item, depth - 1)


def _can_be_written(cls: type) -> bool:
    """Tell whether a class is the user's own, and one that a config may describe."""
    return not is_builtin(cls) and (hasattr(cls, "get_config") or issubclass(cls, tuple(_KINDS)))


def _describe(cls: type, thing: Any) -> PartClass:
    owner = next((base for base in cls.__mro__ if "get_config" in vars(base)), object)
    return PartClass(
        kind=next((name for kind, name in _KINDS.items() if issubclass(cls, kind)), "an object"),
        file=source_file(cls) or "",
        line=try_read(lambda: inspect.getsourcelines(cls)[1], 0),
        get_config=None if is_builtin(owner) or owner is object else _line_of(vars(owner)["get_config"]),
        attributes=frozenset(read_state(thing)),
    )


def _line_of(function: object) -> int:
    code = read_attribute(function, "__code__")
    return int(read_attribute(code, "co_firstlineno", 0))
