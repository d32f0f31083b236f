"""Reads the stacks that faulthandler dumped, to find the line of the user's files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

_FRAME = re.compile(r'^\s*File "(.+)", line (\d+)', re.MULTILINE)


def find_crash_line(faults: str, files: Iterable[str], directory: str) -> tuple[str, int] | None:
    """Return file and line of the innermost frame in one of ``files``, as they spell it, or None.

    Relative ``files`` count from ``directory``. Of several stacks the thread that
    crashed counts, or the last look that the time limit took.
    """
    known = {os.path.realpath(os.path.join(directory, file)): file for file in files}
    latest = faults.rpartition("Timeout (")[2]
    crashed = latest.partition("Current thread")[2]
    for file, line in _FRAME.findall(crashed or latest):
        spelled = known.get(os.path.realpath(file))
        if spelled is not None:
            return spelled, int(line)
    return None
