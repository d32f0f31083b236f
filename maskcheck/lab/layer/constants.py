"""Variables that Keras does not track, and that nobody who wrote the layer ever assigns."""

from __future__ import annotations

import inspect
import re
from typing import Any

import tensorflow as tf

from maskcheck.lab.keras_api import keras, own_variables
from maskcheck.lab.layer.guarded import is_a, try_read
from maskcheck.lab.layer.object_graph import FoundVariable, walk

_LIBRARIES = ("builtins", "keras", "numpy", "tensorflow", "tf_keras")


def find_constants(layer: keras.Layer) -> frozenset[str]:
    """Return the paths of variables that hold the same in every layer that is made with these arguments.

    They are not trained, and no class that holds one has a line that assigns it. What other code does
    to them is not known.
    """
    found = walk(layer)
    tracked = {id(variable) for part in found.layers.values() for variable in _list_tracked(part)}
    return frozenset(
        path
        for path, entry in found.variables.items()
        if is_a(entry.variable, tf.Variable)
        and id(entry.variable) not in tracked
        and not entry.variable.trainable
        and not _is_assigned(entry)
    )


def _list_tracked(layer: keras.Layer) -> list[Any]:
    return try_read(lambda: list(own_variables(layer)), [])


def _read_source(cls: type) -> str:
    return try_read(lambda: inspect.getsource(cls), "")


def _is_assigned(found: FoundVariable) -> bool:
    """Tell whether a line of a class that holds a variable may assign it; so it is where nothing is known."""
    name = re.sub(r"(\[[^]]*\])+$", "", found.path).rpartition(".")[2]
    own = [base for base in type(found.owner).__mro__ if base.__module__.partition(".")[0] not in _LIBRARIES]
    texts = [_read_source(base) for base in own]
    return not any(texts) or any(re.search(rf"\b{name}\b[^=\n]*\.(assign|scatter)", text) for text in texts)
