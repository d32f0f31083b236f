"""Reading and setting the variables of a layer."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.object_graph import FoundVariable, tracked_layers, walk


def finalize(layer: keras.Layer) -> None:
    """Let adapted layers recompute what they derive from their weights, if they have any."""
    for part in [layer, *tracked_layers(layer)]:
        with suppress(Exception):
            if hasattr(type(part), "finalize_state") and part.built and part.variables:
                part.finalize_state()


def assign(variable: Any, value: Any) -> None:
    """Set a Keras or TensorFlow variable."""
    variable.assign(value if value.dtype.kind == "O" else tf.cast(value, variable.dtype))


def read_all(variables: dict[str, FoundVariable]) -> dict[str, Any]:
    """Return the values of variables by path."""
    return {path: read(entry.variable) for path, entry in variables.items()}


def read(variable: Any) -> NDArray[Any]:
    """Return a copy of the value of a Keras or TensorFlow variable."""
    value = variable.value if isinstance(variable, keras.Variable) else variable
    return np.array(tf.convert_to_tensor(value).numpy())


def copy_weights(source: keras.Layer, target: keras.Layer) -> None:
    """Copy the values of all variables that both have under one path and in one shape."""
    values = read_all(walk(source).variables)
    found = walk(target)
    seeds = {id(generator.state) for generator in found.seeds.values()}
    for path, entry in found.variables.items():
        value = values.get(path)
        same = value is not None and tuple(entry.variable.shape) == value.shape
        if same and id(entry.variable) not in seeds:
            assign(entry.variable, value)
    finalize(target)
