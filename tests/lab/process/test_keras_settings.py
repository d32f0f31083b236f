"""What a layer changes in Keras and TensorFlow is put back."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import keras
import tensorflow as tf

from maskcheck.lab.process.keras_settings import keep_keras_settings


def read_all_settings() -> Mapping[str, Any]:
    config = keras.config
    return {
        "policy": config.dtype_policy().name,
        "floatx": config.floatx(),
        "epsilon": config.epsilon(),
        "format": config.image_data_format(),
        "eager": tf.config.functions_run_eagerly(),
    }


def change() -> None:
    keras.config.set_dtype_policy("mixed_float16")
    keras.config.set_floatx("float64")
    keras.config.set_epsilon(0.5)
    keras.config.set_image_data_format("channels_first")
    tf.config.run_functions_eagerly(True)


def test_settings_are_put_back() -> None:
    before = read_all_settings()
    with keep_keras_settings():
        change()
        assert not set(read_all_settings().items()) & set(before.items())
    assert read_all_settings() == before


def test_settings_are_put_back_after_an_exception() -> None:
    before = read_all_settings()
    with suppress(SystemExit), keep_keras_settings():
        change()
        sys.exit(1)
    assert read_all_settings() == before
