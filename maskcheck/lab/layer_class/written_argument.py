"""How ``get_config`` can write an argument: from where the layer, or a part of it, keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import numpy as np
import tensorflow as tf

from maskcheck.compare.values import equivalent
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.layer_class.constructor import parameters
from maskcheck.model.layer_facts import BASE_ARGUMENTS
from maskcheck.model.value import FunctionValue, ObjectValue, ReferenceValue, Value

_OBJECTS = (
    FunctionType,
    keras.Layer,
    keras.initializers.Initializer,
    keras.regularizers.Regularizer,
    keras.constraints.Constraint,
)
_NOTHING = object()


@dataclass(frozen=True)
class Written:
    """An expression for the config; ``keep`` is a line that ``__init__`` needs first, "" if none."""

    expression: str
    keep: str = ""


def write_argument(
    layer: keras.Layer, name: str, given: Value, attributes: Sequence[str], passed: Sequence[str]
) -> Written:
    """Return how to write an argument that a layer was given.

    Args:
        attributes: the paths that it flows into, the likeliest first.
        passed: where it is handed on, such as "units" by name and "Dense.0" by position.
    """
    places = tuple(dict.fromkeys((*attributes, name, f"_{name}")))
    inherited = name in BASE_ARGUMENTS and name not in attributes
    for path in places:
        if inherited and path == name:  # Keras' own Layer keeps something else under this name
            continue
        held = _read(layer, path)
        if not _is_ingredient(held, given) and (path.lstrip("_") == name or _stands_for(held, given)):
            return Written(_write(f"self.{path}", held))
    for path, part in _list_parts(layer, places):
        names = (name, *_list_names_there(part, passed))
        found = next((n for n in names if _stands_for(_read(part, n), given)), None)
        if found:
            return Written(_write(f"self.{path}.{found}", _read(part, found)))
    attribute = name if _read(layer, name) is _NOTHING else f"{name}_given"
    expression = f"self.{attribute}"
    if isinstance(given, (FunctionValue, ObjectValue, ReferenceValue)):
        expression = f"keras.saving.serialize_keras_object({expression})"
    return Written(expression, f"self.{attribute} = {name}")


def _read(holder: Any, path: str) -> Any:
    try:
        for step in path.split("."):
            holder = getattr(holder, step)
    except Exception:
        return _NOTHING
    return holder


def _is_ingredient(held: Any, given: Value) -> bool:
    """Tell whether nothing is held, or layers for which a plain value was an ingredient."""
    if held is _NOTHING:
        return True
    made = isinstance(held, keras.Layer) or (
        isinstance(held, (list, tuple)) and any(isinstance(item, keras.Layer) for item in held)
    )
    return made and not isinstance(given, (ObjectValue, ReferenceValue)) and not hasattr(given, "items")


def _stands_for(held: Any, given: Value) -> bool:
    """Tell whether a value is the one that was given, or an object that Keras made of it."""
    if held is _NOTHING or callable(getattr(type(held), "call", None)):
        return False
    return isinstance(held, _OBJECTS) or equivalent(freeze(held), given)


def _list_parts(layer: keras.Layer, paths: Sequence[str]) -> Iterator[tuple[str, keras.Layer]]:
    """Yield the sub-layers that stand at some paths, or begin a list there."""
    for path in paths:
        held = _read(layer, path)
        if isinstance(held, keras.Layer):
            yield path, held
        elif isinstance(held, (list, tuple)) and held and isinstance(held[0], keras.Layer):
            yield f"{path}[0]", held[0]


def _list_names_there(part: keras.Layer, passed: Sequence[str]) -> Iterator[str]:
    """Yield the arguments of a sub-layer as which another argument may have been handed on to it."""
    known = list(parameters(type(part)))
    for way in passed:
        callee, dot, place = way.rpartition(".")
        if not dot:
            yield way
        elif callee == type(part).__name__ and place.isdigit() and int(place) < len(known):
            yield known[int(place)]


def _write(expression: str, value: object) -> str:
    """Return the expression that writes a value to a config, serialized where it must be."""
    if isinstance(value, _OBJECTS):
        return f"keras.saving.serialize_keras_object({expression})"
    if isinstance(value, (np.ndarray, tf.Tensor)):
        return f"{expression}.tolist()" if isinstance(value, np.ndarray) else f"{expression}.numpy().tolist()"
    return expression
