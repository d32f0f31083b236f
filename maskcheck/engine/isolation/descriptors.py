"""File descriptors of maskcheck's own, moved to where user code does not meet them."""

from __future__ import annotations

import fcntl
import os
import resource
from contextlib import suppress

# How many are kept free below the limit, and the highest number to begin at: a table grows with it.
_ROOM, _HIGHEST = 128, 65536


def move_up(descriptor: int) -> int:
    """Return a copy of ``descriptor`` with a high number, which no program inherits; the old one is closed.

    User code that counts through the first descriptors, or closes those that it thinks are its own, finds
    nothing of maskcheck's there. Where there is no room the descriptor stays as it is.
    """
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = min(soft if soft > 0 else _HIGHEST, _HIGHEST) - _ROOM
    if descriptor >= lowest:
        return descriptor
    with suppress(OSError, ValueError):
        moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, lowest)
        os.close(descriptor)
        return moved
    return descriptor


def count_open() -> int:
    """Return how many descriptors this process has open, 0 where the system does not tell."""
    with suppress(OSError):
        return len(os.listdir("/dev/fd"))
    return 0
