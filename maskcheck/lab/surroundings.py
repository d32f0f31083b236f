"""Keras' and TensorFlow's process-wide settings, put back after a layer has had its way with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import tensorflow as tf

from maskcheck.lab.api import keras


@contextmanager
def kept_surroundings() -> Iterator[None]:
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
