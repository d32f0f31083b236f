"""Finds and kills, on Linux, processes that user code started and that left their worker's group."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path

# Of Linux' prctl.
_SET_PARENT_DEATH_SIGNAL = 1
_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """Make every descendant whose parent dies a child of this process."""
    _control(_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Have this process killed when the one that forked it dies."""
    _control(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _control(option: int, value: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def kill(spare: Container[int]) -> None:
    """Kill the children of this process but for those in ``spare``; theirs then become its own."""
    for child in _children():
        if child not in spare:
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)


def _children() -> Iterator[int]:
    with suppress(OSError):
        for file in Path("/proc/self/task").glob("*/children"):
            yield from map(int, file.read_text(encoding="ascii").split())
