"""Silences what Keras and TensorFlow say about formats that maskcheck chose, not the user."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import tensorflow as tf

from maskcheck.lab.keras_api import keras


@contextmanager
def quiet() -> Iterator[None]:
    """Let through errors only: no warnings, no log of TensorFlow, no messages of Keras."""
    loggers = [logging.getLogger("absl"), tf.get_logger()]
    levels = [logger.level for logger in loggers]
    interactive = keras.utils.is_interactive_logging_enabled()
    keras.utils.disable_interactive_logging()
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
        if interactive:
            keras.utils.enable_interactive_logging()
