"""Writing a report file so that there is either the whole of it or what was there before."""

from __future__ import annotations

import dataclasses
import io
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from maskcheck.model.report import Event, ScanFinished
from maskcheck.report.base import Look
from maskcheck.report.reporters import FORMATS

_FILE_MODE = 0o666


class FileReport:
    """A report in the format ``name`` that is written to ``path`` when the scan has ended."""

    def __init__(self, name: str, path: str, look: Look) -> None:
        self._path = path
        self._buffer = io.StringIO()
        self._reporter = FORMATS[name](self._buffer, dataclasses.replace(look, color="never"))

    def handle(self, event: Event) -> None:
        """Pass the event on; write the file after the last one.

        Raises:
            OSError: the file cannot be written.
        """
        self._reporter.handle(event)
        if isinstance(event, ScanFinished):
            write_atomically(self._path, self._buffer.getvalue())

    def close(self) -> None:
        """Close the report."""
        self._reporter.close()


def write_atomically(path: str, text: str) -> None:
    """Give the file at ``path`` the content ``text`` in one step; a pipe or device is simply written to.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    replace_file(path, text.encode("utf-8", "backslashreplace"))


def replace_file(path: str, data: bytes) -> None:
    """Give the file at ``path`` the content ``data`` in one step; a pipe or device is simply written to.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), _file_mode(target))
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _file_mode(target: Path) -> int:
    """Return the permissions that a plain write to ``target`` would have left."""
    with suppress(OSError):
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return _FILE_MODE & ~mask
