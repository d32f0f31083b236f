"""Where user code works while maskcheck gives it values of its own."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from maskcheck.lab.process.audit import Watch, watched
from maskcheck.model.case import Case

_FOLDER = "work"


@contextmanager
def work_in(directory: str) -> Iterator[None]:
    """Have a directory be the working one; afterwards the process is where it was.

    Modules are found as before: a relative entry of the search path stays where it pointed to.
    """
    before = _find_directory(os.sep)
    moved = {_place(before, entry): entry for entry in sys.path if not os.path.isabs(entry)}
    sys.path[:] = [_place(before, entry) for entry in sys.path]
    os.chdir(directory)
    try:
        yield
    finally:
        with suppress(OSError):  # somebody removed it
            os.chdir(before)
        sys.path[:] = [moved.get(entry, entry) for entry in sys.path]


@contextmanager
def invent_values(scratch: str, *, at_home: bool = False) -> Iterator[Watch]:
    """Have nothing outside be touched, and work in an empty folder of ``scratch``.

    Args:
        at_home: stay in the user's directory, where a relative path finds what it may only read.
    """
    home = _find_directory(os.sep)
    with watched(home, scratch, forbid=True) as watch, work_in(home if at_home else empty_folder(scratch)):
        yield watch


@contextmanager
def surround_case(case: Case, scratch: str) -> Iterator[Watch]:
    """Watch what a case touches; one that was inferred must not touch anything outside."""
    if case.origin == "inferred":
        with invent_values(scratch) as watch:
            yield watch
    else:
        with watched(_find_directory(scratch), scratch) as watch:
            yield watch


def empty_folder(scratch: str, name: str = _FOLDER) -> str:
    """Return a folder of ``scratch`` that is empty and open to its owner, whatever mask user code set."""
    folder = os.path.join(scratch, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, stat.S_IRWXU)
    return folder


def _place(directory: str, entry: str) -> str:
    """Return where an entry of the search path points to from a directory."""
    return os.path.join(directory, entry) if entry else directory


def _find_directory(fallback: str) -> str:
    """Return the working directory, or another where user code has removed it."""
    try:
        return os.getcwd()
    except OSError:
        return fallback
