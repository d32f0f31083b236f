"""A check leaves the process as it found it."""

from __future__ import annotations

import random
import signal
import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.lab.process.preserved import allow_interrupt, preserve_process


def drawn() -> list[float]:
    """One number from every stream that a program may use."""
    return [
        random.random(),
        float(np.random.rand()),
        float(keras.random.uniform(())),
        float(tf.random.uniform(())),
        float(tf.random.get_global_generator().uniform(())),
    ]


def disturb() -> None:
    drawn()
    keras.utils.set_random_seed(5)
    tf.random.get_global_generator().reset_from_seed(3)
    keras.src.utils.naming.reset_uids()
    drawn()


def test_every_stream_goes_on_where_it_was() -> None:
    keras.utils.set_random_seed(3)
    tf.random.get_global_generator().reset_from_seed(7)
    drawn()
    expected = drawn()
    keras.utils.set_random_seed(3)
    tf.random.get_global_generator().reset_from_seed(7)
    drawn()
    with preserve_process():
        disturb()
    assert drawn() == expected


def test_seed_of_tensorflow_is_that_of_the_program() -> None:
    tf.random.set_seed(11)
    first, second = float(tf.random.uniform(())), float(tf.random.uniform(()))
    tf.random.set_seed(11)
    assert float(tf.random.uniform(())) == first
    with preserve_process():
        disturb()
    assert float(tf.random.uniform(())) == second


def test_automatic_names_count_on() -> None:
    number = int(keras.layers.Dense(1).name.rpartition("_")[2].removeprefix("dense") or 0)
    with preserve_process():
        disturb()
        keras.layers.Dense(1)
    assert keras.layers.Dense(1).name == f"dense_{number + 1}"


def test_settings_of_keras_stay() -> None:
    with preserve_process():
        keras.config.set_dtype_policy("mixed_float16")
        keras.config.set_image_data_format("channels_first")
    assert keras.config.dtype_policy().name == "float32"
    assert keras.config.image_data_format() == "channels_last"


def test_warnings_are_no_errors_inside() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with preserve_process():
            warnings.warn("of a layer", stacklevel=1)
        with pytest.raises(UserWarning):
            warnings.warn("of the program", stacklevel=1)


def test_ctrl_c_is_not_taken_for_an_exception_of_the_layer() -> None:
    reached: list[str] = []

    def layer() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except (Exception, KeyboardInterrupt):
            reached.append("swallowed")

    with pytest.raises(KeyboardInterrupt), allow_interrupt():
        layer()
    assert reached == []
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_a_layer_raises_is_not_taken_for_ctrl_c() -> None:
    reached = []
    with allow_interrupt():
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            reached.append("swallowed")
    assert reached == ["swallowed"]
