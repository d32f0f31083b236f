"""Keras' and TensorFlow's process-wide settings: read, applied, and kept while a layer is examined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import tensorflow as tf

from maskcheck.lab.keras_api import keras

DEFAULTS: Mapping[str, str] = {
    "global dtype policy": "float32",
    "float type": "float32",
    "image data format": "channels_last",
}


def read_keras_settings() -> Mapping[str, str]:
    """Return the settings that decide what a layer makes of the same arguments."""
    return {
        "global dtype policy": keras.config.dtype_policy().name,
        "float type": keras.config.floatx(),
        "image data format": keras.config.image_data_format(),
    }


def apply_keras_settings(wanted: Mapping[str, str]) -> None:
    """Set the settings that `read_keras_settings` returns; those that ``wanted`` lacks to Keras' defaults."""
    chosen = {**DEFAULTS, **wanted}
    keras.config.set_floatx(chosen["float type"])
    keras.config.set_image_data_format(chosen["image data format"])
    keras.config.set_dtype_policy(chosen["global dtype policy"])


@contextmanager
def keep_keras_settings() -> Iterator[None]:
    """Keep the dtype policy, float type, image format and eager mode as they were.

    The registry of custom objects is left alone: what a module registers belongs to it.
    """
    policy = keras.config.dtype_policy()
    floatx, epsilon = keras.config.floatx(), keras.config.epsilon()
    image_format = keras.config.image_data_format()
    eager = tf.config.functions_run_eagerly()
    try:
        yield
    finally:
        keras.config.set_dtype_policy(policy)
        keras.config.set_floatx(floatx)
        keras.config.set_epsilon(epsilon)
        keras.config.set_image_data_format(image_format)
        tf.config.run_functions_eagerly(eager)
