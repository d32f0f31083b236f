"""The classes of the user's own that a layer holds objects of: constraints, initializers, cells, layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.guarded import is_a, list_items, list_pairs, read_state, try_read
from maskcheck.lab.layer.object_graph import own_attributes, walk
from maskcheck.lab.layer_class.describe import describe_method, is_builtin, source_file
from maskcheck.model.layer_facts import PartClass
from maskcheck.source.edits.methods import class_source

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
    method = describe_method(cls, "get_config")
    file = source_file(cls) or ""
    source = class_source(file, cls.__qualname__)
    return PartClass(
        kind=next((name for kind, name in _KINDS.items() if issubclass(cls, kind)), "an object"),
        file=file if method.builtin else method.file,
        line=(source.line if source else 0) if method.builtin else method.line,
        has_config=not method.builtin,
        attributes=frozenset(read_state(thing)),
    )
