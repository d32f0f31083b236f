"""Writes the stack where user code ends its own process: no handler of a signal is called then."""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, NoReturn

_KILLS = frozenset({"os.kill", "os.killpg"})
# The descriptor to write to and the process that the current task runs in.
_target: tuple[int, int] | None = None


@contextmanager
def note_last_stack(descriptor: int) -> Iterator[None]:
    """Write the stack to ``descriptor`` when this process is about to leave by itself or to kill itself."""
    global _target  # noqa: PLW0603
    _target = descriptor, os.getpid()
    try:
        yield
    finally:
        _target = None


@cache
def install_last_stack() -> None:
    """Replace `os._exit`, of which Python tells no audit hook, and listen to what it does tell of."""
    leave = os._exit

    @wraps(leave)
    def _exit(status: int) -> NoReturn:
        _write_stack()
        leave(status)

    os._exit = _exit
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _KILLS and arguments[1] != 0 and arguments[0] in (0, os.getpid(), os.getpgrp()):
        _write_stack()


def _write_stack() -> None:
    if _target is not None and _target[1] == os.getpid():
        faulthandler.dump_traceback(_target[0], all_threads=False)
