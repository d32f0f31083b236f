"""What user code writes to its standard streams goes to a file, up to a limit."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

LIMIT = 1_000_000
SHOWN = 4_000
TRUNCATED = "\n… output truncated …\n"
PERIOD = 0.1

# Lines of TensorFlow's own C++ logging below "fatal", which no user asked for.
NOISE = re.compile(
    r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWE] \S+:\d+\]"
    r"|[IWE]\d{4} \d\d:\d\d:[\d.]+ +\d+ \S+:\d+\]"
    r"|WARNING: All log messages before absl::InitializeLog"
    r"|To enable the following instructions: ).*\n?",
    re.MULTILINE,
)


@contextmanager
def capture_output(path: str) -> Iterator[None]:
    """Send file descriptors 1 and 2 and Python's streams to the file ``path``.

    They stay there afterwards: a worker has nothing to say between two tasks.
    """
    _point_streams_at(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC, 0o600))
    sys.stdout = sys.__stdout__ = _text_stream(1)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _text_stream(2)  # type: ignore[misc]
    finished = Event()
    watchdog = Thread(target=_limit_output, args=(finished,), daemon=True)
    watchdog.start()
    try:
        yield
    finally:
        finished.set()
        watchdog.join()


def read_output(path: Path, start: int = 0, end: int | None = None) -> str:
    """Return what was captured in ``path``, decoded, without noise and with its middle left out if long.

    Args:
        start: the byte to begin with, ``end`` the one to end before.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT + 1)
    except OSError:
        return ""
    cut = TRUNCATED if len(raw) > LIMIT and end is None else ""
    text = NOISE.sub("", raw[start:end].decode("utf-8", "replace")) + cut
    if len(text) <= SHOWN:
        return text
    half = SHOWN // 2
    return f"{text[:half]}\n… {len(text) - SHOWN} characters left out …\n{text[-half:]}"


def _limit_output(finished: Event) -> None:
    while not finished.wait(PERIOD):
        # User code may have closed the descriptor: then there is nothing to limit.
        with suppress(OSError):
            status = os.fstat(1)
            if stat.S_ISREG(status.st_mode) and status.st_size > LIMIT:
                _point_streams_at(os.open(os.devnull, os.O_WRONLY))


def _point_streams_at(descriptor: int) -> None:
    for standard in (1, 2):
        os.dup2(descriptor, standard)
    if descriptor not in (1, 2):
        os.close(descriptor)


def _text_stream(descriptor: int) -> io.TextIOWrapper:
    raw = io.FileIO(descriptor, "w", closefd=False)
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)
