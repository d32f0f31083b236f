"""Processes that user code started and that left their worker's group: found and ended on Linux."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# Of Linux' prctl.
_SET_PARENT_DEATH_SIGNAL = 1
_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """Make every descendant whose parent dies a child of this process."""
    _control(_SET_CHILD_SUBREAPER, 1)


def follow_parent() -> None:
    """Have this process killed when the one that forked it dies."""
    _control(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _control(option: int, value: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def kill(spare: frozenset[int]) -> None:
    """Kill the children of this process and all that they started, but for the children in ``spare``."""
    for child in _children(os.getpid()):
        if child not in spare:
            _kill_tree(child)


def _kill_tree(process: int) -> None:
    children = list(_children(process))
    with suppress(OSError):
        os.kill(process, signal.SIGKILL)
    for child in children:
        _kill_tree(child)


def _children(process: int) -> Iterator[int]:
    with suppress(OSError):
        for file in Path(f"/proc/{process}/task").glob("*/children"):
            yield from map(int, file.read_text(encoding="ascii").split())
