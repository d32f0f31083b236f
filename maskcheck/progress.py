"""The stage of the current task, written to a file that the engine reads if the process dies.

The lab enters a stage before each step; outside a task of the engine nothing happens. Every
call also ends the process at once if it is not the one that began the task:
user code forked, and the child must not go on as if it were the worker.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

IMPORTING = "importing "


@dataclass(frozen=True)
class _Running:
    path: str
    process: int
    settle: Callable[[], None]


_running: _Running | None = None


def begin(path: str, settle: Callable[[], None]) -> None:
    """Start a task whose stages go to the file ``path``; ``settle`` is called by `imported`."""
    global _running  # noqa: PLW0603
    _running = _Running(path, os.getpid(), settle)


def end() -> None:
    """Finish the task."""
    global _running  # noqa: PLW0603
    leave_if_stray()
    _running = None


def stage(text: str) -> None:
    """Record the step about to begin, for example ``calling the layer (case default)``."""
    leave_if_stray()
    if _running is not None:
        # A full disk or a closed descriptor must not look like a fault of the layer.
        with suppress(OSError), open(_running.path, "a", encoding="utf-8") as file:
            file.write(" ".join(text.split()) + "\n")


def importing(module: str) -> None:
    """Record that the user's ``module`` is about to be imported."""
    stage(IMPORTING + module)


def imported() -> None:
    """Record that the user's modules are imported.

    What they changed in the process (environment, search path, warning filters)
    is kept from here on; what is changed later is restored after the task.
    """
    leave_if_stray()
    if _running is not None:
        _running.settle()


def leave_if_stray() -> None:
    """End this process at once if it is a fork of the one that began the task."""
    if _running is not None and os.getpid() != _running.process:
        os._exit(0)


def module_of(text: str) -> str | None:
    """Return the module whose import the stage ``text`` announces, or None."""
    return text[len(IMPORTING) :] if text.startswith(IMPORTING) else None
