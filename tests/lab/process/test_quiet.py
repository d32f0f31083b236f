"""Formats that maskcheck chose are written without a word, and all is as it was afterwards."""

from __future__ import annotations

import warnings

import keras
import pytest
import tensorflow as tf
from absl import logging

from maskcheck.lab.process.quiet import quiet


def speak() -> None:
    warnings.warn("from Python", stacklevel=1)
    logging.warning("from absl")
    tf.get_logger().warning("from TensorFlow")
    keras.src.utils.io_utils.print_msg("from Keras")


def test_nothing_is_said_inside(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings(record=True) as caught, quiet():
        speak()
    assert (list(caught), *capfd.readouterr()) == ([], "", "")


def test_settings_are_put_back_even_when_something_raises() -> None:
    before = (logging.get_verbosity(), tf.get_logger().level, keras.config.is_interactive_logging_enabled())
    with pytest.raises(ValueError, match="inside"), quiet():
        raise ValueError("inside")
    now = (logging.get_verbosity(), tf.get_logger().level, keras.config.is_interactive_logging_enabled())
    assert now == before
