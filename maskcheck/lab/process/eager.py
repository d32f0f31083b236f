"""Eager execution, without which nothing can be observed: user code may switch it off for the process."""

from __future__ import annotations

import tensorflow as tf
from tensorflow.python.eager import context


class EagerDisabled(RuntimeError):
    """User code switched eager execution off."""

    def __init__(self) -> None:
        super().__init__("it disables eager execution for the whole process")


class EagerRequired:
    """Refuses what user code that runs inside does to the process, and undoes it.

    Leaving it raises EagerDisabled where eager execution is off; it is on again then.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        if not tf.executing_eagerly():
            # tf.compat.v1.enable_eager_execution refuses once a graph was begun.
            context.default_execution_mode = context.EAGER_MODE
            context.context()._thread_local_data.is_eager = True
            raise EagerDisabled
