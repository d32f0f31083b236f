"""Turns Ctrl-C, SIGTERM and SIGHUP into a readable descriptor, not an exception at an arbitrary line."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType


@contextmanager
def watch_interrupts() -> Iterator[int]:
    """Yield a descriptor that becomes readable with the first SIGINT, SIGTERM or SIGHUP.

    The second acts as usual.

    Handlers that the program has set itself stay, and so do all outside the main thread.
    """
    read_end, write_end = os.pipe()
    ours = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
    previous = {number: signal.getsignal(number) for number in ours}

    def put_back() -> None:
        for number, handler in previous.items():
            if signal.getsignal(number) is note:
                signal.signal(number, handler)

    def note(number: int, frame: FrameType | None) -> None:
        put_back()
        with suppress(OSError):
            os.write(write_end, b"!")

    if threading.current_thread() is threading.main_thread():
        for number, handler in previous.items():
            if handler in (signal.default_int_handler, signal.SIG_DFL):
                signal.signal(number, note)
    try:
        yield read_end
    finally:
        put_back()
        os.close(read_end)
        os.close(write_end)
