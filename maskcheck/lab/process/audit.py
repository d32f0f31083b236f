"""What user code reads, writes, removes, runs and connects to, and what of that is forbidden.

Python tells an audit hook of each of these. A hook cannot be removed, so there is one for the whole
process, which does nothing unless somebody watches. What libraries do below Python it does not hear,
but for what `below_python` tells it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from maskcheck.lab.process.below_python import tell_of_files
from maskcheck.lab.process.deeds import Deed, is_bytecode, is_data, is_library, read_event
from maskcheck.model.touch import Touch
from maskcheck.task_stage import is_stage_file

_NOWHERE = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


class Forbidden(PermissionError):
    """User code was about to touch something outside while it was given invented values."""


@dataclass
class Watch:
    """What is seen in one stretch of time.

    ``home`` is the user's directory; in those in ``free`` anything may be done. With ``forbid`` whatever
    is done outside of them fails, unless it only reads.
    """

    home: str
    free: tuple[str, ...]
    forbid: bool
    # Those that were open when it began, and so are not of the code that is watched.
    descriptors: frozenset[int] = frozenset()
    seen: dict[Touch, None] = field(default_factory=dict)

    @property
    def touches(self) -> tuple[Touch, ...]:
        """Return what was seen, each once, in order."""
        return tuple(self.seen)

    @property
    def refused(self) -> tuple[Touch, ...]:
        """Return what was forbidden."""
        return tuple(touch for touch in self.seen if touch.refused)

    def see(self, deed: Deed, step: str) -> None:
        """Note what is about to be done, if it is outside.

        Raises:
            Forbidden: it must not be done in this stretch.
        """
        touch = self._judge(deed)
        if touch is None:
            return
        refused = self.forbid and touch.act != "read"
        file, line = _find_place()
        touch = Touch(touch.act, touch.name, touch.relative, touch.missing, refused, step, file, line)
        self.seen[touch] = None
        if refused:
            raise Forbidden(describe_refusal(touch))

    def _judge(self, deed: Deed) -> Touch | None:
        if deed.other:
            return Touch(deed.act, deed.other)
        if deed.descriptor is not None:
            outside = deed.descriptor in self.descriptors
            return Touch("write", f"the open file {deed.descriptor}") if outside else None
        real, relative = _real(deed.path), not os.path.isabs(deed.path)
        if deed.act == "read":
            missing = not os.path.exists(real)
            if (
                os.path.isdir(real)
                or not is_data(real)
                or (self._is_free(real) and not (missing and relative))
            ):
                return None
            return Touch("read", self._name(deed.path), relative, missing)
        if real in _NOWHERE or is_bytecode(real) or self._is_free(real):
            return None
        return Touch(deed.act, self._name(deed.path), relative)

    def _is_free(self, real: str) -> bool:
        """Tell whether the innermost of all known directories around a path is a free one."""
        free, home = _depth(real, self.free), _depth(real, (self.home,))
        return free > 0 and free >= home

    def _name(self, path: str) -> str:
        whole = os.path.normpath(os.path.join(_directory(), path))
        if not os.path.isabs(path) and not _depth(whole, (self.home,)):
            return os.path.normpath(path)
        inside = whole != self.home and _depth(whole, (self.home,))
        return os.path.relpath(whole, self.home) if inside else whole


def describe_refusal(touch: Touch) -> str:
    """Return in plain words what was not allowed, and why."""
    return f"it {touch.present}, and maskcheck lets nothing outside be touched with values of its own"


_watches: list[Watch] = []
_steps: list[str] = [""]


@contextmanager
def watched(home: str, *free: str, forbid: bool = False) -> Iterator[Watch]:
    """Watch what is touched outside of the directories ``free`` and of the temporary one.

    Args:
        home: the user's directory, which is not free even where it lies in the temporary one.
        forbid: have it fail, unless it only reads.
    """
    _install()
    folders = tuple(os.path.realpath(path) for path in (*free, tempfile.gettempdir()))
    watch = Watch(os.path.realpath(home), folders, forbid, _list_descriptors())
    with ExitStack() as stack:
        if not _watches:
            stack.enter_context(tell_of_files())
        _watches.append(watch)
        try:
            yield watch
        finally:
            _watches.remove(watch)


@contextmanager
def unwatched() -> Iterator[None]:
    """Do what maskcheck itself has to do while user code is watched."""
    held = _watches[:]
    _watches.clear()
    try:
        yield
    finally:
        _watches[:] = held


@contextmanager
def listening() -> Iterator[Watch]:
    """Note what is touched inside, by the rules of the watch around it; nothing where there is none."""
    around = _watches[-1] if _watches else None
    watch = Watch(around.home, around.free, forbid=False) if around else Watch("", (), forbid=False)
    if around:
        _watches.append(watch)
    try:
        yield watch
    finally:
        if around:
            _watches.remove(watch)


def list_refused() -> tuple[Touch, ...]:
    """Return what was forbidden so far in the stretches that are watched now."""
    return tuple(touch for watch in _watches for touch in watch.refused)


@contextmanager
def in_step(step: str) -> Iterator[None]:
    """Say what is being done, for what is touched inside."""
    _steps.append(step)
    try:
        yield
    finally:
        _steps.pop()


@cache
def _install() -> None:
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _watches and not (event == "open" and is_stage_file(arguments[0])):
        for deed in read_event(event, arguments):
            # The innermost first: it only listens where another one forbids.
            for watch in reversed(_watches):
                watch.see(deed, _steps[-1])


def _find_place() -> tuple[str | None, int | None]:
    """Return the innermost line of the user's that is running."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if not is_library(name):
            return name, frame.f_lineno
        frame = frame.f_back  # type: ignore[assignment]
    return None, None


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except OSError:  # the working directory is gone
        return path


def _directory() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""


def _depth(path: str, folders: tuple[str, ...]) -> int:
    """Return how long the longest of the folders is that holds a path, 0 if none does."""
    ends = (folder.rstrip(os.sep) + os.sep for folder in folders if folder)
    return max((len(end) for end in ends if (path + os.sep).startswith(end)), default=0)


def _list_descriptors() -> frozenset[int]:
    try:
        listed = [int(name) for name in os.listdir("/dev/fd")]
    except OSError:
        return frozenset(range(3))
    return frozenset(number for number in listed if _is_open(number))


def _is_open(descriptor: int) -> bool:
    """Tell whether a descriptor is open; the one by which they were listed no longer is."""
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True
