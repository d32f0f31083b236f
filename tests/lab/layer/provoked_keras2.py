"""Errors that Keras 2 really raises, by what they mean. Run as a program, it writes them as JSON.

A process holds one Keras: this one leaves the Keras of the tests alone.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import tensorflow as tf
import tf_keras
from tf_keras.src.saving import serialization_lib


class Nameless(tf_keras.layers.Layer):
    """Has a weight without a name."""

    def build(self, input_shape: Any) -> None:
        self.scale = self.add_weight(shape=(3,))

    def call(self, inputs: Any) -> Any:
        return inputs * self.scale


class Bare(tf_keras.layers.Layer):
    """Leaves the constructor of its base class out."""

    def __init__(self) -> None:
        pass


class Whole(tf_keras.Model):
    """A functional model whose constructor draws the graph."""

    def __init__(self, units: int) -> None:
        inputs = tf_keras.Input((3,))
        super().__init__(inputs, tf_keras.layers.Dense(units)(inputs))


def unknown_object() -> None:
    tf_keras.saving.deserialize_keras_object(
        {"module": None, "class_name": "Mine", "config": {}, "registered_name": "pkg>Mine"}
    )


def unknown_layer() -> None:
    tf_keras.layers.deserialize({"class_name": "Mine", "config": {}}, use_legacy_format=True)


def lambda_refused() -> None:
    function = serialization_lib.serialize_keras_object(lambda x: x)
    serialization_lib.deserialize_keras_object(function, safe_mode=True)


def nameless() -> None:
    model = tf_keras.Sequential([Nameless()])
    model(tf.ones((2, 3)))
    with tempfile.TemporaryDirectory() as folder:
        model.save_weights(os.path.join(folder, "weights"), save_format="tf")


PROVOCATIONS: list[tuple[str, Callable[[], Any]]] = [
    ("UNRECOGNIZED_ARGUMENTS", lambda: tf_keras.layers.InputLayer((3,), n_units=3)),
    ("UNKNOWN_OBJECT", unknown_object),
    ("UNKNOWN_OBJECT", unknown_layer),
    ("GRAPH_LOST", lambda: Whole.from_config({"name": "whole"})),
    ("LAMBDA_REFUSED", lambda_refused),
    (
        "ACTIVATION_UNKNOWN",
        lambda: tf_keras.activations.deserialize("function", use_legacy_format=True),
    ),
    ("SUPER_NOT_CALLED", lambda: Bare()(tf.ones((2, 3)))),
    ("NONE_AS_TEXT", nameless),
]


def raised(function: Callable[[], Any]) -> tuple[str, str]:
    """Return type and words of the error that a function raises, empty texts if it raises none."""
    try:
        function()
    except Exception as error:
        return type(error).__name__, str(error)
    return "", ""


if __name__ == "__main__":
    json.dump([(kind, *raised(function)) for kind, function in PROVOCATIONS], sys.stdout)
