"""Reads the stacks that faulthandler dumped, to find where in the user's files a process ended."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from maskcheck.source.method_at import find_method_at

_FRAME = re.compile(r'^\s*File "(.+)", line (\d+)', re.MULTILINE)
# Begins the stack of a process that ends itself.
_OWN_END = "Stack (most recent call first):"


@dataclass(frozen=True)
class CrashPlace:
    """The line that ran last, and the method that it belongs to or that called it, "" where there is none."""

    file: str
    line: int
    method: str = ""


def find_crash_place(faults: str, files: Iterable[str], directory: str) -> CrashPlace | None:
    """Return the innermost frame in one of ``files``, as they spell it, or None.

    Relative ``files`` count from ``directory``. Of several stacks the last one counts: that of the thread
    that crashed, where the process ended itself, or the last look that the time limit took.
    """
    known = {os.path.realpath(os.path.join(directory, file)): file for file in files}
    latest = faults.rpartition("Timeout (")[2].rpartition(_OWN_END)[2]
    crashed = latest.partition("Current thread")[2]
    frames = [(os.path.realpath(file), int(line)) for file, line in _FRAME.findall(crashed or latest)]
    own = [(file, line) for file, line in frames if file in known]
    if not own:
        return None
    methods = (find_method_at(file, line) for file, line in own)
    return CrashPlace(known[own[0][0]], own[0][1], next(filter(None, methods), ""))
