"""A layer called between one that makes masks and one that heeds them, as in a model of sequences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import map_tree
from maskcheck.lab.keras_api import keras


@keras.saving.register_keras_serializable(package="maskcheck")
class Consumer(keras.Layer):  # type: ignore[misc]
    """Sets to zero what the mask on its inputs hides, as a layer does that heeds masks."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs: Any, mask: Any = None) -> Any:
        """Return the inputs, with zeros where the mask is False."""
        if mask is None:
            return inputs
        shown = tf.reshape(mask, (*mask.shape, *[1] * (len(inputs.shape) - len(mask.shape))))
        return tf.where(shown, inputs, tf.zeros_like(inputs))


def call_between(
    producer: keras.Layer,
    layer: keras.Layer,
    consumer: keras.Layer,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> Any:
    """Call three layers in a row; the first sees what it can make a mask of: sequences of vectors."""

    def produced(leaf: Any) -> Any:
        vectors = isinstance(leaf, tf.Tensor) and leaf.dtype.is_floating and len(leaf.shape) > 2
        return producer(leaf) if vectors else leaf

    outputs = layer(map_tree(produced, args[0]), *args[1:], **kwargs)
    return map_tree(lambda leaf: consumer(leaf) if isinstance(leaf, tf.Tensor) else leaf, outputs)
