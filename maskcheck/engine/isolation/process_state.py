"""The process state that user code may change: saved before a task, restored after it."""

from __future__ import annotations

import locale
import os
import resource
import signal
import stat
import sys
import tempfile
import threading
import warnings
from dataclasses import dataclass
from typing import Any

from maskcheck.engine.isolation.patches import Marks

_LIMITS = (
    resource.RLIMIT_FSIZE,
    resource.RLIMIT_NOFILE,
    resource.RLIMIT_CPU,
    resource.RLIMIT_DATA,
    resource.RLIMIT_STACK,
)


@dataclass(frozen=True)
class ProcessState:
    """Working directory, environment, search path, signal handlers and the like at one moment."""

    directory: str
    environment: dict[str, str]
    path: tuple[str, ...]
    arguments: tuple[str, ...]
    umask: int
    recursion: int
    locale: str
    filters: tuple[Any, ...]
    signals: dict[int, Any]
    temporary: str | None
    limits: dict[int, tuple[int, int]]
    marks: Marks

    @classmethod
    def take(cls) -> ProcessState:
        """Return the state of this process."""
        return cls(
            directory=os.getcwd(),
            environment=dict(os.environ),
            path=tuple(sys.path),
            arguments=tuple(sys.argv),
            umask=_umask(),
            recursion=sys.getrecursionlimit(),
            locale=locale.setlocale(locale.LC_ALL),
            filters=tuple(warnings.filters),
            signals=_handlers(),
            temporary=tempfile.tempdir,
            limits={limit: resource.getrlimit(limit) for limit in _LIMITS},
            marks=Marks.take(),
        )

    def restore_patches(self) -> tuple[str, ...]:
        """Put back what was replaced in modules and classes, and return its names."""
        sys.settrace(None)
        sys.setprofile(None)
        return self.marks.restore()

    def restore(self) -> None:
        """Put the process back into this state.

        Raises:
            OSError: it cannot be done.
            ValueError: a limit was lowered for good.
        """
        for limit, values in self.limits.items():
            if resource.getrlimit(limit) != values:
                resource.setrlimit(limit, values)
        tempfile.tempdir = self.temporary
        if self.temporary is not None:
            os.makedirs(self.temporary, exist_ok=True)
            os.chmod(self.temporary, stat.S_IRWXU)
        threading.settrace(None)
        threading.setprofile(None)
        os.chdir(self.directory)
        if dict(os.environ) != self.environment:
            os.environ.clear()
            os.environ.update(self.environment)
        sys.path[:] = self.path
        sys.argv[:] = self.arguments
        os.umask(self.umask)
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.setrecursionlimit(self.recursion)
        if locale.setlocale(locale.LC_ALL) != self.locale:
            locale.setlocale(locale.LC_ALL, self.locale)
        if tuple(warnings.filters) != self.filters:
            warnings.resetwarnings()
            warnings.filters.extend(self.filters)  # type: ignore[attr-defined]
        for number, handler in _handlers().items():
            if handler != self.signals.get(number, handler):
                signal.signal(number, self.signals[number])


def _umask() -> int:
    # The only way to read it is to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _handlers() -> dict[int, Any]:
    """Return the handlers that Python can set again; None stands for one set by C code."""
    found = {int(number): signal.getsignal(number) for number in signal.valid_signals()}
    return {number: handler for number, handler in found.items() if handler is not None}
