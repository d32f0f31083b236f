"""The exit codes of the command, a public contract."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the process returns to the shell."""

    CONFORM = 0
    FINDINGS = 1
    USAGE = 2
    INTERNAL = 3
    NOTHING = 5
    INTERRUPTED = 130
