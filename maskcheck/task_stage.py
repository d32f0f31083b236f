"""The stage of the current task, written to a file that the engine reads if the process dies.

The lab enters a stage before each step; outside a task of the engine nothing happens. Every
call also ends the process at once if it is not the one that began the task:
user code forked, and the child must not go on as if it were the worker.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

IMPORTING = "importing "


@dataclass(frozen=True)
class Stage:
    """A step, and how many bytes were ``printed`` when it began; the one without text ends the imports."""

    printed: int
    text: str


@dataclass(frozen=True)
class _Running:
    path: str
    process: int
    settle: Callable[[], None]


_running: _Running | None = None


def begin_task(path: str, settle: Callable[[], None]) -> None:
    """Start a task whose stages go to the file ``path``; ``settle`` is called by `imported`."""
    global _running  # noqa: PLW0603
    _running = _Running(path, os.getpid(), settle)


def end_task() -> None:
    """Finish the task."""
    global _running  # noqa: PLW0603
    exit_if_forked()
    _running = None


def enter(text: str) -> None:
    """Record the step about to begin, for example ``calling the layer (case default)``."""
    exit_if_forked()
    if _running is not None:
        # A full disk or a closed descriptor must not look like a fault of the layer.
        with suppress(OSError), open(_running.path, "a", encoding="utf-8") as file:
            file.write(f"{_count_printed()} {' '.join(text.split())}\n")


def _count_printed() -> int:
    """Return the size of the file that takes the output; 0 where user code closed it."""
    with suppress(OSError):
        return os.fstat(1).st_size
    return 0


def read_stages(lines: Iterable[str]) -> list[Stage]:
    """Return the stages that the lines of the file tell, without those that are damaged."""
    pairs = [line.split(" ", 1) for line in lines]
    return [Stage(int(pair[0]), pair[1]) for pair in pairs if len(pair) > 1 and pair[0].isdecimal()]


def is_stage_file(path: str) -> bool:
    """Tell whether a path is that of the file in which the stages of the current task are recorded."""
    return _running is not None and path == _running.path


def enter_import(module: str) -> None:
    """Record that the user's ``module`` is about to be imported."""
    enter(IMPORTING + module)


def finish_imports() -> None:
    """Record that the user's modules are imported.

    What they changed in the process (environment, search path, warning filters)
    is kept from here on; what is changed later is restored after the task.
    """
    enter("")
    if _running is not None:
        _running.settle()


def exit_if_forked() -> None:
    """End this process at once if it is a fork of the one that began the task."""
    if _running is not None and os.getpid() != _running.process:
        os._exit(0)


def imported_module(text: str) -> str | None:
    """Return the module whose import the stage ``text`` announces, or None."""
    return text[len(IMPORTING) :] if text.startswith(IMPORTING) else None
