"""How long a task may take: by the clock on the wall, and on a busy machine by the time that it computed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# The file in a task's directory that names its process.
PROCESS = "process"
# At which share of the limit a first look is taken, to see at the limit whether the task still computes.
_EARLY = 0.75
# The share of a processor with which a task still computes; less than half of one means a busy machine.
_LEAST, _HALF = 0.05, 0.5
# In seconds: what cannot be told from nothing.
_TICKS = 0.05
# How much longer than its limit a task may take, and at most until the next look.
_MOST, _STEP = 4.0, 0.25
# In seconds: time for the worker to dump its stacks at the limit before it is killed.
_GRACE = 0.2


@dataclass(frozen=True)
class Usage:
    """The seconds that a task has had, and in how many of them it computed."""

    wall: float = 0.0
    cpu: float = 0.0


def choose_more(limit: float, before: Usage, now: Usage, *, extended: bool) -> float:
    """Return for how many seconds more a task may go on until it is looked at again, 0 if its time is up.

    It is up at the limit, unless the task still computes and had less than half a processor until then:
    then it may go on until it has computed for as long as the limit.

    Args:
        before: what it had at the last look.
        extended: whether it has been given more than the limit.
    """
    if not extended and now.wall < limit + _GRACE / 2:
        return limit + _GRACE - now.wall
    computed = now.cpu - before.cpu
    waits = computed < max(_LEAST * (now.wall - before.wall), _TICKS)
    starved = extended or now.cpu < _HALF * now.wall
    if not starved or waits or now.cpu >= limit:
        return 0.0
    return max(min(_STEP * limit, _MOST * limit - now.wall), 0.0)


class Clock:
    """The time of one task, which starts with it; ``deadline`` is when `extend` has to be asked."""

    def __init__(self, limit: float, read: Callable[[], float | None]) -> None:
        self._limit = limit
        self._read = read
        self._earlier = read() or 0.0
        self._started = time.monotonic()
        self._before = Usage()
        self._extended = False
        self.deadline = self._started + _EARLY * limit

    def extend(self) -> bool:
        """Tell whether the task may go on, with another deadline."""
        computed = self._read()
        now = Usage(time.monotonic() - self._started, self._limit if computed is None else computed)
        now = now if computed is None else Usage(now.wall, computed - self._earlier)
        more = choose_more(self._limit, self._before, now, extended=self._extended)
        self._extended |= more > 0.0 and now.wall >= self._limit + _GRACE / 2
        self._before = now
        self.deadline = time.monotonic() + more
        return more > 0.0

    def describe(self) -> str:
        """Return what the end of a message says of a busy machine, "" where it was none."""
        if not self._extended:
            return ""
        wall, cpu = self._before.wall, self._before.cpu
        return f"; the machine was busy: in {wall:.0f} s it computed for {cpu:.0f} s"


def write_process(directory: Path) -> None:
    """Note in the directory of a task which process does it."""
    with suppress(OSError):
        (directory / PROCESS).write_text(str(os.getpid()), "utf-8")


def read_seconds(directory: Path, home: Path | None = None) -> float | None:
    """Return for how long the process of a task has computed until now, with what it started.

    Args:
        home: where the helpers of the process have their tasks: these count too.

    Returns:
        None where that cannot be told.
    """
    try:
        group = (directory / PROCESS).read_text("utf-8")
        own = _read_group_seconds(group)
    except (OSError, ValueError):
        return None
    places = home.glob(f"*-of-{group}/*/{PROCESS}") if home else ()
    return own + sum(read_seconds(place.parent) or 0.0 for place in places)


def _read_group_seconds(group: str) -> float:
    """Return for how long the processes of a group have computed, with their children that have ended."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name of the program, in parentheses, may hold anything.
            fields = place.read_text("utf-8", "replace").rpartition(")")[2].split()
            if fields[2] == group:
                ticks += sum(map(int, fields[11:15]))
    if not ticks:
        raise ProcessLookupError(group)
    return ticks / os.sysconf("SC_CLK_TCK")
