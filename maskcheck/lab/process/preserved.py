"""Keeps the process as it is while a layer is checked in the midst of somebody else's program."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import numpy as np
from tensorflow.python.eager import context
from tensorflow.python.ops import stateful_random_ops

from maskcheck.lab.keras_api import process_state
from maskcheck.lab.process.keras_settings import keep_keras_settings
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.process.restore import PutBack, remember


class _Interrupted(BaseException):
    """Ctrl-C, as something that is not taken for what a layer raises."""


@contextmanager
def allow_interrupt() -> Iterator[None]:
    """Let Ctrl-C end what is inside, although layers may raise KeyboardInterrupt as they like."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise _Interrupted

    mine = threading.current_thread() is threading.main_thread()
    if not mine or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    except _Interrupted:
        raise KeyboardInterrupt from None
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def preserve_process() -> Iterator[None]:
    """Keep the random positions of Python, NumPy, Keras and TensorFlow, and Keras' settings and counters.

    Inside nothing is said but errors, and warnings are not made errors, whatever the program wants:
    in the processes of a scan they are none either.
    """
    python, arrays, of_tensorflow = random.getstate(), np.random.get_state(), _tensorflow_random()
    of_keras = remember(process_state())
    try:
        with keep_keras_settings(), quiet():
            yield
    finally:
        of_keras()
        of_tensorflow()
        np.random.set_state(arrays)
        random.setstate(python)


def _tensorflow_random() -> PutBack:
    """Return what puts back TensorFlow's global seed, and the positions of its stream and generator."""
    state = context.context()
    stream = getattr(state, "_rng", None)  # there is none before a seed was set
    before = {"_seed": state._seed, "_rng": stream}
    position = stream.getstate() if stream else None
    of_program = stateful_random_ops.global_generator
    generator = remember([of_program.state] if of_program else [])

    def put_back() -> None:
        vars(state).update(before)
        if stream is not None:
            stream.setstate(position)
        generator()

    return put_back
